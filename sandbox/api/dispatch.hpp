#pragma once

#include "sandbox/http/message.hpp"
#include "sandbox/state/world.hpp"

#include <optional>
#include <string>

namespace crier::sandbox {

/// What a request came to.
struct Done {
    Response response;
    std::string status_id;  ///< the status that it made or found
    bool ask_again = false; ///< it waits for another request under the same key
};

/// Carries a request out, in the server's order: rate limits, token, scope, the endpoint. `counted`: it is
/// asked again and was counted in the rate windows before.
[[nodiscard]] Done dispatch(World& world, const Request& request, Time now, const std::optional<Fault>& fault,
                            bool counted);

} // namespace crier::sandbox
