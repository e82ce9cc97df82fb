#include "engine/planner.hpp"

#include "core/schedule/due.hpp"
#include "engine/kept_media.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <unordered_map>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

void add_state(Batch& batch, const EntrySlot& slot) {
    EntryState& state = batch.entries.emplace_back(slot.state());
    state.since = batch.now;
}

} // namespace

Planner::Planner(Configuration settings, World& world, Outlook& outlook, ProfileOf profile, Accepted accepted,
                 Alerts& alerts)
    : settings_(std::move(settings))
    , world_(world)
    , outlook_(outlook)
    , profile_(std::move(profile))
    , accepted_(std::move(accepted))
    , alerts_(alerts)
    , alarm_(world.clock.make_alarm()) {
    outlook_.set_schedule(
        [this](const std::string& account, Instant until) { return occurrences(account, until); },
        [this](const std::string& account) {
            const auto of = by_account_.find(account);
            return of == by_account_.end() ? 1 : of->second.changes;
        });
}

std::optional<std::size_t> Planner::slot_of(std::string_view entry) const {
    const EntrySettings* found = find_entry(*settings_, entry);
    const auto place =
        found == nullptr ? std::size_t{} : static_cast<std::size_t>(found - settings_->schedule.data());
    return found == nullptr || place >= slots_.size() ? std::nullopt : std::optional{place};
}

void Planner::note_change(const EntrySlot& slot) {
    for (const PostTarget& target : slot.entry().targets)
        note_change(target.account.str());
}

void Planner::note_change(const std::string& account) {
    if (const auto of = by_account_.find(account); of != by_account_.end())
        ++of->second.changes;
}

void Planner::begin(const States& states, const Origins& origins, Providers before) {
    const Instant now = world_.clock.now();
    std::unordered_map<std::string_view, const EntryState*> known;
    known.reserve(states.entries.size());
    for (const EntryState& state : states.entries)
        known.emplace(state.entry, &state);
    slots_.reserve(settings_->schedule.size());
    for (const EntrySettings& entry : settings_->schedule) {
        EntrySlot slot{entry, origins.identity(OriginKind::entry, entry.name)};
        Instant& fired = slot.progress.fired;
        if (const auto found = known.find(entry.name); found != known.end()) {
            slot.take_up(*found->second);
            // The clock may have stood in the future once; the post keys, not this mark, prevent a double.
            if (fired > now + head_start)
                fired = now;
            if (found->second->rule != rule_text(entry)) {
                if (!entry.when.one_off())
                    fired = now;
                unsaved_.insert(slots_.size());
            }
        } else {
            // A recurring entry has no past; an `at` may be late, and its `missed` policy decides.
            fired = entry.when.one_off() ? Instant{} : now;
            unsaved_.insert(slots_.size());
        }
        slot.reckon(slot.progress);
        const auto place = static_cast<std::uint32_t>(slots_.size());
        for (const PostTarget& target : entry.targets)
            if (auto& slots = by_account_[target.account].slots; slots.empty() || slots.back() != place)
                slots.push_back(place);
        slots_.push_back(std::move(slot));
    }
    heap_.reserve(slots_.size());
    DrawnMarks drawn = marks_by_entry(states.drawn);
    std::map<std::string, std::unique_ptr<Provider>> kept;
    for (std::unique_ptr<Provider>& provider : before)
        kept.emplace(provider->entry().name, std::move(provider));
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        const auto found = kept.empty() ? kept.end() : kept.find(slots_[i].entry().name);
        make_provider(i, found == kept.end() ? nullptr : std::move(found->second), drawn);
        push(i);
    }
}

/// `before`: one that served its entry already; null: there is none.
void Planner::make_provider(std::size_t index, std::unique_ptr<Provider> before, DrawnMarks& drawn) {
    const EntrySettings& entry = slots_[index].entry();
    if (source_of(*settings_, entry) == nullptr && !entry.only_if)
        return;
    auto why_not = [this, index](const Item& item, Instant nominal) {
        const EntrySlot& slot = slots_[index];
        return why_dropped(slot.occurrence(nominal, slot.progress.counter, &item), profile_);
    };
    auto ready = [this, index] {
        provided_.push_back(index);
        wake();
    };
    std::unique_ptr<Provider> provider = std::move(before);
    if (provider) {
        provider->follow(settings_, entry, std::move(why_not), std::move(ready));
        if (provider->has_something())
            provided_.push_back(index);
    } else {
        provider = std::make_unique<Provider>(settings_, entry, world_, alerts_, std::move(why_not),
                                              std::move(ready));
        provider->begin(std::move(drawn[entry.name]));
    }
    slots_[index].set_provider(provider.get());
    providers_.push_back(std::move(provider));
}

void Planner::retire() {
    stopping_ = true;
    alarm_->ring();
}

Planner::Providers Planner::hand_over() {
    for (EntrySlot& slot : slots_)
        if (slot.provider() != nullptr)
            slot.set_provider(nullptr);
    return std::move(providers_);
}

void Planner::heed_zones() {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        slots_[i].reckon(slots_[i].progress);
        push(i);
    }
    wake();
}

void Planner::push(std::size_t slot) {
    note_change(slots_[slot]);
    if (slots_[slot].progress.next == EntryProgress::never)
        return;
    heap_.emplace_back(turn_of(slots_[slot]), slot);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
}

/// When it is to be looked at.
Instant Planner::turn_of(const EntrySlot& slot) {
    return slot.provider() != nullptr ? slot.progress.next : slot.progress.next - head_start;
}

std::optional<Instant> Planner::next_turn() {
    while (!heap_.empty()) {
        const auto [when, index] = heap_.front();
        const EntrySlot& slot = slots_[index];
        if (turn_of(slot) == when && !slot.paused() && !slot.busy())
            return when;
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
        heap_.pop_back();
    }
    return std::nullopt;
}

/// Those whose turn it is and that fire no later than `ahead` of now.
std::vector<std::size_t> Planner::take_due(Instant now, Duration ahead) {
    std::vector<std::size_t> due;
    std::vector<std::size_t> early;
    for (auto when = next_turn(); when && *when <= now; when = next_turn()) {
        const auto taken = heap_.front();
        (slots_[taken.second].progress.next <= now + ahead ? due : early).push_back(taken.second);
        // Whatever is pushed anew, as by a second resume, stands there twice.
        while (!heap_.empty() && heap_.front() == taken) {
            std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
            heap_.pop_back();
        }
    }
    for (const std::size_t index : early)
        push(index);
    return due;
}

asio::awaitable<void> Planner::run() {
    while (!stopping_) {
        if (!co_await fire_due(head_start)) {
            co_await rest();
            continue;
        }
        if (stopping_)
            break;
        if (const auto next = next_turn())
            co_await alarm_->wait_until(*next);
        else
            co_await alarm_->wait();
    }
}

/// Whoever rings meanwhile: providers that are asked anew after each failure would ring without end.
asio::awaitable<void> Planner::rest() {
    const Mono over = world_.clock.mono() + std::chrono::seconds{2};
    for (Mono now = world_.clock.mono(); !stopping_ && now < over; now = world_.clock.mono())
        co_await alarm_->wait_for(over - now);
}

void Planner::stop() {
    stopping_ = true;
    for (const auto& provider : providers_)
        provider->stop();
    alarm_->ring();
}

/// The clock may have stood in the future, and what fired there marks entries as settled until then. The post
/// keys, not these marks, prevent a double.
void Planner::heed_step_back(Instant now) {
    if (now < latest_)
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (EntryProgress& progress = slots_[i].progress; progress.fired > now + head_start) {
                progress.fired = now;
                unsaved_.insert(i);
                slots_[i].reckon(progress);
                push(i);
            }
    latest_ = now;
}

asio::awaitable<bool> Planner::fire_due(Duration ahead) {
    const Instant now = world_.clock.now();
    heed_step_back(now);
    std::vector<Round> rounds = take_provided();
    for (const std::size_t index : take_due(now, ahead)) {
        const EntrySlot& slot = slots_[index];
        // What is late is settled up to now; what is about to be due, by itself.
        const Instant settled = std::max(now, slot.progress.next);
        schedule::Due due = due_of(slot, now, settled);
        if (slot.provider() != nullptr && !due.fire.empty())
            slot.provider()->ask(std::move(due), now);
        else
            rounds.push_back(fire(index, due, now, settled, std::nullopt));
    }
    if (!co_await ask_fuses(rounds)) {
        for (const Round& round : rounds)
            push(round.index);
        co_return false;
    }
    for (Round& round : rounds) {
        for (FuseCheck& check : round.checks)
            co_await keep_media(world_.media, world_.log, *settings_, check.posts);
        co_await keep_media(world_.media, world_.log, *settings_, round.parts);
    }
    // From here to apply() nothing is waited for: what a person changed meanwhile stands.
    Batch batch;
    batch.now = now;
    struct Before {
        EntryProgress progress;
        std::string note;
        fuse::State fuse;
    };
    std::vector<Before> before;
    for (Round& round : rounds) {
        EntrySlot& slot = slots_[round.index];
        fuse::State fuse = slot.fuse();
        before.push_back({slot.progress, std::string{slot.note()}, fuse});
        slot.progress = round.progress;
        slot.set_note(round.note);
        if (round.provision) {
            batch.drawn.insert(batch.drawn.end(), round.provision->drawn.begin(),
                               round.provision->drawn.end());
            batch.drawn_gone.insert(batch.drawn_gone.end(), round.provision->gone.begin(),
                                    round.provision->gone.end());
        }
        std::move(round.missed.begin(), round.missed.end(), std::back_inserter(batch.insert));
        for (FuseCheck& check : round.checks) {
            round.tripped = heed_fuse(check, fuse, now) || round.tripped;
            std::move(check.posts.begin(), check.posts.end(), std::back_inserter(batch.insert));
        }
        std::move(round.parts.begin(), round.parts.end(), std::back_inserter(batch.insert));
        if (round.tripped)
            slot.set_fuse(std::move(fuse));
        unsaved_.insert(round.index);
    }
    for (const std::size_t index : unsaved_)
        add_state(batch, slots_[index]);
    const bool written = co_await write(std::move(batch), rounds);
    if (!written)
        // The entries are as due as before; only what a person has said of them meanwhile stands. That may be
        // in the store already, beside how far they were to be: they stay unsaved.
        for (std::size_t i = 0; i < rounds.size(); ++i) {
            EntrySlot& slot = slots_[rounds[i].index];
            slot.progress = before[i].progress;
            slot.set_note(std::move(before[i].note));
            if (rounds[i].tripped)
                slot.set_fuse(std::move(before[i].fuse));
        }
    for (const Round& round : rounds) {
        if (written && round.provision)
            slots_[round.index].provider()->commit(*round.provision);
        push(round.index);
    }
    if (written)
        unsaved_.clear();
    co_return written;
}

asio::awaitable<bool> Planner::fire_all_due(std::vector<std::string>& wanting) {
    if (!co_await fire_due())
        co_return false;
    for (const auto& provider : providers_)
        if (const Result<> had = co_await provider->provide(); !had)
            wanting.push_back(provider->entry().name + ": " + had.error().message);
    co_return co_await fire_due();
}

schedule::Due Planner::due_of(const EntrySlot& slot, Instant now, Instant settled) const {
    schedule::Due due;
    if (settled > now)
        due.fire = {settled};
    else
        due = schedule::due_between(slot.entry().when, slot.zone(), slot.progress.fired, now,
                                    slot.entry().missed);
    std::erase_if(due.fire, [&](Instant nominal) { return leaves_out(slot.entry(), nominal); });
    return due;
}

/// What falls into quiet times for all of its accounts is not drawn for, nor counted: nothing is made of it.
bool Planner::leaves_out(const EntrySettings& entry, Instant nominal) const {
    return std::none_of(entry.targets.begin(), entry.targets.end(), [&](const PostTarget& target) {
        return schedule::due_of(entry, settings_->accounts.find(target.account)->second, nominal).has_value();
    });
}

/// What was had for an entry that has been paused since is of no use, nor what was asked for on a clock that
/// stood in the future: it is as due as before.
std::vector<Planner::Round> Planner::take_provided() {
    std::vector<Round> rounds;
    for (const std::size_t index : std::exchange(provided_, {})) {
        std::optional<Provision> provision = slots_[index].provider()->take();
        if (!provision)
            continue;
        if (slots_[index].paused() || provision->asked > latest_) {
            push(index);
            continue;
        }
        const schedule::Due due = provision->due;
        const Instant asked = provision->asked;
        rounds.push_back(fire(index, due, asked, asked, std::move(provision)));
    }
    return rounds;
}

/// False when the store does not say what the entries have made lately.
asio::awaitable<bool> Planner::ask_fuses(std::vector<Round>& rounds) {
    std::vector<FuseCheck> checks;
    for (Round& round : rounds)
        std::move(round.checks.begin(), round.checks.end(), std::back_inserter(checks));
    const Result<> read = co_await read_pasts(world_.store, checks);
    if (!read) {
        trouble(read.error());
        co_return false;
    }
    auto next = checks.begin();
    for (Round& round : rounds)
        for (FuseCheck& check : round.checks)
            check = std::move(*next++);
    co_return true;
}

/// Once: on a full disk a line every two seconds makes it worse.
void Planner::trouble(const Failure& failure) {
    if (failure.cause == Cause::fenced)
        return; // another daemon has it by now: this planner is about to end
    alerts_.raise(AlertKind::store, "store", failure.message + ": the schedule waits", failure.hint);
    if (std::exchange(trouble_, failure.message).empty())
        world_.log.error("store.failed", failure.message + ": the schedule waits until it can be recorded",
                         {{"hint", failure.hint}});
}

asio::awaitable<bool> Planner::write(Batch batch, const std::vector<Round>& rounds) {
    if (batch.empty())
        co_return true;
    std::vector<std::string> accounts;
    std::set<std::string> held;
    for (const Post& post : batch.insert) {
        accounts.push_back(post.account);
        note_change(post.account);
        if (post.state == PostState::held)
            held.insert(post.account);
        Firing firing;
        firing.account = post.account;
        firing.post.next = is_final(post.state) || post.state == PostState::held ? Instant::max() : post.next;
        firing.post.media = static_cast<int>(post.content.media.size());
        firing_.push_back(std::move(firing));
    }
    const std::size_t posts = batch.insert.size();
    const PostsMade made{batch.insert};
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    std::vector<Firing> fired = std::exchange(firing_, {});
    for (const Firing& firing : fired)
        note_change(firing.account);
    for (std::size_t i = 0; applied && i < fired.size(); ++i) {
        fired[i].post.id = applied->inserted.at(i);
        if (fired[i].post.id != 0 && fired[i].post.next != Instant::max())
            outlook_.expect(fired[i].account, fired[i].post);
    }
    if (!applied) {
        trouble(applied.error());
        co_return false;
    }
    made.count(world_.tally, *applied);
    if (!std::exchange(trouble_, {}).empty()) {
        alerts_.clear(AlertKind::store, "store");
        world_.log.info("store.recovered", "the schedule goes on: the store can be written again");
    }
    if (posts > 0)
        world_.log.debug("schedule.fired", std::to_string(rounds.size()) + " entries are due");
    for (const Round& round : rounds)
        if (round.tripped)
            tell_tripped(world_.log, alerts_, OriginKind::entry, slots_[round.index].entry().name,
                         slots_[round.index].fuse());
    std::sort(accounts.begin(), accounts.end());
    accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
    for (const std::string& account : accounts) {
        accepted_(account);
        if (held.count(account) > 0)
            alerts_.review_held(account);
    }
    co_return true;
}

fuse::State Planner::set_fuse(std::string_view entry, fuse::State fuse) {
    const std::optional<std::size_t> index = slot_of(entry);
    if (!index)
        return {};
    EntrySlot& slot = slots_[*index];
    note_change(slot);
    fuse::State before = slot.fuse();
    if (before.open() && !fuse.open())
        world_.tally.entries_resumed.insert_or_assign(std::string{entry}, world_.clock.now());
    slot.set_fuse(std::move(fuse));
    return before;
}

void Planner::set_paused(std::string_view entry, bool paused) {
    if (const std::optional<std::size_t> index = slot_of(entry)) {
        EntrySlot& slot = slots_[*index];
        if (slot.paused() && !paused)
            world_.tally.entries_resumed.insert_or_assign(std::string{entry}, world_.clock.now());
        slot.set_paused(paused);
        push(*index);
    }
    wake();
}

} // namespace crier::engine
