#include "store/content_text.hpp"
#include "store/tables.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace crier::store {

const char* const post_columns = "id, key, account, origin_kind, origin_name, origin_item, created, state, "
                                 "reason, priority, due, expires, next, "
                                 "content, generation, attempts, first_attempt, last_attempt, in_doubt, "
                                 "tries, approved, status_id, status_url, "
                                 "version";

namespace {

std::string columns_from(const std::string& rest) {
    return std::string{"SELECT "} + post_columns + " FROM posts " + rest;
}

} // namespace

Tables::Tables(Database database)
    : database_(std::move(database)) {}

Result<> Tables::prepare() {
    const std::pair<Name, std::string> sql[] = {
        {insert_post, "INSERT INTO posts(key, account, origin_kind, origin_name, origin_item, created, "
                      "state, reason, priority, due, "
                      "expires, next, content, generation, attempts, first_attempt, last_attempt, in_doubt, "
                      "tries, approved, "
                      "status_id, status_url, version) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1) "
                      "ON CONFLICT(key) DO NOTHING"},
        {update_post,
         "UPDATE posts SET state=?, reason=?, priority=?, due=?, expires=?, next=?, content=?, generation=?, "
         "attempts=?, "
         "first_attempt=?, last_attempt=?, in_doubt=?, tries=?, approved=?, status_id=?, status_url=?, "
         "version=version+1 WHERE id=? AND version=?"},
        {put_attempt, "INSERT OR REPLACE INTO attempts VALUES(?,?,?,?,?,?,?,?)"},
        {put_seen, "INSERT OR IGNORE INTO seen VALUES(?,?,?,?,?,?,?,?)"},
        {put_source, "INSERT OR REPLACE INTO sources VALUES(?,?,?,?,?,?,?,?,?,?)"},
        {put_source_account, "INSERT OR IGNORE INTO source_accounts VALUES(?,?,?)"},
        {put_entry, "INSERT OR REPLACE INTO entries VALUES(?,?,?,?,?)"},
        {put_account, "INSERT OR REPLACE INTO accounts VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
        {put_alive, "UPDATE meta SET value=?1 WHERE name='last_alive' AND value<?1"},
        {lane_unfinished,
         columns_from(
             "INDEXED BY posts_unfinished WHERE account=? AND next<=? AND "
             "state IN ('uploading', 'sending', 'retrying', 'doubt') ORDER BY priority, due, id LIMIT ?")},
        {lane_ready, columns_from("INDEXED BY posts_queue WHERE account=? AND state='ready' AND next<=? "
                                  "ORDER BY priority, due, id LIMIT ?")},
        {lane_next, "SELECT min(next) FROM (SELECT min(next) AS next FROM posts INDEXED BY posts_unfinished "
                    "WHERE account=?1 AND "
                    "state IN ('uploading', 'sending', 'retrying', 'doubt') UNION ALL SELECT min(next) FROM "
                    "posts INDEXED BY "
                    "posts_waiting WHERE account=?1 AND state IN ('waiting', 'ready'))"},
        {seen_by_item,
         "SELECT source, account, item, link, title, address, verdict, seen FROM seen WHERE source=? AND "
         "account=? AND item=?"},
        {seen_by_link,
         "SELECT source, account, item, link, title, address, verdict, seen FROM seen INDEXED BY seen_link "
         "WHERE source=? AND account=? AND link=? LIMIT 2"},
    };
    for (const auto& [name, text] : sql) {
        statements_[name] = database_.prepare(text);
        if (!statements_[name])
            return failure("prepare");
    }
    return {};
}

bool read_post(Statement::Use& use, Post& post) {
    post.id = use.number();
    post.key = use.digest();
    post.account = use.text();
    const auto kind = parse_origin_kind(use.text());
    post.origin.kind = kind.value_or(OriginKind::manual);
    post.origin.name = use.text();
    post.origin.item = use.text();
    post.created = use.instant();
    const auto state = parse_post_state(use.text());
    post.state = state.value_or(PostState::held);
    post.reason = use.text();
    post.priority = static_cast<Priority>(use.small());
    post.due = use.instant();
    post.expires = use.maybe_instant();
    post.next = use.instant();
    const bool content = content_from_text(use.text(), post.content);
    post.generation = use.small();
    post.attempts = use.small();
    post.first_attempt = use.maybe_instant();
    post.last_attempt = use.maybe_instant();
    post.in_doubt = use.flag();
    post.tries = use.small();
    post.approved = use.flag();
    post.status_id = use.text();
    post.status_url = use.text();
    post.version = use.number();
    return content && kind && state;
}

Result<> Tables::collect(Statement::Use& use, std::vector<Post>& posts) {
    while (use.row()) {
        Post post;
        if (!read_post(use, post))
            return Failure{Cause::corrupt,
                           "the store's row of post " + std::to_string(post.id) + " does not read",
                           "stop the daemon and look with `sqlite3 -readonly`; a backup may have it whole"};
        posts.push_back(std::move(post));
    }
    if (use.code() != SQLITE_DONE)
        return failure("read posts");
    return {};
}

Result<LaneWork> Tables::lane(const LaneQuery& query) {
    LaneWork work;
    for (const Name name : {lane_unfinished, lane_ready}) {
        if (work.posts.size() >= query.limit)
            break;
        auto use = statements_[name].use();
        use.bind(query.account)
            .bind(query.now)
            .bind(static_cast<std::int64_t>(query.limit - work.posts.size()));
        if (const Result<> read = collect(use, work.posts); !read)
            return read.error();
    }
    if (!work.posts.empty())
        return work;
    auto use = statements_[lane_next].use();
    use.bind(query.account);
    if (!use.row())
        return failure("read the next");
    work.next = use.maybe_instant();
    return work;
}

Result<std::vector<Post>> Tables::find(const PostQuery& query) {
    // Built anew for each call: people ask, not the lanes.
    std::string where;
    const auto add = [&](const std::string& condition) {
        where += (where.empty() ? "WHERE " : " AND ") + condition;
    };
    if (query.id)
        add("id=?");
    if (query.key)
        add("key=?");
    if (!query.account.empty())
        add("account=?");
    if (!query.states.empty()) {
        std::string list;
        for (std::size_t i = 0; i < query.states.size(); ++i)
            list += i == 0 ? "?" : ",?";
        add("state IN (" + list + ")");
    }
    if (query.since)
        add("created>=?");
    if (!query.origin.empty())
        add("origin_name=?");
    if (!query.grep.empty())
        add("instr(lower(json_extract(content, '$.status')), lower(?))>0");
    Statement statement = database_.prepare(
        columns_from(where + (query.oldest_first ? " ORDER BY due, id" : " ORDER BY id DESC") + " LIMIT ?"));
    if (!statement)
        return failure("find posts");
    auto use = statement.use();
    if (query.id)
        use.bind(*query.id);
    if (query.key)
        use.bind(*query.key);
    if (!query.account.empty())
        use.bind(query.account);
    for (const PostState state : query.states)
        use.bind(to_text(state));
    if (query.since)
        use.bind(*query.since);
    if (!query.origin.empty())
        use.bind(query.origin);
    if (!query.grep.empty())
        use.bind(query.grep);
    use.bind(static_cast<std::int64_t>(query.limit));
    std::vector<Post> posts;
    if (const Result<> read = collect(use, posts); !read)
        return read.error();
    return posts;
}

Result<std::vector<Attempt>> Tables::attempts(PostId post) {
    Statement statement = database_.prepare("SELECT post, number, started, key, finished, http, outcome, "
                                            "detail FROM attempts WHERE post=? ORDER BY number");
    if (!statement)
        return failure("read attempts");
    auto use = statement.use();
    use.bind(post);
    std::vector<Attempt> list;
    while (use.row()) {
        Attempt attempt;
        attempt.post = use.number();
        attempt.number = use.small();
        attempt.started = use.instant();
        attempt.key = use.text();
        attempt.finished = use.maybe_instant();
        attempt.http = use.small();
        attempt.outcome = use.text();
        attempt.detail = use.text();
        list.push_back(std::move(attempt));
    }
    return list;
}

Result<std::vector<SeenItem>> Tables::seen(const SeenQuery& query) {
    std::vector<SeenItem> list;
    const auto look = [&](Name name, const Digest& digest) {
        auto use = statements_[name].use();
        use.bind(query.source).bind(query.account).bind(digest);
        while (use.row()) {
            SeenItem item;
            item.source = use.text();
            item.account = use.text();
            item.item = use.digest();
            item.link = use.digest();
            item.title = use.text();
            item.address = use.text();
            item.verdict = use.text();
            item.seen = use.instant();
            list.push_back(std::move(item));
        }
        return use.code() == SQLITE_DONE;
    };
    for (const Digest& item : query.items)
        if (!look(seen_by_item, item))
            return failure("read seen items");
    for (const Digest& link : query.links)
        if (link != Digest{} && !look(seen_by_link, link))
            return failure("read seen links");
    // An item that was found by both is told once.
    std::sort(list.begin(), list.end(), [](const SeenItem& a, const SeenItem& b) { return a.item < b.item; });
    list.erase(std::unique(list.begin(), list.end(),
                           [](const SeenItem& a, const SeenItem& b) { return a.item == b.item; }),
               list.end());
    return list;
}

Result<std::map<PostState, std::int64_t>> Tables::counts(const std::string& account) {
    Statement statement = database_.prepare(
        account.empty() ? "SELECT state, count(*) FROM posts GROUP BY state"
                        : "SELECT state, count(*) FROM posts WHERE account=? GROUP BY state");
    if (!statement)
        return failure("count posts");
    auto use = statement.use();
    if (!account.empty())
        use.bind(account);
    std::map<PostState, std::int64_t> counted;
    while (use.row()) {
        const auto state = parse_post_state(use.text());
        const std::int64_t count = use.number();
        if (state)
            counted[*state] = count;
    }
    return counted;
}

Result<States> Tables::load() {
    States states;
    const auto each = [&](const char* sql, auto read) {
        Statement statement = database_.prepare(sql);
        if (!statement)
            return false;
        auto use = statement.use();
        while (use.row())
            read(use);
        return use.code() == SQLITE_DONE;
    };
    bool good =
        each("SELECT source, cursor, url, last_poll, next_poll, last_success, failures, error, paused, note "
             "FROM sources",
             [&](Statement::Use& use) {
                 SourceState state;
                 state.source = use.text();
                 state.cursor = use.text();
                 state.url = use.text();
                 state.last_poll = use.instant();
                 state.next_poll = use.instant();
                 state.last_success = use.instant();
                 state.failures = use.small();
                 state.error = use.text();
                 state.paused = use.flag();
                 state.note = use.text();
                 states.sources.push_back(std::move(state));
             });
    good = good && each("SELECT source, account, since FROM source_accounts", [&](Statement::Use& use) {
               SourceAccount state;
               state.source = use.text();
               state.account = use.text();
               state.since = use.instant();
               states.source_accounts.push_back(std::move(state));
           });
    good = good && each("SELECT entry, fired, since, rule, paused FROM entries", [&](Statement::Use& use) {
               EntryState state;
               state.entry = use.text();
               state.fired = use.instant();
               state.since = use.instant();
               state.rule = use.text();
               state.paused = use.flag();
               states.entries.push_back(std::move(state));
           });
    good = good &&
           each("SELECT account, server, state, reason, action, since, not_before, rate, profile, handle, "
                "last_published, paused, paused_why, paused_until FROM accounts",
                [&](Statement::Use& use) {
                    AccountState state;
                    state.account = use.text();
                    state.server = use.text();
                    state.state = use.text();
                    state.reason = use.text();
                    state.action = use.text();
                    state.since = use.instant();
                    state.not_before = use.instant();
                    state.rate = use.text();
                    state.profile = use.text();
                    state.handle = use.text();
                    state.last_published = use.instant();
                    state.paused = use.flag();
                    state.paused_why = use.text();
                    state.paused_until = use.maybe_instant();
                    states.accounts.push_back(std::move(state));
                });
    good = good && each("SELECT value FROM meta WHERE name='last_alive'",
                        [&](Statement::Use& use) { states.last_alive = use.instant(); });
    if (!good)
        return failure("read states");
    return states;
}

} // namespace crier::store
