#include "net/exchange.hpp"

#include "net/decode.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::uint32_t header_limit = 64U << 10U;
constexpr std::size_t read_piece = 16U << 10U;
/// Joined with the head in one packet up to here.
constexpr std::size_t small_body = 16U << 10U;

bool breaks_out(std::string_view text) {
    return text.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos;
}

bool has_header(const HttpHeaders& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [&](const auto& header) {
        return boost::beast::iequals({header.first.data(), header.first.size()}, {name.data(), name.size()});
    });
}

asio::awaitable<bool> write_all(ByteStream& stream, std::string_view bytes, Exchange& state) {
    error_code error;
    while (!bytes.empty()) {
        const std::size_t n = co_await stream.write_some(bytes.data(), bytes.size(), error);
        state.any_byte_sent = state.any_byte_sent || n > 0;
        bytes.remove_prefix(n);
        if (error) {
            state.failure = Failure{Cause::network,
                                    "the connection broke while the request was sent: " + error.message()};
            co_return false;
        }
    }
    co_return true;
}

asio::awaitable<bool> write_request(ByteStream& stream, std::string& head, BodySource& body,
                                    Exchange& state) {
    Result<std::string_view> piece = body.next();
    if (!piece) {
        state.failure = piece.error();
        co_return false;
    }
    // A small body goes with the head. The piece counts as sent only with its last byte.
    if (piece->size() <= small_body)
        head += *piece;
    const bool joined = piece->size() <= small_body;
    const bool head_sent = co_await write_all(stream, head, state);
    OPENSSL_cleanse(head.data(), head.size());
    if (!head_sent)
        co_return false;
    if (!joined && !co_await write_all(stream, *piece, state))
        co_return false;
    while (!piece->empty()) {
        piece = body.next();
        if (!piece) {
            state.failure = piece.error();
            co_return false;
        }
        if (!co_await write_all(stream, *piece, state))
            co_return false;
    }
    state.whole_request_sent = true;
    co_return true;
}

using Parser = http::response_parser<http::string_body>;

std::unique_ptr<Parser> make_parser(bool head_only, std::size_t max_body) {
    auto parser = std::make_unique<Parser>();
    parser->header_limit(header_limit);
    parser->body_limit(max_body);
    parser->eager(true);
    parser->skip(head_only);
    return parser;
}

Failure read_failure(const error_code& error) {
    if (error == http::error::body_limit)
        return Failure{Cause::server, "the response's body is larger than is taken"};
    if (error == http::error::header_limit)
        return Failure{Cause::server, "the response's headers are larger than is taken"};
    if (error == asio::error::eof || error == http::error::end_of_stream ||
        error == http::error::partial_message)
        return Failure{Cause::network, "the connection was closed before the response was whole"};
    if (error.category() == http::make_error_code(http::error::bad_version).category())
        return Failure{Cause::server, "the response is no HTTP: " + error.message()};
    return Failure{Cause::network, "the connection broke while the response was read: " + error.message()};
}

/// Reads until the parser is done; responses with 1xx are passed over.
asio::awaitable<std::unique_ptr<Parser>> read_response(ByteStream& stream, bool head_only,
                                                       std::size_t max_body, Exchange& state) {
    std::string buffer(read_piece, '\0');
    std::size_t filled = 0;
    auto parser = make_parser(head_only, max_body);
    error_code error;
    for (;;) {
        while (filled > 0) {
            const std::size_t used = parser->put(asio::buffer(buffer.data(), filled), error);
            buffer.erase(0, used);
            buffer.resize(std::max(buffer.size(), read_piece));
            filled -= used;
            if (error == http::error::need_more) {
                error = {};
                if (used == 0)
                    break;
                continue;
            }
            if (error)
                break;
            if (parser->is_done() || used == 0)
                break;
        }
        if (error)
            break;
        if (parser->is_done()) {
            const unsigned status = parser->get().result_int();
            if (status >= 200 || status == 101)
                co_return parser;
            parser = make_parser(head_only, max_body);
            if (filled > 0)
                continue;
        }
        if (filled == buffer.size())
            buffer.resize(buffer.size() * 2);
        if (filled > header_limit && !parser->is_header_done()) {
            error = http::error::header_limit;
            break;
        }
        const std::size_t n =
            co_await stream.read_some(buffer.data() + filled, buffer.size() - filled, error);
        state.any_byte_received = state.any_byte_received || n > 0;
        filled += n;
        if (error == asio::error::eof && n == 0) {
            // Without a length, the end of the stream is the end of the body.
            error = {};
            parser->put_eof(error);
            if (!error && parser->is_done())
                co_return parser;
            if (!error)
                error = asio::error::eof;
            break;
        }
        if (error && n == 0)
            break;
        error = {};
    }
    state.failure = read_failure(error);
    co_return nullptr;
}

Duration keep_alive_of(const HttpResponse& response) {
    const std::string_view text = response.header("Keep-Alive");
    const auto at = text.find("timeout=");
    int seconds = 0;
    if (at != std::string_view::npos)
        std::from_chars(text.data() + at + 8, text.data() + text.size(), seconds);
    return std::chrono::seconds{seconds};
}

} // namespace

Result<std::string> request_head(const HttpRequest& request, const Url& url, const BodySource& body,
                                 const std::string& user_agent, bool absolute_form) {
    std::string head;
    // Once, so that no copy with the token in it is left behind by growing.
    head.reserve(1024 + small_body + request.bearer.reveal().size());
    head += request.method + " " + (absolute_form ? url.text() : url.target) +
            " HTTP/1.1\r\nHost: " + url.authority() + "\r\n";
    if (!has_header(request.headers, "User-Agent"))
        head += "User-Agent: " + user_agent + "\r\n";
    if (!has_header(request.headers, "Accept-Encoding"))
        head += "Accept-Encoding: gzip, br\r\n";
    for (const auto& [name, value] : request.headers) {
        if (breaks_out(name) || breaks_out(value))
            return Failure{Cause::config,
                           "a line break in the header " + name.substr(0, name.find_first_of("\r\n"))};
        head += name + ": " + value + "\r\n";
    }
    if (!request.bearer.empty()) {
        if (breaks_out(request.bearer.reveal()))
            return Failure{Cause::config, "a line break in the token"};
        head += "Authorization: Bearer ";
        head += request.bearer.reveal();
        head += "\r\n";
    }
    if (!body.content_type().empty())
        head += "Content-Type: " + body.content_type() + "\r\n";
    if (!body.empty() || (request.method != "GET" && request.method != "HEAD"))
        head += "Content-Length: " + std::to_string(body.length()) + "\r\n";
    head += "\r\n";
    return head;
}

asio::awaitable<Exchange> exchange(ByteStream& stream, std::string head, BodySource& body, bool head_only,
                                   std::size_t max_body) {
    Exchange state;
    const bool written = co_await write_request(stream, head, body, state);
    // A server that refuses early (413) answers before the request is whole: its answer is worth reading only
    // when the request got through, because only then is it known what the server has.
    if (!written)
        co_return state;
    const std::unique_ptr<Parser> parser = co_await read_response(stream, head_only, max_body, state);
    if (!parser)
        co_return state;
    auto message = parser->release();
    state.response.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
        state.response.headers.emplace_back(std::string{field.name_string()}, std::string{field.value()});
    state.reusable = parser->keep_alive();
    state.keep_alive = keep_alive_of(state.response);
    Result<std::string> decoded =
        decode_body(std::move(message.body()), state.response.header("Content-Encoding"), max_body);
    if (!decoded) {
        state.failure = decoded.error();
        state.reusable = false;
        co_return state;
    }
    state.response.body = std::move(*decoded);
    state.good = true;
    co_return state;
}

} // namespace crier::net
