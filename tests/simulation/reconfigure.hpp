#pragma once

#include "core/settings.hpp"

#include <bitset>
#include <cstddef>
#include <string>
#include <string_view>

/// What a person changes in the configuration between two lives. Each change is made once and stays, but for
/// an entry that is put back, and an exception that is taken out again.
namespace crier::sim {

enum class Change {
    source_renamed,          ///< f0, and says what it was
    source_renamed_silently, ///< f1, which reads the same address
    source_moved,            ///< f1's address
    entry_renamed,           ///< "both", and says what it was
    entry_removed,           ///< "twohourly", and put back later
    rule_thinned,            ///< "pictured", to every other moment that it had
    template_edited,         ///< of "both"
    account_added,           ///< f0 posts to the second account as well
    agenda_rule_changed,     ///< `cron_fixed` gets other minutes
    agenda_exception,        ///< `dated` gets a day in `except`, and loses it later
    agenda_renamed,          ///< `draw_turn` and `turns`, which say what they were
    agenda_order_changed,    ///< `draw_turn` draws by chance
};
inline constexpr std::size_t plain_changes = 8; ///< those of what every plan has
inline constexpr std::size_t changes = 12;
[[nodiscard]] std::string_view to_text(Change change) noexcept;

using Changes = std::bitset<changes>;
[[nodiscard]] inline bool has(const Changes& made, Change change) {
    return made[static_cast<std::size_t>(change)];
}

/// The first configuration with all that was changed since.
[[nodiscard]] Settings with_changes(Settings settings, const Changes& made);

/// What a feed is called by now.
[[nodiscard]] std::string source_name(std::size_t feed, const Changes& made);

} // namespace crier::sim
