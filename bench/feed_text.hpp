#pragma once

#include <cstddef>
#include <string>

namespace crier::bench {

/// An RSS feed of so many items, newest first, as blogs and newspapers write them: a thousand bytes each,
/// with a title, a link, a guid, a date, an author, categories and a description in HTML, by turns in CDATA
/// and in references. The same number gives the same bytes, in every process.
[[nodiscard]] std::string rss_feed(std::size_t items);

} // namespace crier::bench
