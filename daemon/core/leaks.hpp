#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// Tokens and client secrets that stand in a text, by what is around them and by what they look like. What
/// comes out never holds one.
namespace crier {

struct Leak {
    enum class Kind {
        known,         ///< one of those that were given
        bearer,        ///< `Authorization: Bearer ...`
        access_token,  ///< `access_token: ...`, `MASTODON_ACCESS_TOKEN=...`, `?access_token=...`
        client_secret, ///< `client_secret: ...`
        token,         ///< `token`, `api_token`, `refresh_token`
        secret,        ///< `secret`, `webhook_secret`
    };
    Kind kind = Kind::known;
    std::size_t known = 0; ///< which of those given
    int line = 1;
    int column = 1; ///< in bytes
    std::size_t length = 0;
};

/// In the order in which they stand, at most `most`. `known`: values to be found wherever they stand. Linear
/// in the text's length.
[[nodiscard]] std::vector<Leak> find_leaks(std::string_view text, const std::vector<std::string_view>& known,
                                           std::size_t most = 20);

/// In a file for secrets, which says of none what it is: a text of nothing but one, or of a few short lines,
/// as libraries write them (the token, then the server).
[[nodiscard]] std::vector<Leak> find_lone_leaks(std::string_view text);

} // namespace crier
