#pragma once

#include "core/leaks.hpp"
#include "core/secret_looks.hpp"

#include <optional>
#include <string_view>

namespace crier {

/// What a key holds, by its name.
struct LeakKey {
    Leak::Kind kind = Leak::Kind::token;
    Behind behind = Behind::other;
};

/// In any spelling: accessToken, --access-token, MASTODON_ACCESS_TOKEN; and what tells several from one
/// another may stand behind it: MASTODON_ACCESS_TOKEN_2, TOKEN_NEWS. Nothing: another key, one that says
/// something about a token (token_type), or one of a token that opens nothing (next_page_token, csrf_token).
[[nodiscard]] std::optional<LeakKey> leak_key(std::string_view name);

} // namespace crier
