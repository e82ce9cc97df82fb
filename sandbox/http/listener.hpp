#pragma once

#include "sandbox/http/message.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>

namespace crier::sandbox {

/// Accepts connections and serves them on the executor's thread, at most `most_connections` at a time.
class Listener {
public:
    static constexpr std::size_t most_connections = 256;

    explicit Listener(boost::asio::any_io_executor executor);

    /// Port 0: any that is free.
    [[nodiscard]] boost::system::error_code listen(const boost::asio::ip::tcp::endpoint& where);
    [[nodiscard]] boost::asio::ip::tcp::endpoint where() const;

    /// Runs for good. `handler` and `tls` (null: plain http) must outlive the executor's context.
    [[nodiscard]] boost::asio::awaitable<void> run(Handler* handler, boost::asio::ssl::context* tls);

private:
    boost::asio::any_io_executor executor_;
    boost::asio::ip::tcp::acceptor acceptor_;
};

} // namespace crier::sandbox
