#include "engine/planner.hpp"

#include "core/rates/quiet.hpp"
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

/// What an entry's rule is, so that a change is noticed: then new instants count from the change.
std::string rule_text(const EntrySettings& entry) {
    std::string text = entry.timezone + " ";
    if (const auto* cron = std::get_if<schedule::Cron>(&entry.rule))
        return text + "cron " + cron->text;
    if (const auto* every = std::get_if<schedule::Every>(&entry.rule))
        return text + "every " + to_text(every->period) + "+" + to_text(every->offset);
    return text + "at";
}

} // namespace

Instant due_of(const EntrySettings& entry, const AccountSettings& account, Instant nominal) {
    return rates::after_quiet(account.limits,
                              nominal + schedule::jitter_of(entry.name, nominal, entry.jitter));
}

Planner::Planner(const Settings& settings, World& world, Outlook& outlook, ProfileOf profile,
                 Accepted accepted, Alerts& alerts)
    : settings_(settings)
    , world_(world)
    , outlook_(outlook)
    , profile_(std::move(profile))
    , accepted_(std::move(accepted))
    , alerts_(alerts)
    , alarm_(world.clock.make_alarm()) {
    outlook_.set_schedule(
        [this](const std::string& account, Instant until) { return occurrences(account, until); },
        [this] { return changes_; });
}

void Planner::begin(const std::vector<EntryState>& states, const Origins& origins) {
    const Instant now = world_.clock.now();
    std::unordered_map<std::string_view, const EntryState*> known;
    for (const EntryState& state : states)
        known.emplace(state.entry, &state);
    slots_.reserve(settings_.schedule.size());
    for (const EntrySettings& entry : settings_.schedule) {
        Slot slot;
        slot.entry = &entry;
        slot.zone = schedule::Zone::find_or_utc(entry.timezone);
        slot.identity = origins.identity(OriginKind::entry, entry.name);
        const std::string rule = rule_text(entry);
        if (const auto found = known.find(entry.name); found != known.end()) {
            slot.state = *found->second;
            // The clock may have stood in the future once; the post keys, not this mark, prevent a double.
            if (slot.state.fired > now)
                slot.state.fired = now;
            if (slot.state.rule != rule && !std::holds_alternative<schedule::At>(entry.rule)) {
                slot.state.fired = now;
                unsaved_.push_back(slots_.size());
            }
        } else {
            slot.state.entry = entry.name;
            slot.state.since = now;
            // A recurring entry has no past; an `at` may be late, and its `missed` policy decides.
            slot.state.fired = std::holds_alternative<schedule::At>(entry.rule) ? Instant{} : now;
            unsaved_.push_back(slots_.size());
        }
        slot.state.rule = rule;
        reckon(slot);
        slots_.push_back(std::move(slot));
    }
    for (std::size_t i = 0; i < slots_.size(); ++i)
        push(i);
}

void Planner::reckon(Slot& slot) {
    slot.next = schedule::next_after(slot.entry->rule, slot.zone, slot.state.fired);
}

void Planner::push(std::size_t slot) {
    ++changes_;
    if (!slots_[slot].next)
        return;
    heap_.emplace_back(*slots_[slot].next, slot);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>{});
}

std::optional<Instant> Planner::next_due() {
    while (!heap_.empty()) {
        const auto [when, index] = heap_.front();
        if (slots_[index].next == when && !slots_[index].state.paused)
            return when;
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
        heap_.pop_back();
    }
    return std::nullopt;
}

std::vector<std::size_t> Planner::take_due(Instant now) {
    std::vector<std::size_t> due;
    for (auto when = next_due(); when && *when <= now; when = next_due()) {
        due.push_back(heap_.front().second);
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>{});
        heap_.pop_back();
    }
    return due;
}

asio::awaitable<void> Planner::run() {
    while (!stopping_) {
        if (!co_await fire_due()) {
            co_await alarm_->wait_for(std::chrono::seconds{2});
            continue;
        }
        if (stopping_)
            break;
        if (const auto next = next_due())
            co_await alarm_->wait_until(*next);
        else
            co_await alarm_->wait();
    }
}

void Planner::stop() {
    stopping_ = true;
    alarm_->ring();
}

/// The clock may have stood in the future, and what fired there marks entries as settled until then. The post
/// keys, not these marks, prevent a double.
void Planner::heed_step_back(Instant now) {
    if (now < latest_)
        for (std::size_t i = 0; i < slots_.size(); ++i)
            if (slots_[i].state.fired > now) {
                slots_[i].state.fired = now;
                unsaved_.push_back(i);
                reckon(slots_[i]);
                push(i);
            }
    latest_ = now;
}

asio::awaitable<bool> Planner::fire_due() {
    const Instant now = world_.clock.now();
    heed_step_back(now);
    std::vector<Round> rounds;
    for (const std::size_t index : take_due(now))
        rounds.push_back(fire(index, now));
    if (!co_await ask_fuses(rounds)) {
        for (const Round& round : rounds)
            push(round.index);
        co_return false;
    }
    for (Round& round : rounds) {
        for (FuseCheck& check : round.checks)
            co_await keep_media(world_.media, world_.log, settings_, check.posts);
        co_await keep_media(world_.media, world_.log, settings_, round.parts);
    }
    // From here to apply() nothing is waited for: what a person changed meanwhile stands.
    Batch batch;
    batch.now = now;
    std::vector<Slot> before;
    for (Round& round : rounds) {
        Slot& slot = slots_[round.index];
        before.push_back(slot);
        slot.state.fired = round.slot.state.fired;
        slot.next = round.slot.next;
        std::move(round.missed.begin(), round.missed.end(), std::back_inserter(batch.insert));
        for (FuseCheck& check : round.checks) {
            round.tripped = heed_fuse(check, slot.state.fuse, now) || round.tripped;
            std::move(check.posts.begin(), check.posts.end(), std::back_inserter(batch.insert));
        }
        std::move(round.parts.begin(), round.parts.end(), std::back_inserter(batch.insert));
        batch.entries.push_back(slot.state);
    }
    for (const std::size_t index : unsaved_)
        if (std::none_of(rounds.begin(), rounds.end(), [&](const Round& f) { return f.index == index; }))
            batch.entries.push_back(slots_[index].state);
    const bool written = co_await write(std::move(batch), rounds);
    if (!written)
        // The entries are as due as before; only what a person has said of them meanwhile stands.
        for (std::size_t i = 0; i < rounds.size(); ++i) {
            Slot& slot = slots_[rounds[i].index];
            before[i].state.paused = slot.state.paused;
            if (!rounds[i].tripped)
                before[i].state.fuse = slot.state.fuse;
            slot = std::move(before[i]);
        }
    for (const Round& round : rounds)
        push(round.index);
    if (written)
        unsaved_.clear();
    co_return written;
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
    alerts_.raise(AlertKind::store, "store", failure.message + ": the schedule waits", failure.hint);
    if (!std::exchange(trouble_, true))
        world_.log.error("store.trouble", failure.message + ": the schedule waits until it can be recorded",
                         {{"hint", failure.hint}});
}

asio::awaitable<bool> Planner::write(Batch batch, const std::vector<Round>& rounds) {
    if (batch.empty())
        co_return true;
    std::vector<std::string> accounts;
    std::set<std::string> held;
    for (const Post& post : batch.insert) {
        accounts.push_back(post.account);
        if (post.state == PostState::held)
            held.insert(post.account);
        Firing firing;
        firing.account = post.account;
        firing.post.next = is_final(post.state) || post.state == PostState::held ? Instant::max() : post.next;
        firing.post.media = static_cast<int>(post.content.media.size());
        firing_.push_back(std::move(firing));
    }
    ++changes_;
    const std::size_t posts = batch.insert.size();
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    ++changes_;
    std::vector<Firing> fired = std::exchange(firing_, {});
    for (std::size_t i = 0; applied && i < fired.size(); ++i) {
        fired[i].post.id = applied->inserted.at(i);
        if (fired[i].post.id != 0 && fired[i].post.next != Instant::max())
            outlook_.expect(fired[i].account, fired[i].post);
    }
    if (!applied) {
        trouble(applied.error());
        co_return false;
    }
    if (std::exchange(trouble_, false)) {
        alerts_.clear(AlertKind::store, "store");
        world_.log.info("store.recovered", "the schedule goes on: the store can be written again");
    }
    if (posts > 0)
        world_.log.debug("schedule.fired", std::to_string(rounds.size()) + " entries are due");
    for (const Round& round : rounds)
        if (round.tripped)
            tell_tripped(world_.log, alerts_, OriginKind::entry, round.slot.entry->name,
                         slots_[round.index].state.fuse);
    std::sort(accounts.begin(), accounts.end());
    accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
    for (const std::string& account : accounts) {
        accepted_(account);
        if (held.count(account) > 0)
            alerts_.review_held(account);
    }
    co_return true;
}

Planner::Round Planner::fire(std::size_t index, Instant now) const {
    Round round;
    round.index = index;
    round.slot = slots_[index];
    const Slot& slot = round.slot;
    const EntrySettings& entry = *slot.entry;
    const schedule::Due due =
        schedule::due_between(entry.rule, slot.zone, slot.state.fired, now, entry.missed);
    for (const PostTarget& target : entry.targets) {
        for (const Instant nominal : due.missed) {
            for (Post& post : make_posts(slot, target, nominal, now)) {
                post.state = PostState::expired;
                post.code = ReasonCode::missed;
                post.reason = "missed";
                if (due.earlier > 0 && nominal == due.missed.front())
                    post.reason += "; so were " + std::to_string(due.earlier) + " before it";
                round.missed.push_back(std::move(post));
            }
        }
        FuseCheck check;
        check.kind = OriginKind::entry;
        check.name = entry.name;
        check.account = target.account;
        check.limits = entry.fuse.value_or(settings_.fuse);
        check.within = check.limits.within;
        check.fixed_text = target.post->status.source().find("{{") == std::string::npos;
        for (const Instant nominal : due.fire)
            for (Post& post : make_posts(slot, target, nominal, now))
                (post.part == 0 ? check.posts : round.parts).push_back(std::move(post));
        round.checks.push_back(std::move(check));
    }
    if (!due.missed.empty())
        world_.log.warning("schedule.missed",
                           entry.name + ": " + std::to_string(due.missed.size() + due.earlier) +
                               " occurrences were missed and are not posted, the last of " +
                               to_rfc3339(due.missed.back()),
                           {{"entry", entry.name}});
    round.slot.state.fired = now;
    reckon(round.slot);
    return round;
}

std::vector<Post> Planner::make_posts(const Slot& slot, const PostTarget& target, Instant nominal,
                                      Instant now) const {
    const EntrySettings& entry = *slot.entry;
    const AccountSettings& account = settings_.accounts.find(target.account)->second;
    Acceptance acceptance;
    acceptance.origin.kind = OriginKind::entry;
    acceptance.origin.name = entry.name;
    acceptance.origin.item = to_rfc3339(nominal);
    acceptance.identity = slot.identity;
    acceptance.revision = entry.edition;
    acceptance.priority = Priority::scheduled;
    acceptance.now = now;
    acceptance.due = due_of(entry, account, nominal);
    if (entry.expires_after)
        acceptance.expires = acceptance.due + *entry.expires_after;
    return accept_thread(account, std::move(acceptance),
                         compose_parts(entry, target, slot.zone, nominal, profile_(target.account)));
}

std::vector<Upcoming> Planner::upcoming(std::size_t count) const {
    std::vector<Upcoming> list;
    using Next = std::pair<Instant, std::size_t>;
    std::vector<Next> heap;
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].next && !slots_[i].state.paused)
            heap.emplace_back(*slots_[i].next, i);
    std::make_heap(heap.begin(), heap.end(), std::greater<>{});
    while (list.size() < count && !heap.empty()) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
        const auto [when, index] = heap.back();
        heap.pop_back();
        const Slot& slot = slots_[index];
        Upcoming next;
        next.entry = slot.entry->name;
        next.due = when;
        list.push_back(std::move(next));
        if (const auto after = schedule::next_after(slot.entry->rule, slot.zone, when)) {
            heap.emplace_back(*after, index);
            std::push_heap(heap.begin(), heap.end(), std::greater<>{});
        }
    }
    return list;
}

std::vector<Instant> Planner::next_of(std::string_view entry, std::size_t count) const {
    std::vector<Instant> list;
    for (const Slot& slot : slots_)
        if (slot.entry->name == entry)
            for (auto next = slot.next; next && list.size() < count;
                 next = schedule::next_after(slot.entry->rule, slot.zone, *next))
                list.push_back(*next);
    return list;
}

std::vector<Occurrence> Planner::occurrences(const std::string& account, Instant until) const {
    constexpr std::size_t most = 1000;
    std::vector<Occurrence> found;
    for (const Firing& firing : firing_)
        if (firing.account == account && firing.post.next <= until) {
            Occurrence occurrence;
            occurrence.due = firing.post.next;
            occurrence.media = firing.post.media;
            found.push_back(occurrence);
        }
    for (const Slot& slot : slots_) {
        if (slot.state.paused || slot.state.fuse.open())
            continue; // what it makes does not leave by itself
        for (const PostTarget& target : slot.entry->targets) {
            if (target.account != account)
                continue;
            const AccountSettings& to = settings_.accounts.find(account)->second;
            std::size_t count = 0;
            for (auto nominal = slot.next; nominal && *nominal <= until && count < most; ++count) {
                Occurrence occurrence;
                occurrence.due = due_of(*slot.entry, to, *nominal);
                occurrence.media = static_cast<int>(target.post->media.size());
                if (occurrence.due <= until)
                    found.push_back(occurrence);
                nominal = schedule::next_after(slot.entry->rule, slot.zone, *nominal);
            }
        }
    }
    return found;
}

std::map<std::string, Instant> Planner::next_by_account() const {
    std::map<std::string, Instant> next;
    for (const Slot& slot : slots_) {
        if (!slot.next || slot.state.paused)
            continue;
        for (const PostTarget& target : slot.entry->targets) {
            const auto [known, fresh] = next.emplace(target.account, *slot.next);
            if (!fresh)
                known->second = std::min(known->second, *slot.next);
        }
    }
    return next;
}

std::vector<std::string> Planner::paused() const {
    std::vector<std::string> names;
    for (const Slot& slot : slots_)
        if (slot.state.paused)
            names.push_back(slot.entry->name);
    return names;
}

std::optional<EntryState> Planner::state_of(std::string_view entry) const {
    for (const Slot& slot : slots_)
        if (slot.entry->name == entry)
            return slot.state;
    return std::nullopt;
}

fuse::State Planner::set_fuse(std::string_view entry, fuse::State fuse) {
    ++changes_;
    for (Slot& slot : slots_)
        if (slot.entry->name == entry)
            return std::exchange(slot.state.fuse, std::move(fuse));
    return {};
}

std::vector<EntryState> Planner::tripped() const {
    std::vector<EntryState> states;
    for (const Slot& slot : slots_)
        if (slot.state.fuse.open())
            states.push_back(slot.state);
    return states;
}

void Planner::set_paused(std::string_view entry, bool paused) {
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].entry->name == entry) {
            slots_[i].state.paused = paused;
            push(i);
        }
    wake();
}

} // namespace crier::engine
