// What is to be looked at: the timeline, the feeds, their pictures, the media.
#include "sandbox/api/endpoints.hpp"
#include "sandbox/api/reply.hpp"
#include "sandbox/api/timeline.hpp"
#include "sandbox/content/feed.hpp"
#include "sandbox/content/page.hpp"
#include "sandbox/content/picture.hpp"

#include <charconv>
#include <functional>
#include <string>
#include <utility>

namespace crier::sandbox {
namespace {

/// 304 when the client has it already, by ETag, else by time.
Response conditional(const Call& call, Response response, const Time* changed) {
    const std::string tag = "\"" + std::to_string(std::hash<std::string>{}(response.body)) + "\"";
    response.set("ETag", tag);
    const std::string since = changed != nullptr ? http_date(*changed) : "";
    if (changed != nullptr)
        response.set("Last-Modified", since);
    const std::string_view known = call.request.header("If-None-Match");
    const std::string_view seen = call.request.header("If-Modified-Since");
    const bool same = !known.empty() ? known.find(tag) != std::string_view::npos || known == "*"
                                     : !seen.empty() && seen == since;
    if (same) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

Response feed(const Call& call, std::string_view type,
              std::string (*write)(std::string_view, const std::vector<FeedItem>&)) {
    const Time changed = call.world.feed.last_change();
    Response response = typed_reply(type, write(call.world.base_url, call.world.feed.newest_first()));
    response.set("Cache-Control", "no-cache");
    return conditional(call, std::move(response), &changed);
}

} // namespace

Response get_feed_rss(Call& call) {
    return feed(call, "application/rss+xml; charset=utf-8", rss);
}

Response get_feed_atom(Call& call) {
    return feed(call, "application/atom+xml; charset=utf-8", atom);
}

Response get_feed_json(Call& call) {
    return feed(call, "application/feed+json; charset=utf-8", json_feed);
}

Response get_picture(Call& call) {
    const std::string& name = call.captures.at(0);
    unsigned number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    if (read.ec != std::errc{} || std::string_view{read.ptr} != ".png")
        return proxy_page(404);
    Response response = typed_reply("image/png", make_picture(number));
    response.set("Cache-Control", "public, max-age=86400");
    return conditional(call, std::move(response), nullptr);
}

Response get_media_file(Call& call) {
    const Attachment* const attachment = call.world.media.find(call.captures.at(0));
    if (attachment == nullptr || attachment->bytes.empty())
        return proxy_page(404);
    Response response = typed_reply(attachment->content_type, std::string{attachment->bytes.view()});
    response.set("X-Content-Type-Options", "nosniff");
    return response;
}

Response get_thumbnail_file(Call& call) {
    const Attachment* const attachment = call.world.media.find(call.captures.at(0));
    if (attachment == nullptr || attachment->thumbnail.empty())
        return proxy_page(404);
    return typed_reply(attachment->thumbnail_type, std::string{attachment->thumbnail.view()});
}

Response get_profile_page(Call& call) {
    if (call.captures.at(0).substr(0, 1) != "@")
        return proxy_page(404);
    Response response = html_reply({}, 302);
    const bool known = call.captures.size() > 1 && call.world.statuses.find(call.captures[1]) != nullptr;
    response.set("Location", known ? "/#status-" + call.captures[1] : "/");
    return response;
}

Response get_timeline(Call& call) {
    Response response = html_reply(timeline_page(page_info(call.world), page_statuses(call.world)));
    response.set("Content-Security-Policy", std::string{page_policy()});
    response.set("Cache-Control", "no-store");
    return response;
}

} // namespace crier::sandbox
