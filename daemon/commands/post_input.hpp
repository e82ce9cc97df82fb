#pragma once

#include "commands/commands.hpp"
#include "engine/orders.hpp"

#include <string>
#include <vector>

/// What `crier post` was given, looked at before anything is asked of the outbox.
namespace crier::commands {

/// Reads standard input where the text is "-". A failure is always the caller's: Cause::usage.
[[nodiscard]] Result<engine::PostOrder> order_of(const PostOptions& options, Instant now);

/// UTF-8, and no NUL; `what` names it in the failure.
[[nodiscard]] Result<> check_characters(const std::string& text, const std::string& what);

/// "-" is what standard input has, without the line ends behind it.
[[nodiscard]] std::string text_or_input(const std::string& given);

/// The files that the daemon's user (the socket's owner) is not let at by the modes of the file and the
/// folders above it. Groups beyond the socket's are not known here, so it is a guess worth a warning.
[[nodiscard]] std::vector<std::string> closed_to_owner_of(const std::string& socket,
                                                          const std::vector<Media>& media);

} // namespace crier::commands
