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

/// "localhost", "127.0.0.1:80", any one word. A page that has its own name lead here says that name.
bool is_of_this_machine(std::string_view host) {
    if (host.starts_with("[::1]") || host.starts_with("127."))
        return true;
    return host.substr(0, host.find(':')).find('.') == std::string_view::npos && !host.starts_with('[');
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
    if (!is_of_this_machine(request.header("host"))) {
        answer = refuse(Failure{Cause::permission, "this is not " + std::string{request.header("host")},
                                "ask for http://localhost/; " + std::string{for_browsers}});
        answer.status = 421;
        return answer;
    }
    return std::nullopt;
}

} // namespace crier::admin
