#pragma once

#include "core/failure.hpp"
#include "net/streams.hpp"

#include <boost/system/error_code.hpp>

#include <memory>
#include <string>

namespace crier::net {

/// What all https connections share: TLS 1.2 or newer, the system's certificates and those of `ca_file`,
/// sessions to take up again.
///
/// Reading them takes about 20 ms, so it is done once and at the first https connection.
[[nodiscard]] Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_context(const std::string& ca_file);

/// Whom the certificate must be for, said before the handshake.
void expect_name(SSL* ssl, const std::string& host);

/// Why a handshake failed, by what the verification found.
[[nodiscard]] Failure explain_tls(const SSL* ssl, const std::string& host,
                                  const boost::system::error_code& error);

} // namespace crier::net
