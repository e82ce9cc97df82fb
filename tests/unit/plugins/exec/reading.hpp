#pragma once

#include "exec/plugin.hpp"
#include "harness.hpp"

namespace crier::exec::test {

using plugin_test::Yield;

/// Reads what a program has written, through the plugin's door.
[[nodiscard]] inline Yield read(std::string_view output, std::size_t most_items = 1'000'000) {
    return plugin_test::read(table(), {output}, {}, most_items);
}

[[nodiscard]] inline std::string told(std::string_view output) {
    return plugin_test::told(read(output));
}

} // namespace crier::exec::test
