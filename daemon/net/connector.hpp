#pragma once

#include "net/byte_stream.hpp"
#include "net/resolver.hpp"
#include "net/url.hpp"
#include "ports/http_client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>

#include <memory>
#include <string>

namespace crier::net {

/// What one connection is to be.
struct Destination {
    Url url;
    std::string unix_socket; ///< this instead of the URL's host
    bool allow_private = true;
    std::string proxy_host; ///< empty: directly
    std::string proxy_port;
    Duration timeout = std::chrono::seconds{20}; ///< for all of it
};

using Connected = boost::system::result<std::unique_ptr<ByteStream>, HttpFailure>;

/// Opens connections: resolves, refuses what may not be reached, tries one address after the other, speaks to
/// a proxy, and does the TLS handshake. The CA store is read at the first https connection.
class Connector {
public:
    Connector(boost::asio::any_io_executor executor, Resolver& resolver, std::string ca_file);
    ~Connector();

    [[nodiscard]] boost::asio::awaitable<Connected> connect(Destination to);

private:
    struct Tls;
    [[nodiscard]] boost::asio::awaitable<Connected> connect_unix(const Destination& to);
    [[nodiscard]] boost::asio::awaitable<Connected> connect_tcp(const Destination& to);
    [[nodiscard]] Result<Tls*> tls();

    boost::asio::any_io_executor executor_;
    Resolver& resolver_;
    std::string ca_file_;
    std::unique_ptr<Tls> tls_;
};

} // namespace crier::net
