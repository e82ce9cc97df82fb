// What came in and what was posted: what tests judge by.
#include "sandbox/api/control.hpp"
#include "sandbox/api/params.hpp"
#include "sandbox/api/reply.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <set>
#include <utility>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

json::array parts_json(const std::vector<LoggedPart>& parts) {
    json::array list;
    for (const LoggedPart& part : parts) {
        json::object body;
        body["name"] = part.name;
        if (!part.filename.empty()) {
            body["filename"] = part.filename;
            body["type"] = part.content_type;
        } else {
            body["text"] = part.text;
        }
        body["size"] = part.size;
        list.push_back(std::move(body));
    }
    return list;
}

json::object entry_json(const LogEntry& entry) {
    json::object body;
    body["n"] = entry.number;
    body["at"] = rfc3339(entry.at);
    body["method"] = entry.method;
    body["path"] = entry.path;
    body["query"] = entry.query;
    body["key"] = entry.key;
    body["token_account"] = entry.token_account;
    body["status"] = entry.status;
    body["over"] = entry.over ? json::value(rfc3339(*entry.over)) : json::value(nullptr);
    json::object headers;
    for (const auto& [name, value] : entry.headers)
        headers[name] = value;
    body["headers"] = std::move(headers);
    body["body"] = entry.parts.empty() ? json::value(entry.body) : json::value(parts_json(entry.parts));
    body["fault"] = entry.fault;
    body["status_id"] = entry.status_id;
    return body;
}

json::object recorded(const World& world, const Status& status) {
    json::object body;
    body["id"] = status.id;
    const Account* const account = world.accounts.find(status.account);
    body["account"] = account != nullptr ? account->name : status.account;
    body["text"] = status.text;
    body["spoiler_text"] = status.spoiler_text;
    body["visibility"] = status.visibility;
    body["language"] = status.language;
    body["sensitive"] = status.sensitive;
    body["in_reply_to_id"] = status.in_reply_to;
    body["created_at"] = rfc3339(status.created);
    body["edited_at"] = status.edited ? json::value(rfc3339(*status.edited)) : json::value(nullptr);
    body["key"] = status.key;
    body["deleted"] = status.deleted;
    body["pinned"] = status.pinned.has_value();
    body["scheduled"] = status.scheduled;
    json::array media;
    for (const std::string& id : status.media) {
        const Attachment* const attachment = world.media.find(id);
        json::object one;
        one["id"] = id;
        one["type"] = attachment != nullptr ? attachment->type : "";
        one["description"] = attachment != nullptr ? attachment->description : "";
        media.push_back(std::move(one));
    }
    body["media"] = std::move(media);
    return body;
}

/// How many there are, and whether something is there twice.
json::object summary(const World& world) {
    std::size_t deleted = 0;
    std::size_t same_text = 0;
    std::set<std::pair<std::string_view, std::string_view>> texts;
    for (const Status& status : world.statuses.all()) {
        deleted += status.deleted ? 1U : 0U;
        same_text += texts.emplace(status.account, status.text).second ? 0U : 1U;
    }
    json::object body;
    body["total"] = world.statuses.all().size();
    body["deleted"] = deleted;
    body["same_text"] = same_text;
    body["scheduled"] = world.statuses.scheduled().size();
    return body;
}

} // namespace

/// `?since=N`: only those after the request with that number.
Response list_log(Control& control) {
    Params query;
    for (auto& [name, value] : decode_pairs(control.request.query))
        (void)put_param(query.tree, name, std::move(value));
    const std::int64_t since = query.integer("since").value_or(0);
    std::string lines;
    for (const LogEntry& entry : control.world.log.entries())
        if (static_cast<std::int64_t>(entry.number) > since)
            lines += json::serialize(entry_json(entry)) + "\n";
    return typed_reply("application/x-ndjson; charset=utf-8", std::move(lines));
}

Response list_statuses(Control& control) {
    if (control.request.query == "summary=1")
        return json_reply(summary(control.world));
    json::array list;
    for (const Status& status : control.world.statuses.all())
        list.push_back(recorded(control.world, status));
    return json_reply(std::move(list));
}

} // namespace crier::sandbox
