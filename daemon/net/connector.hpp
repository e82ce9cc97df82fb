#pragma once

#include "net/byte_stream.hpp"
#include "net/deadline.hpp"
#include "net/proxy.hpp"
#include "net/resolver.hpp"
#include "net/url.hpp"
#include "ports/http_client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/result.hpp>

#include <memory>
#include <optional>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace crier::net {

/// Which addresses a connection may go to.
enum class Reach {
    any,
    only_public,   ///< no is_private_address()
    only_loopback, ///< what may see a token without TLS
};

/// What one connection is to be.
struct Destination {
    Url url;
    std::string unix_socket; ///< this instead of the URL's host
    Reach reach = Reach::any;
    std::optional<Proxy> proxy; ///< none: directly
    Steady::time_point until;   ///< for all of it: resolve, connect, tunnel, handshake
    Duration allowed{};         ///< how long that is, for the words of a failure

    Destination() = default;
};

using Connected = boost::system::result<std::unique_ptr<ByteStream>, HttpFailure>;

/// Opens connections: resolves, refuses what may not be reached, races the addresses, speaks to a proxy, and
/// does the TLS handshake.
///
/// The addresses that are looked at are the ones connected to, so a name that changes its addresses meanwhile
/// changes nothing. With a proxy it is the proxy that resolves: then only_public covers an address that is
/// written in the URL and no name, and only_loopback is a failure.
class Connector {
public:
    Connector(boost::asio::any_io_executor executor, Resolver& resolver, std::string ca_file);
    ~Connector();

    [[nodiscard]] boost::asio::awaitable<Connected> connect(const Destination& to);

private:
    using Socket = boost::asio::ip::tcp::socket;
    using Dialled = boost::system::result<Socket, HttpFailure>;
    [[nodiscard]] boost::asio::awaitable<Connected> connect_unix(const Destination& to);
    [[nodiscard]] boost::asio::awaitable<Connected> secure(const Destination& to, Socket socket);
    [[nodiscard]] boost::asio::awaitable<Dialled> dial(const Destination& to);

    boost::asio::any_io_executor executor_;
    Resolver& resolver_;
    std::string ca_file_;
    std::unique_ptr<boost::asio::ssl::context> tls_; ///< made at the first https connection
};

} // namespace crier::net
