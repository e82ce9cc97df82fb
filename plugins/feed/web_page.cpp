#include "feed/web_page.hpp"

#include "kit/address.hpp"
#include "kit/ascii.hpp"
#include "kit/html_tag.hpp"
#include "kit/html_text.hpp"
#include "kit/utf8.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

namespace crier::feed {
namespace {

constexpr std::size_t looked_at = std::size_t{512} << 10U; ///< of a page, for its head
constexpr std::size_t most_named = 3;
constexpr std::size_t longest_title = 80;
constexpr std::size_t longest_named = 200;

/// Past blanks, comments, declarations and processing instructions.
std::size_t skip_prolog(std::string_view document) {
    std::size_t at = 0;
    while (true) {
        at = document.find_first_not_of(" \t\r\n", at);
        if (at == kit::npos)
            return kit::npos;
        const std::string_view rest = document.substr(at);
        const char* end = rest.substr(0, 4) == "<!--" ? "-->"
                          : rest.substr(0, 2) == "<?" ? "?>"
                          : rest.substr(0, 2) == "<!" ? ">"
                                                      : nullptr;
        if (end == nullptr)
            return at;
        if (kit::starts_but_case(rest, "<!doctype html"))
            return at;
        at = document.find(end, at + 2);
        if (at == kit::npos)
            return kit::npos;
        at += std::string_view{end}.size();
    }
}

/// Feeds in <link rel="alternate" type="application/rss+xml" href="...">.
struct Page {
    std::string title;
    std::vector<std::string> feeds;
};

/// An address to try whether one is a part of an address at all.
constexpr std::string_view nowhere = "http://example.org/";

bool is_feed_type(std::string type) {
    type = kit::lowered(kit::trimmed(type));
    type = type.substr(0, type.find(';'));
    return type == "application/rss+xml" || type == "application/atom+xml" ||
           type == "application/feed+json" || type == "application/rdf+xml" || type == "application/json" ||
           type == "text/xml";
}

bool is_alternate(const std::string& relations) {
    std::string_view rest = relations;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r\n"));
        if (kit::same_but_case(word, "alternate") || kit::same_but_case(word, "feed"))
            return true;
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
    return false;
}

Page look_at(std::string_view document, std::string_view base_url) {
    Page page;
    std::string base{base_url};
    document = document.substr(0, looked_at);
    for (std::size_t at = document.find('<'); at != kit::npos; at = document.find('<', at)) {
        const auto tag = kit::read_tag(document, at);
        if (!tag) {
            ++at;
            continue;
        }
        at = tag->end;
        if (tag->closing)
            continue;
        if (kit::same_but_case(tag->name, "title") && page.title.empty()) {
            const std::string_view text = document.substr(at, document.find('<', at) - at);
            page.title = kit::cut_utf8(kit::to_line(text, kit::Form::guess), longest_title);
        } else if (kit::same_but_case(tag->name, "base")) {
            if (std::string address = kit::absolute_address(kit::attribute(*tag, "href"), base_url);
                !address.empty())
                base = std::move(address);
        } else if (kit::same_but_case(tag->name, "link") && page.feeds.size() < most_named) {
            if (!is_alternate(kit::attribute(*tag, "rel")) || !is_feed_type(kit::attribute(*tag, "type")))
                continue;
            const std::string target = kit::attribute(*tag, "href");
            std::string address = kit::absolute_address(target, base);
            if (address.empty() && !kit::is_http(base)) // a page in a file: nobody knows where it begins
                address = kit::absolute_address(target, nowhere).empty()
                              ? ""
                              : kit::to_line(target, kit::Form::plain);
            const bool known = std::find(page.feeds.begin(), page.feeds.end(), address) != page.feeds.end();
            if (!address.empty() && address.size() <= longest_named && !known)
                page.feeds.push_back(std::move(address));
        }
    }
    return page;
}

} // namespace

bool is_whole_page(std::string_view document) {
    const std::size_t at = skip_prolog(document);
    if (at == kit::npos)
        return false;
    const std::string_view rest = document.substr(at);
    return kit::starts_but_case(rest, "<!doctype html") || kit::starts_but_case(rest, "<html");
}

bool is_web_page(std::string_view document) {
    const std::size_t at = skip_prolog(document);
    if (at == kit::npos)
        return false;
    const std::string_view rest = document.substr(at);
    if (kit::starts_but_case(rest, "<!doctype html"))
        return true;
    const auto tag = rest.front() == '<' ? kit::read_tag(document, at) : std::nullopt;
    if (!tag)
        return false;
    static constexpr std::string_view names[] = {"html", "head", "body", "title", "meta", "div", "script"};
    return std::any_of(std::begin(names), std::end(names),
                       [&tag](std::string_view name) { return kit::same_but_case(tag->name, name); });
}

std::string about_web_page(std::string_view document, std::string_view base_url) {
    const Page page = look_at(document, base_url);
    std::string words = "this is a web page";
    if (!page.title.empty())
        words += " (\"" + page.title + "\")";
    words += " and no feed; ";
    if (page.feeds.empty())
        return words +
               "it names none either (<link rel=\"alternate\">): look for the feed's own address on the site";
    words += page.feeds.size() == 1 ? "its feed is at " : "it names these feeds: ";
    for (std::size_t i = 0; i < page.feeds.size(); ++i)
        words += (i == 0 ? "" : ", ") + page.feeds[i];
    return words + (page.feeds.size() == 1 ? ": take that address" : ": take the address of one of them");
}

} // namespace crier::feed
