#pragma once

#include "core/subscription.hpp"
#include "ports/http_client.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::plugin {

/// One value of a Link header (RFC 8288, 3).
struct WebLink {
    std::string target;
    std::vector<std::string> relations; ///< in lower case

    [[nodiscard]] bool is(std::string_view relation) const;
};

/// What can be read of it, in order; what is broken ends it.
[[nodiscard]] std::vector<WebLink> read_links(std::string_view header);

/// The hub that an answer's Link headers name, and the topic, if they name it: whole addresses alone. Of
/// several hubs the first that speaks https.
[[nodiscard]] Hub hub_beside(const HttpResponse& answer);

} // namespace crier::plugin
