#include "core/schedule/due.hpp"
#include "engine/planner.hpp"

#include <algorithm>
#include <utility>

/// What one entry makes when it is due. Nothing is changed here but a copy of its state.
namespace crier::engine {

/// An occurrence that is not posted leaves a row for each account: it does not end in silence.
void Planner::expire(Round& round, Instant nominal, const std::string& reason, Instant now) const {
    const EntrySlot& slot = slots_[round.index];
    const EntryOccurrence occurrence = slot.occurrence(nominal, round.progress.counter, nullptr);
    for (const PostTarget& target : slot.entry().targets)
        for (Post& post : make_posts(target, slot, occurrence, now)) {
            post.state = PostState::expired;
            post.code = ReasonCode::missed;
            post.reason = reason;
            round.missed.push_back(std::move(post));
        }
}

Planner::Round Planner::fire(std::size_t index, const schedule::Due& due, Instant now, Instant settled,
                             std::optional<Provision> provision) const {
    Round round;
    round.index = index;
    const EntrySlot& slot = slots_[index];
    round.progress = slot.progress;
    const EntrySettings& entry = slot.entry();
    for (const Instant nominal : due.missed) {
        const bool last_listed = due.earlier > 0 && nominal == due.missed.front();
        expire(round, nominal,
               last_listed ? "missed; so were " + std::to_string(due.earlier) + " before it" : "missed", now);
    }
    round.note = provision ? provision->note : std::string{};
    for (const PostTarget& target : entry.targets) {
        FuseCheck check;
        check.kind = OriginKind::entry;
        check.name = entry.name;
        check.account = target.account;
        check.limits = entry.fuse.value_or(settings_->fuse);
        check.within = check.limits.within;
        check.fixed_text = entry.draw || target.post->fixed();
        round.checks.push_back(std::move(check));
    }
    for (std::size_t i = 0; i < due.fire.size(); ++i) {
        const Instant nominal = due.fire[i];
        const Item* item = nullptr;
        if (provision) {
            if (provision->failure) {
                expire(round, nominal, "missed: " + provision->failure->message, now);
                continue;
            }
            const bool needs_item = entry.draw || entry.run;
            if (provision->refused || (needs_item && !provision->items[i]))
                continue;
            if (needs_item)
                item = &*provision->items[i];
        }
        ++round.progress.counter;
        const EntryOccurrence occurrence = slot.occurrence(nominal, round.progress.counter, item);
        for (std::size_t k = 0; k < entry.targets.size(); ++k)
            for (Post& post : make_posts(entry.targets[k], slot, occurrence, now))
                (post.part == 0 ? round.checks[k].posts : round.parts).push_back(std::move(post));
    }
    world_.tally.occurrences_missed += due.missed.size() + due.earlier;
    if (!due.missed.empty())
        world_.log.warning("schedule.missed",
                           entry.name + ": " + std::to_string(due.missed.size() + due.earlier) +
                               " occurrences were missed and are not posted, the last of " +
                               to_rfc3339(due.missed.back()),
                           {{"entry", entry.name}});
    if (!round.note.empty())
        world_.log.info("entry.passed", entry.name + " is passed over: " + round.note,
                        {{"entry", entry.name}});
    round.progress.fired = settled;
    slot.reckon(round.progress);
    round.provision = std::move(provision);
    return round;
}

std::vector<Post> Planner::make_posts(const PostTarget& target, const EntrySlot& slot,
                                      const EntryOccurrence& occurrence, Instant now) const {
    const EntrySettings& entry = slot.entry();
    const AccountSettings& account = settings_->accounts.find(target.account)->second;
    const std::optional<Instant> due = schedule::due_of(entry, account, occurrence.nominal);
    if (!due)
        return {};
    Acceptance acceptance;
    acceptance.origin.kind = OriginKind::entry;
    acceptance.origin.name = entry.name;
    acceptance.origin.item = to_rfc3339(occurrence.nominal);
    acceptance.identity = slot.identity();
    acceptance.revision = entry.edition;
    acceptance.priority = Priority::scheduled;
    acceptance.now = now;
    acceptance.due = *due;
    if (entry.expires_after)
        acceptance.expires = acceptance.due + *entry.expires_after;
    return accept_thread(account, std::move(acceptance),
                         compose_parts(occurrence, target, profile_(target.account)));
}

} // namespace crier::engine
