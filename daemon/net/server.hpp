#pragma once

#include "ports/http_server.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace crier::net {

[[nodiscard]] std::unique_ptr<HttpServer> make_http_server(boost::asio::any_io_executor executor);

} // namespace crier::net
