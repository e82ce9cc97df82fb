#include "kit/html_picture.hpp"

#include "kit/address.hpp"
#include "kit/ascii.hpp"
#include "kit/html_text.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>

namespace crier::kit {
namespace {

// Where the counters and buttons live that hosts of feeds put under each text.
constexpr std::string_view counters[] = {
    "feeds.feedburner.com/~", "feedproxy.google.com/~", "feeds.wordpress.com/1.0/",
    "pixel.wp.com/",          "stats.wordpress.com/",   "feeds.feedblitz.com/_/",
};

/// "640", "640px", "2x": its number; -1: none.
double leading_number(std::string_view text) {
    text = trimmed(text);
    double value = -1;
    (void)std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// The address with the largest number in "a.jpg 320w, b.jpg 1280w".
std::string widest_of(std::string_view list) {
    std::string_view best;
    double best_size = -1;
    while (!(list = trimmed(list)).empty()) {
        const std::string_view url = list.substr(0, list.find_first_of(" \t\r\n"));
        list.remove_prefix(url.size());
        const bool unsized = url.back() == ','; // "a.jpg, b.jpg 2x"
        const std::string_view size = unsized ? std::string_view{} : list.substr(0, list.find(','));
        list.remove_prefix(std::min(size.size() + (unsized ? 0 : 1), list.size()));
        const double value = std::max(leading_number(size), 1.0);
        if (value > best_size) {
            best = url.substr(0, url.size() - (unsized ? 1 : 0));
            best_size = value;
        }
    }
    return std::string{best};
}

/// Whether it is worth to look for an attribute: each look goes through all of them.
bool mentions(const HtmlTag& tag, std::string_view word) {
    return tag.attributes.find(word) != npos;
}

std::string address_in(const HtmlTag& tag) {
    const bool later = mentions(tag, "data-");
    for (const std::string_view name : {"data-src", "data-lazy-src", "data-original", "src"}) {
        std::string url = later || name == "src" ? attribute(tag, name) : std::string{};
        if (!url.empty() && !starts_but_case(url, "data:"))
            return url;
    }
    for (const char* name : {"data-srcset", "srcset"})
        if (const std::string list = attribute(tag, name); !list.empty())
            return widest_of(list);
    return {};
}

/// A picture that looks at the reader and not the other way round.
bool is_not_seen(const HtmlTag& tag) {
    constexpr double largest = 2;
    for (const char* side : {"width", "height"})
        if (const double size = leading_number(attribute(tag, side)); size >= 0 && size <= largest)
            return true;
    if (!mentions(tag, "style"))
        return false;
    std::string style = lowered(attribute(tag, "style"));
    style.erase(std::remove_if(style.begin(), style.end(), is_blank), style.end());
    for (const char* hidden :
         {"display:none", "visibility:hidden", "width:0", "height:0", "width:1px", "height:1px"})
        if (const auto at = style.find(hidden); at != npos && (at == 0 || style[at - 1] == ';'))
            return true;
    return false;
}

bool is_counter(std::string_view url) {
    const auto host = url.find("//");
    return std::any_of(std::begin(counters), std::end(counters), [&](std::string_view counter) {
        return url.substr(std::min(host + 2, url.size()), counter.size()) == counter;
    });
}

} // namespace

bool is_portrait(std::string_view url) {
    constexpr std::string_view host = "gravatar.com/avatar/";
    const auto at = url.find(host);
    return at != npos && at > 0 && (url[at - 1] == '.' || url[at - 1] == '/') &&
           url.find('/', std::min(url.find("//") + 2, url.size())) == at + host.find('/');
}

std::optional<sdk::Media> picture_of(const HtmlTag& tag, std::string_view base) {
    sdk::Media media;
    media.url = absolute_address(address_in(tag), base);
    if (media.url.empty() || is_counter(media.url) || is_portrait(media.url) || is_not_seen(tag))
        return std::nullopt;
    media.alt = to_line(attribute(tag, "alt"), Form::plain);
    media.from = "content_image";
    return media;
}

} // namespace crier::kit
