#include "net/request_head.hpp"

#include "core/ascii.hpp"

#include <openssl/crypto.h>

#include <algorithm>

namespace crier::net {

namespace {

/// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(c) != std::string_view::npos;
    });
}

bool breaks_out(std::string_view text) {
    return text.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos;
}

bool has_header(const HttpHeaders& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const auto& header) { return ascii::same(header.first, name); });
}

Result<> check(const HttpRequest& request) {
    if (!is_token(request.method))
        return Failure{Cause::config, "a method that is none", "GET, POST and the like"};
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name))
            return Failure{Cause::config, "a header's name with a blank, a colon or a line break in it",
                           "letters, digits and hyphens"};
        if (breaks_out(value))
            return Failure{Cause::config, "a line break in the header " + name,
                           "look for an unwanted end of line in its value"};
        for (const std::string_view own : {"Host", "Content-Length", "Connection", "Transfer-Encoding"})
            if (ascii::same(name, own))
                return Failure{Cause::config, "the header " + name + " cannot be set",
                               "leave it out: it follows from the rest"};
    }
    if (breaks_out(request.bearer.reveal()))
        return Failure{Cause::config, "a line break in the token",
                       "look for an unwanted end of line in its file or variable"};
    return {};
}

std::size_t room_for(const HttpRequest& request, const Url& url, const BodySource& body,
                     const std::string& user_agent) {
    std::size_t room = 256 + request.method.size() + 2 * (url.host.size() + 16) + url.target.size() +
                       user_agent.size() + request.bearer.reveal().size() + body.content_type().size();
    for (const auto& [name, value] : request.headers)
        room += name.size() + value.size() + 4;
    return room + static_cast<std::size_t>(std::min<std::uint64_t>(body.length(), small_body));
}

} // namespace

Result<std::string> request_head(const HttpRequest& request, const Url& url, const BodySource& body,
                                 const std::string& user_agent, bool absolute_form) {
    if (const Result<> good = check(request); !good)
        return good.error();
    std::string head;
    head.reserve(room_for(request, url, body, user_agent));
    const auto add = [&head](std::string_view name, std::string_view value) {
        head += name;
        head += ": ";
        head += value;
        head += "\r\n";
    };
    head += request.method;
    head += ' ';
    head += absolute_form ? url.text() : url.target;
    head += " HTTP/1.1\r\n";
    add("Host", url.authority());
    if (!has_header(request.headers, "User-Agent"))
        add("User-Agent", user_agent);
    if (!has_header(request.headers, "Accept-Encoding"))
        add("Accept-Encoding", "gzip, br");
    for (const auto& [name, value] : request.headers)
        add(name, value);
    if (!request.bearer.empty()) {
        head += "Authorization: Bearer ";
        head += request.bearer.reveal();
        head += "\r\n";
    }
    if (!body.content_type().empty())
        add("Content-Type", body.content_type());
    if (!body.empty() || (request.method != "GET" && request.method != "HEAD"))
        add("Content-Length", std::to_string(body.length()));
    head += "\r\n";
    return head;
}

WipeAtEnd::~WipeAtEnd() {
    OPENSSL_cleanse(text_.data(), text_.size());
}

} // namespace crier::net
