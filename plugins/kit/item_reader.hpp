#pragma once

#include "kit/item_keys.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace crier::kit {

/// An object as an item, with what of it was wrong.
struct ReadItem {
    sdk::Item item;
    bool gone = false;                 ///< it says that the item with this id was taken back
    std::vector<std::string> troubles; ///< `"title" must be a text`: that was left out
    std::string spoiled;               ///< not empty: nothing of it counts, and why

    /// Whether there is anything to post, and to know it by.
    [[nodiscard]] bool says_nothing() const;
};

/// Reads the keys of item_keys() and `gone`; null is as if the key were not there, others are passed over.
[[nodiscard]] ReadItem read_item(const boost::json::object& object, Files files);

/// Takes one key's value into the item; what is wrong becomes a trouble, or spoils it.
void take_key(const Key& key, const boost::json::value& value, ReadItem& to);

/// Hands it to the host, and what was wrong as warnings with `place` before them. False: the host has enough.
/// `refused`: why nothing was handed over, empty if it was; it is in no warning yet.
bool hand_over(const ReadItem& read, const std::string& place, sdk::Sink& sink, std::string& refused);

} // namespace crier::kit
