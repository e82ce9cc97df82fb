#include "feed/page_head.hpp"

#include "feed/ascii.hpp"
#include "feed/html_elements.hpp"
#include "feed/html_tag.hpp"
#include "feed/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace crier::feed {
namespace {

constexpr std::size_t most_of_value = 10'000; ///< bytes of one description

/// As `Meta` has them.
constexpr std::string_view meta_names[] = {
    "og:image",          "og:image:secure_url",    "og:image:url",      "twitter:image",
    "twitter:image:src", "og:image:alt",           "twitter:image:alt", "og:image:type",
    "og:description",    "twitter:description",    "description",       "og:title",
    "twitter:title",     "article:published_time",
};
static_assert(std::size(meta_names) == static_cast<std::size_t>(Meta::count));

/// Whether one of the words of `list` is `wanted`.
bool has_word(std::string_view list, std::string_view wanted) {
    while (!(list = trim(list)).empty()) {
        const std::string_view word = list.substr(0, list.find_first_of(" \t\r\n"));
        if (same_but_case(word, wanted))
            return true;
        list.remove_prefix(word.size());
    }
    return false;
}

class HeadReader {
public:
    explicit HeadReader(std::string_view page)
        : in_(page) {}

    PageHead read() {
        for (auto at = in_.find('<'); at != npos; at = in_.find('<', at))
            at = tag_at(at);
        return std::move(head_);
    }

private:
    std::size_t tag_at(std::size_t at);
    void element(const HtmlTag& tag);
    void meta(const HtmlTag& tag);
    [[nodiscard]] std::size_t past(std::string_view mark, std::size_t from) const {
        const auto found = in_.find(mark, from);
        return found == npos ? npos : found + mark.size();
    }

    std::string_view in_;
    PageHead head_;
    bool other_image_ = false; ///< what follows is said of another image than the first
};

/// Where to go on behind the '<' at `at`; npos: the head is over.
std::size_t HeadReader::tag_at(std::size_t at) {
    if (in_.substr(at, 4) == "<!--")
        return past("-->", at + 4);
    const auto tag = read_tag(in_, at);
    if (!tag)
        return at + 1;
    if (same_but_case(tag->name, "body") || (tag->closing && same_but_case(tag->name, "head")))
        return npos;
    if (tag->closing || same_but_case(tag->name, "head"))
        return tag->end;
    if (html_element(tag->name).role != Role::hidden || same_but_case(tag->name, "title")) {
        element(*tag);
        return tag->end;
    }
    // Scripts and styles: what looks like a tag in them is none.
    const std::string name = lower(tag->name);
    for (auto end = in_.find("</", tag->end); end != npos; end = in_.find("</", end + 2))
        if (same_but_case(in_.substr(end + 2, name.size()), name))
            return end;
    return npos;
}

void HeadReader::element(const HtmlTag& tag) {
    if (same_but_case(tag.name, "meta")) {
        meta(tag);
    } else if (same_but_case(tag.name, "base") && head_.base.empty()) {
        head_.base = attribute(tag, "href");
    } else if (same_but_case(tag.name, "link") && head_.canonical.empty()) {
        if (has_word(attribute(tag, "rel"), "canonical"))
            head_.canonical = attribute(tag, "href");
    } else if (same_but_case(tag.name, "title") && head_.title.empty()) {
        const std::string_view rest = in_.substr(tag.end, most_of_value);
        head_.title = cut_utf8(rest.substr(0, rest.find("</")), most_of_value - 4);
    }
}

void HeadReader::meta(const HtmlTag& tag) {
    std::string name = attribute(tag, "property");
    if (name.empty())
        name = attribute(tag, "name");
    name = lower(trim(name));
    const std::string content = attribute(tag, "content");
    if (trim(content).empty())
        return;
    for (std::size_t i = 0; i < std::size(meta_names); ++i) {
        if (name != meta_names[i])
            continue;
        const bool image = static_cast<Meta>(i) == Meta::image;
        const bool of_image = name.substr(0, 9) == "og:image:";
        if (image)
            other_image_ = !head_.values.at(i).empty();
        if (head_.values.at(i).empty() && !(of_image && other_image_))
            head_.values.at(i) = cut_utf8(content, most_of_value);
        return;
    }
}

} // namespace

PageHead read_page_head(std::string_view page) {
    return HeadReader{page}.read();
}

} // namespace crier::feed
