#include "faulty_disk.hpp"

#include <sqlite3.h>

#include <cstring>
#include <fstream>
#include <new>
#include <random>

namespace crier::test {

namespace {

std::atomic<int> made{0};

/// A file of the VFS: this, and behind it in the same allocation the real one.
struct File {
    sqlite3_file base;
    FaultyDisk* disk;
    std::string* path;

    static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    static sqlite3_file* real(sqlite3_file* file) {
        return reinterpret_cast<sqlite3_file*>(reinterpret_cast<File*>(file) + 1);
    }
};

void put(std::string& content, std::size_t at, const std::string& bytes) {
    if (content.size() < at + bytes.size())
        content.resize(at + bytes.size());
    content.replace(at, bytes.size(), bytes);
}

} // namespace

struct FaultyDisk::Disk {
    static FaultyDisk& of(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk*>(vfs->pAppData); }
    static sqlite3_vfs* real() { return sqlite3_vfs_find(nullptr); }

    static int close(sqlite3_file* file) {
        delete File::of(file).path;
        sqlite3_file* below = File::real(file);
        return below->pMethods != nullptr ? below->pMethods->xClose(below) : SQLITE_OK;
    }
    static int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
        FaultyDisk& disk = *File::of(file).disk;
        if (const int code = disk.meet(disk.reads_); code != SQLITE_OK)
            return code;
        return File::real(file)->pMethods->xRead(File::real(file), to, size, at);
    }
    static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
        FaultyDisk& disk = *File::of(file).disk;
        if (disk.largest_ >= 0 && at + size > disk.largest_) {
            disk.struck_ = true;
            return SQLITE_FULL;
        }
        if (const int code = disk.meet(disk.writes_); code != SQLITE_OK)
            return code;
        const int code = File::real(file)->pMethods->xWrite(File::real(file), from, size, at);
        if (code == SQLITE_OK) {
            const std::lock_guard lock{disk.mutex_};
            disk.files_[*File::of(file).path].pending.emplace_back(
                static_cast<std::size_t>(at),
                std::string(static_cast<const char*>(from), static_cast<std::size_t>(size)));
        }
        return code;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        FaultyDisk& disk = *File::of(file).disk;
        if (const int code = disk.meet(disk.writes_); code != SQLITE_OK)
            return code;
        const int code = File::real(file)->pMethods->xTruncate(File::real(file), size);
        if (code == SQLITE_OK) {
            const std::lock_guard lock{disk.mutex_};
            Content& content = disk.files_[*File::of(file).path];
            for (const auto& [at, bytes] : content.pending)
                put(content.synced, at, bytes);
            content.pending.clear();
            content.synced.resize(static_cast<std::size_t>(size));
        }
        return code;
    }
    /// Only remembered: the real disk would take its time over thousands of them and prove nothing.
    static int sync(sqlite3_file* file, int) {
        FaultyDisk& disk = *File::of(file).disk;
        if (const int code = disk.meet(disk.writes_); code != SQLITE_OK)
            return code == SQLITE_FULL ? SQLITE_IOERR_FSYNC : code;
        ++disk.syncs_;
        const std::lock_guard lock{disk.mutex_};
        Content& content = disk.files_[*File::of(file).path];
        for (const auto& [at, bytes] : content.pending)
            put(content.synced, at, bytes);
        content.pending.clear();
        return SQLITE_OK;
    }
    static int file_size(sqlite3_file* file, sqlite3_int64* size) {
        return File::real(file)->pMethods->xFileSize(File::real(file), size);
    }
    static int lock(sqlite3_file* file, int level) {
        return File::real(file)->pMethods->xLock(File::real(file), level);
    }
    static int unlock(sqlite3_file* file, int level) {
        return File::real(file)->pMethods->xUnlock(File::real(file), level);
    }
    static int reserved(sqlite3_file* file, int* result) {
        return File::real(file)->pMethods->xCheckReservedLock(File::real(file), result);
    }
    static int control(sqlite3_file* file, int what, void* argument) {
        return File::real(file)->pMethods->xFileControl(File::real(file), what, argument);
    }
    static int sector(sqlite3_file* file) {
        return File::real(file)->pMethods->xSectorSize(File::real(file));
    }
    static int characteristics(sqlite3_file*) {
        return 0; // no promises: nothing is atomic
    }
    static int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
        return File::real(file)->pMethods->xShmMap(File::real(file), page, size, extend, to);
    }
    static int shm_lock(sqlite3_file* file, int at, int count, int flags) {
        return File::real(file)->pMethods->xShmLock(File::real(file), at, count, flags);
    }
    static void shm_barrier(sqlite3_file* file) { File::real(file)->pMethods->xShmBarrier(File::real(file)); }
    static int shm_unmap(sqlite3_file* file, int remove) {
        return File::real(file)->pMethods->xShmUnmap(File::real(file), remove);
    }

    static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* given) {
        static const sqlite3_io_methods methods = {
            2,         close,    read,    write,  truncate,        sync,    file_size, lock,
            unlock,    reserved, control, sector, characteristics, shm_map, shm_lock,  shm_barrier,
            shm_unmap, nullptr,  nullptr};
        File& mine = File::of(file);
        mine.base.pMethods = nullptr;
        const int code = real()->xOpen(real(), name, File::real(file), flags, given);
        if (code != SQLITE_OK)
            return code;
        mine.disk = &of(vfs);
        mine.path = new std::string(name != nullptr ? name : "temporary");
        mine.base.pMethods = &methods;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
        {
            const std::lock_guard lock{of(vfs).mutex_};
            of(vfs).files_.erase(name);
        }
        return real()->xDelete(real(), name, sync_folder);
    }
};

FaultyDisk::FaultyDisk()
    : name_("faulty-" + std::to_string(++made))
    , vfs_(new sqlite3_vfs(*Disk::real())) {
    // What is not replaced works on the real VFS's own data, which is the same for every Unix VFS.
    vfs_->szOsFile = static_cast<int>(sizeof(File)) + Disk::real()->szOsFile;
    vfs_->zName = name_.c_str();
    vfs_->pAppData = this;
    vfs_->xOpen = Disk::open;
    vfs_->xDelete = Disk::remove;
    sqlite3_vfs_register(vfs_, 0);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(vfs_);
    delete vfs_;
}

void FaultyDisk::fail_after(int count, int code, bool lasts) {
    writes_.code = code;
    writes_.lasts = lasts;
    writes_.countdown = count;
}

void FaultyDisk::fail_read_after(int count, bool lasts) {
    reads_.code = SQLITE_IOERR_READ;
    reads_.lasts = lasts;
    reads_.countdown = count;
}

void FaultyDisk::mend() {
    writes_.countdown = -1;
    reads_.countdown = -1;
    largest_ = -1;
    struck_ = false;
}

int FaultyDisk::meet(Fault& fault) {
    if (fault.countdown < 0)
        return SQLITE_OK;
    if (fault.countdown > 0) {
        --fault.countdown;
        return SQLITE_OK;
    }
    if (!fault.lasts)
        fault.countdown = -1;
    struck_ = true;
    return fault.code;
}

void FaultyDisk::power_cut(const std::string& from, const std::string& to, std::uint64_t seed) const {
    std::mt19937_64 coin{seed};
    const std::lock_guard lock{mutex_};
    for (const auto& [path, content] : files_) {
        if (path.compare(0, from.size(), from) != 0)
            continue;
        std::string image = content.synced;
        for (const auto& [at, bytes] : content.pending)
            if ((coin() & 1U) != 0)
                put(image, at, bytes);
        std::ofstream{to + path.substr(from.size()), std::ios::binary} << image;
    }
}

} // namespace crier::test
