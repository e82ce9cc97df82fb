#include "sandbox/api/reply.hpp"

#include "sandbox/content/errors_html.hpp"
#include "sandbox/http/response_text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace crier::sandbox {

namespace json = boost::json;

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

Response error_reply(const Call& call, int status, const Words& words, std::string_view about) {
    return error_reply(status, say(words, call.language(), about));
}

Response refusal(const Call& call, const Words& words, std::string_view about) {
    if (call.world.settings.kind == Kind::gotosocial)
        return error_reply(400, "Bad Request: " + say(words, "en", about));
    return error_reply(call, 422, words, about);
}

Response not_found() {
    return error_reply(404, "Record not found");
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
