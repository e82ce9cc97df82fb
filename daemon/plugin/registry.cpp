#include "plugin/registry.hpp"

#include "exec/plugin.hpp"
#include "feed/plugin.hpp"
#include "sdk/crier_plugin.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace crier::plugin {

namespace {

/// A line adds a plugin.
const std::array<const crier_plugin*, 2>& tables() {
    static const std::array<const crier_plugin*, 2> list{&exec::table(), &feed::table()};
    return list;
}

} // namespace

Result<> check_table(const crier_plugin& table) {
    if (table.size < offsetof(crier_plugin, name) || table.abi != CRIER_PLUGIN_ABI)
        return Failure{Cause::unsupported,
                       "the plugin was built for version " +
                           std::to_string(table.size < offsetof(crier_plugin, name) ? 0U : table.abi) +
                           " of the plugin interface, and this crier has version " +
                           std::to_string(CRIER_PLUGIN_ABI),
                       "build it anew with this crier's plugins/sdk"};
    if (table.size < sizeof(crier_plugin))
        return Failure{Cause::unsupported,
                       "the plugin's table is shorter than version " + std::to_string(CRIER_PLUGIN_ABI) +
                           " of the interface has it",
                       "build it anew with this crier's plugins/sdk"};
    if (table.name == nullptr || *table.name == '\0' || table.about == nullptr || table.open == nullptr ||
        table.close == nullptr || table.parse == nullptr ||
        (table.option_count > 0 && table.options == nullptr))
        return Failure{Cause::unsupported, "the plugin's table has empty fields",
                       "name, about, open, close and parse must be there"};
    const std::uint32_t origins = table.capabilities & (CRIER_PLUGIN_FETCHES | CRIER_PLUGIN_RUNS);
    if (origins != CRIER_PLUGIN_FETCHES && origins != CRIER_PLUGIN_RUNS)
        return Failure{Cause::unsupported,
                       std::string{"the plugin "} + table.name +
                           " must read either what the host fetches or what a command writes, and this crier "
                           "knows no other kind",
                       "set one of CRIER_PLUGIN_FETCHES and CRIER_PLUGIN_RUNS in its table"};
    return {};
}

std::vector<BuiltIn> built_ins() {
    std::vector<BuiltIn> list;
    for (const crier_plugin* table : tables()) {
        if (!check_table(*table))
            continue;
        BuiltIn one;
        one.name = table->name;
        one.about = table->about;
        one.fetches = (table->capabilities & CRIER_PLUGIN_FETCHES) != 0;
        one.runs = (table->capabilities & CRIER_PLUGIN_RUNS) != 0;
        for (std::size_t i = 0; i < table->option_count; ++i)
            one.options.emplace_back(table->options[i].name);
        one.table = table;
        list.push_back(std::move(one));
    }
    return list;
}

const crier_plugin* find_built_in(std::string_view name) {
    for (const crier_plugin* table : tables())
        if (check_table(*table) && name == table->name)
            return table;
    return nullptr;
}

} // namespace crier::plugin
