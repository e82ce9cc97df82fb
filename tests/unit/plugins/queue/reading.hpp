#pragma once

#include "harness.hpp"
#include "queue/plugin.hpp"

#include <string>
#include <string_view>

namespace crier::queue::test {

/// A list through the plugin's door, with the options of its source, as items, warnings and the error.
[[nodiscard]] inline std::string told(std::string_view list, const plugin_test::Pairs& options = {}) {
    return plugin_test::told(plugin_test::read(table(), {list}, options));
}

} // namespace crier::queue::test
