#pragma once

#include "sandbox/http/message.hpp"

#include <string>
#include <string_view>

namespace crier::sandbox {

/// The words beside a status code: "Not Found".
[[nodiscard]] std::string_view reason(int status) noexcept;

/// The head as it goes over the wire, with the length of the body and the empty line.
[[nodiscard]] std::string response_head(const Response& response, bool keep_alive);

} // namespace crier::sandbox
