#pragma once

#include "sandbox/api/call.hpp"

#include <optional>
#include <string_view>

namespace crier::sandbox {

/// Who may call an endpoint.
enum class Access {
    open,      ///< anybody; a token is not even looked at
    optional,  ///< anybody; but who sends a token must have the scope
    any_token, ///< any good token, an application's too
    user       ///< a person's token with the scope
};

/// Finds the token that a request carries; nothing when there is none. `Authorization: Bearer`, or the
/// parameters access_token and bearer_token.
[[nodiscard]] std::string bearer_of(const Request& request, const Params& params);

/// Fills the call's token and account when the token is good.
void identify(Call& call);

/// The refusal, or nothing. `scopes`: one of these, separated by spaces.
[[nodiscard]] std::optional<Response> refuse_access(const Call& call, Access access, std::string_view scopes);

} // namespace crier::sandbox
