#pragma once

#include "core/delivery/sighting.hpp"
#include "core/settings.hpp"
#include "ports/clock.hpp"
#include "ports/http_client.hpp"
#include "ports/token_source.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace crier::mastodon {

/// Reads what everybody may read. The token that posts never comes here: "authorise only if a token is
/// present" makes a refusal out of what everybody may see (docs/SERVERS.md).
///
/// As ports/publisher.hpp says. What it is given outlives it; `evidence` may be null.
class Reader {
public:
    Reader(const AccountSettings& account, HttpClient& http, Clock& clock, TokenSource* evidence);

    [[nodiscard]] boost::asio::awaitable<AccountSight> find_account(std::string handle);
    [[nodiscard]] boost::asio::awaitable<Timeline> timeline(std::string account_id, Instant since);
    /// One page of it: the newest 40, or those before the status `before`. `reaches_back`: it is empty, so
    /// there are none.
    [[nodiscard]] boost::asio::awaitable<Timeline> page(std::string account_id, std::string before);
    [[nodiscard]] boost::asio::awaitable<StatusSight> status(std::string id);

private:
    /// With the token for evidence; where that is refused, or there is none, without any.
    [[nodiscard]] boost::asio::awaitable<HttpResult> get(std::string path);

    const AccountSettings& account_;
    HttpClient& http_;
    Clock& clock_;
    TokenSource* evidence_;
};

} // namespace crier::mastodon
