#include "engine/webhook.hpp"

#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

constexpr Duration webhook_patience = std::chrono::seconds{30};

class Webhook final : public Alerter {
public:
    Webhook(HttpClient& http, std::string url, std::unique_ptr<TokenSource> token)
        : http_(http)
        , url_(std::move(url))
        , token_(std::move(token)) {}

    std::string name() const override { return "the webhook at " + host_of(url_); }

    asio::awaitable<Result<>> deliver(Alert alert) override {
        HttpRequest request{"POST", url_};
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = std::move(alert.json);
        request.timeout = webhook_patience;
        if (token_) {
            Result<Secret> token = token_->read();
            if (!token)
                co_return token.error();
            request.bearer = std::move(*token);
        }
        const HttpResult answer = co_await http_.send(std::move(request));
        if (!answer)
            co_return Failure{Cause::network, host_of(url_) + " cannot be reached",
                              "is `alerts.webhook.url` right, and the server up?"};
        if (answer->status < 200 || answer->status > 299)
            co_return Failure{Cause::server, host_of(url_) + " answered " + std::to_string(answer->status),
                              "is `alerts.webhook` right?"};
        co_return Result<>{};
    }

private:
    HttpClient& http_;
    std::string url_;
    std::unique_ptr<TokenSource> token_;
};

} // namespace

std::string host_of(const std::string& url) {
    const auto scheme = url.find("://");
    const auto from = scheme == std::string::npos ? 0 : scheme + 3;
    return url.substr(0, url.find_first_of("/?#", from));
}

std::unique_ptr<Alerter> make_webhook(HttpClient& http, std::string url, std::unique_ptr<TokenSource> token) {
    return std::make_unique<Webhook>(http, std::move(url), std::move(token));
}

} // namespace crier::engine
