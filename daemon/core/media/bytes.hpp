#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Pictures, films and sounds as bytes: what they are, whether a server takes them, what in them tells where
/// they were made. Nothing is decoded here, and no file is trusted: neither its name nor the lengths in it.
namespace crier::media {

/// A file's bytes, read where they are wanted.
class Bytes {
public:
    virtual ~Bytes() = default;
    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;
    /// As many as there are from `at` on, at most `count`. Fewer: the file ends there, or does not read.
    [[nodiscard]] virtual std::string read(std::uint64_t at, std::size_t count) const = 0;
};

/// Those of a text, which outlives it.
class TextBytes final : public Bytes {
public:
    explicit TextBytes(std::string_view text) noexcept
        : text_(text) {}
    [[nodiscard]] std::uint64_t size() const noexcept override { return text_.size(); }
    [[nodiscard]] std::string read(std::uint64_t at, std::size_t count) const override {
        return at < text_.size() ? std::string{text_.substr(static_cast<std::size_t>(at), count)}
                                 : std::string{};
    }

private:
    std::string_view text_;
};

/// Short looks into a file, of which neighbours cost one read.
class Window {
public:
    explicit Window(const Bytes& bytes) noexcept
        : bytes_(bytes)
        , size_(bytes.size()) {}

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// These bytes, until the next call; empty where the file has not all of them. At most `piece`.
    [[nodiscard]] std::string_view at(std::uint64_t from, std::size_t count);
    /// From there on, up to a piece; empty at the end.
    [[nodiscard]] std::string_view from(std::uint64_t from);

    static constexpr std::size_t piece = 16U << 10U;

private:
    const Bytes& bytes_;
    std::uint64_t size_;
    std::string buffer_;
    std::uint64_t start_ = 0;
};

[[nodiscard]] inline std::uint32_t byte_at(std::string_view bytes, std::size_t at) noexcept {
    return static_cast<unsigned char>(bytes[at]);
}

/// Big-endian, of `count` bytes; the view has them.
[[nodiscard]] inline std::uint64_t big(std::string_view bytes, std::size_t at, std::size_t count) noexcept {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i)
        number = number << 8U | byte_at(bytes, at + i);
    return number;
}

/// Little-endian.
[[nodiscard]] inline std::uint64_t little(std::string_view bytes, std::size_t at,
                                          std::size_t count) noexcept {
    std::uint64_t number = 0;
    for (std::size_t i = count; i > 0; --i)
        number = number << 8U | byte_at(bytes, at + i - 1);
    return number;
}

[[nodiscard]] std::string big_text(std::uint64_t number, std::size_t count);
[[nodiscard]] std::string little_text(std::uint64_t number, std::size_t count);

} // namespace crier::media
