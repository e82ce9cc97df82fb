#include "bench/feed_shelf.hpp"

#include "bench/feed_text.hpp"

#include <boost/beast/http/field.hpp>
#include <boost/beast/http/status.hpp>

#include <cstdlib>

namespace crier::bench {

namespace http = boost::beast::http;

namespace {

constexpr std::string_view plain = "/plain/";
constexpr std::string_view tagged = "/tagged/";

/// It never changes.
constexpr const char* tag = "\"1\"";

} // namespace

bool FeedShelf::has(std::string_view target) {
    return target.starts_with(plain) || target.starts_with(tagged);
}

const std::string& FeedShelf::text(std::size_t items) {
    std::string& text = texts_[items];
    if (text.empty())
        text = rss_feed(items);
    return text;
}

FeedShelf::Response FeedShelf::answer(const Request& request) {
    ++looks_;
    const std::string target{request.target()};
    const bool with_tag = target.starts_with(tagged);
    Response response{http::status::ok, request.version()};
    if (with_tag)
        response.set(http::field::etag, tag);
    if (with_tag && request[http::field::if_none_match] == tag) {
        ++unchanged_;
        response.result(http::status::not_modified);
        return response;
    }
    ++bodies_;
    response.set(http::field::content_type, "application/rss+xml; charset=utf-8");
    response.body() = text(std::strtoul(target.c_str() + (with_tag ? tagged : plain).size(), nullptr, 10));
    if (with_tag && !sent_.insert(target).second)
        again_bytes_ += response.body().size();
    return response;
}

std::string FeedShelf::stats() const {
    return "{\"looks\":" + std::to_string(looks_) + ",\"unchanged\":" + std::to_string(unchanged_) +
           ",\"bodies\":" + std::to_string(bodies_) + ",\"again_bytes\":" + std::to_string(again_bytes_) +
           "}";
}

} // namespace crier::bench
