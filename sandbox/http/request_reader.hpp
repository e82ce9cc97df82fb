#pragma once

#include "sandbox/http/byte_stream.hpp"
#include "sandbox/http/message.hpp"

#include <cstdint>
#include <string>

namespace crier::sandbox {

/// What came of reading a request.
enum class Read {
    request,
    closed,    ///< the client has left, or said nothing for too long
    too_large, ///< the body: 413, and the connection is of no more use
    malformed, ///< no HTTP: 400, likewise
    cut        ///< the handler wants the connection cut in the middle of the body
};

/// Reads requests of one connection one after the other; answers `Expect: 100-continue` by itself. Large
/// bodies are written to a file as they come, so that uploads do not fill the memory.
class RequestReader {
public:
    /// Both must outlive it.
    RequestReader(ByteStream& stream, Handler& handler)
        : stream_(stream)
        , handler_(handler) {}

    struct Result {
        Read read = Read::closed;
        bool keep_alive = false;
        Request request;
    };
    /// Fills `result`, whose address must hold until then.
    [[nodiscard]] boost::asio::awaitable<void> next(Result& result);

private:
    ByteStream& stream_;
    Handler& handler_;
    std::string buffer_; ///< read and not parsed yet
};

} // namespace crier::sandbox
