#include "feed/document.hpp"

#include "feed/web_page.hpp"
#include "kit/ascii.hpp"
#include "kit/html_elements.hpp"
#include "kit/html_tag.hpp"
#include "kit/html_text.hpp"
#include "kit/utf8.hpp"
#include "sdk/crier_plugin.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace crier::feed {
namespace {

constexpr std::size_t farthest_start = 4096; ///< so far in, a feed is looked for behind something else
constexpr std::size_t shown_bytes = 60;

/// Behind a server's own words (warnings of PHP, for one): where XML begins.
std::size_t late_start(std::string_view text) {
    const std::string_view start = text.substr(0, farthest_start);
    for (const std::string_view mark : {"<?xml", "<rss", "<feed", "<rdf:rdf"})
        for (auto at = start.find('<'); at != kit::npos; at = start.find('<', at + 1))
            if (kit::starts_but_case(start.substr(at), mark))
                return at;
    return kit::npos;
}

/// Past blanks, comments, declarations and processing instructions, whatever they say.
std::string_view behind_prolog(std::string_view text) {
    while (true) {
        while (!text.empty() && kit::is_blank(text.front()))
            text.remove_prefix(1);
        const std::string_view end = text.substr(0, 4) == "<!--" ? "-->"
                                     : text.substr(0, 2) == "<?" ? "?>"
                                     : text.substr(0, 2) == "<!" ? ">"
                                                                 : "";
        const auto at = end.empty() ? kit::npos : text.find(end);
        if (at == kit::npos)
            return text;
        text.remove_prefix(at + end.size());
    }
}

/// Whether its root is a feed's: then a declaration further on is an example in a text, or Word's, and a
/// document type of HTML is a mistake.
bool begins_as_feed(std::string_view text) {
    text = behind_prolog(text);
    const auto tag = kit::read_tag(text, 0);
    if (!tag)
        return false;
    const std::string_view name = tag->name;
    const std::string_view local = name.substr(name.find(':') == kit::npos ? 0 : name.find(':') + 1);
    constexpr std::string_view roots[] = {"rss", "feed", "rdf", "channel", "entry"};
    return std::any_of(std::begin(roots), std::end(roots),
                       [local](std::string_view root) { return kit::same_but_case(local, root); });
}

/// Whether what a document begins with is nothing that a feed's XML could begin with.
bool is_foreign_start(std::string_view text, std::size_t start) {
    if (text.front() != '<' || kit::starts_but_case(text.substr(start), "<?xml"))
        return true;
    const auto tag = kit::read_tag(text, 0);
    return tag && kit::html_element(tag->name).role != kit::Role::unknown;
}

std::string other_thing(std::string_view text, std::string_view content_type) {
    using namespace std::string_view_literals;
    struct Magic {
        std::string_view bytes;
        const char* what;
    };
    // As far as they are still recognisable in UTF-8.
    static constexpr Magic magics[] = {
        {"%PDF-"sv, "a PDF document"}, {"PK\x03\x04"sv, "a ZIP file"},      {"\x1f"sv, "compressed"},
        {"GIF8"sv, "a picture"},       {"BEGIN:VCALENDAR"sv, "a calendar"},
    };
    std::string words = "this is no feed";
    for (const Magic& magic : magics)
        if (text.substr(0, magic.bytes.size()) == magic.bytes)
            words += std::string{" but "} + magic.what;
    const std::string start = kit::to_line(kit::cut_utf8(text, shown_bytes), kit::Form::plain);
    words += ": it begins with \"" + start + "\"";
    if (!content_type.empty())
        words += " (the server calls it " + std::string{kit::cut_utf8(content_type, shown_bytes)} + ")";
    return words + ", where RSS and Atom begin with '<' and JSON Feed with '{'";
}

} // namespace

Document recognise(std::string_view text, std::string_view content_type, std::string_view base_url,
                   Warnings& warnings) {
    constexpr std::string_view mark = "\xef\xbb\xbf"; // one more than there should be
    while (!text.empty() && (kit::is_blank(text.front()) || text.substr(0, mark.size()) == mark))
        text.remove_prefix(kit::is_blank(text.front()) ? 1 : mark.size());
    if (text.empty())
        throw sdk::Error("there is nothing: the answer is empty");
    if (text.front() == '{')
        return {Kind::json, text};
    if (begins_as_feed(text))
        return {Kind::xml, text};
    if (text.front() == '[')
        throw sdk::Error(
            "this is JSON, but no JSON Feed: a list, where a JSON Feed is an object with \"items\"");
    const std::size_t start = late_start(text);
    if (is_web_page(text) && (start == kit::npos || is_whole_page(text)))
        throw sdk::Error(about_web_page(text, base_url));
    const std::string_view two = text.substr(0, 2);
    if (two == "<?" || two == "<!")
        return {Kind::xml, text};
    if (start != kit::npos && start > 0 && is_foreign_start(text, start)) {
        warnings.add("what stands before the XML was passed over",
                     kit::to_line(kit::cut_utf8(text.substr(0, start), shown_bytes), kit::Form::plain));
        text.remove_prefix(start);
    } else if (text.front() != '<') {
        throw sdk::Error(other_thing(text, content_type));
    }
    return {Kind::xml, text};
}

} // namespace crier::feed
