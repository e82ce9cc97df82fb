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

} // namespace crier::sys
