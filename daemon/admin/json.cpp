#include "admin/json.hpp"

#include "admin/forms_json.hpp"
#include "core/address.hpp"
#include "engine/shown.hpp"

#include <string>
#include <utility>

namespace crier::admin {

namespace json = boost::json;

namespace {

json::value time_or_null(const std::optional<Instant>& when) {
    return when && *when != Instant{} ? json::value(to_rfc3339(*when)) : json::value(nullptr);
}

json::string text_of(std::string_view text) {
    return json::string{text.data(), text.size()};
}

json::object media_json(const Media& media) {
    json::object object;
    object["file"] = media.file;
    object["url"] = media.url;
    object["type"] = media.type;
    object["alt"] = media.alt;
    object["media_id"] = media.server_id;
    add_media_forms(object, media);
    return object;
}

/// Null while nobody else was seen to post there.
json::value foreign_json(const AccountState& state) {
    if (state.foreign == 0)
        return nullptr;
    json::object object;
    object["count"] = state.foreign;
    object["newest"] = time_or_null(state.foreign_newest);
    return object;
}

/// Null while none waits.
json::value deletions_json(const std::optional<engine::Deletions>& deletions) {
    if (!deletions)
        return nullptr;
    json::object object;
    object["count"] = deletions->count;
    object["until"] = to_rfc3339(deletions->until);
    object["waits"] = deletions->waits;
    return object;
}

json::object account_json(const engine::AccountStatus& account) {
    const AccountState& state = account.state;
    json::object object;
    object["name"] = state.account;
    object["server"] = account.server;
    object["kind"] = account.kind;
    object["token"] = account.token;
    object["token_note"] = account.token_note;
    object["mode"] = text_of(to_text(account.mode));
    const bool in_line = !state.paused && state.state == "ok" && !account.waits.empty();
    object["state"] = state.paused ? "paused" : in_line ? account.waits : state.state;
    object["reason"] = state.paused ? state.paused_why : in_line ? account.waits_why : state.reason;
    object["since"] = time_or_null(state.since);
    const bool waits =
        state.state != "ok" && state.not_before != Instant{} && state.not_before != Instant::max();
    object["until"] = state.paused                     ? time_or_null(state.paused_until)
                      : in_line && account.waits_until ? time_or_null(account.waits_until)
                      : waits                          ? time_or_null(state.not_before)
                                                       : json::value(nullptr);
    object["action"] = state.paused ? "crier resume account:" + state.account : state.action;
    json::array budgets;
    for (const rates::BucketView& view : account.budgets) {
        json::object budget;
        budget["bucket"] = view.bucket;
        budget["limit"] = view.limit;
        budget["remaining"] = view.remaining;
        budget["reset"] = time_or_null(view.reset);
        budgets.push_back(std::move(budget));
    }
    object["budgets"] = std::move(budgets);
    object["next_due"] = time_or_null(account.next_due);
    object["last_published"] = time_or_null(state.last_published);
    object["foreign"] = foreign_json(state);
    object["deletions"] = deletions_json(account.deletions);
    if (account.elsewhere)
        object["daemon"] = account.daemon;
    return object;
}

/// Null while it has not tripped.
json::value fuse_json(OriginKind kind, const std::string& name, const fuse::State& fuse) {
    if (!fuse.open())
        return nullptr;
    json::object object;
    object["reason"] = fuse.why;
    object["since"] = to_rfc3339(fuse.tripped);
    object["action"] = engine::fuse_action(kind, name);
    return object;
}

/// Without its secret, and without the path that nobody is to guess.
json::value hub_json(const std::optional<Subscription>& subscription) {
    if (!subscription)
        return nullptr;
    json::object object;
    object["url"] = shown_address(subscription->hub.url);
    object["state"] = text_of(to_text(subscription->state));
    object["until"] = time_or_null(subscription->until);
    object["last_push"] = time_or_null(subscription->last_push);
    object["note"] = subscription->note;
    return object;
}

json::object source_json(const engine::SourceStatus& source) {
    const SourceState& state = source.state;
    json::object object;
    object["name"] = state.source;
    object["plugin"] = source.plugin;
    object["url"] = source.url;
    object["state"] = state.paused                      ? "paused"
                      : state.fuse.open()               ? "tripped"
                      : state.failures > 0              ? "failing"
                      : state.last_success == Instant{} ? "new"
                                                        : "ok";
    object["last_poll"] = time_or_null(state.last_poll);
    object["next_poll"] = time_or_null(state.next_poll);
    object["hears"] = source.hears;
    object["hub"] = hub_json(source.hub);
    object["error"] = state.error;
    object["failures"] = state.failures;
    object["note"] = state.note;
    object["fuse"] = fuse_json(OriginKind::source, state.source, state.fuse);
    return object;
}

} // namespace

json::object to_json(const Post& post) {
    json::object object;
    object["id"] = post.id;
    object["account"] = post.account;
    std::string origin{to_text(post.origin.kind)};
    if (!post.origin.name.empty())
        origin += ":" + post.origin.name;
    object["origin"] = origin;
    object["item"] = post.origin.item;
    object["part"] = post.part + 1;
    object["parts"] = post.parts;
    object["in_reply_to"] = post.content.in_reply_to;
    object["state"] = text_of(to_text(post.state));
    object["code"] = text_of(to_text(post.code));
    object["reason"] = post.reason;
    object["due"] = to_rfc3339(post.due);
    object["next"] = to_rfc3339(post.next == Instant::max() ? post.due : post.next);
    object["expires"] = time_or_null(post.expires);
    object["attempts"] = post.attempts;
    object["in_doubt"] = post.in_doubt;
    object["text"] = post.content.status;
    object["spoiler_text"] = post.content.spoiler_text;
    object["visibility"] = text_of(to_text(post.content.visibility));
    object["language"] = post.content.language;
    add_forms(object, post.content);
    json::array media;
    for (const Media& one : post.content.media)
        media.push_back(media_json(one));
    object["media"] = std::move(media);
    object["published"] =
        post.state == PostState::published ? time_or_null(post.last_attempt) : json::value(nullptr);
    object["status_id"] = post.status_id;
    object["status_url"] = post.status_url;
    object["edited"] = time_or_null(post.edited);
    object["planned"] = time_or_null(post.planned);
    object["undone"] = time_or_null(post.undone);
    object["pin"] = post.content.pin;
    object["version"] = engine::shown_version(post);
    return object;
}

json::object to_json(const Attempt& attempt) {
    json::object object;
    object["number"] = attempt.number;
    object["started"] = to_rfc3339(attempt.started);
    object["finished"] = time_or_null(attempt.finished);
    object["http"] = attempt.http;
    object["outcome"] = attempt.outcome;
    object["detail"] = attempt.detail;
    object["key"] = attempt.key;
    return object;
}

json::object to_json(const Amendment& amendment) {
    json::object object;
    const std::string_view kind = to_text(amendment.kind);
    object["kind"] = json::string{kind.data(), kind.size()};
    object["by"] = amendment.person ? "person" : "source";
    object["asked"] = to_rfc3339(amendment.asked);
    object["next"] = time_or_null(amendment.next);
    object["edits"] = amendment.edits;
    object["closed"] = amendment.closed;
    object["note"] = amendment.note;
    if (amendment.kind == Amendment::Kind::edit)
        object["text"] = amendment.content.status;
    if (amendment.kind == Amendment::Kind::edit)
        object["spoiler_text"] = amendment.content.spoiler_text;
    return object;
}

json::object to_json(const engine::Sharing& sharing) {
    json::object object;
    object["daemons"] = sharing.daemons;
    object["shares"] = sharing.shares;
    object["held"] = sharing.held;
    object["trouble"] = sharing.trouble;
    json::array elsewhere;
    for (const auto& [account, daemon] : sharing.elsewhere) {
        json::object one;
        one["name"] = account;
        one["daemon"] = daemon;
        elsewhere.push_back(std::move(one));
    }
    object["elsewhere"] = std::move(elsewhere);
    return object;
}

json::object to_json(const engine::Status& status) {
    json::object object;
    object["running"] = status.running;
    object["timezone"] = status.timezone;
    json::array accounts;
    for (const engine::AccountStatus& account : status.accounts)
        accounts.push_back(account_json(account));
    object["accounts"] = std::move(accounts);
    json::array gone;
    for (const auto& [name, posts] : status.gone_accounts) {
        json::object account;
        account["name"] = name;
        account["posts"] = posts;
        gone.push_back(std::move(account));
    }
    object["gone_accounts"] = std::move(gone);
    json::array sources;
    for (const engine::SourceStatus& source : status.sources)
        sources.push_back(source_json(source));
    object["sources"] = std::move(sources);
    json::array paused;
    for (const std::string& entry : status.paused_entries)
        paused.push_back(json::value(entry));
    object["paused_entries"] = std::move(paused);
    json::array tripped;
    for (const EntryState& entry : status.tripped_entries) {
        json::object one;
        one["name"] = entry.entry;
        one["fuse"] = fuse_json(OriginKind::entry, entry.entry, entry.fuse);
        tripped.push_back(std::move(one));
    }
    object["tripped_entries"] = std::move(tripped);
    json::object outbox;
    for (const auto& [state, count] : status.outbox)
        outbox[std::string{to_text(state)}] = count;
    object["outbox"] = std::move(outbox);
    object["store"] = status.store;
    if (status.sharing)
        object["sharing"] = to_json(*status.sharing);
    json::array restart;
    for (const std::string& key : status.restart)
        restart.push_back(json::value(key));
    object["restart_pending"] = std::move(restart);
    return object;
}

json::object to_json(const Item& item) {
    json::object object;
    object["id"] = item.id;
    object["title"] = item.title;
    object["link"] = item.link;
    object["published"] = time_or_null(item.published);
    object["updated"] = time_or_null(item.updated);
    object["summary"] = item.summary;
    object["content"] = item.content;
    object["author"] = item.author;
    json::array categories;
    for (const std::string& category : item.categories)
        categories.push_back(json::value(category));
    object["categories"] = std::move(categories);
    json::array media;
    for (const ItemMedia& one : item.media) {
        json::object entry;
        entry["url"] = one.url;
        if (!one.file.empty())
            entry["file"] = one.file;
        entry["type"] = one.type;
        entry["alt"] = one.alt;
        entry["from"] = one.from;
        media.push_back(std::move(entry));
    }
    object["media"] = std::move(media);
    object["language"] = item.language;
    if (item.weight != 1)
        object["weight"] = item.weight;
    if (item.due)
        object["due"] = to_rfc3339(*item.due);
    if (item.expires)
        object["expires"] = to_rfc3339(*item.expires);
    if (item.gone)
        object["gone"] = true;
    return object;
}

json::object to_json(const engine::Acted& acted) {
    json::object object;
    object["done"] = acted.done;
    json::array left;
    for (const auto& [id, failure] : acted.left) {
        json::object one = to_json(failure);
        one["id"] = id;
        left.push_back(std::move(one));
    }
    object["left"] = std::move(left);
    return object;
}

json::object to_json(const engine::Why& why) {
    json::object object;
    object["kind"] = why.kind;
    object["name"] = why.name;
    json::array chain;
    for (const engine::WhyStep& step : why.chain) {
        json::object link;
        link["step"] = step.what;
        link["at"] = time_or_null(step.at);
        link["account"] = step.account;
        link["post"] = step.post ? json::value(*step.post) : json::value(nullptr);
        link["text"] = step.text;
        link["until"] = time_or_null(step.until);
        link["then"] = step.then;
        link["action"] = step.action;
        chain.push_back(std::move(link));
    }
    object["chain"] = std::move(chain);
    return object;
}

json::object to_json(const engine::Upcoming& upcoming) {
    json::object object;
    object["due"] = to_rfc3339(upcoming.due);
    object["entry"] = upcoming.entry;
    if (!upcoming.source.empty()) {
        object["source"] = upcoming.source;
        object["title"] = upcoming.title;
    }
    return object;
}

json::object to_json(const Failure& failure) {
    json::object object;
    object["error"] = failure.message;
    object["hint"] = failure.hint;
    object["exit"] = exit_code(failure.cause);
    return object;
}

} // namespace crier::admin
