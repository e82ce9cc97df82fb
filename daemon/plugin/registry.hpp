#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>
#include <vector>

struct crier_plugin;

/// Which plugins this program has. All of them are built in; they are known by their tables alone
/// (sdk/crier_plugin.h), as a shared object would be.
namespace crier::plugin {

struct BuiltIn {
    std::string name;
    std::string about;
    std::vector<std::string> options; ///< the keys of a source that are the plugin's own
    bool fetches = false;             ///< the host fetches for it: a source needs a `url`
    bool runs = false;                ///< the host runs a program for it: a source needs a `command`
    const crier_plugin* table = nullptr;
};

/// In the order of their names. A table that check_table() refuses is not among them.
[[nodiscard]] std::vector<BuiltIn> built_ins();

[[nodiscard]] const crier_plugin* find_built_in(std::string_view name);

/// Whether the host can talk to this plugin: its version first, before anything else of it is read.
[[nodiscard]] Result<> check_table(const crier_plugin& table);

} // namespace crier::plugin
