#pragma once

#include "ports/http_server.hpp"

namespace crier::admin {

/// Files that are sent (`POST /v1/media`) may be larger than what else a request brings, and so no more than
/// two come at once: each is in memory until it is whole.
[[nodiscard]] BodyRule upload_room();

} // namespace crier::admin
