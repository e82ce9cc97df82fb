#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

struct sqlite3_vfs;

namespace crier::test {

/// The real file system as SQLite sees it (a VFS), with what a test wants to go wrong, and with a memory of
/// what has reached the platter: only what was synced outlasts a power cut for sure.
///
/// Thread: any; what goes wrong is set between calls of the store.
class FaultyDisk {
public:
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    /// For SqliteOptions::vfs.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// The write, sync or truncation after `count` more ones fails with SQLite's `code`, and so do all
    /// after it if it lasts.
    void fail_after(int count, int code, bool lasts);
    /// The same for reads.
    void fail_read_after(int count, bool lasts);
    /// No file may grow beyond so many bytes: SQLITE_FULL.
    void limit_files(std::int64_t bytes) { largest_ = bytes; }
    void mend();
    /// Whether something went wrong since mend().
    [[nodiscard]] bool struck() const { return struck_; }

    [[nodiscard]] int syncs() const { return syncs_; }

    /// What a power cut now leaves under `from` in `to`: what was synced, and of what was not, what a coin
    /// says, write by write.
    void power_cut(const std::string& from, const std::string& to, std::uint64_t seed) const;

    struct Disk; // the VFS's functions, which are plain C

private:
    struct Content {
        std::string synced;
        std::vector<std::pair<std::size_t, std::string>> pending;
    };

    struct Fault {
        std::atomic<int> countdown{-1};
        std::atomic<int> code{0};
        std::atomic<bool> lasts{false};
    };

    int meet(Fault& fault); ///< the code with which an operation fails, or SQLITE_OK

    std::string name_;
    sqlite3_vfs* vfs_;
    Fault writes_;
    Fault reads_;
    std::atomic<bool> struck_{false};
    std::atomic<std::int64_t> largest_{-1};
    std::atomic<int> syncs_{0};
    mutable std::mutex mutex_;
    std::map<std::string, Content> files_;
};

} // namespace crier::test
