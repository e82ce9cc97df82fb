#pragma once

#include "net/guests.hpp"
#include "net/server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <memory>

/// Writes what a server answers. Thread: the executor's.
namespace crier::net {

/// To whom, and how long that may take. Ownership: all of it outlives the writing.
struct AnswerTo {
    const boost::asio::any_io_executor& executor;
    const ServerLimits& limits;
    ServerSocket& socket;
    const bool& stopping; ///< the server is
};

struct AnswerForm {
    bool head_only = false; ///< the request was HEAD
    bool keep_alive = true; ///< another request may follow
};

/// All of the answer but its stream; its body is gone afterwards. An error: nobody takes it.
[[nodiscard]] boost::asio::awaitable<boost::system::error_code>
write_response(AnswerTo to, LocalResponse& response, const Headers& always, AnswerForm form);

/// Writes what the stream says until one of both sides ends, and closes the connection.
[[nodiscard]] boost::asio::awaitable<void> carry(AnswerTo to, std::shared_ptr<LocalStream> stream);

/// Takes what is still sent and drops it, for a moment: a connection that is closed on unread bytes takes the
/// answer back.
[[nodiscard]] boost::asio::awaitable<void> linger(AnswerTo to);

} // namespace crier::net
