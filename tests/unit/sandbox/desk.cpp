#include "desk.hpp"

#include "sandbox/content/picture.hpp"

#include <boost/json/parse.hpp>

namespace crier::sandbox::test {

namespace json = boost::json;

namespace {

Start start_of(Kind kind) {
    Start start;
    start.settings = settings_for(kind);
    start.feed_items = 3;
    start.seats.push_back({"bot", "sandbox-token", parse_scopes("write:statuses write:media")});
    start.seats.push_back({"reader", "reading-token", parse_scopes("read write:statuses write:media")});
    return start;
}

} // namespace

Desk::Desk(Kind kind)
    : now(*parse_rfc3339("2026-01-05T09:00:00.25Z"))
    , world(start_of(kind), "http://127.0.0.1:8421", now)
    , server(world, [this] { return now; }) {}

Request Desk::request(const std::string& method, const std::string& target, const std::string& body,
                      const std::string& content_type) const {
    Request request;
    request.method = method;
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string::npos ? "" : target.substr(mark + 1);
    request.peer = "127.0.0.1";
    request.headers.push_back({"User-Agent", "test"});
    if (!accept.empty())
        request.headers.push_back({"Accept", accept});
    if (!token.empty())
        request.headers.push_back({"Authorization", "Bearer " + token});
    if (!key.empty())
        request.headers.push_back({"Idempotency-Key", key});
    if (!body.empty())
        request.headers.push_back({"Content-Type", content_type});
    request.body = body;
    return request;
}

Response Desk::ask(const std::string& method, const std::string& target, const std::string& body,
                   const std::string& content_type) {
    Request one = request(method, target, body, content_type);
    Response response = server.handle(one).response;
    server.finished(one.number);
    return response;
}

Response Desk::post(const std::string& fields, const std::string& with_key) {
    key = with_key;
    Response response = ask("POST", "/api/v1/statuses", fields);
    key.clear();
    return response;
}

std::string Desk::upload(const std::string& more_parts) {
    const std::string body =
        file_part("file", "a.png", "image/png", make_picture(1, 32, 32)) + more_parts + "--b--\r\n";
    return field(ask("POST", "/api/v2/media", body, multipart), "id");
}

Response Desk::control(const std::string& method, const std::string& path, const std::string& text) {
    return ask(method, path, text, "application/json");
}

json::value parsed(const Response& response) {
    return json::parse(response.body);
}

std::string field(const Response& response, std::string_view name) {
    boost::system::error_code error;
    const json::value value = json::parse(response.body, error);
    if (error || !value.is_object())
        return "(none)";
    const json::value* const found = value.get_object().if_contains(name);
    return found != nullptr && found->is_string() ? std::string{found->get_string()} : "(none)";
}

std::string error_of(const Response& response) {
    return field(response, "error");
}

std::vector<std::string> texts(const Response& response, std::string_view name) {
    std::vector<std::string> list;
    const json::value body = parsed(response);
    for (const json::value& one : body.as_array())
        list.emplace_back(one.as_object().at(name).as_string());
    return list;
}

std::string file_part(const std::string& name, const std::string& filename, const std::string& content_type,
                      const std::string& bytes) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename +
           "\"\r\nContent-Type: " + content_type + "\r\n\r\n" + bytes + "\r\n";
}

std::string text_part(const std::string& name, const std::string& text) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text + "\r\n";
}

} // namespace crier::sandbox::test
