#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>

namespace crier {

/// The id of a status that a person names: by its id, or by the address of its page on `server` ("https://
/// host[:port]"), whose last part the id is on all servers that speak this API.
///
/// Errors: usage; an address elsewhere (only the account's own server can be asked for it, and a token that
/// only posts must not search), or no id at all.
[[nodiscard]] Result<std::string> status_id_of(std::string_view said, std::string_view server);

} // namespace crier
