#pragma once

#include "core/failure.hpp"
#include "core/secret.hpp"

#include <string>
#include <vector>

namespace crier {

/// Where one account's token comes from. Read anew before each use of a token that may have been rotated.
///
/// Thread: the engine's; a read is short (a variable, or a file of at most 4 KiB).
class TokenSource {
public:
    virtual ~TokenSource() = default;

    /// The failure (Cause::token) says where the token was looked for and how to put it there.
    [[nodiscard]] virtual Result<Secret> read() = 0;

    /// What the token that read() gives may do, where that is kept beside it (`crier login` does so): the
    /// token's own scopes, which no server tells. Empty: not known.
    [[nodiscard]] virtual std::vector<std::string> scopes() { return {}; }
};

} // namespace crier
