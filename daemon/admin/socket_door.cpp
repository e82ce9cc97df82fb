#include "admin/socket_door.hpp"

#include "admin/answers.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace crier::admin {

namespace {

constexpr std::string_view for_browsers =
    "for browsers there is `admin: listen:`, which asks for a token (docs/ADMIN.md)";

bool by_browser(const LocalRequest& request) {
    return std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
        return header.first == "origin" || header.first.starts_with("sec-fetch-");
    });
}

/// "127.0.0.1", and not "127.evil.example".
bool is_loopback(std::string_view host) {
    return host.starts_with("127.") && std::count(host.begin(), host.end(), '.') == 3 &&
           host.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// "localhost", "127.0.0.1:80", "[::1]", any one word. A page that has its own name lead here says that name.
bool is_of_this_machine(std::string_view host) {
    constexpr std::string_view six = "[::1]";
    if (host.starts_with('['))
        return host == six || host.starts_with(std::string{six} + ":");
    const std::string_view name = host.substr(0, host.find(':'));
    return name.find('.') == std::string_view::npos || is_loopback(name);
}

/// Who has two of them may mean the other one.
bool has_two_hosts(const LocalRequest& request) {
    return std::count_if(request.headers.begin(), request.headers.end(),
                         [](const auto& header) { return header.first == "host"; }) > 1;
}

} // namespace

std::optional<LocalResponse> check_socket_head(const LocalRequest& request) {
    LocalResponse answer;
    if (by_browser(request)) {
        answer =
            refuse(Failure{Cause::permission, "the socket is not for browsers", std::string{for_browsers}});
        answer.status = 403;
        return answer;
    }
    if (has_two_hosts(request) || !is_of_this_machine(request.header("host"))) {
        answer = refuse(Failure{Cause::permission, "this is not " + std::string{request.header("host")},
                                "ask for http://localhost/; " + std::string{for_browsers}});
        answer.status = 421;
        return answer;
    }
    return std::nullopt;
}

} // namespace crier::admin
