#include "plugin/web_source.hpp"

#include "core/address.hpp"
#include "plugin/document.hpp"
#include "plugin/feed_answer.hpp"
#include "plugin/link_header.hpp"

#include <iterator>
#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

namespace {

/// Of a page that an item links to, whose beginning is all that is read.
constexpr std::size_t most_of_page = std::size_t{8} << 20U;

Material material_of(const HttpResponse& answer, std::string asked, Instant now) {
    Material material;
    material.bytes = answer.body;
    material.content_type = answer.header("Content-Type");
    material.base_url = answer.url;
    material.asked = std::move(asked);
    material.now = now;
    return material;
}

} // namespace

HttpRequest WebSource::request(const std::string& url) const {
    HttpRequest request{"GET", url};
    request.follow_redirects = true;
    request.allow_private = allow_private_;
    request.max_body = most_bytes;
    request.headers.emplace_back("Accept",
                                 "application/atom+xml, application/rss+xml, application/feed+json, "
                                 "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5");
    return request;
}

asio::awaitable<Result<SourceYield>> WebSource::poll(std::string cursor) {
    Cursor last = Cursor::read(cursor);
    if (last.url != url_)
        last = Cursor{};
    Result<std::optional<Parsed>> begun = co_await begin(last.own);
    if (!begun)
        co_return begun.error();
    if (!*begun)
        co_return co_await look(std::move(last), std::move(cursor));
    Parsed& first = **begun;
    Cursor next;
    next.url = url_;
    next.own = first.cursor.value_or(last.own);
    next.rule = first.rule.value_or(last.rule);
    next.rhythm = last.rhythm;
    next.hub = last.hub;
    SourceYield yield;
    std::vector<std::string> addresses = std::move(first.fetches);
    add(yield, std::move(first));
    co_return co_await follow(std::move(addresses), std::move(yield), std::move(next));
}

asio::awaitable<Result<std::optional<Parsed>>> WebSource::begin(std::string own) {
    if (!reader_->has(Entrance::begin))
        co_return std::optional<Parsed>{};
    Material material;
    material.base_url = url_;
    material.now = clock_.now();
    material.cursor = std::move(own);
    Result<Parsed> begun = co_await reader_->read(Entrance::begin, std::move(material));
    if (!begun)
        co_return begun.error();
    co_return std::optional<Parsed>{std::move(*begun)};
}

asio::awaitable<Result<SourceYield>> WebSource::look(Cursor last, std::string cursor) {
    const bool goes_by_clock = (reader_->capabilities() & CRIER_PLUGIN_CLOCK) != 0;
    HttpRequest sent = request(url_);
    // Whoever must read it again needs it.
    if (!goes_by_clock || kept_) {
        if (!last.etag.empty())
            sent.headers.emplace_back("If-None-Match", last.etag);
        if (!last.modified.empty())
            sent.headers.emplace_back("If-Modified-Since", last.modified);
    }
    const HttpResult answer = co_await http_.send(std::move(sent));
    if (!answer)
        co_return answer.error().failure;
    SourceYield yield;
    yield.cursor = std::move(cursor);
    yield.wait = asked_wait(*answer, clock_.now());
    if (answer->status == 304) {
        if (goes_by_clock && kept_)
            co_return co_await again(std::move(last), std::move(yield));
        yield.unchanged = true;
        say_still(yield, last);
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
    document.material = material_of(*answer, url_, clock_.now());
    document.place = shown_address(answer->url);
    document.wait = yield.wait;
    document.cursor.url = answer->moved_to.empty() ? url_ : answer->moved_to;
    if (answer->url != document.cursor.url)
        document.cursor.base = answer->url;
    document.cursor.etag = answer->header("ETag");
    document.cursor.modified = answer->header("Last-Modified");
    document.cursor.own = last.own;
    document.cursor.rule = last.rule;
    document.cursor.rhythm = last.rhythm;
    document.cursor.hub = last.hub;
    document.hub = hub_beside(*answer);
    if (goes_by_clock)
        kept_ = document.material;
    Result<Reading> read = co_await read_document(reader_, std::move(document), last.digest, Files::none);
    if (!read)
        co_return read.error();
    // Only where a feed was found: a page of some provider's "parked here" is no new address.
    read->moved_to = answer->moved_to;
    if (read->fetches.empty())
        co_return alone(std::move(read));
    std::vector<std::string> addresses = std::move(read->fetches);
    Cursor next = Cursor::read(read->cursor);
    co_return co_await follow(std::move(addresses), std::move(*read), std::move(next));
}

asio::awaitable<Result<SourceYield>> WebSource::again(Cursor last, SourceYield yield) {
    Document document;
    document.material = *kept_;
    document.material.now = clock_.now();
    document.place = shown_address(url_);
    document.wait = yield.wait;
    document.cursor = last;
    document.cursor.digest.clear();
    co_return alone(co_await read_document(reader_, std::move(document), {}, Files::none));
}

asio::awaitable<Result<SourceYield>> WebSource::follow(std::vector<std::string> addresses, SourceYield yield,
                                                       Cursor cursor) {
    for (std::size_t i = 0; i < addresses.size() && i < most_fetches; ++i) {
        const std::string address = addresses[i];
        HttpRequest sent = request(address);
        const HttpResult answer = co_await http_.send(std::move(sent));
        if (!answer)
            co_return answer.error().failure;
        if (const auto wait = asked_wait(*answer, clock_.now()))
            lengthen(yield.wait, *wait);
        if (answer->status != 200) {
            yield.trouble = status_failure(shown_address(address), answer->status);
            co_return yield;
        }
        Material material = material_of(*answer, address, clock_.now());
        Result<std::vector<std::string>> more = co_await read_into(
            yield, reader_, std::move(material), shown_address(answer->url), cursor, Files::none);
        if (!more)
            co_return more.error();
        std::move(more->begin(), more->end(), std::back_inserter(addresses));
    }
    say_when(yield, cursor, *reader_, clock_.now());
    yield.cursor = cursor.write();
    co_return yield;
}

/// What is known of when to look, of validators and hubs is of the document itself: a push says nothing of
/// it, and often shows only what is new.
asio::awaitable<Result<SourceYield>> WebSource::hear(Heard heard, std::string cursor) {
    Cursor own = Cursor::read(cursor);
    SourceYield yield;
    yield.cursor = std::move(cursor);
    Material material;
    material.bytes = std::move(heard.body);
    for (const auto& [name, value] : heard.headers)
        if (name == "content-type")
            material.content_type = value;
    // As of a look, or the same item would have another link.
    material.base_url = own.base.empty() ? url_ : own.base;
    material.asked = url_;
    material.now = clock_.now();
    const Result<std::vector<std::string>> read =
        co_await read_into(yield, reader_, std::move(material), "what the hub pushed", own, Files::none);
    if (!read)
        co_return read.error();
    if (!read->empty()) // what else it would take is a look's
        yield.again = Duration{};
    co_return yield;
}

asio::awaitable<Result<Item>> WebSource::page(std::string link) {
    HttpRequest sent = request(link);
    sent.max_body = most_of_page;
    sent.headers.clear();
    sent.headers.emplace_back("Accept", "text/html, application/xhtml+xml;q=0.9");
    const HttpResult answer = co_await http_.send(std::move(sent));
    if (!answer)
        co_return answer.error().failure;
    if (answer->status != 200)
        co_return status_failure(shown_address(link), answer->status);
    Material material = material_of(*answer, std::move(link), clock_.now());
    Result<Parsed> parsed = co_await reader_->read(Entrance::page, std::move(material));
    if (!parsed)
        co_return parsed.error();
    check_files(*parsed, Files::none);
    if (parsed->items.empty())
        co_return Item{};
    co_return std::move(parsed->items.front());
}

} // namespace crier::plugin
