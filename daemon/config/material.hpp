#pragma once

#include <string>
#include <vector>

namespace crier::config {

/// What a post is made from, by where its template stands.
struct Material {
    std::vector<std::string> variables; ///< what may stand between {{ }}
    bool item = false;                  ///< there is an item, with media of its own
    bool series = false;                ///< it may be a thread, or take turns
};

/// An entry's own text.
[[nodiscard]] const Material& entry_material();
/// An entry's that draws an item, or runs a command for one.
[[nodiscard]] const Material& drawn_material();
/// A source's item.
[[nodiscard]] const Material& item_material();
/// What all of them have.
[[nodiscard]] const Material& common_material();

} // namespace crier::config
