#pragma once

#include "core/delivery/reply.hpp"
#include "ports/http_client.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace crier::mastodon {

/// The Date header.
[[nodiscard]] std::optional<Instant> server_date(const HttpResponse& response);

/// X-RateLimit-Limit, -Remaining, -Reset and Retry-After, in the forms seen in the wild: Reset as ISO 8601
/// with any number of fraction digits, as Unix seconds, as Unix milliseconds, or as seconds from now;
/// Retry-After as seconds or as a date.
///
/// Moments are the server's, so they are taken as distances from its Date and given by the local clock
/// (`now`). What is not ahead (0, the past) says nothing of when to come again, as if it were not there; more
/// than a day is taken as a day.
[[nodiscard]] RateNews read_rates(const HttpResponse& response, Instant now);

/// For people: that the server asked for more than a day and a day was taken; empty otherwise.
[[nodiscard]] std::string rate_note(const HttpResponse& response, Instant now);

} // namespace crier::mastodon
