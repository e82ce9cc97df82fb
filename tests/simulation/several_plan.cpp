#include "simulation/several_world.hpp"
#include "simulation/world.hpp"

#include <algorithm>
#include <array>
#include <chrono>

/// What the world of several daemons is, and what happens in it.
namespace crier::sim {

using namespace std::chrono_literals;

namespace {

std::shared_ptr<const PostTemplate> says(const std::string& status) {
    auto post = std::make_shared<PostTemplate>();
    post->status = *text::Template::parse(status, {"now", "due", "entry", "account", "title", "link"});
    return post;
}

PostTarget target_of(std::size_t account, const std::string& status) {
    PostTarget target;
    target.account = account_name(account);
    target.post = says(status);
    return target;
}

Fault draw_fault(Dice& dice) {
    constexpr std::array kinds{FaultKind::lost_after,   FaultKind::lost_after,  FaultKind::slow,
                               FaultKind::error_before, FaultKind::error_after, FaultKind::lost_before,
                               FaultKind::odd_success,  FaultKind::limited,     FaultKind::unreachable};
    Fault fault;
    fault.kind = kinds[dice.below(kinds.size())];
    fault.length = dice.one_in(2) ? dice.between(1s, 2min) : dice.between(1min, 1h);
    if (fault.kind == FaultKind::lost_after || fault.kind == FaultKind::slow)
        fault.length = dice.between(50ms, 118s);
    fault.nth = dice.below(2);
    return fault;
}

Blow draw_blow(Dice& dice) {
    constexpr std::array kinds{Blow::Kind::die,         Blow::Kind::die,         Blow::Kind::stop,
                               Blow::Kind::stand_still, Blow::Kind::stand_still, Blow::Kind::stand_still,
                               Blow::Kind::cut_off,     Blow::Kind::not_renewed, Blow::Kind::database_down,
                               Blow::Kind::server,      Blow::Kind::server,      Blow::Kind::pause};
    constexpr std::array places{Label::any,
                                Label::any,
                                Label::commit,
                                Label::commit_posts,
                                Label::commit_attempt,
                                Label::commit_attempt,
                                Label::connecting,
                                Label::connecting};
    Blow blow;
    blow.kind = kinds[dice.below(kinds.size())];
    // On the minute of something that is due as often as not.
    blow.at = dice.between(1h, run_length - 6h);
    if (!dice.one_in(3))
        blow.at = std::chrono::floor<std::chrono::minutes>(blow.at) / (10min) * (10min) - 1s;
    blow.machine = static_cast<ProcessNumber>(dice.below(machine_count));
    blow.account = dice.below(shared_accounts);
    blow.where = places[dice.below(places.size())];
    blow.nth = dice.below(blow.where == Label::any ? 40 : 4);
    // Around the lease's length, past the time for which a server keeps a key, and anything else.
    blow.length = dice.one_in(3)   ? dice.between(60s, 130s)
                  : dice.one_in(3) ? dice.between(1h, 3h)
                                   : dice.between(1s, 20min);
    switch (blow.kind) {
    case Blow::Kind::die:
        blow.cut = static_cast<Cut>(1 + dice.below(3));
        break;
    case Blow::Kind::not_renewed: // and a request under way for as long as one can be, when that ends
        blow.length = dice.between(90s, 200s);
        break;
    case Blow::Kind::cut_off:
        blow.length = std::min<Duration>(blow.length, 40min);
        break;
    case Blow::Kind::database_down:
        blow.length = dice.between(1s, 10min);
        break;
    case Blow::Kind::pause:
        blow.length = dice.between(10min, 3h);
        break;
    case Blow::Kind::server:
        blow.fault = draw_fault(dice);
        break;
    default:
        break;
    }
    return blow;
}

} // namespace

std::string to_text(const Blow& blow) {
    constexpr std::array names{"die",           "stop",          "stand still", "be cut off",
                               "renew nothing", "database down", "server",      "pause"};
    const std::string kind = names[static_cast<std::size_t>(blow.kind)];
    if (blow.kind == Blow::Kind::server)
        return "s" + std::to_string(blow.account) + ": " + to_text(blow.fault);
    return "daemon " + std::to_string(blow.machine) + " is to " + kind + " for " +
           crier::to_text(blow.length) + " at its " + std::to_string(blow.nth) + "th " +
           std::to_string(static_cast<int>(blow.where)) + ", cut " +
           std::to_string(static_cast<int>(blow.cut));
}

std::vector<Blow> draw_blows(Dice& dice) {
    std::vector<Blow> blows(2 + dice.below(9));
    for (Blow& blow : blows)
        blow = draw_blow(dice);
    std::sort(blows.begin(), blows.end(), [](const Blow& a, const Blow& b) { return a.at < b.at; });
    return blows;
}

engine::Configuration shared_settings() {
    static const engine::Configuration settings = [] {
        Settings made;
        for (std::size_t i = 0; i < shared_accounts; ++i) {
            AccountSettings account;
            account.name = account_name(i);
            account.server = "https://" + account.name + ".example";
            account.token.kind = TokenRef::Kind::file;
            account.token.name = account.name;
            account.defaults = std::make_shared<PostTemplate>();
            made.accounts.emplace(account.name, std::move(account));
            EntrySettings entry;
            entry.name = "e" + std::to_string(i);
            schedule::Every every;
            every.period = 30min;
            entry.when = schedule::Calendar{every};
            entry.timezone = "UTC";
            entry.missed.policy = Missed::all;
            entry.missed.within = 7 * 24h;
            entry.targets.push_back(target_of(i, entry.name + "@{{ now | date('%Y-%m-%dT%H:%M:%SZ') }}"));
            made.schedule.push_back(std::move(entry));
        }
        const std::vector<std::vector<std::size_t>> readers{{0}, {1, 2}};
        for (std::size_t i = 0; i < readers.size(); ++i) {
            SourceSettings source;
            source.name = "f" + std::to_string(i);
            source.plugin = "feed";
            source.url = "https://blog.example/" + source.name + ".xml";
            source.poll = 14min + 24s;
            source.fuse = Fuse{false}; // what comes after hours in the dark is meant
            for (const std::size_t account : readers[i])
                source.targets.push_back(target_of(account, "{{ title }}"));
            made.sources.push_back(std::move(source));
        }
        return std::make_shared<const Settings>(std::move(made));
    }();
    return settings;
}

} // namespace crier::sim
