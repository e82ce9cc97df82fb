#pragma once

#include "commands/invocation.hpp"
#include "config/load.hpp"

#include <vector>

namespace crier::commands {

struct SecretCheck {
    std::vector<config::Problem> problems;
    int code = exit_ok; ///< exit_token: git tracks a token that is in use
};

/// Tokens and client secrets that stand in the open: in the folders of the configuration's files and in the
/// files that its tokens come from. docs/SECRETS.md has the rules. Says where, what and how to mend it, never
/// what the secret is.
[[nodiscard]] SecretCheck check_secrets(const Invocation& call, const config::Loaded& loaded);

} // namespace crier::commands
