#pragma once

#include "core/delivery/reply.hpp"
#include "core/scopes.hpp"
#include "core/settings.hpp"

#include <string>

/// What commands say of tokens.
namespace crier::commands {

/// "the file /etc/crier/news.token"
[[nodiscard]] std::string words_of(const TokenRef& ref);

/// What a server said of a token that it refuses.
[[nodiscard]] std::string words_of(const Reply& reply);

/// How to come by a token with the right scopes.
[[nodiscard]] std::string make_another(const AccountSettings& account, const Scopes& needed);

/// A server that did not say whether it takes a token: what it answered, and what to do.
[[nodiscard]] Failure token_untried(const AccountSettings& account, const Reply& reply);

/// A server that refuses one. `made_here`: `crier login` left a record of it.
[[nodiscard]] Failure token_refused(const AccountSettings& account, const Reply& reply, bool made_here);

} // namespace crier::commands
