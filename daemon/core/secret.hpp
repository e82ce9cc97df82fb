#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace crier {

/// A token. It does not print, compare or convert by accident, and its memory is wiped when it goes.
///
/// Ownership: the value. Copying is said in words (clone), so that each copy is meant.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value)
        : value_(std::move(value)) {}
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    [[nodiscard]] Secret clone() const { return Secret(value_); }
    [[nodiscard]] bool empty() const noexcept { return value_.empty(); }
    [[nodiscard]] bool same_as(const Secret& other) const noexcept { return value_ == other.value_; }

    /// The token itself: only for the header that carries it and for the redaction of logs.
    [[nodiscard]] std::string_view reveal() const noexcept { return value_; }

private:
    void wipe() noexcept;
    std::string value_;
};

} // namespace crier
