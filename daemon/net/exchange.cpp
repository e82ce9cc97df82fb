#include "net/exchange.hpp"

#include "net/request_head.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <optional>
#include <string_view>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr int first_refusal = 300;

/// What the two directions know of each other.
struct Progress {
    bool sent_whole = false;
    bool over = false;               ///< nothing that is still written would be of use
    std::optional<Failure> not_sent; ///< why the request did not get through
};

asio::awaitable<bool> write_all(ByteStream& stream, std::string_view bytes, Progress& progress) {
    error_code error;
    while (!bytes.empty() && !progress.over) {
        bytes.remove_prefix(co_await stream.write_some(bytes.data(), bytes.size(), error));
        if (error && !progress.over)
            progress.not_sent =
                Failure{Cause::network, "the connection broke while the request was sent: " + error.message(),
                        "is the network between here and there stable?"};
        if (error)
            break;
    }
    co_return bytes.empty();
}

/// The head, joined with a small body, and what is left of the body.
asio::awaitable<void> write_request(ByteStream& stream, std::string& head, BodySource& body,
                                    Progress& progress) {
    Result<std::string_view> piece = body.next();
    if (piece && !piece->empty() && piece->size() <= small_body) {
        head += *piece;
        piece = body.next();
    }
    if (piece && !co_await write_all(stream, head, progress))
        co_return;
    while (piece && !piece->empty()) {
        if (!co_await write_all(stream, *piece, progress))
            co_return;
        piece = body.next();
    }
    progress.sent_whole = piece.has_value();
    if (!piece) {
        progress.not_sent = piece.error();
        stream.close(); // nobody can make anything of the rest
    }
}

asio::awaitable<void> read_meanwhile(ByteStream& stream, bool head_only, std::size_t max_body,
                                     Progress& progress, Received& received) {
    received = co_await read_response(stream, head_only, max_body);
    const bool promise = received.good && received.response.status < first_refusal;
    if (progress.sent_whole || promise)
        co_return;
    progress.over = true;
    stream.close(); // ends the write that waits for room
}

} // namespace

asio::awaitable<Exchange> exchange(ByteStream& stream, std::string& head, BodySource& body, bool head_only,
                                   std::size_t max_body) {
    using namespace asio::experimental::awaitable_operators;
    Progress progress;
    Exchange done;
    if (body.length() > small_body) {
        co_await (write_request(stream, head, body, progress) &&
                  read_meanwhile(stream, head_only, max_body, progress, done.received));
    } else {
        co_await write_request(stream, head, body, progress);
        // Also when that broke off: perhaps the other side has said why.
        done.received = co_await read_response(stream, head_only, max_body);
    }
    Received& received = done.received;
    done.sent_whole = progress.sent_whole;
    received.reusable = received.reusable && progress.sent_whole && !progress.over;
    if (done.sent_whole)
        co_return done;
    received.good = received.good && received.response.status >= first_refusal;
    if (!received.good && progress.not_sent)
        received.failure = std::move(*progress.not_sent);
    co_return done;
}

} // namespace crier::net
