#include "admin/undo_json.hpp"

#include "admin/fields.hpp"
#include "admin/json.hpp"
#include "admin/order_json.hpp"

#include <string>
#include <utility>

namespace crier::admin {

namespace json = boost::json;

namespace {

Result<engine::UndoOrder> undo_order(const std::string& since, std::string account, const std::string& origin,
                                     Instant now) {
    engine::UndoOrder order;
    const std::optional<Instant> from = parse_past(since, now);
    if (!from || *from > now)
        return wrong_field("since", "given: a time (2026-11-24T09:00:00Z), or how long ago (2h)");
    order.since = *from;
    order.account = std::move(account);
    if (origin.empty())
        return order;
    const auto colon = origin.find(':');
    if (colon != std::string::npos)
        order.kind = parse_origin_kind(origin.substr(0, colon));
    if (!order.kind || *order.kind == OriginKind::manual || colon + 1 == origin.size())
        return wrong_field("origin", "source:NAME or entry:NAME");
    order.origin = origin.substr(colon + 1);
    return order;
}

json::object row_of(const Post& post) {
    json::object row = to_json(post);
    row["published"] = post.state == PostState::published && post.last_attempt
                           ? json::value(to_rfc3339(*post.last_attempt))
                           : json::value(nullptr);
    return row;
}

/// The first of them: a person reads no more, and to write down a hundred thousand would take the loop's time
/// from what is due.
template <class List, class MakeRow>
json::array rows_of(const List& list, const MakeRow& make_row) {
    json::array rows;
    for (const auto& one : list) {
        if (rows.size() == most_listed)
            break;
        rows.push_back(make_row(one));
    }
    return rows;
}

} // namespace

Result<engine::UndoOrder> undo_from_parameters(const Query& parameters, Instant now) {
    std::string since;
    std::string account;
    std::string origin;
    for (const auto& [name, value] : parameters) {
        std::string* const into = name == "since"     ? &since
                                  : name == "account" ? &account
                                  : name == "origin"  ? &origin
                                                      : nullptr;
        if (into == nullptr)
            return unknown_name("parameter", name, {"since", "account", "origin"});
        if (value.empty())
            return wrong_field(name, "given");
        *into = value;
    }
    return undo_order(since, std::move(account), origin, now);
}

Result<engine::UndoOrder> undo_from_json(const json::object& object, Instant now) {
    Fields fields{object};
    const std::string since = fields.text("since");
    std::string account = fields.text("account");
    const std::string origin = fields.text("origin");
    if (const Result<> done = fields.done(); !done)
        return done.error();
    return undo_order(since, std::move(account), origin, now);
}

json::array to_json(const std::vector<engine::Deletions>& deletions) {
    json::array list;
    for (const engine::Deletions& one : deletions) {
        json::object row;
        row["account"] = one.account;
        row["count"] = one.count;
        row["until"] = to_rfc3339(one.until);
        row["waits"] = one.waits;
        list.push_back(std::move(row));
    }
    return list;
}

json::object to_json(const engine::Undone& undone) {
    const engine::UndoPlan& plan = undone.plan;
    json::object object;
    object["delete"] = rows_of(plan.removed, row_of);
    object["cancel"] = rows_of(plan.cancelled, row_of);
    object["doubt"] = rows_of(plan.sought, row_of);
    object["left"] = rows_of(plan.left, [](const auto& left) {
        json::object row = row_of(left.first);
        row["why"] = left.second;
        return row;
    });
    object["pause"] =
        rows_of(undone.paused, [](const engine::Target& target) { return json::value(target.thing()); });
    json::object counts;
    counts["delete"] = plan.removed.size();
    counts["cancel"] = plan.cancelled.size();
    counts["doubt"] = plan.sought.size();
    counts["left"] = plan.left.size();
    counts["pause"] = undone.paused.size();
    object["counts"] = std::move(counts);
    object["deletions"] = to_json(undone.deletions);
    return object;
}

PostQuery query_of(const engine::Target& target) {
    PostQuery query;
    switch (target.kind) {
    case engine::Target::Kind::everything:
        break;
    case engine::Target::Kind::account:
        query.account = target.name;
        break;
    case engine::Target::Kind::source:
        query.origin_kind = OriginKind::source;
        query.origin = target.name;
        break;
    case engine::Target::Kind::entry:
        query.origin_kind = OriginKind::entry;
        query.origin = target.name;
        break;
    }
    return query;
}

} // namespace crier::admin
