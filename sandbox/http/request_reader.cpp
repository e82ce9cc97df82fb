// The only file that knows Beast.
#include "sandbox/http/request_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <utility>

namespace crier::sandbox {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

using Parser = http::request_parser<http::string_body>;

constexpr std::uint32_t header_limit = 64U << 10U;
constexpr std::size_t piece = 64U << 10U;

/// Feeds the parser with what was read, until it is done or needs more.
void parse(Parser& parser, std::string& buffer, error_code& error) {
    std::size_t used = 0;
    while (used < buffer.size() && !parser.is_done() && !error) {
        const std::size_t n = parser.put(asio::buffer(buffer.data() + used, buffer.size() - used), error);
        used += n;
        if (error == http::error::need_more) {
            error = {};
            if (n == 0)
                break;
        }
    }
    buffer.erase(0, used);
}

Request request_of(http::request<http::string_body> message) {
    Request request;
    request.method = std::string{message.method_string()};
    const std::string target{message.target()};
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos)
        request.query = target.substr(mark + 1);
    for (const auto& field : message)
        request.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
    request.body = std::move(message.body());
    return request;
}

} // namespace

asio::awaitable<void> RequestReader::next(Result& result) {
    Parser parser;
    parser.header_limit(header_limit);
    parser.body_limit(body_limit);
    parser.eager(true);
    bool continued = false;
    error_code error;
    std::string read(piece, '\0');
    for (;;) {
        parse(parser, buffer_, error);
        if (error || parser.is_done())
            break;
        if (parser.is_header_done() && !continued) {
            continued = true;
            const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            if (same_text(std::string_view{parser.get()[http::field::expect]}, "100-continue"))
                co_await stream_.write(go_on.data(), go_on.size(), error);
            if (error)
                break;
        }
        const std::size_t n = co_await stream_.read_some(read.data(), read.size(), error);
        if (error) {
            result.read = Read::closed;
            co_return;
        }
        buffer_.append(read, 0, n);
    }
    if (error) {
        const bool http_error =
            error.category() == http::make_error_code(http::error::bad_version).category();
        result.read = error == http::error::body_limit ? Read::too_large
                      : http_error                     ? Read::malformed
                                                       : Read::closed;
        co_return;
    }
    result.read = Read::request;
    result.keep_alive = parser.keep_alive();
    result.request = request_of(parser.release());
}

} // namespace crier::sandbox
