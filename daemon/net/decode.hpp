#pragma once

#include "core/failure.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace crier::net {

/// A body as it was before Content-Encoding (gzip, deflate, br; identity and none as they are), at most
/// `limit` bytes: a small body that unpacks to a huge one is a failure and not a full memory.
[[nodiscard]] Result<std::string> decode_body(std::string body, std::string_view encoding, std::size_t limit);

} // namespace crier::net
