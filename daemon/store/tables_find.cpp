#include "store/tables.hpp"

#include <algorithm>
#include <functional>
#include <utility>

/// What people ask: statements made anew for each call.
namespace crier::store {
namespace {

/// Conditions of a WHERE, and their values in the same order.
class Conditions {
public:
    using Bind = std::function<void(Statement::Use&)>;

    void add(const std::string& sql, Bind bind) {
        where_ += (where_.empty() ? "WHERE " : " AND ") + sql;
        binds_.push_back(std::move(bind));
    }
    [[nodiscard]] const std::string& where() const noexcept { return where_; }
    void bind(Statement::Use& use) const {
        for (const Bind& bind : binds_)
            bind(use);
    }

private:
    std::string where_;
    std::vector<Bind> binds_;
};

std::string marks(std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i)
        list += i == 0 ? "?" : ",?";
    return list;
}

/// It asks for states of which there are few posts: published ones are nearly all.
bool is_of_the_few(const PostQuery& query) {
    return !query.states.empty() &&
           std::find(query.states.begin(), query.states.end(), PostState::published) == query.states.end();
}

/// `query` outlives what is returned.
Conditions conditions_of(const PostQuery& query, const Dialect& dialect) {
    using Use = Statement::Use;
    Conditions all;
    if (query.id)
        all.add("id=?", [&](Use& use) { use.bind(*query.id); });
    if (query.key)
        all.add("key=?", [&](Use& use) { use.bind(*query.key); });
    if (query.key_between)
        all.add("key BETWEEN ? AND ?",
                [&](Use& use) { use.bind(query.key_between->first).bind(query.key_between->second); });
    if (!query.account.empty())
        all.add("account=?", [&](Use& use) { use.bind(query.account); });
    if (!query.status_ids.empty())
        all.add("status_id<>'' AND status_id IN (" + marks(query.status_ids.size()) + ")", [&](Use& use) {
            for (const std::string& id : query.status_ids)
                use.bind(id);
        });
    if (is_of_the_few(query)) // for posts_state has only those
        all.add("state<>'published'", [](Use&) {});
    if (!query.states.empty())
        all.add("state IN (" + marks(query.states.size()) + ")", [&](Use& use) {
            for (const PostState state : query.states)
                use.bind(to_text(state));
        });
    if (query.since)
        all.add("created>=?", [&](Use& use) { use.bind(*query.since); });
    if (query.next_after)
        all.add("next>?", [&](Use& use) { use.bind(*query.next_after); });
    // As the index has it, word for word: a partial index serves only what is inside it for certain.
    if (query.untried)
        all.add("(state IN ('waiting', 'ready') OR state IN ('uploading', 'retrying')) AND attempts = 0",
                [](Use&) {});
    if (query.in_doubt)
        all.add("in_doubt<>0", [](Use&) {});
    if (query.behind)
        all.add("code = 'thread' AND state IN ('waiting', 'held')", [](Use&) {});
    if (query.to_be_deleted)
        all.add("id IN (SELECT post FROM amendments INDEXED BY amendments_next WHERE next IS NOT NULL AND "
                "kind='remove') AND state<>'deleted' AND state<>'cancelled' AND state<>'failed' AND "
                "state<>'expired'",
                [](Use&) {});
    if (query.active_since)
        all.add("id IN (SELECT id FROM posts INDEXED BY posts_created WHERE created>=? UNION SELECT id FROM "
                "posts "
                "INDEXED BY posts_published WHERE state = 'published' AND last_attempt>=? UNION SELECT id "
                "FROM posts "
                "INDEXED BY posts_state WHERE state<>'published' AND last_attempt>=?)",
                [&](Use& use) {
                    use.bind(*query.active_since).bind(*query.active_since).bind(*query.active_since);
                });
    if (query.parent)
        all.add("parent=?", [&](Use& use) { use.bind(*query.parent); });
    if (!query.origin.empty())
        all.add("origin_name=?", [&](Use& use) { use.bind(query.origin); });
    if (query.origin_kind)
        all.add("origin_kind=?", [&](Use& use) { use.bind(to_text(*query.origin_kind)); });
    if (query.code)
        all.add("code=?", [&](Use& use) { use.bind(to_text(*query.code)); });
    if (query.after && query.oldest_first)
        all.add("(due, id) > (?, ?)", [&](Use& use) { use.bind(query.after->due).bind(query.after->id); });
    if (query.after && !query.oldest_first)
        all.add("id<?", [&](Use& use) { use.bind(query.after->id); });
    if (!query.grep.empty())
        all.add(dialect.status_has, [&](Use& use) { use.bind(query.grep); });
    return all;
}

/// SQLite has no statistics to choose by. Without anything selective the table is walked from its newest row,
/// which a list of the newest soon ends.
std::string_view way_in(const PostQuery& query) {
    if (query.id || query.key || query.key_between || query.to_be_deleted || query.active_since)
        return "";
    if (!query.status_ids.empty())
        return "INDEXED BY posts_status ";
    if (query.parent)
        return "INDEXED BY posts_parent ";
    if (query.behind)
        return "INDEXED BY posts_thread ";
    if (query.untried)
        return "INDEXED BY posts_untried ";
    if (is_of_the_few(query))
        return "INDEXED BY posts_state ";
    if (query.since)
        return "INDEXED BY posts_created ";
    if (query.origin_kind && !query.origin.empty())
        return "INDEXED BY posts_origin ";
    if (!query.account.empty())
        return "INDEXED BY posts_account ";
    return "NOT INDEXED ";
}

} // namespace

Result<std::vector<Post>> Tables::find(const PostQuery& query) {
    const Conditions conditions = conditions_of(query, database_.dialect());
    const std::string order = query.any_order      ? ""
                              : query.oldest_first ? " ORDER BY due, id"
                                                   : " ORDER BY id DESC";
    // The ids first, so that no text goes through a sorter.
    Statement statement = database_.prepare(
        std::string{"SELECT "} + post_columns + " FROM posts WHERE id IN (SELECT id FROM posts " +
        std::string{way_in(query)} + conditions.where() + order + " LIMIT ?)" + order);
    if (!statement)
        return failure("find posts");
    auto use = statement.use();
    conditions.bind(use);
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
    if (use.failed())
        return failure("read attempts");
    return list;
}

Result<std::map<PostState, std::int64_t>> Tables::counts(const std::string& account) {
    Statement statement = database_.prepare(
        "SELECT state, count(*) FROM posts INDEXED BY posts_state WHERE state<>'published' AND (?1='' OR "
        "account=?1) "
        "GROUP BY state UNION ALL SELECT 'published', count(*) FROM posts INDEXED BY posts_published WHERE "
        "state='published' AND (?1='' OR account=?1) HAVING count(*)>0");
    if (!statement)
        return failure("count posts");
    auto use = statement.use();
    use.bind(account);
    std::map<PostState, std::int64_t> counted;
    while (use.row()) {
        const auto state = parse_post_state(use.text());
        const std::int64_t count = use.number();
        if (state)
            counted[*state] = count;
    }
    if (use.failed())
        return failure("count posts");
    return counted;
}

/// By the index alone: what is published, and that is nearly all, is passed over.
Result<UnsettledCounts> Tables::unsettled() {
    Statement statement = database_.prepare(
        "SELECT state, account, count(*) FROM posts INDEXED BY posts_state WHERE state<>'published' AND "
        "state IN ('waiting', "
        "'ready', "
        "'uploading', 'sending', 'retrying', 'doubt', 'held', 'failed') GROUP BY state, account");
    if (!statement)
        return failure("count posts");
    auto use = statement.use();
    UnsettledCounts counted;
    while (use.row()) {
        const auto state = parse_post_state(use.text());
        std::string account = use.text();
        const std::int64_t count = use.number();
        if (state)
            counted[std::move(account)][*state] = count;
    }
    if (use.failed())
        return failure("count posts");
    return counted;
}

} // namespace crier::store
