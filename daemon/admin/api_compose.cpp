#include "admin/answers.hpp"
#include "admin/api.hpp"
#include "admin/order_json.hpp"
#include "engine/draft.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>

#include <chrono>
#include <utility>

/// What a composer must know, and what comes of what is written in it.
namespace crier::admin {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value() : json::value(json::string{text.data(), text.size()});
}

/// Where a browser finds the account. What leads there differs by what the server is.
std::string page_of(const AccountSettings& account, const std::string& handle, std::string_view software) {
    if (handle.empty())
        return {};
    const std::string_view way = software == "friendica"                        ? "/profile/"
                                 : software == "snac" || software == "pixelfed" ? "/"
                                                                                : "/@";
    return account.server + std::string{way} + handle.substr(0, handle.find('@'));
}

std::string_view unit_of(text::LengthUnit unit) {
    switch (unit) {
    case text::LengthUnit::code_point:
        return "code_point";
    case text::LengthUnit::utf16:
        return "utf16";
    case text::LengthUnit::grapheme:
        break;
    }
    return "grapheme";
}

json::object counting_of(const ServerProfile& server) {
    json::object counts;
    counts["unit"] = json::value(unit_of(server.length_unit));
    counts["link"] = server.per_url;
    counts["local_mentions"] = server.local_mentions;
    counts["warning"] = server.counts_warning;
    return counts;
}

json::value polls_of(const PollLimits& limits) {
    if (limits.options == 0)
        return {};
    const auto seconds = [](Duration length) {
        return std::chrono::duration_cast<std::chrono::seconds>(length).count();
    };
    json::object polls;
    polls["options"] = limits.options;
    polls["characters"] = limits.characters;
    polls["shortest"] = seconds(limits.shortest);
    polls["longest"] = seconds(limits.longest);
    polls["with_media"] = limits.with_media;
    return json::value(std::move(polls));
}

json::object composer_json(const Settings& settings, const engine::Lane& lane, Instant now) {
    const AccountSettings& account = lane.settings();
    const ServerProfile& server = lane.profile();
    const std::string& handle = account.handle.empty() ? lane.state().handle : account.handle;
    json::object object;
    object["name"] = account.name;
    object["server"] = account.server;
    object["handle"] = text_or_null(handle);
    object["url"] = text_or_null(page_of(account, handle, server.software));
    object["kind"] = server.software;
    object["known"] = server.known;
    object["mode"] = json::value(to_text(account.mode));
    object["limit"] = server.max_characters;
    object["counts"] = counting_of(server);
    object["max_media"] = server.max_media;
    object["media_types"] = json::value_from(server.mime_types);
    object["max_picture_bytes"] = server.image_size_limit;
    object["max_film_bytes"] = server.video_size_limit;
    object["max_alt"] = server.description_limit;
    const PostTemplate* defaults = account.defaults.get();
    object["visibility"] = text_or_null(defaults != nullptr ? to_text(defaults->visibility) : "");
    object["language"] = text_or_null(defaults != nullptr ? std::string{defaults->language} : "");
    object["spoiler"] = text_or_null(engine::default_warning(settings, account, now));
    object["sensitive"] = defaults != nullptr && defaults->sensitive;
    object["polls"] = polls_of(server.polls);
    object["needs_media"] = server.needs_media;
    object["quotes"] = server.quotes;
    object["local_only"] = server.local_only;
    object["content_types"] = json::value_from(server.content_types);
    return object;
}

} // namespace

asio::awaitable<LocalResponse> Api::accounts(const LocalRequest&) {
    if (const Result<> can = engine_.ready(); !can)
        co_return refuse(can.error());
    json::array list;
    for (const auto& [name, settings] : engine_.settings().accounts)
        if (const engine::Lane* lane = engine_.lane(name))
            list.push_back(composer_json(engine_.settings(), *lane, clock_.now()));
    json::object object;
    object["accounts"] = std::move(list);
    co_return ok(object);
}

asio::awaitable<LocalResponse> Api::compose(const LocalRequest& request) {
    const Result<json::object> body = body_of(request);
    if (!body)
        co_return refuse(body.error());
    const Result<engine::PostOrder> order = draft_from_json(*body);
    if (!order)
        co_return refuse(order.error());
    if (const Result<> can = engine_.ready(); !can)
        co_return refuse(can.error());
    const Result<const AccountSettings*> account = engine::account_of(engine_.settings(), order->account);
    if (!account)
        co_return refuse(account.error());
    const engine::Lane* lane = engine_.lane((*account)->name);
    if (lane == nullptr)
        co_return refuse(Failure{Cause::not_found, "there is no account named " + (*account)->name});
    const ServerProfile& server = lane->profile();
    const Instant now = clock_.now();
    const engine::Draft draft = engine::draft_of(engine_.settings(), **account, server, now, *order);
    json::array texts;
    for (const engine::Composed& part : draft.parts) {
        json::object text;
        text["text"] = part.content.status;
        text["length"] = part.length;
        text["limit"] = part.limit;
        texts.push_back(std::move(text));
    }
    json::object object;
    object["account"] = (*account)->name;
    object["texts"] = std::move(texts);
    object["spoiler_text"] = draft.parts.front().content.spoiler_text;
    object["visibility"] = json::value(to_text(draft.parts.front().content.visibility));
    object["problem"] = draft.problem ? json::value(draft.problem->message) : json::value();
    object["hint"] = draft.problem ? text_or_null(draft.problem->hint) : json::value();
    object["warnings"] = json::value_from(engine::warnings_of(draft, *order, **account, server, now));
    co_return ok(object);
}

} // namespace crier::admin
