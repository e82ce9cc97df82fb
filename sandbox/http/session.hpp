#pragma once

#include "sandbox/http/byte_stream.hpp"
#include "sandbox/http/message.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <string>

namespace crier::sandbox {

/// Serves one connection until its client leaves, says nothing for a minute, or a reply ends it.
/// `handler` must outlive it.
[[nodiscard]] boost::asio::awaitable<void> serve_connection(boost::asio::any_io_executor executor,
                                                            std::shared_ptr<ByteStream> stream,
                                                            std::string peer, Handler* handler);

} // namespace crier::sandbox
