#pragma once

#include "core/failure.hpp"

#include <chrono>
#include <string>

namespace crier::store {

/// One owner at a time: an exclusive lock on PATH.lock, held as long as the object lives and released by the
/// kernel when the process dies. The file names its owner for people.
class OwnerLock {
public:
    OwnerLock() = default;
    ~OwnerLock();
    OwnerLock(OwnerLock&& other) noexcept;
    OwnerLock& operator=(OwnerLock&& other) noexcept;
    OwnerLock(const OwnerLock&) = delete;
    OwnerLock& operator=(const OwnerLock&) = delete;

    /// Waits for another owner to go, for as long as `patience`; blocks meanwhile.
    /// Errors: conflict, naming the process that has it; permission.
    [[nodiscard]] static Result<OwnerLock> take(const std::string& path,
                                                std::chrono::milliseconds patience = {});

private:
    int fd_ = -1;
};

} // namespace crier::store
