#pragma once

#include "net/resolver.hpp"
#include "ports/http_client.hpp"
#include "ports/random.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace crier::net {

struct ClientOptions {
    std::string user_agent = "crier";
    std::string ca_file;     ///< PEM, besides the system's store; may be empty
    std::string https_proxy; ///< "http://host:port", may be empty
    std::string http_proxy;
    std::string no_proxy; ///< separated by commas; see ProxySettings
    std::size_t max_idle_per_host = 4;
    std::size_t max_idle = 32; ///< of all hosts together
    Duration idle_for = std::chrono::seconds{15};
};

/// Ownership: `random` and `resolver` outlive the client; without a resolver the system's is used. The client
/// goes before its io_context.
[[nodiscard]] std::unique_ptr<HttpClient> make_http_client(boost::asio::any_io_executor executor,
                                                           ClientOptions options, Random& random,
                                                           Resolver* resolver = nullptr);

} // namespace crier::net
