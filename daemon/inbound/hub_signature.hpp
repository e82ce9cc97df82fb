#pragma once

#include <string>
#include <string_view>

namespace crier::inbound {

/// What a hub's X-Hub-Signature says of a body (WebSub, 7.1).
enum class HubProof {
    good,
    none,    ///< there is no signature
    unknown, ///< by a method that is not among sha1, sha256, sha384, sha512
    wrong,
};

/// Holds "METHOD=HEX", the HMAC of the raw body, against the secret. sha1 is taken, for the largest hub has
/// no other: what is known of its collisions does not make an HMAC forgeable.
[[nodiscard]] HubProof check_hub_signature(std::string_view header, std::string_view body,
                                           std::string_view secret);

} // namespace crier::inbound
