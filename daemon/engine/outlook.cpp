#include "engine/outlook.hpp"

#include <algorithm>

namespace crier::engine {

namespace {

/// The longest window of a server's; looked up once for all shorter ones.
constexpr Duration far_enough = std::chrono::hours{3} + std::chrono::minutes{10};

} // namespace

void Outlook::set_schedule(Schedule schedule, Changes changes) {
    schedule_ = std::move(schedule);
    changes_ = std::move(changes);
    for (auto& [name, account] : accounts_)
        account.changes = 0;
}

Outlook::Account& Outlook::looked_up(const std::string& name, Instant until) {
    Account& account = accounts_[name];
    if (!schedule_)
        return account;
    const std::uint64_t changes = changes_(name);
    if (account.changes == changes && until <= account.horizon)
        return account;
    account.horizon = until + far_enough;
    account.changes = changes;
    account.occurrences = schedule_(name, account.horizon);
    std::sort(account.occurrences.begin(), account.occurrences.end(),
              [](const Occurrence& a, const Occurrence& b) { return a.due < b.due; });
    return account;
}

Expectation Outlook::until(const std::string& name, Instant until) {
    const Account& account = looked_up(name, until);
    Expectation sum;
    for (const Occurrence& occurrence : account.occurrences) {
        if (occurrence.due > until)
            break;
        ++sum.posts;
        sum.media += occurrence.media;
    }
    for (const auto& [id, waiting] : account.waiting)
        if (waiting.post.next <= until) {
            ++sum.posts;
            sum.media += waiting.post.media;
        }
    return sum;
}

std::optional<Instant> Outlook::room(const std::string& name, Instant from, Duration gap, Instant until) {
    const Account& account = looked_up(name, until + gap);
    std::vector<Instant> due;
    const auto see = [&](Instant at) {
        if (at > from && at < until + gap)
            due.push_back(at);
    };
    for (const Occurrence& occurrence : account.occurrences)
        see(occurrence.due);
    for (const auto& [id, waiting] : account.waiting)
        see(waiting.post.next);
    std::sort(due.begin(), due.end());
    Instant room = from;
    for (const Instant at : due) {
        if (at - room >= gap)
            break;
        room = std::max(at, room) + gap;
    }
    return room <= until ? std::optional{room} : std::nullopt;
}

void Outlook::expect(const std::string& account, const Expected& post) {
    Account& known = accounts_[account];
    known.gone.erase(post.id);
    Waiting& waiting = known.waiting[post.id];
    waiting.post = post;
    waiting.since = ++sequence_;
}

void Outlook::gone(std::string_view name, PostId id) {
    const auto account = accounts_.find(name);
    if (account != accounts_.end() && account->second.waiting.erase(id) > 0)
        account->second.gone[id] = ++sequence_;
}

void Outlook::saw(const Post& post) {
    if (post.priority > Priority::scheduled)
        return;
    switch (post.state) {
    case PostState::waiting:
    case PostState::ready:
    case PostState::uploading:
    case PostState::retrying: {
        if (post.next == Instant::max())
            return gone(post.account, post.id); // waits for the part before it
        Expected expected;
        expected.id = post.id;
        expected.next = post.next;
        expected.media = static_cast<int>(post.content.media.size());
        expect(post.account, expected);
        return;
    }
    default:
        gone(post.account, post.id);
    }
}

void Outlook::answer(const std::string& name, std::uint64_t mark, const std::vector<Expected>& posts) {
    Account& account = accounts_[name];
    std::erase_if(account.waiting, [mark](const auto& known) { return known.second.since < mark; });
    std::erase_if(account.gone, [mark](const auto& known) { return known.second < mark; });
    for (const Expected& post : posts) {
        if (account.gone.count(post.id) > 0)
            continue;
        Waiting waiting;
        waiting.post = post;
        waiting.since = mark;
        account.waiting.try_emplace(post.id, waiting);
    }
}

} // namespace crier::engine
