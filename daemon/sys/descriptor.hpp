#pragma once

#include <string_view>

namespace crier::sys {

/// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number = -1) noexcept
        : number_(number) {}
    Descriptor(Descriptor&& other) noexcept
        : number_(other.number_) {
        other.number_ = -1;
    }
    Descriptor& operator=(Descriptor&& other) noexcept;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();

    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] explicit operator bool() const noexcept { return number_ >= 0; }

private:
    int number_;
};

/// All of it; false when the file does not take it whole, and then errno says why.
[[nodiscard]] bool write_all(int file, std::string_view bytes);

} // namespace crier::sys
