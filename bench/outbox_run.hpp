#pragma once

#include "bench/limits/client.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace crier::bench {

struct OutboxCost {
    Cost cost;
    double cpu_kernel = 0; ///< of cost.cpu, seconds in the kernel
    double memory = 0;     ///< MiB of the daemon at the end
    double accepted = 0;   ///< posts a second that went into the outbox before
};

/// The daemon with so many accounts on the server at that port. So many posts are put into the outbox, all
/// due at one moment; measured is from the first request to the last reply, as the server saw them, and what
/// the daemon spent. With `file`, each post has it attached. Throws when a post did not come, or came twice.
[[nodiscard]] OutboxCost outbox_run(std::uint16_t port, std::size_t accounts, std::size_t posts_each,
                                    const std::string& file = {});

} // namespace crier::bench
