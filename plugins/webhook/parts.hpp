#pragma once

#include "sdk/crier_plugin.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crier::webhook {

/// A text or whole number at a path, trimmed; empty: there is none.
[[nodiscard]] std::string text_at(const boost::json::value& value, std::string_view path);

/// The first that is not empty.
[[nodiscard]] std::string first_text(const boost::json::value& value,
                                     std::initializer_list<std::string_view> paths);

[[nodiscard]] bool flag_at(const boost::json::value& value, std::string_view path);

[[nodiscard]] std::optional<std::int64_t> time_at(const boost::json::value& value, std::string_view path);

/// The address at a path; empty: it is none.
[[nodiscard]] std::string link_at(const boost::json::value& value, std::string_view path);

/// Markdown as people write it into a forge: its words become the content, its pictures media.
void take_markdown(const std::string& markdown, sdk::Item& item);

/// Names in a list of objects become categories.
void take_labels(const boost::json::value& value, std::string_view path, std::string_view key,
                 sdk::Item& item);

/// Hands on what must be known by something. Throws sdk::Error where it is not.
void hand_on(const sdk::Item& item, sdk::Sink& sink);

} // namespace crier::webhook
