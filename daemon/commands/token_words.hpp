#pragma once

#include "core/scopes.hpp"
#include "core/settings.hpp"

#include <string>

/// What commands say of tokens.
namespace crier::commands {

/// "the file /etc/crier/news.token"
[[nodiscard]] std::string words_of(const TokenRef& ref);

/// How to come by a token with the right scopes.
[[nodiscard]] std::string make_another(const AccountSettings& account, const Scopes& needed);

} // namespace crier::commands
