#pragma once

#include "harness.hpp"
#include "webhook/plugin.hpp"

#include <string>
#include <string_view>

namespace crier::webhook::test {

using plugin_test::Pairs;
using plugin_test::Yield;

/// A request through the plugin's door.
[[nodiscard]] inline Yield heard(std::string_view body, const Pairs& headers, const Pairs& settings = {}) {
    return plugin_test::read(table(), {body, {}, {}, headers}, settings);
}

[[nodiscard]] inline std::string told(std::string_view body, const Pairs& headers = {},
                                      const Pairs& settings = {}) {
    return plugin_test::told(heard(body, headers, settings));
}

} // namespace crier::webhook::test
