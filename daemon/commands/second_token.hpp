#pragma once

#include "commands/composition.hpp"
#include "core/scopes.hpp"

#include <optional>
#include <string>
#include <vector>

/// The token under `evidence:`, which reads. It is judged by what it may do to the server and to the account,
/// and not by what posting needs.
namespace crier::commands {

struct SecondToken {
    std::string state = "accepted"; ///< accepted, refused, missing, unusable, unknown
    bool own_scopes = false;        ///< the token's own, and not its application's
    Scopes scopes;                  ///< empty: not known
    Scopes admin;
    std::vector<Failure> problems;
    std::vector<Failure> warnings;

    SecondToken() = default;
};

/// Nothing: the account has none.
[[nodiscard]] std::optional<SecondToken> judge_second(boost::asio::io_context& context,
                                                      Composition& composition, const Invocation& call,
                                                      const AccountSettings& account);

/// "missing" where there is nothing; "unusable" where something is there, and no token.
[[nodiscard]] std::string state_without_token(const Invocation& call, const TokenRef& ref);

} // namespace crier::commands
