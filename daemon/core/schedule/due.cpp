#include "core/schedule/due.hpp"

#include "core/digest.hpp"
#include "core/rates/quiet.hpp"

namespace crier::schedule {
namespace {

constexpr int most_turns = 100;

} // namespace

Duration jitter_of(std::string_view entry, Instant nominal, Duration jitter) {
    if (jitter <= Duration::zero())
        return Duration::zero();
    const Digest digest =
        Digester{}.field("jitter").field(entry).field(nominal.time_since_epoch().count()).finish();
    return Duration{static_cast<std::int64_t>(std::hash<Digest>{}(digest) %
                                              static_cast<std::uint64_t>(jitter.count() + 1))};
}

std::optional<Instant> due_of(const EntrySettings& entry, const AccountSettings& account, Instant nominal) {
    const Instant meant = nominal + jitter_of(entry.name, nominal, entry.jitter);
    Instant due = meant;
    // Where the one ends the other may begin; where there is no end to it, the account stays quiet anyway.
    Instant before = Instant::min();
    for (int step = 0; step < most_turns && before != due; ++step) {
        before = due;
        if (entry.quiet)
            due = rates::after_quiet(*entry.quiet, due);
        due = rates::after_quiet(account.limits.quiet, due);
    }
    if (due != meant && entry.when_quiet == WhenQuiet::skip)
        return std::nullopt;
    return due;
}

} // namespace crier::schedule
