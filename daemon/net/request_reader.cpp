#include "net/request_reader.hpp"

#include "core/ascii.hpp"
#include "net/parser_guard.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr std::uint32_t request_head_limit = 16U << 10U;

using Message = http::request<http::string_body>;
using RequestParser = http::request_parser<http::string_body>;

/// A slash that is written as "%2F" divides nothing, and nothing here has one in its name.
void take_target(const boost::urls::url_view& target, LocalRequest& request) {
    const std::string encoded{target.encoded_path()};
    const bool slash = ascii::lower(encoded).find("%2f") != std::string::npos;
    request.path = slash ? encoded : target.path();
    for (const auto& parameter : target.params())
        request.query.emplace_back(parameter.key, parameter.value);
}

/// All but the body.
LocalRequest head_of(const Message& message) {
    LocalRequest request;
    request.method = std::string{message.method_string()};
    const std::string target{message.target()};
    for (const auto& field : message)
        request.headers.emplace_back(ascii::lower(std::string_view{field.name_string()}),
                                     std::string{field.value()});
    if (const auto parsed = boost::urls::parse_origin_form(target)) {
        take_target(*parsed, request);
    } else if (const auto whole = boost::urls::parse_absolute_uri(target);
               whole && ascii::lower(std::string_view{whole->scheme()}).starts_with("http")) {
        take_target(*whole, request);
        // It says more than the header, which goes by it (RFC 9112, 3.2.2).
        std::erase_if(request.headers, [](const auto& header) { return header.first == "host"; });
        request.headers.emplace_back("host", std::string{whole->encoded_host_and_port()});
    } else {
        request.path = target;
    }
    return request;
}

/// Until its head is known; then what that allows counts.
constexpr std::uint64_t any_body = std::uint64_t{1} << 40U;

/// An error: it brings too much. `incoming.refused`: its head is refused.
error_code judge_head(const ServerLimits& limits, const HeadCheck& check, Incoming& incoming) {
    incoming.head_seen = true;
    RequestParser& parser = incoming.parser;
    // What says otherwise where its body ends would be read as the next request (RFC 9112, 6.1).
    if (parser.get().count(http::field::transfer_encoding) > 0 &&
        (parser.get().version() < 11 ||
         ascii::lower(std::string_view{parser.get()[http::field::transfer_encoding]}) != "chunked"))
        return http::error::bad_transfer_encoding;
    if (check)
        incoming.refused = check(head_of(parser.get()));
    std::uint64_t most = limits.body;
    if (!incoming.refused && limits.room) {
        BodyRoom room = limits.room(head_of(parser.get()));
        incoming.refused = std::move(room.refused);
        incoming.hold = std::move(room.hold);
        most = std::max<std::uint64_t>(most, room.bytes);
    }
    if (incoming.refused)
        return {};
    if (parser.content_length().value_or(0) > most)
        return http::error::body_limit;
    if (!parser.is_done())
        parser.body_limit(most);
    parser.eager(true);
    return {};
}

bool waits_to_go_on(const RequestParser& parser) {
    return !parser.is_done() &&
           ascii::lower(std::string_view{parser.get()[http::field::expect]}) == "100-continue";
}

/// An error: it can be no request. Else it is done, or refused by its head, or more has to come.
error_code parse_what_came(const ServerLimits& limits, const HeadCheck& check, Guest& guest,
                           Incoming& incoming) {
    RequestParser& parser = incoming.parser;
    while (!parser.is_done() && is_enough_for(parser, guest.unread.size())) {
        error_code error;
        const std::size_t used = parser.put(asio::buffer(guest.unread), error);
        guest.unread.erase(0, used);
        // One who may not send anything is not told how much it may be.
        const bool headed = parser.is_header_done() || error == http::error::body_limit;
        if (headed && !incoming.head_seen) {
            guest.silent = false;
            const error_code too_much = judge_head(limits, check, incoming);
            if (too_much || incoming.refused)
                return too_much;
        }
        if (error && error != http::error::need_more)
            return error;
        if (error && used == 0)
            break;
    }
    return {};
}

} // namespace

LocalRequest Incoming::head() const {
    return head_of(parser.get());
}

LocalRequest Incoming::take() {
    Message message = parser.release();
    LocalRequest request = head_of(message);
    request.body = std::move(message.body());
    return request;
}

std::optional<LocalResponse> refusal_of(const error_code& error) {
    if (error == http::error::body_limit)
        return LocalResponse{413, R"({"error":"the request is too large","hint":"","exit":2})"};
    if (error == http::error::header_limit)
        return LocalResponse{431, R"({"error":"the request's headers are too large","hint":"","exit":2})"};
    if (error == asio::error::timed_out)
        return LocalResponse{408, R"({"error":"the request did not come whole in time","hint":"","exit":2})"};
    if (error.category() == http::make_error_code(http::error::bad_version).category())
        return LocalResponse{400, R"({"error":"this is no HTTP/1.1","hint":"","exit":2})"};
    return std::nullopt;
}

asio::awaitable<error_code> read_request(const asio::any_io_executor& executor, const ServerLimits& limits,
                                         const HeadCheck& check, Guest& guest, Incoming& incoming) {
    RequestParser& parser = incoming.parser;
    parser.header_limit(request_head_limit);
    parser.body_limit(any_body);
    parser.eager(false); // the head alone, at first
    bool late = false;
    const Deadline deadline{executor, Steady::now() + limits.idle, [&guest, &late] {
                                late = true;
                                error_code ignored;
                                guest.socket.cancel(ignored);
                            }};
    for (;;) {
        error_code error = parse_what_came(limits, check, guest, incoming);
        if (error || incoming.refused || parser.is_done())
            co_return error;
        if (incoming.head_seen && waits_to_go_on(parser)) {
            parser.get().erase(http::field::expect);
            error = co_await write_text(guest.socket, "HTTP/1.1 100 Continue\r\n\r\n");
            if (error)
                co_return error;
        }
        std::array<char, 4096> piece{};
        std::size_t n = 0;
        if (!late) // it may have become so while something was written
            n = co_await guest.socket.async_read_some(asio::buffer(piece),
                                                      asio::redirect_error(asio::use_awaitable, error));
        if (late && (parser.got_some() || !guest.unread.empty()))
            co_return make_error_code(asio::error::timed_out);
        if (late) // to one who has said nothing there is nothing to say
            co_return make_error_code(asio::error::operation_aborted);
        if (error)
            co_return error;
        guest.unread.append(piece.data(), n);
    }
}

} // namespace crier::net
