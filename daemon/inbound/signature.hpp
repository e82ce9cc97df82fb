#pragma once

#include "core/time.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::inbound {

/// Names in lower case.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// Whether a request comes from somebody who knows the secret.
struct SignatureVerdict {
    bool good = false;
    std::string why;  ///< not; for the sender and the log, without anything secret
    std::string hint; ///< what to do about it
};

/// Whether there is a signature at all that could be good: known before the body is there.
[[nodiscard]] SignatureVerdict look_for_signature(const Headers& headers);

/// Holds a request's raw body against the signature in its headers; the first of these that is there counts:
///
///     webhook-signature: v1,BASE64 ...   with webhook-id and webhook-timestamp (standardwebhooks.com):
///     HMAC-SHA-256
///                                        of "ID.TIMESTAMP.BODY"; not older or newer than five minutes. A
///                                        secret "whsec_BASE64" is decoded, any other is the key as it stands
///     X-Hub-Signature-256: sha256=HEX    GitHub, Gitea, Forgejo: HMAC-SHA-256 of the body
///     X-Forgejo-Signature, X-Gitea-Signature: HEX   the same
///     X-Gitlab-Token: SECRET             GitLab: the secret itself, no signature: it says nothing of the
///     body
///
/// X-Hub-Signature (SHA-1) alone is none. How long it takes says nothing of how far a guess was right.
[[nodiscard]] SignatureVerdict check_signature(const Headers& headers, std::string_view body,
                                               std::string_view secret, Instant now);

/// Headers that prove something, and are nobody's business afterwards.
[[nodiscard]] bool is_proof(std::string_view header) noexcept;

} // namespace crier::inbound
