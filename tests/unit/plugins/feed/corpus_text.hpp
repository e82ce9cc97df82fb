#pragma once

#include <string>
#include <string_view>

/// How the corpus writes what a text file cannot hold. What makes no sense is a std::runtime_error.
namespace crier::feed::test {

/// A document of what stands inside of it: "rss-item", "atom-entry", "json-item" (an item's inside), "rss",
/// "atom", "json" (what stands in the channel, in the feed, in the list of items); empty: it is one already.
[[nodiscard]] std::string corpus_frame(const std::string& frame, const std::string& inside);

/// The bytes: "{{EF BB BF}}" stands for these, and the rest is written in `encoding` (empty: UTF-8).
[[nodiscard]] std::string corpus_bytes(std::string_view text, const std::string& encoding);

/// "2026-11-24T12:00:00Z" as seconds since the epoch, in digits; what is no such time stays as it is.
[[nodiscard]] std::string corpus_seconds(const std::string& time);

} // namespace crier::feed::test
