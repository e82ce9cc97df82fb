#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace crier::sandbox {

/// Reads numbers and parts out of a file's bytes. Whoever reads past the end gets nothing.
class Bytes {
public:
    explicit Bytes(std::string_view data) noexcept
        : data_(data) {}

    [[nodiscard]] std::size_t size() const noexcept { return data_.size(); }
    [[nodiscard]] std::string_view all() const noexcept { return data_; }
    [[nodiscard]] bool has(std::size_t at, std::size_t count) const noexcept {
        return at <= data_.size() && count <= data_.size() - at;
    }
    [[nodiscard]] bool holds(std::size_t at, std::string_view what) const noexcept {
        return has(at, what.size()) && data_.substr(at, what.size()) == what;
    }
    [[nodiscard]] std::optional<std::string_view> part(std::size_t at, std::size_t count) const noexcept {
        return has(at, count) ? std::optional(data_.substr(at, count)) : std::nullopt;
    }
    [[nodiscard]] std::optional<std::uint64_t> big(std::size_t at, std::size_t count) const noexcept {
        if (!has(at, count))
            return std::nullopt;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value = (value << 8U) | static_cast<unsigned char>(data_[at + i]);
        return value;
    }
    [[nodiscard]] std::optional<std::uint64_t> little(std::size_t at, std::size_t count) const noexcept {
        if (!has(at, count))
            return std::nullopt;
        std::uint64_t value = 0;
        for (std::size_t i = count; i > 0; --i)
            value = (value << 8U) | static_cast<unsigned char>(data_[at + i - 1]);
        return value;
    }

private:
    std::string_view data_;
};

} // namespace crier::sandbox
