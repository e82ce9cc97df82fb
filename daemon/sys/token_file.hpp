#pragma once

#include "core/failure.hpp"
#include "core/secret.hpp"

#include <string>

namespace crier::sys {

/// A file that others may read.
enum class Exposed {
    refused, ///< its token is not used
    taken,   ///< its token is to be ended, or named: no less so for that
};

/// Reads a token from a file of at most 4 KiB. The checks are made on the file that was opened, so that a
/// symbolic link (as Kubernetes and systemd lay them) counts as what it leads to: a regular file, ours or
/// root's, that nobody else may read or write (0600, or 0640 for a group). Root also reads what belongs to
/// the owner of its folder: a service's own.
///
/// `what` opens the message, `missing` is the hint when there is no such file.
///
/// What stands in it is looked at, too: Cause::token where it is no token.
[[nodiscard]] Result<Secret> read_token_file(const std::string& path, const std::string& what,
                                             const std::string& missing, Exposed exposed = Exposed::refused);

/// The same checks for another file with secrets, whatever stands in it. Cause::not_found: it is not there.
[[nodiscard]] Result<Secret> read_private_file(const std::string& path, const std::string& what,
                                               const std::string& missing,
                                               Exposed exposed = Exposed::refused);

} // namespace crier::sys
