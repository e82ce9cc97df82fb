#pragma once

#include "kit/item_reader.hpp"

#include <boost/json/value.hpp>

#include <string_view>
#include <vector>

namespace crier::kit {

/// A field of an item as a person wrote it.
struct Written {
    std::string_view field; ///< of item_keys(), or "alt": descriptions of the media, in their order
    boost::json::value value;
};

/// Reads an item loosely. `categories`, `media` and `alt` may be there several times and add up; of others
/// the first that is not empty counts.
[[nodiscard]] ReadItem read_written(const std::vector<Written>& fields, Files files);

} // namespace crier::kit
