#pragma once

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::kit {

/// A YAML document. Its texts are texts, also where YAML sees numbers or dates in them; what is empty is
/// null.
struct Yaml {
    boost::json::value value;
    std::vector<std::size_t> lines;    ///< where the values of a list at the top begin, from 1
    std::vector<std::string> warnings; ///< with their lines
};

/// Depth is bounded, and so is what aliases copy; `lines_before` is added to all lines.
/// Throws sdk::Error with the line where nothing can be made of it.
[[nodiscard]] Yaml read_yaml(std::string_view text, std::size_t lines_before = 0);

} // namespace crier::kit
