#pragma once

#include "core/failure.hpp"

#include <boost/asio/local/stream_protocol.hpp>

#include <string>
#include <sys/types.h>

namespace crier::net {

/// Whether a connection to the Unix socket at the path is taken; nothing is sent.
[[nodiscard]] bool somebody_listens(const std::string& path) noexcept;

/// The name of a listening Unix socket in the file system. It goes with this object, unless somebody else has
/// put another in its place meanwhile.
class SocketFile {
public:
    using Acceptor = boost::asio::local::stream_protocol::acceptor;

    SocketFile() = default;
    ~SocketFile() { remove(); }
    SocketFile(const SocketFile&) = delete;
    SocketFile& operator=(const SocketFile&) = delete;

    /// Lets the acceptor listen at the path, mode 0660. One that nobody listens at any more is replaced.
    ///
    /// Errors: conflict when somebody does, config for a path that cannot be one, permission for the rest.
    [[nodiscard]] Result<> listen(Acceptor& acceptor, const std::string& path);
    void remove() noexcept;

private:
    std::string path_;
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

} // namespace crier::net
