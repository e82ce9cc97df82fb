#include "sandbox/content/blob.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace crier::sandbox {
namespace {

// /tmp is memory on many machines.
constexpr const char* folders[] = {"/var/tmp", "/tmp"};

int nameless_file() {
    for (const char* folder : folders)
        if (const int file = ::open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); file >= 0)
            return file;
    return -1;
}

} // namespace

Blob::Blob(std::string bytes) {
    auto owner = std::make_shared<const std::string>(std::move(bytes));
    view_ = *owner;
    owner_ = std::move(owner);
}

Blob Blob::part(std::string_view part) const {
    Blob blob = *this;
    blob.view_ = part;
    return blob;
}

BlobWriter::BlobWriter(BlobWriter&& other) noexcept
    : memory_(std::move(other.memory_))
    , file_(std::exchange(other.file_, -1))
    , size_(std::exchange(other.size_, 0)) {}

BlobWriter& BlobWriter::operator=(BlobWriter&& other) noexcept {
    std::swap(memory_, other.memory_);
    std::swap(file_, other.file_);
    std::swap(size_, other.size_);
    return *this;
}

BlobWriter::~BlobWriter() {
    close();
}

bool BlobWriter::append(const char* data, std::size_t size) {
    if (file_ < 0 && memory_.size() + size <= most_in_memory) {
        memory_.append(data, size);
        size_ += size;
        return true;
    }
    if (file_ < 0) {
        file_ = nameless_file();
        if (file_ < 0 || !write_file(memory_.data(), memory_.size()))
            return false;
        std::string{}.swap(memory_);
    }
    size_ += size;
    return write_file(data, size);
}

bool BlobWriter::write_file(const char* data, std::size_t size) {
    while (size > 0) {
        const ssize_t n = ::write(file_, data, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        data += n;
        size -= static_cast<std::size_t>(n);
    }
    return true;
}

Blob BlobWriter::finish() {
    const std::size_t size = std::exchange(size_, 0);
    if (file_ < 0)
        return Blob{std::exchange(memory_, {})};
    Blob blob;
    void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file_, 0);
    if (bytes != MAP_FAILED) {
        blob.owner_ = std::shared_ptr<const void>{
            bytes, [size](const void* mapped) { ::munmap(const_cast<void*>(mapped), size); }};
        blob.view_ = {static_cast<const char*>(bytes), size};
        blob.in_file_ = true;
    }
    close();
    return blob;
}

void BlobWriter::close() noexcept {
    if (file_ >= 0)
        ::close(std::exchange(file_, -1));
}

} // namespace crier::sandbox
