#pragma once

#include <optional>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>

namespace crier::sys {

/// Where a datagram goes. An '@' at the front of the path stands for the zero byte of an abstract name.
struct UnixAddress {
    sockaddr_un address{};
    socklen_t size = 0;

    [[nodiscard]] const sockaddr* get() const noexcept { return reinterpret_cast<const sockaddr*>(&address); }
};

/// Nothing, if the path is empty or too long for the kernel.
[[nodiscard]] std::optional<UnixAddress> unix_address(const std::string& path);

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

} // namespace crier::sys
