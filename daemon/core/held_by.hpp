#pragma once

#include <string_view>

namespace crier {

/// What a held account is held by, for programs.
enum class HeldBy {
    nothing,
    token,         ///< there is none, it is not accepted, or no bot may have it
    forbidden,     ///< the server does not let the account post
    wrong_account, ///< its posts went to another account than meant
    restored,      ///< the store was put back: what was posted since then is not known
};

/// "token", "forbidden", "wrong_account", "restored"; empty for `nothing`.
[[nodiscard]] constexpr std::string_view to_text(HeldBy held_by) noexcept {
    switch (held_by) {
    case HeldBy::token:
        return "token";
    case HeldBy::forbidden:
        return "forbidden";
    case HeldBy::wrong_account:
        return "wrong_account";
    case HeldBy::restored:
        return "restored";
    case HeldBy::nothing:
        break;
    }
    return "";
}

} // namespace crier
