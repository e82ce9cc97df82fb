#pragma once

#include "admin/api.hpp"
#include "admin/sessions.hpp"
#include "core/settings.hpp"
#include "ports/clock.hpp"
#include "ports/http_server.hpp"
#include "ports/log.hpp"
#include "ports/random.hpp"
#include "ports/token_source.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::admin {

/// A shorter token could be guessed.
inline constexpr std::size_t shortest_token = 16;

/// The token of `admin: token:`, unless it is so short (Cause::token) or could not be read.
[[nodiscard]] Result<Secret> long_enough(Result<Secret> token);

/// What each answer on TCP says of itself; the page has a policy of its own.
[[nodiscard]] Headers door_headers();

/// What the door is made of. All that is referred to outlives it.
struct DoorPorts {
    Api& api;
    Clock& clock;
    Random& random;
    Log& log;
    std::unique_ptr<TokenSource> token;
};

/// The way in by TCP: who may ask the interface for what.
///
/// A script shows the token with each request (`Authorization: Bearer`). A browser shows it once (POST
/// /v1/session) and has a session from then on: a cookie that no script sees and no other site's page sends,
/// and for what changes something a second secret in a header (`X-Crier-CSRF`).
///
/// In order: 421 the Host is not ours (a name that somebody has lead here); 403 the request comes from
/// another site's page; 401 not signed in, 429 too many wrong tokens in the last minute, 503 the token cannot
/// be read; 403 a session's request without what proves that its page made it. All that by the head alone,
/// before any of the body is waited for.
///
/// The token is read anew for each request: when another one is put there, the sessions of the former end.
///
/// Thread: the engine's.
class Door {
public:
    Door(const AdminWeb& settings, DoorPorts ports);

    /// Is there a token, and is it long enough?
    [[nodiscard]] Result<> check_token();

    /// For the server. Takes note of wrong tokens.
    [[nodiscard]] std::optional<LocalResponse> check_head(const LocalRequest& request);
    /// After check_head() had nothing against it.
    [[nodiscard]] boost::asio::awaitable<LocalResponse> handle(LocalRequest request);

private:
    class Guarded;

    [[nodiscard]] std::optional<LocalResponse> check_place(const LocalRequest& request) const;
    [[nodiscard]] std::optional<LocalResponse> check_person(const LocalRequest& request);
    [[nodiscard]] std::optional<LocalResponse> check_page(const LocalRequest& request,
                                                          const Session& session) const;
    [[nodiscard]] bool is_ours(std::string_view origin) const;
    [[nodiscard]] std::shared_ptr<LocalStream> guard(std::shared_ptr<Guarded> stream);
    [[nodiscard]] std::optional<LocalResponse> blocked() const;
    [[nodiscard]] LocalResponse wrong_token(std::string_view way);
    /// Null: nobody's.
    [[nodiscard]] const Session* session_of(const LocalRequest& request) const;
    [[nodiscard]] std::string key_in(const LocalRequest& request) const;
    [[nodiscard]] bool lives(std::string_view key) const;
    [[nodiscard]] bool is_current(const Digest& digest) const; ///< of the token

    [[nodiscard]] LocalResponse session(const LocalRequest& request) const;
    [[nodiscard]] LocalResponse sign_in(const LocalRequest& request);
    [[nodiscard]] LocalResponse sign_out(const LocalRequest& request);
    [[nodiscard]] std::string cookie(std::string_view key, const LocalRequest& request) const;

    DoorPorts ports_;
    std::vector<std::string> hosts_;   ///< as which we are spoken to
    std::vector<std::string> origins_; ///< of our page
    std::string secure_origin_;        ///< of the web server before us; empty: there is none
    std::string cookie_name_;
    Sessions sessions_;
    WrongTries wrong_;
    std::vector<std::weak_ptr<Guarded>> streams_; ///< that somebody listens to, and some that are over
};

} // namespace crier::admin
