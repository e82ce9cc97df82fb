#pragma once

#include "sdk/crier_plugin.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <span>
#include <string_view>

namespace crier::exec {

/// A key of an item's object. They are those that `crier items` prints, so that what it prints can be read
/// again; item.schema.json says the same to editors.
struct Key {
    std::string_view name;
    std::string_view wanted; ///< "a text": what its value must be
    /// Takes it into the item, or of a list what of it is right. False: something was not as wanted.
    bool (*take)(const boost::json::value& value, sdk::Item& item);
};

[[nodiscard]] std::span<const Key> item_keys();

} // namespace crier::exec
