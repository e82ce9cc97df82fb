#pragma once

#include "mastodon/oauth_text.hpp"
#include "ports/clock.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace crier::mastodon {

/// The requests of the OAuth code flow, of one server.
///
/// Ownership: client and clock outlive it. Thread: the engine's.
/// Errors: values that say how to mend it and hold no secret. Cause::token: the grant is refused; permission:
/// the server does not want to; temporary: later; network and server: as they say.
/// Cancellation: terminal.
class OAuth {
public:
    OAuth(std::string server, HttpClient& http, Clock& clock)
        : server_(std::move(server))
        , http_(http)
        , clock_(clock) {}

    /// GET /.well-known/oauth-authorization-server; where there is none (Mastodon before 4.3), the classic
    /// addresses. That it cannot be had for now is a failure: PKCE must not get lost by that.
    [[nodiscard]] boost::asio::awaitable<Result<OAuthEndpoints>> discover();

    /// POST /api/v1/apps. Mastodon takes 5 in ten minutes from one address.
    [[nodiscard]] boost::asio::awaitable<Result<OAuthClient>>
    register_app(std::string endpoint, std::string name, std::string redirect_uri, Scopes scopes);

    struct Redeem {
        std::string redirect_uri;
        Secret code;
        Secret verifier; ///< empty: no challenge was sent
        Scopes asked;

        Redeem() = default;
    };
    /// POST /oauth/token.
    [[nodiscard]] boost::asio::awaitable<Result<Grant>> redeem(std::string endpoint, OAuthClient client,
                                                               Redeem what);

    /// POST /oauth/revoke. To repeat it does no harm.
    [[nodiscard]] boost::asio::awaitable<Result<>> revoke(std::string endpoint, OAuthClient client,
                                                          Secret token);

    /// Whose token it is (GET /api/v1/accounts/verify_credentials): the name on its server. Empty: it may not
    /// ask.
    [[nodiscard]] boost::asio::awaitable<Result<std::string>> owner(Secret token);

private:
    [[nodiscard]] boost::asio::awaitable<HttpResult> post(std::string endpoint, std::string body);

    std::string server_;
    HttpClient& http_;
    Clock& clock_;
};

} // namespace crier::mastodon
