#pragma once

#include "core/failure.hpp"
#include "core/scopes.hpp"
#include "core/secret.hpp"
#include "core/time.hpp"
#include "ports/http_client.hpp"
#include "ports/random.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What is written and read in the OAuth code flow (RFC 6749, 7636, 8414; docs.joinmastodon.org/methods/oauth
/// and /methods/apps). Pure; secrets go in and out as Secret and stand in no failure.
namespace crier::mastodon {

/// As a redirect: the server shows the code, and a person copies it.
inline constexpr const char* out_of_band = "urn:ietf:wg:oauth:2.0:oob";

/// Where a server's OAuth answers.
struct OAuthEndpoints {
    std::string authorize;
    std::string token;
    std::string revoke;
    std::string apps;
    bool pkce = false;              ///< takes a challenge of S256
    Scopes scopes;                  ///< that it knows; empty: it does not say
    std::vector<std::string> notes; ///< what of its document was not believed, for people

    OAuthEndpoints() = default; // no aggregate: docs/ARCHITECTURE.md, "Traps"
};

/// Mastodon's own, which are the same since its first version; without PKCE. `server` has no slash at its
/// end.
[[nodiscard]] OAuthEndpoints classic_endpoints(const std::string& server);

/// What /.well-known/oauth-authorization-server says; nothing when it is no such document. Secrets go to the
/// server itself only, so an address elsewhere or over plain http is not believed: the classic one serves.
[[nodiscard]] std::optional<OAuthEndpoints> read_endpoints(const std::string& server, std::string_view body);

/// `words` times 64 random bits that fit an address: for state and verifier (RFC 7636 wants 43 characters).
[[nodiscard]] std::string random_text(Random& random, std::size_t words);

/// BASE64URL(SHA-256(verifier)), without padding.
[[nodiscard]] std::string code_challenge(std::string_view verifier);

/// Whether they are the same, in a time that says nothing of where they differ.
[[nodiscard]] bool same_text(std::string_view a, std::string_view b) noexcept;

/// application/x-www-form-urlencoded, and a query.
[[nodiscard]] std::string form_of(const std::vector<std::pair<std::string_view, std::string_view>>& fields);

struct Authorization {
    std::string client_id;
    std::string redirect_uri = out_of_band;
    Scopes scopes;
    std::string state;
    std::string challenge;    ///< empty: the server takes none
    bool force_login = false; ///< the server asks for a password although somebody is logged in

    Authorization() = default;
};
/// The page on which a person allows it.
[[nodiscard]] std::string authorization_address(const OAuthEndpoints& endpoints, const Authorization& asked);

/// What a person pasted for a code: the code itself, or the address with `code=` in it. Nothing: neither.
[[nodiscard]] std::optional<Secret> code_in(std::string_view pasted);

/// An application that the server has registered. Mastodon's are all confidential: the secret is always sent.
struct OAuthClient {
    std::string id;
    Secret secret;

    OAuthClient() = default;
    [[nodiscard]] OAuthClient clone() const;
};
[[nodiscard]] Result<OAuthClient> read_client(const std::string& server, const HttpResponse& response);

struct Grant {
    Secret token;
    Scopes scopes;                  ///< as granted; what was asked, where the server does not say (RFC 6749)
    std::optional<Instant> created; ///< by the server's clock

    Grant() = default;
};
[[nodiscard]] Result<Grant> read_grant(const std::string& server, const HttpResponse& response,
                                       const Scopes& asked);

/// Which request was refused.
enum class OAuthStep { registering, redeeming, revoking };

/// A refusal in words, with how to mend it. By code of OAuth and status; the server's words are only shown,
/// without what stands in `secrets`.
[[nodiscard]] Failure oauth_failure(OAuthStep step, const std::string& server, const HttpResponse& response,
                                    Instant now, const std::vector<std::string_view>& secrets);

/// What the redirect said instead of a code: `error` and `error_description`.
[[nodiscard]] Failure denied(const std::string& server, std::string_view error, std::string_view words);

} // namespace crier::mastodon
