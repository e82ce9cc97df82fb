#pragma once

#include <functional>

namespace crier::bench {

struct Apart {
    double seconds = 0;
    double peak_mib = 0; ///< by how much memory grew at its most
};

/// Does it in a child process of its own, so that memory is counted from nothing and given back. Throws when
/// it throws there. The caller has one thread.
[[nodiscard]] Apart apart(const std::function<void()>& work);

} // namespace crier::bench
