#include "net/response_reader.hpp"

#include "net/decode.hpp"
#include "net/parser_guard.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

using Parser = http::response_parser<http::string_body>;

constexpr std::uint32_t response_head_limit = 64U << 10U;
constexpr std::size_t first_piece = 4U << 10U; ///< most answers of the API
constexpr std::size_t large_piece = 64U << 10U;

/// What was read and not parsed yet.
class ReadBuffer {
public:
    [[nodiscard]] bool empty() const noexcept { return begin_ == end_; }
    [[nodiscard]] asio::const_buffer content() const noexcept {
        return asio::buffer(bytes_.data() + begin_, end_ - begin_);
    }
    void consume(std::size_t n) noexcept { begin_ += n; }
    void commit(std::size_t n) noexcept {
        end_ += n;
        filled_ = room() == 0;
    }
    [[nodiscard]] char* tail() noexcept { return bytes_.data() + end_; }
    [[nodiscard]] std::size_t room() const noexcept { return bytes_.size() - end_; }

    /// Room for another piece; false when more waits to be parsed than a head or a chunk's line may be.
    [[nodiscard]] bool make_room() {
        if (begin_ > 0) {
            std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
            end_ -= begin_;
            begin_ = 0;
        }
        if (end_ > response_head_limit)
            return false;
        // More was there than had room: a long body comes in fewer pieces.
        if (room() == 0 || (filled_ && bytes_.size() < large_piece))
            bytes_.resize(bytes_.size() * 2);
        filled_ = false;
        return true;
    }

private:
    std::string bytes_ = std::string(first_piece, '\0');
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool filled_ = false; ///< by the last read
};

void begin(std::optional<Parser>& parser, bool head_only, std::size_t max_body) {
    parser.emplace();
    parser->header_limit(response_head_limit);
    parser->body_limit(max_body);
    parser->eager(true);
    parser->skip(head_only);
}

/// Feeds the parser until it is done or needs more.
void parse(Parser& parser, ReadBuffer& buffer, error_code& error) {
    while (!parser.is_done() && is_enough_for(parser, buffer.content().size())) {
        const std::size_t used = parser.put(buffer.content(), error);
        buffer.consume(used);
        if (error == http::error::need_more) {
            error = {};
            if (used == 0)
                return;
        }
        if (error)
            return;
    }
}

bool is_end(const error_code& error) {
    return error == asio::error::eof || error == asio::ssl::error::stream_truncated ||
           error == http::error::end_of_stream || error == http::error::partial_message;
}

Failure read_failure(const error_code& error, std::size_t max_body) {
    if (error == http::error::body_limit)
        return Failure{Cause::server,
                       "the response's body is larger than " + std::to_string(max_body) +
                           " bytes, the most "
                           "that is taken",
                       "is this the right address?"};
    if (error == http::error::header_limit)
        return Failure{Cause::server,
                       "the response's headers are larger than " + std::to_string(response_head_limit) +
                           " bytes, the most that is taken",
                       "is this the right address?"};
    if (is_end(error))
        return Failure{Cause::network, "the connection was closed before the response was whole",
                       "its operator will know more, or whoever runs a proxy on the way"};
    if (error.category() == http::make_error_code(http::error::bad_version).category())
        return Failure{Cause::server, "the response is no HTTP/1.1: " + error.message(),
                       "is this the right address and port?"};
    return Failure{Cause::network, "the connection broke while the response was read: " + error.message(),
                   "is the network between here and there stable?"};
}

/// The end of the stream is the end of a body that has no other.
error_code at_end(Parser& parser, const error_code& end) {
    error_code error;
    // Nobody but the sender can make a goodbye of TLS: without one this may be a part.
    if (end != asio::error::eof || !parser.got_some())
        return end;
    parser.put_eof(error);
    if (!error && parser.is_done() &&
        parser.get().result_int() < 200) // "050" has a body, as far as Beast knows
        return http::make_error_code(http::error::bad_status);
    return error || parser.is_done() ? error : end;
}

/// Reads until the parser has all of a response that is no 1xx.
asio::awaitable<error_code> read_all(ByteStream& stream, std::optional<Parser>& parser, ReadBuffer& buffer,
                                     bool head_only, std::size_t max_body) {
    begin(parser, head_only, max_body);
    error_code error;
    for (;;) {
        parse(*parser, buffer, error);
        if (error)
            co_return error;
        if (parser->is_done()) {
            const unsigned status = parser->get().result_int();
            if (status >= 200)
                co_return error;
            if (status == 101 || status < 100) // to something that was never asked for; no status at all
                co_return http::make_error_code(http::error::bad_status);
            begin(parser, head_only, max_body);
            if (!buffer.empty())
                continue;
        }
        if (!buffer.make_room())
            co_return http::make_error_code(http::error::header_limit);
        const std::size_t n = co_await stream.read_some(buffer.tail(), buffer.room(), error);
        buffer.commit(n);
        if (n == 0)
            co_return is_end(error) ? at_end(*parser, error) : error;
    }
}

std::optional<Duration> keep_alive_of(const HttpResponse& response) {
    constexpr std::string_view name = "timeout=";
    const std::string_view text = response.header("Keep-Alive");
    const auto at = text.find(name);
    unsigned seconds = 0;
    if (at == std::string_view::npos ||
        std::from_chars(text.data() + at + name.size(), text.data() + text.size(), seconds).ec != std::errc{})
        return std::nullopt;
    return std::chrono::seconds{seconds};
}

HttpResponse response_of(const Parser::value_type& message) {
    HttpResponse response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
        response.headers.emplace_back(field.name_string(), field.value());
    return response;
}

} // namespace

asio::awaitable<Received> read_response(ByteStream& stream, bool head_only, std::size_t max_body) {
    Received received;
    std::optional<Parser> parser;
    ReadBuffer buffer;
    const error_code error = co_await read_all(stream, parser, buffer, head_only, max_body);
    if (error) {
        received.failure = read_failure(error, max_body);
        const bool closed = is_end(error) || error == asio::error::connection_reset;
        received.nothing = closed && !parser->got_some() && buffer.empty();
        co_return received;
    }
    received.response = response_of(parser->get());
    received.keep_alive = keep_alive_of(received.response);
    Result<std::string> body =
        decode_body(std::move(parser->get().body()), received.response.header("Content-Encoding"), max_body);
    if (!body) {
        received.failure = body.error();
        co_return received;
    }
    received.response.body = std::move(*body);
    // Bytes behind the response belong to nothing that was asked for.
    received.reusable = parser->keep_alive() && buffer.empty();
    received.good = true;
    co_return received;
}

} // namespace crier::net
