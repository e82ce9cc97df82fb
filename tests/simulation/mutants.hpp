#pragma once

#include "core/settings.hpp"
#include "ports/clock.hpp"
#include "ports/command_runner.hpp"
#include "ports/publisher.hpp"
#include "ports/store.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// The test of the test: what a broken engine would do, made by ports that behave as if it did. The
/// simulation must tell each of them from the engine as it is.
namespace crier::sim {

enum class Mutant {
    none,
    late_attempt,   ///< the attempt is recorded after the send
    new_key,        ///< the key changes with each try
    forgotten_rate, ///< what a server's limit asks for does not outlast a restart
    replay_failed,  ///< a 500 on a repeat is taken for a failure, and sent anew
    seen_apart,     ///< an item is noted as seen before its post is in the outbox
    no_quiet,       ///< a repeat while the first request may still be at work
    early_answer,   ///< the store says "durable" before it is
    late_debit,     ///< a budget's debit is recorded after the send
    reupload,       ///< a post in doubt has its pictures uploaded anew
    old_proof,      ///< a media id that answers 404 is proof, however old it is
    counter_apart,  ///< the number of a firing is saved before its posts
    mark_first,     ///< what is drawn is marked before its posts are in the outbox
    mark_last,      ///< ... or after
    settled_early,  ///< an entry counts as fired when its condition is asked
    refused_posted, ///< a condition's no is taken for a yes
    edit_unasked,   ///< that an item has changed is noted, and what follows from it is not
    no_reply,       ///< the parts of a thread answer to nothing
    parts_left,     ///< of a thread that follows its item the first part does so alone
};
inline constexpr std::size_t mutant_count = 19;

[[nodiscard]] std::string_view to_text(Mutant mutant) noexcept;
[[nodiscard]] std::optional<Mutant> parse_mutant(std::string_view text) noexcept;

/// The store as that engine would use it; null: as it is. For one life.
[[nodiscard]] std::unique_ptr<Store> mutate(Mutant mutant, Store& store, const Clock& clock);
/// `seen`: what it must not forget over its lives.
[[nodiscard]] std::unique_ptr<Publisher> mutate(Mutant mutant, std::unique_ptr<Publisher> publisher,
                                                std::set<std::string>& seen);
/// What runs conditions, likewise; null: as it is.
[[nodiscard]] std::unique_ptr<CommandRunner> mutate(Mutant mutant, CommandRunner& programs, Store& store);
void mutate(Mutant mutant, Settings& settings);

} // namespace crier::sim
