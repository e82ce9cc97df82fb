#pragma once

#include "sandbox/state/scopes.hpp"
#include "sandbox/state/time.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

struct App {
    std::string id;
    std::string name;
    std::string website;
    std::vector<std::string> redirect_uris;
    Scopes scopes;
    std::string client_id;
    std::string client_secret;
};

/// Stands for a person's consent until it is changed for a token.
struct Code {
    std::string value;
    std::string client_id;
    std::string account; ///< id
    std::string redirect_uri;
    Scopes scopes;
    std::string challenge; ///< PKCE, S256; empty: none
    Time created;
};

/// Whether a code can be changed for a token.
enum class CodeVerdict { good, unknown, expired, wrong_client, wrong_redirect, wrong_verifier };

class OAuth {
public:
    static constexpr std::chrono::minutes code_lifetime{10};
    static constexpr std::size_t most_apps = 1'000;

    App& add(App app); ///< the oldest goes when there are too many
    [[nodiscard]] const App* find(std::string_view client_id) const;

    void add(Code code, Time now);
    struct Redeemed {
        CodeVerdict verdict = CodeVerdict::unknown;
        Code code;
    };
    /// A code works once: it is gone after the first try, a good one or not.
    [[nodiscard]] Redeemed redeem(const std::string& value, std::string_view client_id,
                                  std::string_view redirect_uri, std::string_view verifier, Time now);
    void clear();

private:
    std::vector<App> apps_;
    std::map<std::string, Code> codes_;
};

/// BASE64URL(SHA256(verifier)), without padding (RFC 7636).
[[nodiscard]] std::string s256(std::string_view verifier);

} // namespace crier::sandbox
