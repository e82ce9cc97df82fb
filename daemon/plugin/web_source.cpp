#include "plugin/web_source.hpp"

#include "core/address.hpp"
#include "plugin/document.hpp"
#include "plugin/feed_answer.hpp"

#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

HttpRequest WebSource::request(const Cursor& last) const {
    HttpRequest request{"GET", url_};
    request.follow_redirects = true;
    request.allow_private = allow_private_;
    request.max_body = most_bytes;
    request.headers.emplace_back("Accept",
                                 "application/atom+xml, application/rss+xml, application/feed+json, "
                                 "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5");
    if (!last.etag.empty())
        request.headers.emplace_back("If-None-Match", last.etag);
    if (!last.modified.empty())
        request.headers.emplace_back("If-Modified-Since", last.modified);
    return request;
}

asio::awaitable<Result<SourceYield>> WebSource::poll(std::string cursor) {
    Cursor last = Cursor::read(cursor);
    if (last.url != url_)
        last = Cursor{};
    HttpRequest sent = request(last);
    const HttpResult answer = co_await http_.send(std::move(sent));
    if (!answer)
        co_return answer.error().failure;
    SourceYield yield;
    yield.cursor = std::move(cursor);
    yield.wait = asked_wait(*answer, clock_.now());
    if (answer->status == 304) {
        yield.unchanged = true;
        co_return yield;
    }
    if (answer->status == 410) {
        yield.gone = true;
        co_return yield;
    }
    if (answer->status != 200) {
        yield.trouble = status_failure(shown_address(url_), answer->status);
        co_return yield;
    }
    Document document;
    document.bytes = answer->body;
    document.type = answer->header("Content-Type");
    document.base_url = answer->url;
    document.place = shown_address(answer->url);
    document.wait = yield.wait;
    document.cursor.url = answer->moved_to.empty() ? url_ : answer->moved_to;
    document.cursor.etag = answer->header("ETag");
    document.cursor.modified = answer->header("Last-Modified");
    Result<SourceYield> read_yield =
        co_await read_document(instance_, pool_, std::move(document), last.digest);
    // Only where a feed was found: a page of some provider's "parked here" is no new address.
    if (read_yield)
        read_yield->moved_to = answer->moved_to;
    co_return read_yield;
}

} // namespace crier::plugin
