#pragma once

#include <string>
#include <string_view>

namespace crier::fediverse {

/// An account as a server knows it.
struct Profile {
    std::string origin; ///< "https://mastodon.example"
    std::string host;   ///< "mastodon.example", with a port if there is one
    std::string acct;   ///< "user", or of another server "user@other.example"

    /// Asks for the account's number.
    [[nodiscard]] std::string lookup_address() const;
};

/// Of a page's address: https://HOST/@user, /@user@other.host, /users/user, /profile/user, /user. Throws
/// sdk::Error for what is none.
[[nodiscard]] Profile read_profile(std::string_view url);

/// What may stand in the query of an address.
[[nodiscard]] std::string percent_encoded(std::string_view text);

} // namespace crier::fediverse
