#pragma once

#include "core/delivery/reply.hpp"
#include "core/delivery/sighting.hpp"
#include "core/post.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace crier {

/// One account on one server: what a token may do there.
///
/// Thread: the engine's. One call at a time for each account.
/// Errors: every outcome is a Reply; nothing is thrown for what a network or server may do, and nothing is
/// repeated inside: whether to repeat is the delivery machine's business.
/// Cancellation: terminal; a cancelled publish is an unknown outcome.
class Publisher {
public:
    virtual ~Publisher() = default;

    /// What the server is and allows (GET /api/v2/instance, else v1); without the token.
    [[nodiscard]] virtual boost::asio::awaitable<Result<ServerProfile>> profile() = 0;

    /// What the server is, from now on: some want the same said in other words.
    virtual void know(const ServerProfile& profile) { static_cast<void>(profile); }

    /// Uploads one file (POST /api/v2/media, else v1): media_ready or media_pending with its id, or why not.
    /// Only `file`, `alt` and `type` of `media` count.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> upload(const Media& media) = 0;

    /// How far an upload is (GET /api/v1/media/:id).
    [[nodiscard]] virtual boost::asio::awaitable<Reply> media_state(const std::string& media_id) = 0;

    /// Publishes (POST /api/v1/statuses). The visibility is always sent. `key` goes out as Idempotency-Key.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> publish(const PostContent& content,
                                                                const std::string& key) = 0;

    /// Says something else under an id that was published (PUT /api/v1/statuses/:id): all of it is replaced,
    /// so all of it is sent. `published`, or why not; to repeat it does no harm.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> edit(const std::string& status_id,
                                                             const PostContent& content) = 0;

    /// Deletes (DELETE /api/v1/statuses/:id): `removed`, or `not_found` where it was gone.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> remove(const std::string& status_id) = 0;

    /// Puts it at the head of the account's page (POST /api/v1/statuses/:id/pin, and /unpin with `pin`
    /// false): `pinned`, also where it is so already, or why not. Needs the scope write:accounts.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> pin(const std::string& status_id, bool pin) = 0;

    /// Is the token alive (GET /api/v1/apps/verify_credentials)? `alive`, or unauthorized, limited, unknown.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> probe() = 0;

    // What everybody may read: without the token that posts, which may not read and would be refused; with
    // the account's token for evidence where there is one.

    /// The account of that name on this server (GET /api/v1/accounts/lookup, else /api/v1/accounts/NAME).
    [[nodiscard]] virtual boost::asio::awaitable<AccountSight> find_account(const std::string& handle) = 0;

    /// The account's statuses since that moment and at least a page of them (GET
    /// /api/v1/accounts/:id/statuses, paged back, at most 5 pages of 40).
    [[nodiscard]] virtual boost::asio::awaitable<Timeline> timeline(const std::string& account_id,
                                                                    Instant since) = 0;

    /// One status (GET /api/v1/statuses/:id).
    [[nodiscard]] virtual boost::asio::awaitable<StatusSight> status(const std::string& id) = 0;
};

} // namespace crier
