#pragma once

#include "core/settings.hpp"
#include "ports/token_source.hpp"
#include "sys/environment.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace crier::sys {

/// Told of each token when it is first read, also after a rotation: how a log learns what to keep out.
using TokenSeen = std::function<void(const Secret&)>;

/// The token where the configuration says it is: a variable, a systemd credential, or a file. Files and
/// credentials are read anew each time, so that a file can be rotated under a running daemon; variables and
/// systemd's credentials change only by a restart.
///
/// Ownership: what is needed of the environment is copied.
/// Errors: token, saying where it was looked for, what is wrong with it (never what it is), and how to mend
/// it. A file that others may read or change, or that belongs to somebody else, is refused.
[[nodiscard]] std::unique_ptr<TokenSource>
make_token_source(const TokenRef& ref, const Environment& environment, TokenSeen seen = {});

/// The token in what a variable or file holds: without the blanks and line breaks around it, and fit for a
/// header. `where` opens the failure's message.
[[nodiscard]] Result<Secret> parse_token(std::string_view text, std::string_view where);

} // namespace crier::sys
