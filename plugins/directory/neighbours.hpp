#pragma once

#include "sdk/crier_plugin.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::directory {

/// A file of the folder, and what stands beside it under the same stem.
///
/// Ownership: views of the input, valid during the call.
struct File {
    std::string_view name; ///< without its folder
    std::string_view stem; ///< without its extension
    std::vector<std::string_view> beside;
    const sdk::Input& input;

    explicit File(const sdk::Input& given)
        : input(given) {
        name = last_part(given.header("name").empty() ? given.base_url : given.header("name"));
        stem = name.substr(0, name.rfind('.') == 0 ? name.size() : name.rfind('.'));
        for (const auto& [header, value] : given.headers)
            if (header == "beside")
                beside.push_back(last_part(value));
    }

    /// A neighbour's text; nothing: it is none, or large.
    [[nodiscard]] std::optional<std::string_view> text_of(std::string_view neighbour) const {
        constexpr std::string_view prefix = "text:";
        for (const auto& [header, value] : input.headers)
            if (header.substr(0, prefix.size()) == prefix &&
                last_part(header.substr(prefix.size())) == neighbour)
                return value;
        return std::nullopt;
    }

    [[nodiscard]] static std::string_view last_part(std::string_view path) {
        return path.substr(path.rfind('/') + 1); // npos + 1: all of it
    }
};

} // namespace crier::directory
