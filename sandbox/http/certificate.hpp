#pragma once

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>

namespace crier::sandbox {

/// A CA made for this run and, signed by it, a server certificate for localhost, 127.0.0.1, ::1 and
/// `address`.
struct Identity {
    std::string ca_pem;
    std::unique_ptr<boost::asio::ssl::context> context; ///< for the server's side
};

/// Throws std::runtime_error when OpenSSL refuses.
[[nodiscard]] Identity make_identity(const std::string& address);

} // namespace crier::sandbox
