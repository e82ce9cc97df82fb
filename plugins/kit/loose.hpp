#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace crier::kit {

/// The item's field that a column or key of this name means: capitals do not count, and besides the names of
/// item_keys() and `alt` there are a few that people use ("text", "tags", "picture"). Empty: none.
[[nodiscard]] std::string_view field_of(std::string_view name);

/// Whether the name is the field's own, and not one that means it.
[[nodiscard]] bool is_own_name(std::string_view name);

/// A value as people write it in a list or at the head of a file, made into what item_keys() wants: numbers
/// as texts, one text in the place of a list, times without seconds or zone (which is UTC then). What it
/// makes no sense of stays as it is. An empty text is null: the cell of a table that nobody filled.
[[nodiscard]] boost::json::value loosened(std::string_view field, const boost::json::value& value);

/// A time of RFC 3339 from one that lacks its time of day, its seconds or its zone; other texts unchanged.
[[nodiscard]] std::string loosened_time(std::string_view text);

/// "a, b; c" and "#a #b" as a list of texts, those of a list as they are, none with a # before it.
[[nodiscard]] boost::json::value loosened_categories(const boost::json::value& value);

/// Addresses with white space or commas between them, or one file's name, or a list of both or of objects, as
/// a list of objects.
[[nodiscard]] boost::json::value loosened_media(const boost::json::value& value);

} // namespace crier::kit
