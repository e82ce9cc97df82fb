#include "core/day_tally.hpp"
#include "store/tables.hpp"

#include <algorithm>
#include <utility>

/// What pages and plots ask: bounded by the time that is asked for, never by what there is.
namespace crier::store {

namespace {

/// A post's place in an agenda.
using Place = std::pair<Instant, PostId>;

/// What is written into posts_waiting, posts_queue, posts_thread and posts_published, word for word, or they
/// would be no use.
constexpr std::string_view waiting_then =
    "SELECT due, id FROM posts INDEXED BY posts_waiting WHERE state = 'waiting' AND account=?1 AND next>=?2 "
    "AND next<?3 ORDER BY next LIMIT ?4";
/// Each priority by itself: their ends are found without a backlog being read.
constexpr std::string_view ready_then = "SELECT due, id FROM posts INDEXED BY posts_queue WHERE state = "
                                        "'ready' AND account=?1 AND priority=?5 AND "
                                        "due>=?2 AND due<?3 ORDER BY due LIMIT ?4";
constexpr std::string_view parts_then =
    "SELECT due, id FROM posts INDEXED BY posts_thread WHERE code = 'thread' AND state IN ('waiting', "
    "'held') "
    "AND state = 'waiting' AND account=?1 AND due>=?2 AND due<?3 ORDER BY due, id LIMIT ?4";
constexpr std::string_view others_then =
    "SELECT due, id FROM posts INDEXED BY posts_state WHERE state<>'published' AND state IN ('uploading', "
    "'sending', 'retrying', "
    "'doubt', 'held') AND account=?1 AND due>=?2 AND due<?3 ORDER BY due, id LIMIT ?4";
constexpr std::string_view published_then =
    "SELECT due, id, account FROM posts INDEXED BY posts_published WHERE state = 'published' AND "
    "last_attempt>=?1 AND last_attempt<?2 AND (?3='' OR account=?3) ORDER BY last_attempt LIMIT ?4";

void only_first(std::vector<Place>& places, std::size_t limit) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    if (places.size() > limit)
        places.resize(limit);
}

} // namespace

Result<std::vector<Post>> Tables::agenda(const AgendaQuery& query) {
    std::vector<Place> places;
    const auto limit = static_cast<std::int64_t>(query.limit);
    const std::pair<std::string_view, std::vector<int>> ways[] = {
        {waiting_then, {}}, {ready_then, {-1, 0, 1, 2}}, {parts_then, {}}, {others_then, {}}};
    for (const auto& [sql, priorities] : ways) {
        Statement statement = database_.prepare(sql);
        if (!statement)
            return failure("look for what waits");
        for (const std::string& account : query.accounts)
            for (std::size_t i = 0; i < std::max<std::size_t>(priorities.size(), 1); ++i) {
                auto use = statement.use();
                use.bind(account).bind(query.from).bind(query.until).bind(limit);
                if (!priorities.empty())
                    use.bind(priorities[i]);
                while (use.row()) {
                    const Instant due = use.instant();
                    places.emplace_back(due, use.number());
                }
                if (use.failed())
                    return failure("look for what waits");
            }
    }
    // By time alone, for all accounts at once: a range for each would be read as often as there are accounts.
    if (Statement published = database_.prepare(published_then)) {
        const std::string only = query.accounts.size() == 1 ? query.accounts.front() : std::string{};
        auto use = published.use();
        use.bind(query.from).bind(query.until).bind(only).bind(limit);
        while (use.row()) {
            const Instant due = use.instant();
            const PostId id = use.number();
            if (std::find(query.accounts.begin(), query.accounts.end(), use.text()) != query.accounts.end())
                places.emplace_back(due, id);
        }
        if (use.failed())
            return failure("look for what was published");
    } else {
        return failure("look for what was published");
    }
    only_first(places, query.limit);
    Statement statement = database_.prepare(std::string{"SELECT "} + post_columns + " FROM posts WHERE id=?");
    if (!statement)
        return failure("read what waits");
    std::vector<Post> posts;
    posts.reserve(places.size());
    for (const auto& [due, id] : places) {
        auto use = statement.use();
        use.bind(id);
        if (const Result<> read = collect(use, posts); !read)
            return read.error();
    }
    return posts;
}

Result<Counted> Tables::count_days(const std::vector<Instant>& days) {
    DayTally tally{days};
    if (days.size() < 2)
        return tally.finish();
    Statement published =
        database_.prepare("SELECT id, account, due, last_attempt FROM posts INDEXED BY posts_published WHERE "
                          "state = 'published' AND last_attempt>=?1 AND last_attempt<?2");
    // There is no index of these by time: few posts fail, and keep: bounds how long they stay.
    Statement failed = database_.prepare(
        "SELECT coalesce(last_attempt, due) FROM posts INDEXED BY posts_state "
        "WHERE state<>'published' AND state='failed' AND coalesce(last_attempt, due)>=?1 AND "
        "coalesce(last_attempt, due)<?2");
    if (!published || !failed)
        return failure("count posts by day");
    auto one = published.use();
    one.bind(days.front()).bind(days.back());
    while (one.row()) {
        const PostId id = one.number();
        const std::string account = one.text();
        const Instant due = one.instant();
        tally.published(id, account, due, one.instant());
    }
    auto other = failed.use();
    other.bind(days.front()).bind(days.back());
    while (other.row())
        tally.failed(other.instant());
    if (one.failed() || other.failed())
        return failure("count posts by day");
    return tally.finish();
}

/// `shown` is never before `seen`, and of the items that a feed goes on showing it is set anew now and then:
/// so the newest are among those that were shown last, as long as a feed has no more than are looked at.
Result<std::vector<SeenItem>> Tables::newest_seen(const NewestSeen& query) {
    Statement statement = database_.prepare(
        "SELECT item, title, address, verdict, seen, shown FROM (SELECT item, title, address, verdict, seen, "
        "shown FROM seen INDEXED BY seen_shown WHERE source=?1 AND account=?2 ORDER BY shown DESC LIMIT "
        "1000) AS newest "
        "ORDER BY seen DESC, item LIMIT ?3");
    if (!statement)
        return failure("read a source's items");
    auto use = statement.use();
    use.bind(query.source).bind(query.account).bind(static_cast<std::int64_t>(query.limit));
    std::vector<SeenItem> items;
    while (use.row()) {
        SeenItem item;
        item.source = query.source;
        item.account = query.account;
        item.item = use.digest();
        item.title = use.text();
        item.address = use.text();
        item.verdict = use.text();
        item.seen = use.instant();
        item.shown = use.instant();
        items.push_back(std::move(item));
    }
    if (use.failed())
        return failure("read a source's items");
    return items;
}

/// The first of each list alone: a backlog is not to be gone through. What waits for its time is due at
/// `next` (the far end: for another part); what is ready has its turn at once.
Result<std::map<std::string, Leaving>> Tables::leaving(const std::vector<std::string>& accounts,
                                                       Instant now) {
    std::string sql =
        "SELECT min(next), min(since) FROM ("
        "SELECT * FROM (SELECT next, next AS since FROM posts INDEXED BY posts_waiting WHERE "
        "account=?1 AND state='waiting' AND next<9223372036854775807 ORDER BY next LIMIT 1) AS waits ";
    for (const char* priority : {"-1", "0", "1", "2"})
        sql +=
            std::string{
                "UNION ALL SELECT * FROM (SELECT due, due AS since FROM posts INDEXED BY posts_queue WHERE "
                "account=?1 AND state='ready' AND priority="} +
            priority + " ORDER BY due LIMIT 1) AS has_turn ";
    sql +=
        "UNION ALL SELECT min(next), min(due) FROM posts INDEXED BY posts_unfinished WHERE account=?1 AND "
        "(state IN ('uploading', 'sending') OR state IN ('retrying', 'doubt')) AND state<>'doubt') AS firsts";
    Statement statement = database_.prepare(sql);
    if (!statement)
        return failure("read what may leave");
    std::map<std::string, Leaving> all;
    for (const std::string& account : accounts) {
        auto use = statement.use();
        use.bind(account);
        if (!use.row())
            return failure("read what may leave");
        Leaving& leaving = all[account];
        leaving.next = use.maybe_instant();
        leaving.overdue = use.maybe_instant();
        if (leaving.overdue && *leaving.overdue > now)
            leaving.overdue.reset();
    }
    return all;
}

} // namespace crier::store
