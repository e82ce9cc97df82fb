#include "store/tables.hpp"

#include <utility>

/// What the fuse and the alerts ask and keep; what is asked of other daemons.
namespace crier::store {

Result<std::vector<std::vector<MadePost>>> Tables::made(const std::vector<MadeQuery>& queries) {
    std::vector<std::vector<MadePost>> answers;
    answers.reserve(queries.size());
    for (const MadeQuery& query : queries) {
        auto use = statements_[made_lately].use();
        use.bind(to_text(query.kind))
            .bind(query.name)
            .bind(query.account)
            .bind(query.since)
            .bind(static_cast<std::int64_t>(query.limit));
        std::vector<MadePost> posts;
        while (use.row()) {
            MadePost post;
            post.created = use.instant();
            post.item = use.text();
            post.link = use.digest();
            post.text = use.digest();
            posts.push_back(std::move(post));
        }
        if (use.failed())
            return failure("read what was made lately");
        answers.push_back(std::move(posts));
    }
    return answers;
}

Result<std::map<ReasonCode, std::int64_t>> Tables::held(const std::string& account) {
    Statement statement = database_.prepare(
        "SELECT code, count(*) FROM posts INDEXED BY posts_state WHERE state<>'published' AND "
        "state='held' AND account=? GROUP BY code");
    if (!statement)
        return failure("count what is held");
    auto use = statement.use();
    use.bind(account);
    std::map<ReasonCode, std::int64_t> counted;
    while (use.row()) {
        const auto code = parse_reason_code(use.text());
        counted[code.value_or(ReasonCode::none)] += use.number();
    }
    if (use.failed())
        return failure("count what is held");
    return counted;
}

Result<> Tables::write_alerts(const Batch& batch) {
    for (const AlertState& alert : batch.alerts) {
        auto use = statements_[put_alert].use();
        use.bind(to_text(alert.kind))
            .bind(alert.subject)
            .bind(alert.text)
            .bind(alert.action)
            .bind(alert.since)
            .bind(alert.told)
            .bind(alert.over);
        if (!use.later())
            return failure("write alert");
    }
    for (const AlertState& alert : batch.alerts_ended) {
        auto use = statements_[end_alert].use();
        use.bind(to_text(alert.kind)).bind(alert.subject);
        if (!use.later())
            return failure("end alert");
    }
    return {};
}

bool Tables::load_alerts(std::vector<AlertState>& alerts) {
    Statement statement = database_.prepare(
        "SELECT kind, subject, text, action, since, told, over FROM alerts ORDER BY kind, subject");
    if (!statement)
        return false;
    auto use = statement.use();
    while (use.row()) {
        AlertState alert;
        alert.kind = parse_alert_kind(use.text()).value_or(AlertKind::held);
        alert.subject = use.text();
        alert.text = use.text();
        alert.action = use.text();
        alert.since = use.instant();
        alert.told = use.instant();
        alert.over = use.flag();
        alerts.push_back(std::move(alert));
    }
    return !use.failed();
}

Result<> Tables::write_wishes(const Batch& batch) {
    for (const Wish& wish : batch.wishes) {
        auto use = statements_[put_wish].use();
        use.bind(wish.thing).bind(wish.paused).bind(wish.why).bind(wish.until).bind(wish.asked);
        if (!use.later())
            return failure("write down a wish");
    }
    for (const Wish& wish : batch.wishes_done)
        if (!statements_[end_wish].use().bind(wish.thing).bind(wish.asked).later())
            return failure("note a wish that is done");
    if (!batch.wishes.empty() && statements_[notify_wished] && !statements_[notify_wished].use().later())
        return failure("tell the other daemons");
    return {};
}

bool Tables::load_wishes(std::vector<Wish>& wishes) {
    Statement statement =
        database_.prepare("SELECT thing, paused, why, until, asked FROM wishes ORDER BY thing");
    if (!statement)
        return false;
    auto use = statement.use();
    while (use.row()) {
        Wish wish;
        wish.thing = use.text();
        wish.paused = use.flag();
        wish.why = use.text();
        wish.until = use.maybe_instant();
        wish.asked = use.instant();
        wishes.push_back(std::move(wish));
    }
    return !use.failed();
}

} // namespace crier::store
