#pragma once

#include "core/delivery/reply.hpp"
#include "core/time.hpp"

#include <string>

/// What all decisions read from an answer.
namespace crier::delivery {

/// "422 Validation failed ..." or the plain words when there was no reply.
[[nodiscard]] std::string said_by(const Reply& reply);
/// With how to mend it behind.
[[nodiscard]] std::string said_with_hint(const Reply& reply);

/// When a limit's reply allows the next request; a minute when it does not say.
[[nodiscard]] Instant end_of_limit(const Reply& reply, Instant now);

} // namespace crier::delivery
