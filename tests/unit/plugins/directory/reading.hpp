#pragma once

#include "directory/plugin.hpp"
#include "harness.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace crier::directory::test {

using plugin_test::Pairs;
using plugin_test::Yield;

/// A file of a folder through the plugin's door: its name, its text (none of a picture) and what is beside
/// it.
[[nodiscard]] inline Yield read_file(const std::string& name, std::string_view bytes,
                                     const Pairs& beside = {}, const Pairs& settings = {}) {
    Pairs headers{{"name", name}, {"modified", "1970-01-01T00:00:01Z"}};
    for (const auto& [neighbour, text] : beside) {
        headers.emplace_back("beside", neighbour);
        if (!text.empty())
            headers.emplace_back("text:" + neighbour, text);
    }
    const std::string path = "/srv/posts/" + name;
    return plugin_test::read(table(), {bytes, {}, path, headers}, settings);
}

[[nodiscard]] inline std::string told(const std::string& name, std::string_view bytes,
                                      const Pairs& beside = {}, const Pairs& settings = {}) {
    return plugin_test::told(read_file(name, bytes, beside, settings));
}

} // namespace crier::directory::test
