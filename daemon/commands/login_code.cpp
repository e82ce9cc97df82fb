#include "commands/login_code.hpp"

#include "mastodon/oauth_text.hpp"
#include "net/server.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <iostream>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;

namespace {

constexpr const char* redirect_path = "/crier";

net::ServerLimits redirect_limits() {
    net::ServerLimits limits;
    limits.connections = 8;
    limits.body = 0;
    limits.keep_alive = false;
    limits.idle = std::chrono::seconds{10};
    limits.answer = std::chrono::seconds{10};
    return limits;
}

LocalResponse redirect_page(int status, const std::string& title, const std::string& text) {
    LocalResponse response{status, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
                                       title +
                                       "</title></head><body style=\"font: 1.1rem/1.5 sans-serif; max-width: "
                                       "34rem; margin: 3rem auto; padding: 0 1rem\"><h1>" +
                                       title + "</h1><p>" + text + "</p></body></html>\n"};
    response.content_type = "text/html; charset=utf-8";
    // The code stands in the page's address: it goes nowhere else from here.
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return response;
}

/// Empty where there is none.
std::string_view query_value(const LocalRequest& request, std::string_view name) {
    for (const auto& [known, value] : request.query)
        if (known == name)
            return value;
    return {};
}

} // namespace

Result<Secret> typed_code(const Invocation& call, bool prompt) {
    if (prompt)
        call.err << "Code: " << std::flush;
    std::string line;
    while (std::getline(std::cin, line) && line.find_first_not_of(" \t\r") == std::string::npos)
        if (prompt)
            call.err << "Code: " << std::flush;
    std::optional<Secret> code = mastodon::code_in(line);
    if (!code)
        return Failure{Cause::usage,
                       line.empty() ? "no code came on standard input"
                                    : "this is no code: it has one word of letters and digits",
                       "run `crier login` again, and paste the code that the server's page shows"};
    return std::move(*code);
}

Redirect::Redirect(asio::any_io_executor executor, Clock& clock)
    : executor_(std::move(executor))
    , clock_(clock)
    , alarm_(clock.make_alarm())
    , http_(net::make_http_server(executor_, redirect_limits())) {}

Result<> Redirect::listen(std::uint16_t port) {
    const Result<std::uint16_t> bound = http_->listen_tcp("127.0.0.1", port);
    if (!bound)
        return Failure{bound.error().cause, bound.error().message,
                       port == 0 ? "where the browser runs on another machine: --no-browser"
                                 : "name another port with --port; without it, crier takes one that is free"};
    port_ = *bound;
    return {};
}

std::string Redirect::address() const {
    return "http://127.0.0.1:" + std::to_string(port_) + redirect_path;
}

asio::awaitable<LocalResponse> Redirect::answer(LocalRequest request) {
    if (request.path != redirect_path || request.method != "GET")
        co_return redirect_page(404, "Nothing here", "crier waits here for one answer of the server.");
    if (!mastodon::same_text(query_value(request, "state"), state_))
        co_return redirect_page(400, "Not the answer that crier waits for",
                                "It belongs to another login. Use the address that crier has printed last.");
    if (result_)
        co_return redirect_page(200, "You can close this page", "crier has had its answer.");
    const std::string_view error = query_value(request, "error");
    std::optional<Secret> code = mastodon::code_in(query_value(request, "code"));
    if (code && error.empty())
        result_ = Result<Secret>{std::move(*code)};
    else
        result_ = Result<Secret>{mastodon::denied(server_, error.empty() ? "no_code" : error,
                                                  query_value(request, "error_description"))};
    alarm_->ring();
    const bool good = result_->has_value();
    co_return redirect_page(200, "You can close this page",
                            good ? "crier goes on in its terminal, and says there what came of it."
                                 : "crier has not been allowed in; its terminal says why.");
}

asio::awaitable<Result<Secret>> Redirect::code(std::string server, std::string state, Duration patience) {
    server_ = std::move(server);
    state_ = std::move(state);
    auto serving = http_->serve([this](LocalRequest request) { return answer(std::move(request)); });
    asio::co_spawn(executor_, std::move(serving), [this](std::exception_ptr) {
        ended_ = true;
        alarm_->ring();
    });
    const Mono until = clock_.mono() + patience;
    while (!result_ && !ended_ && clock_.mono() < until)
        co_await alarm_->wait_for(until - clock_.mono());
    http_->stop();
    while (!ended_)
        co_await alarm_->wait();
    if (!result_)
        co_return Failure{Cause::temporary, "nobody has answered in the browser for " + to_text(patience),
                          "run `crier login` again; where the browser is on another machine: --no-browser"};
    co_return std::move(*result_);
}

} // namespace crier::commands
