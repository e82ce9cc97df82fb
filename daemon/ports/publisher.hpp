#pragma once

#include "core/delivery/reply.hpp"
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

    /// Uploads one file (POST /api/v2/media, else v1): media_ready or media_pending with its id, or why not.
    /// Only `file`, `alt` and `type` of `media` count.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> upload(const Media& media) = 0;

    /// How far an upload is (GET /api/v1/media/:id).
    [[nodiscard]] virtual boost::asio::awaitable<Reply> media_state(const std::string& media_id) = 0;

    /// Publishes (POST /api/v1/statuses). The visibility is always sent. `key` goes out as Idempotency-Key.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> publish(const PostContent& content,
                                                                const std::string& key) = 0;

    /// Is the token alive (GET /api/v1/apps/verify_credentials)? `alive`, or unauthorized, limited, unknown.
    [[nodiscard]] virtual boost::asio::awaitable<Reply> probe() = 0;
};

} // namespace crier
