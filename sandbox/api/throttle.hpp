#pragma once

#include "sandbox/api/call.hpp"

#include <optional>

namespace crier::sandbox {

/// Counts the request in every window that it belongs to; 429 when one is over. Nothing was done then.
/// Creating and editing statuses is looked at only: it counts when it succeeds (`call.family`).
[[nodiscard]] std::optional<Response> throttle(Call& call);

/// X-RateLimit-Limit, -Remaining and -Reset of the limit nearest to its end.
void add_rate_headers(const Call& call, Response& response);

/// The answer to too much, as this kind of server gives it, in a form that a fault may ask for:
/// iso, unix, millis, retry_after, retry_after_date, none.
[[nodiscard]] Response too_many(const World& world, Time now, Time until, std::string_view form);

} // namespace crier::sandbox
