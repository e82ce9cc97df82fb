#include "sandbox/api/entities.hpp"

#include "sandbox/content/markup.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <utility>

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

/// A quote of a quote is not shown.
json::object quoted_json(const World& world, const Status& quoted) {
    Status plain = quoted;
    plain.quoted.clear();
    return status_json(world, plain);
}

void add_quote(const World& world, const Status& status, json::object& body) {
    const Facts& facts = world.settings.facts();
    const Status* const quoted = world.statuses.find(status.quoted);
    const json::value shown =
        quoted != nullptr ? json::value(quoted_json(world, *quoted)) : json::value(nullptr);
    switch (facts.quotes) {
    case QuoteShape::none:
        break;
    case QuoteShape::mastodon: {
        json::object quote;
        quote["state"] = quoted != nullptr ? "accepted" : "deleted";
        quote["quoted_status"] = shown;
        body["quote"] = status.quoted.empty() ? json::value(nullptr) : json::value(std::move(quote));
        json::object approval;
        const bool open = status.visibility == "public" || status.visibility == "unlisted";
        const std::string& policy = status.quote_policy;
        json::array automatic;
        if (open && policy != "nobody")
            automatic.emplace_back(policy.empty() ? "public" : policy);
        approval["automatic"] = std::move(automatic);
        approval["manual"] = json::array{};
        approval["current_user"] = "automatic";
        body["quote_approval"] = std::move(approval);
        body["quotes_count"] = 0;
        break;
    }
    case QuoteShape::status:
        body["quote_id"] = text_or_null(status.quoted);
        body["quote"] = shown;
        break;
    case QuoteShape::pleroma: {
        json::object inside;
        inside["local"] = true;
        inside["quote_id"] = text_or_null(status.quoted);
        inside["quote"] = shown;
        inside["quote_visible"] = quoted != nullptr;
        body["pleroma"] = std::move(inside);
        break;
    }
    }
}

/// Who may do what with it; GoToSocial's own when nothing was said.
json::value interaction_policy(const Status& status) {
    if (!status.interaction_policy.empty())
        return json::parse(status.interaction_policy);
    return json::parse(R"({"can_favourite":{"always":["public","me"],"with_approval":[]},)"
                       R"("can_reply":{"always":["public","me"],"with_approval":[]},)"
                       R"("can_reblog":{"always":["public","me"],"with_approval":[]}})");
}

/// What the text was written as, where each keeps it (Akkoma: mastodon_api/views/status_view.ex).
void add_source(const Status& status, const Facts& facts, json::object& body) {
    const std::string type = status.content_type.empty() ? "text/plain" : status.content_type;
    if (facts.errors != ErrorShape::pleroma) {
        body["content_type"] = type;
        return;
    }
    json::object source;
    source["content"] = status.text;
    source["mediaType"] = type;
    json::object akkoma;
    akkoma["source"] = std::move(source);
    if (facts.quotes != QuoteShape::pleroma) // Pleroma tells it by /source only
        body["akkoma"] = std::move(akkoma);
}

void add_extensions(const World& world, const Status& status, json::object& body) {
    const Facts& facts = world.settings.facts();
    add_quote(world, status, body);
    if (facts.local_only == LocalOnly::parameter || facts.local_only == LocalOnly::eye)
        body["local_only"] = status.local_only;
    if (!facts.content_types.empty())
        add_source(status, facts, body);
    if (facts.interaction_policy)
        body["interaction_policy"] = interaction_policy(status);
}

/// What snac answers to an upload: no meta, no blurhash (mastoapi.c).
json::object bare_media_json(const World& world, const Attachment& attachment) {
    json::object body;
    body["id"] = attachment.id;
    body["type"] = attachment.type;
    body["url"] = body["preview_url"] = body["remote_url"] = world.base_url + "/media/" + attachment.id;
    body["description"] = attachment.description;
    return body;
}

json::object poll_params(const Poll& poll) {
    json::object body;
    json::array options;
    for (const std::string& option : poll.options)
        options.emplace_back(option);
    body["options"] = std::move(options);
    body["multiple"] = poll.multiple;
    body["hide_totals"] = poll.hide_totals;
    body["expires_in"] = poll.expires_in;
    return body;
}

json::array attachments_json(const World& world, const std::vector<std::string>& ids, Time now) {
    json::array list;
    for (const std::string& id : ids)
        if (const Attachment* const attachment = world.media.find(id)) {
            json::object one = media_json(world, *attachment, now);
            if (world.settings.facts().bare_media) // another name for the same file
                one["id"] = std::string{one["url"].get_string()};
            list.push_back(std::move(one));
        }
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
    if (world.settings.facts().bare_media)
        return bare_media_json(world, attachment);
    const std::string url = world.base_url + "/media/" + attachment.id;
    const bool done = attachment.processing(now) == Processing::done;
    json::object body;
    body["id"] = attachment.id;
    body["type"] = attachment.type;
    body["url"] = done ? json::value(url) : json::value(nullptr);
    body["preview_url"] = !attachment.thumbnail.empty() ? json::value(url + "/small")
                          : attachment.type == "audio"  ? json::value(nullptr)
                                                        : json::value(url);
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
    body["content"] = formatted_html(status.text, status.content_type, world.base_url);
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
    body["pinned"] = status.pinned.has_value();
    add_extensions(world, status, body);
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
    params["poll"] = draft.poll ? json::value(poll_params(*draft.poll)) : json::value(nullptr);
    if (world.settings.facts().quote_policy) {
        params["quoted_status_id"] = text_or_null(draft.quoted);
        params["quote_approval_policy"] = text_or_null(draft.quote_policy);
    }
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
