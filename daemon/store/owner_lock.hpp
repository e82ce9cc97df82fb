#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace crier::store {

/// One owner at a time: an exclusive lock on PATH.lock, held as long as the object lives and released by the
/// kernel when the process dies. The file names its owner for people, and has the store's last sign of life
/// once more: a database that is older than that was put back.
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

    /// The process that has the store by now; nothing: none, or it cannot be told.
    [[nodiscard]] static std::optional<long> owner_of(const std::string& path);

    /// What the file said before; nothing: it is new, or of a version that left no mark.
    [[nodiscard]] const std::optional<Instant>& mark() const noexcept { return mark_; }
    /// After the commit that has this sign of life. Not synced, for a mark that is behind harms nobody; and
    /// at most once a second, the last one at the end.
    void leave_mark(Instant alive);
    /// What the database itself says, once that has been compared.
    void set_mark(Instant alive);

private:
    bool write();

    int fd_ = -1;
    std::optional<Instant> mark_;
    std::optional<Instant> alive_; ///< later than that, and not written yet
};

} // namespace crier::store
