#include "engine/silence.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// A source's ways are known by what it made in so long, and by so many posts at most.
constexpr Duration ways_length = std::chrono::hours{24 * 31};
constexpr std::size_t ways_posts = 500;

constexpr std::string_view account_prefix = "account:";
constexpr std::string_view source_prefix = "source:";

asio::awaitable<Result<std::vector<Post>>>
newest(Store& store, std::string account, std::vector<PostState> states, std::optional<Instant> since) {
    PostQuery query;
    query.account = std::move(account);
    query.states = std::move(states);
    query.since = since;
    query.limit = 1;
    co_return co_await store.find(std::move(query));
}

asio::awaitable<Result<std::optional<Instant>>> silence_of_account(Store& store, std::string account,
                                                                   Duration silent_for, Instant now) {
    const std::optional<Instant> none;
    std::vector<PostState> out{PostState::published};
    const Result<std::vector<Post>> published = co_await newest(store, account, std::move(out), std::nullopt);
    if (!published)
        co_return published.error();
    std::optional<Instant> last;
    if (!published->empty())
        last = published->front().last_attempt.value_or(published->front().created);
    if (last && now - *last < silent_for)
        co_return none;
    LaneQuery query;
    query.account = account;
    query.now = now;
    const Result<LaneWork> work = co_await store.lane(std::move(query));
    if (!work)
        co_return work.error();
    std::optional<Instant> due; // the oldest of what should be out
    for (const Post& post : work->posts)
        due = std::min(due.value_or(post.due), post.due);
    std::vector<PostState> stopped{PostState::held, PostState::failed, PostState::expired};
    const Result<std::vector<Post>> stuck =
        co_await newest(store, std::move(account), std::move(stopped), last);
    if (!stuck)
        co_return stuck.error();
    for (const Post& post : *stuck)
        due = std::min(due.value_or(post.due), post.due);
    if (!due)
        co_return none;
    // One that never published is silent from when it should have.
    const Instant since = last.value_or(*due);
    co_return now - since >= silent_for ? std::optional{since} : none;
}

asio::awaitable<Result<std::optional<Instant>>> silence_of_source(Store& store, const SourceSettings& source,
                                                                  Duration silent_for, Instant now) {
    std::vector<MadeQuery> queries;
    for (const PostTarget& target : source.targets) {
        MadeQuery query;
        query.name = source.name;
        query.account = target.account;
        query.since = now - ways_length;
        query.limit = ways_posts;
        queries.push_back(std::move(query));
    }
    const Result<std::vector<std::vector<MadePost>>> made = co_await store.made(std::move(queries));
    if (!made)
        co_return made.error();
    std::vector<Instant> moments;
    for (const std::vector<MadePost>& posts : *made)
        for (const MadePost& post : posts)
            moments.push_back(post.created);
    // What came at once, on one account or several, is one sign of life.
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    co_return silent_since(std::move(moments), silent_for, now);
}

} // namespace

std::vector<std::string> silence_subjects(const Settings& settings) {
    std::set<std::string> subjects;
    for (const EntrySettings& entry : settings.schedule)
        for (const PostTarget& target : entry.targets)
            subjects.insert(std::string{account_prefix} + target.account);
    for (const SourceSettings& source : settings.sources) {
        for (const PostTarget& target : source.targets)
            subjects.insert(std::string{account_prefix} + target.account);
        if (!source.on_demand && !hears(source)) // others send when they have something
            subjects.insert(std::string{source_prefix} + source.name);
    }
    return {subjects.begin(), subjects.end()};
}

asio::awaitable<Result<std::optional<Instant>>> silence_of(Store& store, const Settings& settings,
                                                           std::string subject, Instant now) {
    const Duration silent_for = settings.alerts.silent_for;
    if (subject.starts_with(account_prefix))
        co_return co_await silence_of_account(store, subject.substr(account_prefix.size()), silent_for, now);
    for (const SourceSettings& source : settings.sources)
        if (subject == std::string{source_prefix} + source.name)
            co_return co_await silence_of_source(store, source, silent_for, now);
    co_return std::optional<Instant>{};
}

std::string silence_text(const std::string& subject, Instant since) {
    const bool source = subject.starts_with(source_prefix);
    return subject + (source ? " has had nothing new since " : " has published nothing since ") +
           to_rfc3339(since) +
           (source ? ", which is longer than it ever took" : ", although something was due");
}

std::string silence_action(const std::string& subject) {
    if (subject.starts_with(source_prefix))
        return "look at it with `crier items " + subject.substr(source_prefix.size()) + "`";
    return "`crier status` says how the account stands, `crier outbox list --account " +
           subject.substr(account_prefix.size()) + "` what became of its posts";
}

} // namespace crier::engine
