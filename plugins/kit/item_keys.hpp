#pragma once

#include "sdk/crier_plugin.hpp"

#include <boost/json/value.hpp>

#include <span>
#include <string_view>

namespace crier::kit {

/// Which files an item may name in the place of addresses.
enum class Files {
    none,     ///< what comes from elsewhere names no file of this machine
    beside,   ///< by a name below the folder of the file that names it
    absolute, ///< by its path
};

/// A key of an item's object. They are those that `crier items` prints, so that what it prints can be read
/// again; exec/item.schema.json says the same to editors.
struct Key {
    std::string_view name;
    std::string_view wanted; ///< "a text": what its value must be
    /// Takes it into the item, or of a list what of it is right. False: something was not as wanted.
    bool (*take)(const boost::json::value& value, sdk::Item& item);
    /// What is wrong in it costs the item: posted without it, it would be posted at a wrong time.
    bool vital = false;
};

[[nodiscard]] std::span<const Key> item_keys(Files files);

} // namespace crier::kit
