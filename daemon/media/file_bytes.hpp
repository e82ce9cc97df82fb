#pragma once

#include "core/failure.hpp"
#include "core/media/bytes.hpp"

#include <string>

namespace crier::media {

/// A regular file's bytes, read where they are wanted.
///
/// Ownership: the file is open while it lives. Thread: any, one at a time; reads block.
class FileBytes final : public Bytes {
public:
    /// Errors: temporary where this process has no room, else not_found, with the reason.
    [[nodiscard]] static Result<FileBytes> open(const std::string& file);
    ~FileBytes() override;
    FileBytes(FileBytes&& other) noexcept;
    FileBytes& operator=(FileBytes&&) = delete;
    FileBytes(const FileBytes&) = delete;
    FileBytes& operator=(const FileBytes&) = delete;

    [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
    [[nodiscard]] std::string read(std::uint64_t at, std::size_t count) const override;

    [[nodiscard]] int descriptor() const noexcept { return fd_; }

private:
    FileBytes(int fd, std::uint64_t size) noexcept
        : fd_(fd)
        , size_(size) {}

    int fd_;
    std::uint64_t size_;
};

} // namespace crier::media
