#include "engine/entry_slot.hpp"

#include "core/schedule/rule_text.hpp"

#include <algorithm>

namespace crier::engine {

// With its place in the planner's heap 64 bytes.
static_assert(sizeof(EntrySlot) <= 48);

EntrySlot::EntrySlot(const EntrySettings& entry, const std::string& identity)
    : entry_(&entry)
    , zone_(schedule::Zone::find_or_utc(entry.timezone)) {
    if (identity != entry.name)
        more().identity = identity;
}

EntrySlot::More& EntrySlot::more() {
    if (!more_)
        more_ = std::make_unique<More>();
    return *more_;
}

void EntrySlot::take_up(const EntryState& state) {
    progress.fired = state.fired;
    progress.counter = state.counter;
    set_paused(state.paused);
    set_fuse(state.fuse);
    set_note(state.note);
}

EntryState EntrySlot::state() const {
    EntryState state;
    state.entry = entry_->name;
    state.fired = progress.fired;
    state.rule = rule_text(*entry_);
    state.paused = paused();
    state.fuse = fuse();
    state.counter = progress.counter;
    state.note = note();
    return state;
}

const std::string& EntrySlot::identity() const noexcept {
    return more_ && !more_->identity.empty() ? more_->identity : entry_->name;
}

Instant EntrySlot::next_after(Instant after) const {
    return schedule::next_after(entry_->when, zone_, after).value_or(EntryProgress::never);
}

EntryOccurrence EntrySlot::occurrence(Instant nominal, std::int64_t counter, const Item* item) const {
    return EntryOccurrence{*entry_, zone_, nominal, std::max<std::int64_t>(counter, 1), item};
}

void EntrySlot::set_paused(bool paused) {
    if (paused || more_)
        more().paused = paused;
}

const fuse::State& EntrySlot::fuse() const noexcept {
    static const fuse::State whole;
    return more_ ? more_->fuse : whole;
}

void EntrySlot::set_fuse(fuse::State fuse) {
    if (more_ || fuse.open() || fuse.reset != Instant{} || fuse.tripped != Instant{})
        more().fuse = std::move(fuse);
}

std::string_view EntrySlot::note() const noexcept {
    return more_ ? std::string_view{more_->note} : std::string_view{};
}

void EntrySlot::set_note(std::string note) {
    if (more_ || !note.empty())
        more().note = std::move(note);
}

std::string rule_text(const EntrySettings& entry) {
    return entry.timezone + " " + schedule::to_text(entry.when);
}

} // namespace crier::engine
