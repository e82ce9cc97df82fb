#include "mastodon/oauth.hpp"

#include "mastodon/json.hpp"
#include "mastodon/request.hpp"
#include "mastodon/words.hpp"

#include <cstring>
#include <utility>

namespace crier::mastodon {

namespace asio = boost::asio;

namespace {

constexpr Duration patience = std::chrono::seconds{30};
constexpr const char* website = "https://joinmastodon.org"; // where apps are explained; crier has no page

void wipe(std::string& text) {
    ::explicit_bzero(text.data(), text.size());
}

} // namespace

asio::awaitable<HttpResult> OAuth::post(std::string endpoint, std::string body) {
    HttpRequest request{"POST", std::move(endpoint)};
    request.headers.emplace_back("Accept", "application/json");
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::move(body);
    request.timeout = patience;
    co_return co_await http_.send(std::move(request));
}

asio::awaitable<Result<OAuthEndpoints>> OAuth::discover() {
    HttpRequest request = get_request(server_, "/.well-known/oauth-authorization-server");
    request.timeout = patience;
    const HttpResult result = co_await http_.send(std::move(request));
    if (!result)
        co_return result.error().failure;
    if (result->status == 429 || result->status >= 500)
        co_return Failure{Cause::temporary,
                          server_ + " answered " + std::to_string(result->status) +
                              " when asked where its OAuth is",
                          "try again later"};
    if (result->status == 200)
        if (auto endpoints = read_endpoints(server_, result->body))
            co_return std::move(*endpoints);
    co_return classic_endpoints(server_);
}

asio::awaitable<Result<OAuthClient>> OAuth::register_app(std::string endpoint, std::string name,
                                                         std::string redirect_uri, Scopes scopes) {
    const std::string wanted = join_scopes(scopes);
    std::string body = form_of(
        {{"client_name", name}, {"redirect_uris", redirect_uri}, {"scopes", wanted}, {"website", website}});
    HttpResult result = co_await post(std::move(endpoint), std::move(body));
    if (!result)
        co_return result.error().failure;
    if (result->status < 200 || result->status >= 300)
        co_return oauth_failure(OAuthStep::registering, server_, *result, clock_.now(), {});
    Result<OAuthClient> client = read_client(server_, *result);
    wipe(result->body);
    co_return client;
}

asio::awaitable<Result<Grant>> OAuth::redeem(std::string endpoint, OAuthClient client, Redeem what) {
    std::vector<std::pair<std::string_view, std::string_view>> fields{
        {"grant_type", "authorization_code"},
        {"code", what.code.reveal()},
        {"client_id", client.id},
        {"client_secret", client.secret.reveal()},
        {"redirect_uri", what.redirect_uri}};
    if (!what.verifier.empty())
        fields.emplace_back("code_verifier", what.verifier.reveal());
    std::string body = form_of(fields);
    HttpResult result = co_await post(std::move(endpoint), std::move(body));
    if (!result)
        co_return result.error().failure;
    if (result->status < 200 || result->status >= 300) {
        const std::vector<std::string_view> secrets{what.code.reveal(), client.secret.reveal(),
                                                    what.verifier.reveal()};
        co_return oauth_failure(OAuthStep::redeeming, server_, *result, clock_.now(), secrets);
    }
    Result<Grant> grant = read_grant(server_, *result, what.asked);
    wipe(result->body);
    co_return grant;
}

asio::awaitable<Result<>> OAuth::revoke(std::string endpoint, OAuthClient client, Secret token) {
    std::string body = form_of(
        {{"client_id", client.id}, {"client_secret", client.secret.reveal()}, {"token", token.reveal()}});
    const HttpResult result = co_await post(std::move(endpoint), std::move(body));
    if (!result)
        co_return result.error().failure;
    if (result->status < 200 || result->status >= 300) {
        const std::vector<std::string_view> secrets{token.reveal(), client.secret.reveal()};
        co_return oauth_failure(OAuthStep::revoking, server_, *result, clock_.now(), secrets);
    }
    co_return Result<>{};
}

asio::awaitable<Result<std::string>> OAuth::owner(Secret token) {
    HttpRequest request = get_request(server_, "/api/v1/accounts/verify_credentials");
    request.timeout = patience;
    request.bearer = token.clone();
    const HttpResult result = co_await http_.send(std::move(request));
    if (!result)
        co_return result.error().failure;
    std::string name;
    if (result->status == 200) {
        if (const auto body = parse_json(result->body))
            name = bounded_line(text_of(at(*body, {"username"})));
        strike_out(name, token.reveal());
        co_return name;
    }
    if (result->status == 401)
        co_return Failure{Cause::token, server_ + " does not accept the token"};
    if (result->status == 429 || result->status >= 500)
        co_return Failure{Cause::temporary, server_ + " answered " + std::to_string(result->status)};
    co_return name; // 403: it may not ask
}

} // namespace crier::mastodon
