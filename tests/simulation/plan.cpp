#include "simulation/plan.hpp"

#include "simulation/random.hpp"
#include "simulation/reconfigure.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

constexpr std::array<std::string_view, manners> manner_names{"mastodon_4_5", "mastodon_4_6", "replay_500",
                                                             "no_keys"};

constexpr std::array<std::string_view, fault_kinds> fault_names{
    "kill",         "stop",         "unreachable",     "lost_before", "lost_after", "slow",
    "error_before", "error_after",  "odd_success",     "limited",     "refused",    "token_dead",
    "forbidden",    "upload_fails", "media_slow",      "store_full",  "store_slow", "clock",
    "pause",        "person",       "feed_down",       "feed_ids",    "feed_order", "feed_edits",
    "burst",        "crash_loop",   "long_night",      "reconfigure", "put_back",   "entry_paused",
    "feed_links",   "feed_empty",   "feed_takes_back", "hub_pushes"};

/// How often each kind is drawn, in the order of the enumerators: what may double or lose a post is drawn
/// most. What has no weight comes on top (make_plan).
constexpr std::array<unsigned, fault_kinds> weights{12, 2, 3, 5, 8, 4, 4, 8, 3, 3, 1, 3, 2, 2, 2, 3, 3,
                                                    2,  2, 4, 2, 2, 1, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0};

FaultKind draw_kind(Dice& dice) {
    unsigned total = 0;
    for (const unsigned weight : weights)
        total += weight;
    auto left = static_cast<unsigned>(dice.below(total));
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (left < weights[i])
            return static_cast<FaultKind>(i);
        left -= weights[i];
    }
    return FaultKind::kill;
}

void make_kill(Fault& fault, Dice& dice) {
    fault.kind = FaultKind::kill;
    fault.where = dice.one_in(2) ? Label::any : static_cast<Label>(1 + dice.below(4));
    fault.nth = dice.below(fault.where != Label::any ? 3 : dice.one_in(3) ? 60 : 12);
    fault.cut = static_cast<Cut>(1 + dice.below(3));
    fault.length = dice.one_in(4) ? dice.between(1min, 4h) : dice.between(100ms, 30s);
    // Longer than the server remembers a key: what else tells?
    if (fault.where == Label::commit_picture && dice.one_in(2)) {
        fault.cut = Cut::after_reply;
        fault.length = dice.between(55min, 4h);
    }
}

void make_burst(Fault& fault, Dice& dice) {
    fault.kind = FaultKind::burst;
    fault.nth = 150 + dice.below(250);
}

Fault draw(Dice& dice, std::size_t accounts) {
    Fault fault;
    fault.kind = draw_kind(dice);
    fault.account = dice.below(accounts);
    // On the second of something that is due as often as not: at other times there is nothing to disturb.
    fault.at = dice.between(1h, run_length - 6h);
    if (!dice.one_in(3))
        fault.at = std::chrono::floor<std::chrono::hours>(fault.at);
    fault.length = dice.one_in(2) ? dice.between(1s, 2min) : dice.between(1min, 3h);
    switch (fault.kind) {
    case FaultKind::kill:
        make_kill(fault, dice);
        break;
    case FaultKind::lost_after:
        fault.length = dice.one_in(2) ? dice.between(50ms, 2s) : dice.between(2s, 118s);
        fault.nth = dice.below(2);
        break;
    case FaultKind::media_slow:
        fault.length = dice.between(1s, 20min);
        break;
    case FaultKind::slow:
        fault.length = dice.between(5s, 118s);
        break;
    case FaultKind::clock:
        fault.length = dice.between(30s, 5h) * (dice.one_in(2) ? 1 : -1);
        fault.nth = dice.below(7);
        break;
    case FaultKind::limited:
        fault.length = dice.between(10s, 30min);
        break;
    case FaultKind::long_night:
        fault.at = dice.between(1h, 10h);
        fault.length = dice.between(24h, 30h);
        fault.where = Label::commit_picture;
        fault.cut = Cut::after_reply;
        break;
    case FaultKind::burst:
        make_burst(fault, dice);
        break;
    case FaultKind::crash_loop:
        fault.nth = 10 + dice.below(40);
        fault.length = dice.between(100ms, 3s);
        break;
    case FaultKind::person:
        fault.nth = dice.below(5);
        break;
    default:
        break;
    }
    return fault;
}

Dice dice_of(std::uint64_t seed) {
    return Dice{seed * 0x2545F4914F6CDD1DULL + 1};
}

Plan begin_plan(std::uint64_t seed, Dice& dice) {
    Plan plan;
    plan.seed = seed;
    for (int i = 0; i < 2; ++i)
        plan.manner.push_back(static_cast<Manner>(dice.below(manners)));
    return plan;
}

void sort_faults(Plan& plan) {
    std::stable_sort(plan.faults.begin(), plan.faults.end(),
                     [](const Fault& a, const Fault& b) { return a.at < b.at; });
}

/// An hour's full, or soon after: when most of a calendar is due.
Duration busy_moment(Dice& dice) {
    const Duration hour = std::chrono::floor<std::chrono::hours>(dice.between(1h, run_length - 6h)) + 30min;
    return hour - 1ms + (dice.one_in(2) ? Duration{} : dice.between(1ms, 90s));
}

/// By a chance of its own: what else a seed has does not depend on it.
void draw_agenda(Plan& plan) {
    Dice dice{plan.seed * 0x9E6C63D0876A9A47ULL + 7};
    plan.agenda.zone = dice.below(zone_facts().size());
    if (const Instant change = plan.agenda.zone_fact().change; change != Instant::max())
        plan.start = std::chrono::floor<std::chrono::days>(change) - 24h + 30min;
    for (int i = 0; i < 5; ++i)
        plan.agenda.has.set(dice.below(kinds));
    const auto add = [&](FaultKind kind, std::size_t nth, Duration at, Duration length) {
        Fault fault;
        fault.kind = kind;
        fault.at = at;
        fault.length = length;
        fault.nth = nth;
        plan.faults.push_back(fault);
    };
    for (std::uint64_t i = dice.below(3); i > 0; --i) {
        Fault death;
        make_kill(death, dice);
        death.at = busy_moment(dice);
        if (dice.one_in(2))
            death.where = dice.one_in(2) ? Label::commit_posts : Label::commit;
        death.length = dice.one_in(3) ? dice.between(1min, 4h) : dice.between(100ms, 30s);
        plan.faults.push_back(death);
    }
    while (dice.one_in(3))
        add(FaultKind::reconfigure, plain_changes + dice.below(changes - plain_changes),
            dice.one_in(2) ? busy_moment(dice) : dice.between(1h, run_length - 6h), dice.between(10min, 12h));
    while (dice.one_in(3)) {
        std::size_t kind = dice.below(kinds);
        while (!plan.agenda.has[kind])
            kind = (kind + 1) % kinds;
        add(FaultKind::entry_paused, kind, busy_moment(dice), dice.between(1min, 5h));
    }
}

/// What feeds do besides, and how their items are posted; by a chance of its own, too.
void draw_feeds(Plan& plan) {
    Dice dice{plan.seed * 0xD1342543DE82EF95ULL + 3};
    plan.pace = static_cast<Pace>(dice.below(paces));
    const auto add = [&](FaultKind kind) {
        Fault fault;
        fault.kind = kind;
        fault.account = dice.below(2);
        fault.at = dice.between(1h, run_length - 6h);
        fault.length = dice.one_in(2) ? dice.between(1min, 20min) : dice.between(20min, 3h);
        plan.faults.push_back(fault);
    };
    while (dice.one_in(4))
        add(FaultKind::feed_links);
    while (dice.one_in(4))
        add(FaultKind::feed_empty);
    plan.follows = dice.one_in(2);
    while (dice.one_in(2))
        add(FaultKind::feed_edits);
    while (dice.one_in(3))
        add(FaultKind::feed_takes_back);
    plan.long_items = dice.one_in(2);
    // Some have a hub, which pushes often, and late.
    for (std::size_t left = dice.one_in(2) ? 0 : 1 + dice.below(30); left > 0; --left) {
        add(FaultKind::hub_pushes);
        plan.faults.back().nth = dice.below(3);
        plan.faults.back().length = Duration{};
    }
}

} // namespace

std::string_view to_text(Manner manner) noexcept {
    return manner_names[static_cast<std::size_t>(manner)];
}

std::string_view to_text(FaultKind kind) noexcept {
    return fault_names[static_cast<std::size_t>(kind)];
}

std::string to_text(const Fault& fault) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(fault.at).count();
    char when[32];
    std::snprintf(when, sizeof when, "%lldd%02lld:%02lld:%02lld", static_cast<long long>(seconds / 86400),
                  static_cast<long long>(seconds / 3600 % 24), static_cast<long long>(seconds / 60 % 60),
                  static_cast<long long>(seconds % 60));
    constexpr std::array<const char*, 4> cuts{"", "before its effect", "before its reply", "after its reply"};
    constexpr std::array<const char*, 5> places{"completion", "commit", "commit of posts",
                                                "commit of an attempt",
                                                "commit of an attempt with a picture"};
    std::string text = std::string{when} + " " + std::string{to_text(fault.kind)};
    if (fault.kind == FaultKind::kill)
        text += std::string{" at "} + places[static_cast<std::size_t>(fault.where)] + " " +
                std::to_string(fault.nth) + " " + cuts[static_cast<std::size_t>(fault.cut)];
    else if (fault.kind == FaultKind::reconfigure)
        text += ": " + std::string{to_text(static_cast<Change>(fault.nth))};
    else if (fault.kind == FaultKind::entry_paused)
        text += ": " + std::string{to_text(static_cast<Kind>(fault.nth))};
    else
        text += " account " + std::to_string(fault.account) + " nth " + std::to_string(fault.nth);
    const bool back = fault.length < Duration::zero();
    return text + " for " + (back ? "-" : "") + crier::to_text(back ? -fault.length : fault.length);
}

Plan make_plan(std::uint64_t seed) {
    Dice dice = dice_of(seed);
    Plan plan = begin_plan(seed, dice);
    plan.wire = seed % 50 == 0;
    plan.one_server = plan.manner[0] == plan.manner[1] && seed % 3 != 0;
    // Two on average; often one or none, now and then a bad day.
    const std::size_t count = dice.one_in(8) ? 4 + dice.below(5) : dice.below(4);
    for (std::size_t i = 0; i < count; ++i)
        plan.faults.push_back(draw(dice, plan.manner.size()));
    // Budgets are put to the test where there is more to send than they allow.
    for (std::size_t i = 0, end = plan.faults.size(); i < end; ++i)
        if (plan.faults[i].kind == FaultKind::crash_loop || plan.faults[i].kind == FaultKind::limited) {
            Fault burst = plan.faults[i];
            make_burst(burst, dice);
            burst.at -= dice.between(1min, 20min);
            if (plan.faults[i].kind == FaultKind::crash_loop || dice.one_in(3))
                plan.faults.push_back(burst);
        }
    // A person finds something to act on where the account rests, or after a reply that was lost.
    for (std::size_t i = 0, end = plan.faults.size(); i < end; ++i)
        if (plan.faults[i].kind == FaultKind::person) {
            Fault& person = plan.faults[i];
            Fault first = person;
            first.nth = 0;
            if (dice.one_in(2)) {
                first.kind = FaultKind::pause;
                first.at -= dice.between(30min, 4h);
                first.length = person.at - first.at + dice.between(1s, 2h);
            } else {
                first.kind = FaultKind::lost_after;
                first.length = dice.between(50ms, 100s);
                person.at += dice.between(1s, 3min); // it is in doubt
            }
            plan.faults.push_back(first);
        }
    // A death soon after another fault, and above all after a death, is where memory is put to the test.
    for (std::size_t i = 0, end = plan.faults.size(); i < end; ++i)
        if (dice.one_in(4)) {
            Fault second = plan.faults[i];
            second.at += dice.one_in(2) ? Duration{1ms} : dice.between(1s, 3min);
            make_kill(second, dice);
            plan.faults.push_back(second);
        }
    // Names, rules and addresses change while all that goes on.
    while (dice.one_in(4)) {
        Fault change;
        change.kind = FaultKind::reconfigure;
        change.nth = dice.below(plain_changes);
        change.at = dice.one_in(2) && !plan.faults.empty() ? dice.of(plan.faults).at + dice.between(1s, 10min)
                                                           : dice.between(30min, run_length - 6h);
        change.length = dice.between(1min, 9h);
        plan.faults.push_back(change);
    }
    if (dice.one_in(20)) {
        Fault backup;
        backup.kind = FaultKind::put_back;
        backup.at = dice.between(1h, run_length - 14h);
        backup.length = dice.between(10min, 8h);
        plan.faults.push_back(backup);
    }
    if (seed % 2 == 1)
        draw_agenda(plan);
    draw_feeds(plan);
    sort_faults(plan);
    return plan;
}

Plan make_reference_plan(std::uint64_t seed) {
    Dice dice = dice_of(seed);
    Plan plan = begin_plan(seed, dice);
    while (plan.faults.size() < 2) {
        const Fault fault = draw(dice, plan.manner.size());
        if (fault.kind != FaultKind::burst && fault.kind != FaultKind::crash_loop &&
            fault.kind != FaultKind::long_night)
            plan.faults.push_back(fault);
    }
    sort_faults(plan);
    return plan;
}

Plan make_small_plan(Manner manner, FaultKind kind) {
    Plan plan;
    plan.seed = 1;
    plan.length = 6h;
    plan.manner.assign(2, manner);
    Fault fault;
    fault.kind = kind;
    fault.at = 2h; // half an hour before what is due next
    fault.length = 20s;
    fault.account = 1; // the one with pictures
    plan.faults.push_back(fault);
    return plan;
}

} // namespace crier::sim
