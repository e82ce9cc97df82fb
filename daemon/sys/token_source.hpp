#pragma once

#include "core/settings.hpp"
#include "ports/token_source.hpp"
#include "sys/environment.hpp"

#include <memory>

namespace crier::sys {

/// The token where the configuration says it is. A file is read anew each time, so that it can be rotated
/// under a running daemon; variables and systemd credentials change only by a restart.
///
/// Ownership: the environment outlives it.
/// Errors: token, saying where it was looked for, what is wrong with it (never what it is), and how to mend
/// it.
[[nodiscard]] std::unique_ptr<TokenSource> make_token_source(const TokenRef& ref,
                                                             const Environment& environment);

} // namespace crier::sys
