#pragma once

#include "sdk/crier_plugin.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::webhook {

/// Who sends, and so what the body looks like. Forgejo sends as Gitea does.
enum class Form { github, gitlab, gitea, json };

struct Options {
    std::optional<Form> form;        ///< nothing: the request shows it
    std::vector<std::string> events; ///< that become items: "release", "push" ...
    std::vector<std::pair<std::string_view, std::string>>
        fields; ///< an item's field and its path in the JSON

    /// Throws sdk::Error.
    explicit Options(const sdk::Settings& settings);

    [[nodiscard]] bool wants(std::string_view event) const;
};

} // namespace crier::webhook
