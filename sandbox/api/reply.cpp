#include "sandbox/api/reply.hpp"

#include "sandbox/content/errors_html.hpp"
#include "sandbox/http/response_text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace crier::sandbox {

namespace json = boost::json;

namespace {

/// As Go writes them.
std::string_view go_reason(int status) {
    return status == 422 ? "Unprocessable Entity" : reason(status);
}

std::string_view misskey_code(int status) {
    switch (status) {
    case 401:
        return "AUTHENTICATION_FAILED";
    case 403:
        return "PERMISSION_DENIED";
    case 404:
        return "NOT_FOUND";
    case 429:
        return "RATE_LIMIT_EXCEEDED";
    default:
        return status < 500 ? "BAD_REQUEST" : "INTERNAL_ERROR";
    }
}

} // namespace

Response typed_reply(std::string_view content_type, std::string body) {
    Response response;
    response.set("Content-Type", std::string{content_type});
    response.body = std::move(body);
    return response;
}

Response json_reply(const json::value& value, int status) {
    Response response = typed_reply("application/json; charset=utf-8", json::serialize(value));
    response.status = status;
    return response;
}

Response html_reply(std::string html, int status) {
    Response response = typed_reply("text/html; charset=utf-8", std::move(html));
    response.status = status;
    return response;
}

Response error_reply(int status, std::string_view text) {
    json::object body;
    body["error"] = text;
    return json_reply(body, status);
}

Response error_reply(const Facts& facts, int status, std::string_view text) {
    json::object body;
    switch (facts.errors) {
    case ErrorShape::mastodon:
    case ErrorShape::plain:
    case ErrorShape::pleroma:
        return error_reply(status, text);
    case ErrorShape::gotosocial:
        return error_reply(status,
                           std::string{go_reason(status)} + (text.empty() ? "" : ": " + std::string{text}));
    case ErrorShape::laravel:
        body["message"] = status == 422 ? "The given data was invalid." : text;
        if (status == 422)
            body["errors"] = {{"status", {text}}};
        break;
    case ErrorShape::misskey:
        body["error"] = misskey_code(status);
        body["error_description"] = text;
        break;
    case ErrorShape::friendica:
        body["error"] = status == 422 ? "Unprocessable Entity" : text;
        body["error_description"] = status == 422 ? text : "";
        break;
    case ErrorShape::nothing: {
        Response response = html_reply({}, status);
        response.set("Content-Type", "text/html");
        response.without_length = status == 401;
        return response;
    }
    }
    return json_reply(body, status);
}

Response error_reply(const Call& call, int status, std::string_view text) {
    return error_reply(call.world.settings.facts(), status, text);
}

Response error_reply(const Call& call, int status, const Words& words, std::string_view about) {
    const Facts& facts = call.world.settings.facts();
    if (facts.errors == ErrorShape::pleroma && !words.pleroma.empty())
        return error_reply(status, words.pleroma);
    const bool localised = facts.errors == ErrorShape::mastodon || facts.errors == ErrorShape::laravel;
    return error_reply(facts, status, say(words, localised ? call.language() : "en", about));
}

Response refusal(const Call& call, const Words& words, std::string_view about) {
    return error_reply(call, call.world.settings.facts().refusal, words, about);
}

Response not_found(const Call& call) {
    const Facts& facts = call.world.settings.facts();
    return error_reply(facts, 404, facts.errors == ErrorShape::gotosocial ? "" : "Record not found");
}

Response exception_reply(const Call& call, int status) {
    const Facts& facts = call.world.settings.facts();
    switch (facts.errors) {
    case ErrorShape::mastodon:
    case ErrorShape::friendica:
    case ErrorShape::nothing:
        break;
    case ErrorShape::pleroma:
        return error_reply(status, status == 404 ? "Not implemented" : reason(status));
    case ErrorShape::gotosocial:
        return error_reply(facts, status, {});
    case ErrorShape::plain:
    case ErrorShape::laravel:
    case ErrorShape::misskey:
        return error_reply(facts, status, reason(status));
    }
    return exception_reply(call.request, status);
}

Response exception_reply(const Request& request, int status) {
    const std::string_view accept = request.header("Accept");
    const std::string_view first = accept.substr(0, accept.find_first_of(",;"));
    if (first != "application/json")
        return proxy_page(status);
    json::object body;
    body["status"] = status;
    body["error"] = reason(status);
    return json_reply(body, status);
}

Response proxy_page(int status) {
    Response response = html_reply(error_page(status), status);
    response.set("Content-Type", "text/html");
    return response;
}

Response unauthorized(const Words& words, std::string_view language) {
    const std::string text = say(words, language);
    Response response = error_reply(401, text);
    response.set("WWW-Authenticate",
                 R"(Bearer realm="Doorkeeper", error="invalid_token", error_description=")" + text + "\"");
    response.set("Cache-Control", "no-store");
    return response;
}

} // namespace crier::sandbox
