#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace crier {

/// What the machine says of this process. What it does not say is left out.
struct ProcessFigures {
    std::optional<std::uint64_t> resident_bytes;
    std::optional<std::uint64_t> virtual_bytes;
    std::optional<Duration> cpu; ///< used since the start, by all threads
    std::optional<std::uint64_t> open_files;
    std::optional<std::uint64_t> most_files; ///< that it may have open
    std::optional<Instant> started;
};

using ReadProcess = std::function<ProcessFigures()>;

} // namespace crier
