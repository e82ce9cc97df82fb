#pragma once

#include "programs/process.hpp"

#include <string>

namespace crier::bench {

/// `crier run` on this configuration, whose store and socket are beside it; ready when it is made. Killed
/// when the object goes.
class Daemon {
public:
    /// Throws when it is not ready within a minute.
    Daemon(const test::TempDir& directory, const std::string& config);

    [[nodiscard]] test::Process& process() noexcept { return process_; }
    [[nodiscard]] const std::string& socket() const noexcept { return socket_; }
    /// Ends it in peace; throws when it was not in peace.
    void stop();

private:
    std::string socket_;
    test::Process process_;
};

/// What its accounts have for a token.
inline constexpr const char* token = "0123456789012345678901234567890123456789012";

} // namespace crier::bench
