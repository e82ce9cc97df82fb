#include "fediverse/post_text.hpp"

#include "kit/ascii.hpp"
#include "kit/html_tag.hpp"
#include "kit/html_text.hpp"
#include "kit/text.hpp"

#include <algorithm>

namespace crier::fediverse {
namespace {

using kit::npos;

/// For HTML again.
void append_escaped(std::string_view text, std::string& out) {
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
}

std::string_view without_scheme(std::string_view address) {
    const std::size_t slashes = address.find("://");
    return slashes == npos ? address : address.substr(slashes + 3);
}

std::string_view host_of(std::string_view address) {
    const std::string_view rest = without_scheme(address);
    return rest.substr(0, rest.find_first_of("/?#"));
}

/// Whether the words of a link are its address, whole or shortened.
bool shows_address(std::string_view words, std::string_view address) {
    for (const std::string_view dots : {std::string_view{"\xe2\x80\xa6"}, std::string_view{"..."}})
        if (words.size() > dots.size() && words.substr(words.size() - dots.size()) == dots)
            words.remove_suffix(dots.size());
    words = without_scheme(words);
    address = without_scheme(address);
    constexpr std::string_view www = "www.";
    if (address.substr(0, www.size()) == www && words.substr(0, www.size()) != www)
        address.remove_prefix(www.size());
    // A word alone may begin as the address does and still be a word.
    return words.find_first_of("./") != npos && address.substr(0, words.size()) == words;
}

std::string link_text(const std::string& words, const std::string& href, const Mentions& mentions) {
    if (!words.empty() && words.front() == '#')
        return words;
    if (!words.empty() && words.front() == '@') {
        if (const auto known = mentions.find(href); known != mentions.end())
            return "@" + known->second;
        const bool whole = words.find('@', 1) != std::string::npos;
        return whole || !kit::is_web_address(href) ? words : words + "@" + std::string{host_of(href)};
    }
    if (!kit::is_web_address(href) || words == href)
        return words;
    if (words.empty() || shows_address(words, href))
        return href;
    return words + " (" + href + ")";
}

/// Replaces each link by plain text.
class LinkWriter {
public:
    LinkWriter(std::string_view html, const Mentions& mentions)
        : html_(html)
        , mentions_(mentions) {}

    std::string run() {
        std::size_t copied = 0;
        for (std::size_t at = html_.find('<'); at != npos; at = html_.find('<', at)) {
            const auto tag = kit::read_tag(html_, at);
            if (!tag || tag->closing || !kit::same_but_case(tag->name, "a")) {
                at = tag ? tag->end : at + 1;
                continue;
            }
            out_ += html_.substr(copied, at - copied);
            const std::size_t end = end_of_link(tag->end);
            const std::string words = kit::to_line(html_.substr(tag->end, end - tag->end), kit::Form::html);
            append_escaped(link_text(words, kit::attribute(*tag, "href"), mentions_), out_);
            at = copied = end; // its end tag says nothing to who reads on
        }
        return out_ += html_.substr(copied);
    }

private:
    /// Where "</a" stands, or the end: what is passed over is never looked at again.
    [[nodiscard]] std::size_t end_of_link(std::size_t from) const {
        for (std::size_t at = html_.find("</", from); at != npos; at = html_.find("</", at + 2)) {
            const std::string_view name = html_.substr(at + 2, 2);
            if (!name.empty() && kit::lowered(name.front()) == 'a' &&
                (name.size() == 1 || !kit::is_letter(name.back())))
                return at;
        }
        return html_.size();
    }

    std::string_view html_;
    const Mentions& mentions_;
    std::string out_;
};

} // namespace

std::string post_text(std::string_view html, const Mentions& mentions) {
    return kit::to_lines(LinkWriter{html, mentions}.run(), kit::Form::html);
}

} // namespace crier::fediverse
