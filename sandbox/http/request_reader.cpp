// The only file that knows Beast.
#include "sandbox/http/request_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/parser.hpp>

#include <limits>
#include <utility>

namespace crier::sandbox {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

/// A body in a BlobWriter.
struct SpooledBody {
    using value_type = BlobWriter;

    class reader {
    public:
        template <bool is_request, class Fields>
        reader(http::header<is_request, Fields>& /*head*/, value_type& writer)
            : writer_(writer) {}
        // NOLINTBEGIN(readability-identifier-naming): Beast's names
        void init(const boost::optional<std::uint64_t>& /*length*/, error_code& error) { error = {}; }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, error_code& error) {
            std::size_t size = 0;
            for (const asio::const_buffer buffer : boost::beast::buffers_range_ref(buffers)) {
                if (!writer_.append(static_cast<const char*>(buffer.data()), buffer.size())) {
                    error = http::error::body_limit; // no room: as if it were too large
                    return size;
                }
                size += buffer.size();
            }
            error = {};
            return size;
        }
        void finish(error_code& error) { error = {}; }
        // NOLINTEND(readability-identifier-naming)

    private:
        value_type& writer_;
    };
};

using Parser = http::request_parser<SpooledBody>;

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

Request head_of(const http::request<SpooledBody>& message) {
    Request request;
    request.method = std::string{message.method_string()};
    const std::string target{message.target()};
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos)
        request.query = target.substr(mark + 1);
    for (const auto& field : message)
        request.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
    return request;
}

} // namespace

asio::awaitable<void> RequestReader::next(Result& result) {
    Parser parser;
    parser.header_limit(header_limit);
    parser.body_limit(handler_.most_body());
    parser.eager(true);
    bool begun = false;
    auto cut_after = std::numeric_limits<std::uint64_t>::max();
    error_code error;
    std::string read(piece, '\0');
    for (;;) {
        parse(parser, buffer_, error);
        if (!error && parser.is_header_done() && !begun) {
            begun = true;
            const Request head = head_of(parser.get());
            cut_after = handler_.cut_after(head, parser.content_length().value_or(0)).value_or(cut_after);
            const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
            if (!parser.is_done() && same_text(head.header("Expect"), "100-continue"))
                co_await stream_.write(go_on.data(), go_on.size(), error);
        }
        if (!error && begun && parser.get().body().size() >= cut_after) {
            result.read = Read::cut;
            co_return;
        }
        if (error || parser.is_done())
            break;
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
    result.request = head_of(parser.get());
    result.request.body = parser.get().body().finish();
}

} // namespace crier::sandbox
