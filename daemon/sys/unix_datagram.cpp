#include "sys/unix_datagram.hpp"

#include <cstddef>
#include <cstring>

namespace crier::sys {

std::optional<UnixAddress> unix_address(const std::string& path) {
    UnixAddress to;
    if (path.empty() || path.size() >= sizeof to.address.sun_path)
        return std::nullopt;
    to.address.sun_family = AF_UNIX;
    std::memcpy(to.address.sun_path, path.data(), path.size());
    if (path.front() == '@')
        to.address.sun_path[0] = '\0';
    to.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    return to;
}

} // namespace crier::sys
