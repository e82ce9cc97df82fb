#include "simulation/wire.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

#include <ctime>
#include <string_view>
#include <utility>

namespace crier::sim {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// The token of the request in hand.
class Bearer final : public TokenSource {
public:
    explicit Bearer(const Secret& token)
        : token_(token) {}
    Result<Secret> read() override { return token_.clone(); }

private:
    const Secret& token_;
};

std::string http_date(Instant when) {
    const std::time_t seconds =
        std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[40];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text;
}

std::string header_of(const HttpRequest& request, std::string_view name) {
    for (const auto& [key, value] : request.headers)
        if (key == name)
            return value;
    return {};
}

/// "/api/v1/statuses" of "https://a0.example/api/v1/statuses".
std::string path_of(const std::string& url) {
    const auto host = url.find("://") + 3;
    return url.substr(url.find('/', host));
}

json::object status_of(const PublishedStatus& status) {
    json::object object;
    object["id"] = status.id;
    object["uri"] = status.url;
    object["url"] = status.url;
    object["content"] = "<p></p>";
    object["visibility"] = status.visibility;
    if (status.created)
        object["created_at"] = to_rfc3339(*status.created);
    object["account"] = {{"id", status.account_id}, {"acct", status.account_name}};
    json::array media;
    for (std::size_t i = 0; i < status.media; ++i)
        media.push_back(json::object{{"id", "m" + std::to_string(i)}});
    object["media_attachments"] = std::move(media);
    return object;
}

json::object status_of(const SeenStatus& seen) {
    PublishedStatus status;
    status.id = seen.id;
    status.url = seen.url;
    status.account_id = seen.account_id;
    status.visibility = seen.visibility;
    status.created = seen.created;
    json::object object = status_of(status);
    object["content"] = "<p>" + seen.text + "</p>"; // nothing in the world's texts need be escaped
    json::array media;
    for (const std::string& id : seen.media)
        media.push_back(json::object{{"id", id}});
    object["media_attachments"] = std::move(media);
    return object;
}

PostContent content_of(const std::string& body) {
    const json::value value = json::parse(body);
    PostContent content;
    content.status = std::string{value.at("status").as_string()};
    if (const json::value* visibility = value.as_object().if_contains("visibility"))
        content.visibility =
            parse_visibility(std::string{visibility->as_string()}).value_or(Visibility::direct);
    if (const json::value* type = value.as_object().if_contains("content_type"))
        content.content_type = std::string{type->as_string()};
    if (const json::value* parent = value.as_object().if_contains("in_reply_to_id"))
        content.in_reply_to = std::string{parent->as_string()};
    if (const json::value* ids = value.as_object().if_contains("media_ids"))
        for (const json::value& id : ids->as_array()) {
            Media media;
            media.server_id = std::string{id.as_string()};
            content.media.push_back(std::move(media));
        }
    return content;
}

/// What a server that means this sends.
class Rendering {
public:
    explicit Rendering(const Time& time)
        : time_(time) {}

    [[nodiscard]] HttpResponse error(int status, const std::string& words) const {
        HttpResponse response = bare(status);
        // What stands before the server answers with a page.
        response.body = status == 502 ? "<html><title>502 Bad Gateway</title></html>"
                                      : json::serialize(json::object{{"error", words}});
        return response;
    }

    [[nodiscard]] HttpResult reply(const Reply& reply) const {
        if (reply.http == 0)
            return HttpFailure{HttpPhase::read, Failure{Cause::network, reply.text},
                               reply.verdict == Verdict::unknown};
        HttpResponse response = error(reply.http, reply.text);
        limits(reply.rate, response);
        if (reply.verdict == Verdict::published)
            response.body = json::serialize(status_of(*reply.status));
        else if (reply.verdict == Verdict::media_ready || reply.verdict == Verdict::media_pending)
            response.body = attachment(reply, response);
        else if (reply.http == 200)
            response.body.clear(); // done, and nothing to show for it
        return response;
    }

    [[nodiscard]] HttpResult look(const LookResult& result, const json::value& body) const {
        if (result.unreachable)
            return HttpFailure{HttpPhase::connect, Failure{Cause::network, result.text}, false};
        if (result.sight != Sight::seen)
            return error(result.sight == Sight::gone ? 404 : result.http, "Record not found");
        HttpResponse response = bare(200);
        response.body = json::serialize(body);
        return response;
    }

    [[nodiscard]] HttpResult instance(const Result<ServerProfile>& profile) const {
        if (!profile)
            return HttpFailure{HttpPhase::connect, profile.error(), false};
        HttpResponse response = bare(200);
        json::object object;
        if (profile->software == "gotosocial") {
            object["version"] = "0.19.2+git-1";
            object["source_url"] = "https://codeberg.org/superseriousbusiness/gotosocial";
        } else {
            object["version"] = profile->locks_key ? "4.6.1" : "4.5.3";
        }
        object["configuration"] = json::object{
            {"statuses", json::object{{"max_characters", 500},
                                      {"supported_mime_types", json::value_from(profile->content_types)}}}};
        response.body = json::serialize(object);
        return response;
    }

private:
    [[nodiscard]] HttpResponse bare(int status) const {
        HttpResponse response;
        response.status = status;
        response.headers.emplace_back("Date", http_date(time_.world()));
        response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
        return response;
    }

    void limits(const RateNews& rate, HttpResponse& response) const {
        const auto add = [&](const char* name, const std::string& value) {
            response.headers.emplace_back(name, value);
        };
        if (rate.limit)
            add("X-RateLimit-Limit", std::to_string(*rate.limit));
        if (rate.remaining)
            add("X-RateLimit-Remaining", std::to_string(*rate.remaining));
        if (rate.reset)
            add("X-RateLimit-Reset", to_rfc3339(*rate.reset - (time_.now() - time_.world())));
        if (rate.retry_after)
            add("Retry-After",
                std::to_string(std::chrono::ceil<std::chrono::seconds>(*rate.retry_after).count()));
    }

    [[nodiscard]] static std::string attachment(const Reply& reply, HttpResponse& response) {
        const bool ready = reply.verdict == Verdict::media_ready;
        response.status = ready ? 200 : 206;
        json::object object;
        object["id"] = reply.media_id;
        object["type"] = "image";
        if (ready)
            object["url"] = "https://files.example/" + reply.media_id;
        else
            object["url"] = nullptr;
        return json::serialize(object);
    }

    const Time& time_;
};

} // namespace

asio::awaitable<HttpResult> Wire::send(HttpRequest request) {
    Bearer token{request.bearer};
    const std::unique_ptr<Publisher> inner = server_.publisher(token);
    const Rendering rendering{time_};
    const std::string path = path_of(request.url);
    constexpr std::string_view media_path = "/api/v1/media/";
    if (path == "/api/v2/instance") {
        const Result<ServerProfile> profile = co_await inner->profile();
        co_return rendering.instance(profile);
    }
    if (path.starts_with("/api/v1/accounts/1/statuses")) {
        const auto before = path.find("&max_id=");
        const Timeline page = co_await inner->timeline("1", time_.now());
        json::array list;
        const std::string last = before == std::string::npos ? "" : path.substr(before + 8);
        bool listed = last.empty();
        for (const SeenStatus& status : page.statuses) {
            if (listed && list.size() < 40)
                list.push_back(status_of(status));
            listed = listed || status.id == last;
        }
        co_return rendering.look(page, list);
    }
    if (path.starts_with("/api/v1/statuses/")) {
        const std::string id = path.substr(std::string_view{"/api/v1/statuses/"}.size());
        if (request.method == "PUT") {
            const PostContent content = content_of(request.body);
            const Reply edited = co_await inner->edit(id, content);
            co_return rendering.reply(edited);
        }
        if (request.method == "POST") {
            const auto verb = id.find('/');
            const Reply pinned = co_await inner->pin(id.substr(0, verb), id.substr(verb) == "/pin");
            co_return rendering.reply(pinned);
        }
        if (request.method == "DELETE") {
            const Reply removed = co_await inner->remove(id);
            co_return rendering.reply(removed);
        }
        const StatusSight sight = co_await inner->status(id);
        json::object object = status_of(sight.status);
        co_return rendering.look(sight, object);
    }
    Reply reply;
    if (path == "/api/v1/statuses" && request.method == "POST") {
        const PostContent content = content_of(request.body);
        const std::string key = header_of(request, "Idempotency-Key");
        reply = co_await inner->publish(content, key);
    } else if (path == "/api/v2/media") {
        const Media media;
        reply = co_await inner->upload(media);
    } else if (path.starts_with(media_path)) {
        const std::string id = path.substr(media_path.size());
        reply = co_await inner->media_state(id);
    } else if (path == "/api/v1/apps/verify_credentials") {
        reply = co_await inner->probe();
    } else {
        co_return rendering.error(404, "Record not found");
    }
    co_return rendering.reply(reply);
}

} // namespace crier::sim
