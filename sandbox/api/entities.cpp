#include "sandbox/api/entities.hpp"

#include "sandbox/content/html.hpp"

#include <boost/json/array.hpp>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

std::string account_name(const World& world, const std::string& id) {
    const Account* const account = world.accounts.find(id);
    return account != nullptr ? account->name : "unknown";
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object size_json(const Attachment& attachment) {
    json::object size;
    size["width"] = attachment.width;
    size["height"] = attachment.height;
    size["size"] = std::to_string(attachment.width) + "x" + std::to_string(attachment.height);
    if (attachment.height > 0)
        size["aspect"] = static_cast<double>(attachment.width) / attachment.height;
    return size;
}

json::object poll_json(const Status& status) {
    json::object poll;
    poll["id"] = status.id;
    poll["expires_at"] = rfc3339(status.created + std::chrono::seconds{status.poll->expires_in});
    poll["expired"] = false;
    poll["multiple"] = status.poll->multiple;
    poll["votes_count"] = 0;
    poll["voters_count"] = 0;
    poll["emojis"] = json::array{};
    json::array options;
    for (const std::string& title : status.poll->options) {
        json::object option;
        option["title"] = title;
        option["votes_count"] = status.poll->hide_totals ? json::value(nullptr) : json::value(0);
        options.push_back(std::move(option));
    }
    poll["options"] = std::move(options);
    return poll;
}

json::array attachments_json(const World& world, const std::vector<std::string>& ids, Time now) {
    json::array list;
    for (const std::string& id : ids)
        if (const Attachment* const attachment = world.media.find(id))
            list.push_back(media_json(world, *attachment, now));
    return list;
}

} // namespace

std::string status_url(const World& world, const Status& status) {
    return world.base_url + "/@" + account_name(world, status.account) + "/" + status.id;
}

json::object account_json(const World& world, const Account& account) {
    json::object body;
    body["id"] = account.id;
    body["username"] = account.name;
    body["acct"] = account.name;
    body["display_name"] = account.name;
    body["locked"] = false;
    body["bot"] = true;
    body["discoverable"] = true;
    body["group"] = false;
    body["created_at"] = rfc3339(account.created);
    body["note"] = "<p>An account of the sandbox.</p>";
    body["url"] = world.base_url + "/@" + account.name;
    body["uri"] = world.base_url + "/users/" + account.name;
    body["avatar"] = body["avatar_static"] = world.base_url + "/pictures/0.png";
    body["header"] = body["header_static"] = world.base_url + "/pictures/1.png";
    body["followers_count"] = 0;
    body["following_count"] = 0;
    body["statuses_count"] = world.statuses.count_of(account.id);
    body["last_status_at"] = nullptr;
    body["emojis"] = json::array{};
    body["fields"] = json::array{};
    return body;
}

json::object media_json(const World& world, const Attachment& attachment, Time now) {
    const std::string url = world.base_url + "/media/" + attachment.id;
    const bool done = attachment.processing(now) == Processing::done;
    json::object body;
    body["id"] = attachment.id;
    body["type"] = attachment.type;
    body["url"] = done ? json::value(url) : json::value(nullptr);
    body["preview_url"] = attachment.type == "audio" ? json::value(nullptr) : json::value(url);
    body["remote_url"] = nullptr;
    body["preview_remote_url"] = nullptr;
    body["text_url"] = nullptr;
    json::object meta;
    if (done && attachment.type != "audio") {
        meta["original"] = size_json(attachment);
        meta["small"] = size_json(attachment);
    }
    json::object focus;
    focus["x"] = attachment.focus_x;
    focus["y"] = attachment.focus_y;
    meta["focus"] = std::move(focus);
    body["meta"] = std::move(meta);
    body["description"] = text_or_null(attachment.description);
    body["blurhash"] = done && attachment.type != "audio"
                           ? json::value("UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH")
                           : json::value(nullptr);
    return body;
}

json::object status_json(const World& world, const Status& status) {
    json::object body;
    body["id"] = status.id;
    body["created_at"] = rfc3339(status.created);
    body["in_reply_to_id"] = text_or_null(status.in_reply_to);
    const Status* const parent = world.statuses.find(status.in_reply_to);
    body["in_reply_to_account_id"] = parent != nullptr ? json::value(parent->account) : json::value(nullptr);
    body["sensitive"] = status.sensitive;
    body["spoiler_text"] = status.spoiler_text;
    body["visibility"] = status.visibility;
    body["language"] = text_or_null(status.language);
    body["uri"] = world.base_url + "/users/" + account_name(world, status.account) + "/statuses/" + status.id;
    body["url"] = status_url(world, status);
    body["replies_count"] = body["reblogs_count"] = body["favourites_count"] = 0;
    body["edited_at"] = status.edited ? json::value(rfc3339(*status.edited)) : json::value(nullptr);
    body["content"] = status_html(status.text, world.base_url);
    body["reblog"] = nullptr;
    const App* const app = world.oauth.find(status.app);
    json::object application;
    application["name"] = app != nullptr ? app->name : "crier-sandbox";
    application["website"] = app != nullptr ? text_or_null(app->website) : json::value(nullptr);
    body["application"] = std::move(application);
    if (const Account* const account = world.accounts.find(status.account))
        body["account"] = account_json(world, *account);
    body["media_attachments"] = attachments_json(world, status.media, status.edited.value_or(status.created));
    body["mentions"] = json::array{};
    body["tags"] = json::array{};
    body["emojis"] = json::array{};
    body["card"] = nullptr;
    body["poll"] = status.poll ? json::value(poll_json(status)) : json::value(nullptr);
    if (world.settings.mastodon() && world.settings.since_4_3())
        body["quote"] = nullptr;
    return body;
}

json::object scheduled_json(const World& world, const Scheduled& scheduled) {
    const Draft& draft = scheduled.draft;
    json::object params;
    params["text"] = draft.text;
    json::array media;
    for (const std::string& id : draft.media)
        media.emplace_back(id);
    params["media_ids"] = media.empty() ? json::value(nullptr) : json::value(std::move(media));
    params["sensitive"] = draft.sensitive;
    params["spoiler_text"] = text_or_null(draft.spoiler_text);
    params["visibility"] = draft.visibility;
    params["language"] = text_or_null(draft.language);
    params["in_reply_to_id"] = text_or_null(draft.in_reply_to);
    params["poll"] = nullptr;
    params["application_id"] = 1;
    params["scheduled_at"] = nullptr;
    params["idempotency"] = nullptr;
    params["with_rate_limit"] = false;
    json::object body;
    body["id"] = scheduled.id;
    body["scheduled_at"] = rfc3339(scheduled.at);
    body["params"] = std::move(params);
    body["media_attachments"] = attachments_json(world, draft.media, scheduled.at);
    return body;
}

} // namespace crier::sandbox
