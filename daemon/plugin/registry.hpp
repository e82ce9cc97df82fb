#pragma once

#include "core/failure.hpp"
#include "core/settings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct crier_plugin;

/// Which plugins this program has, known by their tables alone (sdk/crier_plugin.h), as a shared object is.
namespace crier::plugin {

struct BuiltIn {
    std::string name;
    std::string about;
    std::vector<std::string> options; ///< the keys of a source that are the plugin's own
    Supply supply = Supply::address;
    bool edits = true;                   ///< items may come again in other words
    bool deletes = true;                 ///< it says which were taken back
    bool clock = false;                  ///< the same bytes mean other items later
    bool own = false;                    ///< all that is there at the first look is meant to be posted
    const crier_plugin* table = nullptr; ///< null: it is `native`, which stands for a shared object's
};

/// In the order of their names. A table that check_table() refuses is not among them.
[[nodiscard]] std::vector<BuiltIn> built_ins();

[[nodiscard]] const crier_plugin* find_built_in(std::string_view name);

/// Whether the host can talk to this plugin: its version first, before anything else of it is read.
[[nodiscard]] Result<> check_table(const crier_plugin& table);

/// Where a plugin's bytes come from; nothing where they name no place, or several.
[[nodiscard]] std::optional<Supply> supply_of(std::uint32_t capabilities) noexcept;

/// The name by which a source says that its plugin is a shared object.
inline constexpr std::string_view native_name = "native";

} // namespace crier::plugin
