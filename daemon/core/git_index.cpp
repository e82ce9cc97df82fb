#include "core/git_index.hpp"

#include <cstddef>
#include <cstdint>

// git's own description of the format: Documentation/gitformat-index. An entry is what `stat` said of the
// file (40 bytes), the digest of its content, two bytes of flags (two more when one of them says so), and its
// path.
namespace crier {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::size_t stat_size = 40;

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// Reads the entries one after the other.
class Entries {
public:
    Entries(std::string_view index, std::uint32_t version, std::size_t digest)
        : index_(index)
        , version_(version)
        , digest_(digest) {}

    /// False: there is none where one should be.
    [[nodiscard]] bool next() {
        const std::size_t begin = at_;
        const std::size_t flags_at = begin + stat_size + digest_;
        if (flags_at + 2 > index_.size())
            return false;
        const std::uint32_t flags = number(index_, flags_at, 2);
        constexpr std::uint32_t extended = 0x4000;
        at_ = flags_at + ((flags & extended) != 0 && version_ >= 3 ? 4 : 2);
        if (version_ == 4 && !drop_from_path())
            return false;
        const std::size_t end = at_ < index_.size() ? index_.find('\0', at_) : std::string_view::npos;
        if (end == std::string_view::npos)
            return false;
        if (version_ != 4)
            path_.clear();
        path_ += index_.substr(at_, end - at_);
        // Up to version 3 one to eight zeros behind the path make an entry a multiple of eight.
        at_ = version_ == 4 ? end + 1 : begin + (end - begin + 8) / 8 * 8;
        return !path_.empty() && at_ <= index_.size();
    }

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::size_t at() const noexcept { return at_; }

private:
    /// Of version 4 only the end differs from the path before; a number says how much of that goes.
    bool drop_from_path() {
        std::size_t drop = 0;
        for (int bytes = 0;; ++bytes) {
            if (at_ >= index_.size() || bytes == 4)
                return false;
            const auto byte = static_cast<unsigned char>(index_[at_++]);
            drop = drop << 7U | (byte & 0x7FU);
            if ((byte & 0x80U) == 0)
                break;
            ++drop;
        }
        if (drop > path_.size())
            return false;
        path_.resize(path_.size() - drop);
        return true;
    }

    std::string_view index_;
    std::uint32_t version_;
    std::size_t digest_;
    std::size_t at_ = header_size;
    std::string path_;
};

std::optional<std::set<std::string>> read(std::string_view index, std::string_view below,
                                          std::size_t digest) {
    const std::uint32_t version = number(index, 4, 4);
    std::set<std::string> paths;
    Entries entries{index, version, digest};
    for (std::uint32_t left = number(index, 8, 4); left > 0; --left) {
        if (!entries.next())
            return std::nullopt;
        if (entries.path().starts_with(below))
            paths.insert(entries.path());
    }
    // Behind them stand extensions, each with four letters and its size, and then a digest of all. One of
    // them says that most entries are in another file.
    std::size_t at = entries.at();
    while (at + 8 + digest <= index.size()) {
        if (index.substr(at, 4) == "link")
            return std::nullopt;
        at += 8 + number(index, at + 4, 4);
    }
    return at + digest == index.size() ? std::optional{std::move(paths)} : std::nullopt;
}

} // namespace

std::optional<std::set<std::string>> tracked_files(std::string_view index, std::string_view below) {
    if (index.size() < header_size || index.substr(0, 4) != "DIRC")
        return std::nullopt;
    const std::uint32_t version = number(index, 4, 4);
    if (version < 2 || version > 4)
        return std::nullopt;
    constexpr std::size_t sha1 = 20;
    constexpr std::size_t sha256 = 32;
    if (auto paths = read(index, below, sha1))
        return paths;
    return read(index, below, sha256);
}

} // namespace crier
