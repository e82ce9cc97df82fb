#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"
#include "ports/http_client.hpp"

#include <optional>
#include <string>
#include <string_view>

/// What an answer's status and headers say to somebody who looks at an address again and again.
namespace crier::plugin {

/// Why an answer that is neither 200 nor 304 nor 410 is no feed, and what to do about it.
[[nodiscard]] Failure status_failure(std::string_view url, int status);

/// How long the server wants to be left alone: Retry-After (seconds or a date), else Cache-Control: max-age
/// up to an hour, for many say a day or a year of a file that changes hourly.
[[nodiscard]] std::optional<Duration> asked_wait(const HttpResponse& response, Instant now);

} // namespace crier::plugin
