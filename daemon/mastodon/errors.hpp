#pragma once

#include "core/delivery/reply.hpp"
#include "ports/http_client.hpp"

namespace crier::mastodon {

enum class Endpoint {
    publish,     ///< POST /api/v1/statuses
    upload,      ///< POST /api/v2/media, /api/v1/media
    media_state, ///< GET /api/v1/media/:id
    edit,        ///< PUT /api/v1/statuses/:id
    remove,      ///< DELETE /api/v1/statuses/:id
    pin,         ///< POST /api/v1/statuses/:id/pin, /unpin
    probe,       ///< GET /api/v1/apps/verify_credentials
};

/// What a response means at that endpoint: one table, by status code and structure. The words of a server are
/// localised and are only shown, never decided by.
///
/// `media_unconfirmed`: the post carries media that the server has not called processed.
[[nodiscard]] Reply classify(Endpoint endpoint, const HttpResponse& response, bool media_unconfirmed,
                             Instant now);

/// What it means that there was no usable response.
[[nodiscard]] Reply classify(const HttpFailure& failure);

} // namespace crier::mastodon
