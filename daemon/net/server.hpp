#pragma once

#include "ports/http_server.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace crier::net {

/// Told of what a handler or a stream has thrown, in its own words: a fault of ours, which whoever asked
/// hears of as status 500, or as the end of the answer. Must not throw.
using BugTeller = std::function<void(std::string_view what)>;

struct ServerLimits {
    std::size_t connections = 32; ///< at a time. For who comes when there are so many, whoever
                                  ///< has been silent for longest has to go; if nobody is, it waits.
                                  ///< Without those that carry a stream: how many there are of them
                                  ///< is the handler's affair
    std::size_t body = 1U << 20U; ///< bytes
    bool keep_alive = true;       ///< false: a connection carries one request
    Duration idle = std::chrono::seconds{30};   ///< for a request to be there whole
    Duration answer = std::chrono::seconds{30}; ///< for a response to be taken
    Duration stop = std::chrono::seconds{2};    ///< for those at work, after stop()
    BugTeller bug;                              ///< none: nobody is told
    BodyRule room; ///< lets in more than `body` where there is room for it; none: nowhere
};

/// `always`: headers of each answer, also of the server's own refusals; one that an answer has itself stands.
///
/// A stream's answer has no length and ends with its connection. Each of its pieces has `answer` to be taken;
/// a client that is slower is dropped, and one that closes its end is gone.
///
/// A request that asks for it (`Expect: 100-continue`) is told to go on when its head is good. Where an
/// answer leaves some of a request unread, its sender is let finish for a moment, so that the answer arrives.
///
/// Cancellation: serve() is not cancelled but stopped. A handler that is at work then has `stop` to end;
/// after that it has nobody to answer to, and what it uses must live until it ends or its io_context goes.
[[nodiscard]] std::unique_ptr<HttpServer> make_http_server(boost::asio::any_io_executor executor,
                                                           ServerLimits limits = {}, Headers always = {});

} // namespace crier::net
