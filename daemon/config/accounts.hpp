#pragma once

#include "config/scope.hpp"

#include <string>

namespace crier::config {

/// One account; `at` is the value under its name. Its merged defaults go into the scope in any case, so that
/// what refers to it does not fail as well.
[[nodiscard]] AccountSettings read_account(Scope& scope, const std::string& name, Ref at, const Path& path);

/// Where a token comes from: `token` of an account, or of something else that has one.
[[nodiscard]] TokenRef read_token(Scope& scope, const GivenNode& given, const Path& path);

/// What only shows over all of them: two accounts that use one token.
void check_tokens(Scope& scope, const Settings& settings,
                  const std::map<std::string, Ref, std::less<>>& accounts);

} // namespace crier::config
