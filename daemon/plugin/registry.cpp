#include "plugin/registry.hpp"

#include "calendar/plugin.hpp"
#include "directory/plugin.hpp"
#include "exec/plugin.hpp"
#include "fediverse/plugin.hpp"
#include "feed/plugin.hpp"
#include "queue/plugin.hpp"
#include "sdk/crier_plugin.h"
#include "webhook/plugin.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace crier::plugin {

namespace {

/// A line adds a plugin.
const std::array<const crier_plugin*, 7>& tables() {
    static const std::array<const crier_plugin*, 7> list{
        &calendar::table(), &directory::table(), &exec::table(),    &fediverse::table(),
        &feed::table(),     &queue::table(),     &webhook::table(),
    };
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
    if (table.size < offsetof(crier_plugin, begin))
        return Failure{Cause::unsupported,
                       "the plugin's table is shorter than version " + std::to_string(CRIER_PLUGIN_ABI) +
                           " of the interface has it",
                       "build it anew with this crier's plugins/sdk"};
    if (table.name == nullptr || *table.name == '\0' || table.about == nullptr || table.open == nullptr ||
        table.close == nullptr || table.parse == nullptr ||
        (table.option_count > 0 && table.options == nullptr))
        return Failure{Cause::unsupported, "the plugin's table has empty fields",
                       "name, about, open, close and parse must be there"};
    if (!supply_of(table.capabilities))
        return Failure{Cause::unsupported,
                       std::string{"the plugin "} + table.name +
                           " must say where its bytes come from, and this crier knows one place for each",
                       "set one of CRIER_PLUGIN_FETCHES, _RUNS, _FOLDER, _HEARS and _POLLS in its table"};
    return {};
}

std::optional<Supply> supply_of(std::uint32_t capabilities) noexcept {
    constexpr std::uint32_t places = CRIER_PLUGIN_FETCHES | CRIER_PLUGIN_RUNS | CRIER_PLUGIN_FOLDER |
                                     CRIER_PLUGIN_HEARS | CRIER_PLUGIN_POLLS;
    switch (capabilities & places) {
    case CRIER_PLUGIN_FETCHES:
        return Supply::address;
    case CRIER_PLUGIN_RUNS:
        return Supply::command;
    case CRIER_PLUGIN_FOLDER:
        return Supply::folder;
    case CRIER_PLUGIN_HEARS:
        return Supply::inbound;
    case CRIER_PLUGIN_POLLS:
        return Supply::object;
    default:
        return std::nullopt;
    }
}

std::vector<BuiltIn> built_ins() {
    std::vector<BuiltIn> list;
    for (const crier_plugin* table : tables()) {
        if (!check_table(*table))
            continue;
        BuiltIn one;
        one.name = table->name;
        one.about = table->about;
        one.supply = *supply_of(table->capabilities);
        one.clock = (table->capabilities & CRIER_PLUGIN_CLOCK) != 0;
        one.own = (table->capabilities & CRIER_PLUGIN_OWN) != 0;
        one.edits = (table->capabilities & CRIER_PLUGIN_EDITS) != 0;
        one.deletes = (table->capabilities & CRIER_PLUGIN_DELETES) != 0;
        for (std::size_t i = 0; i < table->option_count; ++i)
            one.options.emplace_back(table->options[i].name);
        one.table = table;
        list.push_back(std::move(one));
    }
    BuiltIn native;
    native.name = native_name;
    native.about = "a plugin of your own, built as a shared object";
    native.supply = Supply::object;
    list.push_back(std::move(native));
    std::sort(list.begin(), list.end(), [](const BuiltIn& a, const BuiltIn& b) { return a.name < b.name; });
    return list;
}

const crier_plugin* find_built_in(std::string_view name) {
    for (const crier_plugin* table : tables())
        if (check_table(*table) && name == table->name)
            return table;
    return nullptr;
}

} // namespace crier::plugin
