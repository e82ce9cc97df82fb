#include "sandbox/http/response_text.hpp"

namespace crier::sandbox {

std::string_view reason(int status) noexcept {
    constexpr struct {
        int status;
        std::string_view words;
    } known[] = {
        {200, "OK"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {302, "Found"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {409, "Conflict"},
        {410, "Gone"},
        {413, "Payload Too Large"},
        {418, "I'm a teapot"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
    };
    for (const auto& one : known)
        if (one.status == status)
            return one.words;
    return "Unknown";
}

std::string response_head(const Response& response, bool keep_alive) {
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    head += reason(response.status);
    head += "\r\n";
    for (const Header& header : response.headers)
        head += header.name + ": " + header.value + "\r\n";
    if (response.status != 304 && response.status != 204 && !response.without_length)
        head += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    if (response.closes == Closing::unannounced)
        return head + "\r\n";
    head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

} // namespace crier::sandbox
