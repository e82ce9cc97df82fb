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
    malformed  ///< no HTTP: 400, likewise
};

/// The bodies that are read at the same time may be this large altogether, so that clients cannot fill the
/// memory.
constexpr std::uint64_t body_limit = 100U << 20U;

/// Reads requests of one connection one after the other; answers `Expect: 100-continue` by itself.
class RequestReader {
public:
    explicit RequestReader(ByteStream& stream)
        : stream_(stream) {}

    struct Result {
        Read read = Read::closed;
        bool keep_alive = false;
        Request request;
    };
    /// Fills `result`, whose address must hold until then.
    [[nodiscard]] boost::asio::awaitable<void> next(Result& result);

private:
    ByteStream& stream_;
    std::string buffer_; ///< read and not parsed yet
};

} // namespace crier::sandbox
