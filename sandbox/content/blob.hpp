#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace crier::sandbox {

/// Bytes that nobody changes any more, in memory or in a file without a name that is mapped into it. Copies
/// and parts share them; they go with the last one.
class Blob {
public:
    Blob() = default;
    Blob(std::string bytes); // NOLINT(google-explicit-constructor): a text is a blob
    Blob(const char* text)   // NOLINT(google-explicit-constructor)
        : Blob(std::string{text}) {}

    [[nodiscard]] std::string_view view() const noexcept { return view_; }
    operator std::string_view() const noexcept { return view_; } // NOLINT(google-explicit-constructor)
    [[nodiscard]] std::size_t size() const noexcept { return view_.size(); }
    [[nodiscard]] bool empty() const noexcept { return view_.empty(); }
    /// `part` must look into this one.
    [[nodiscard]] Blob part(std::string_view part) const;
    /// Whether the bytes are in a file: they take no memory that the machine cannot take back.
    [[nodiscard]] bool in_file() const noexcept { return in_file_; }

private:
    friend class BlobWriter;
    std::shared_ptr<const void> owner_;
    std::string_view view_;
    bool in_file_ = false;
};

/// Takes bytes as they come: the first few in memory, and once there are more than that all of them in a
/// file.
class BlobWriter {
public:
    static constexpr std::size_t most_in_memory = 4U << 20U;

    BlobWriter() = default;
    BlobWriter(BlobWriter&& other) noexcept;
    BlobWriter& operator=(BlobWriter&& other) noexcept;
    ~BlobWriter();

    /// False: there is no room on the disk.
    [[nodiscard]] bool append(const char* data, std::size_t size);
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// What was written; the writer is empty afterwards.
    [[nodiscard]] Blob finish();

private:
    [[nodiscard]] bool write_file(const char* data, std::size_t size);
    void close() noexcept;

    std::string memory_;
    int file_ = -1;
    std::size_t size_ = 0;
};

} // namespace crier::sandbox
