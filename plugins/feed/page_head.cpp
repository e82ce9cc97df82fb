#include "feed/page_head.hpp"

#include "kit/ascii.hpp"
#include "kit/html_elements.hpp"
#include "kit/html_tag.hpp"
#include "kit/utf8.hpp"

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
    while (!(list = kit::trimmed(list)).empty()) {
        const std::string_view word = list.substr(0, list.find_first_of(" \t\r\n"));
        if (kit::same_but_case(word, wanted))
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
        for (auto at = in_.find('<'); at != kit::npos; at = in_.find('<', at))
            at = tag_at(at);
        return std::move(head_);
    }

private:
    std::size_t tag_at(std::size_t at);
    void element(const kit::HtmlTag& tag);
    void meta(const kit::HtmlTag& tag);
    [[nodiscard]] std::size_t past(std::string_view mark, std::size_t from) const {
        const auto found = in_.find(mark, from);
        return found == kit::npos ? kit::npos : found + mark.size();
    }

    std::string_view in_;
    PageHead head_;
    bool other_image_ = false; ///< what follows is said of another image than the first
};

/// Where to go on behind the '<' at `at`; npos: the head is over.
std::size_t HeadReader::tag_at(std::size_t at) {
    if (in_.substr(at, 4) == "<!--")
        return past("-->", at + 4);
    const auto tag = kit::read_tag(in_, at);
    if (!tag)
        return at + 1;
    if (kit::same_but_case(tag->name, "body") || (tag->closing && kit::same_but_case(tag->name, "head")))
        return kit::npos;
    if (tag->closing || kit::same_but_case(tag->name, "head"))
        return tag->end;
    if (kit::html_element(tag->name).role != kit::Role::hidden || kit::same_but_case(tag->name, "title")) {
        element(*tag);
        return tag->end;
    }
    // Scripts and styles: what looks like a tag in them is none.
    const std::string name = kit::lowered(tag->name);
    for (auto end = in_.find("</", tag->end); end != kit::npos; end = in_.find("</", end + 2))
        if (kit::same_but_case(in_.substr(end + 2, name.size()), name))
            return end;
    return kit::npos;
}

void HeadReader::element(const kit::HtmlTag& tag) {
    if (kit::same_but_case(tag.name, "meta")) {
        meta(tag);
    } else if (kit::same_but_case(tag.name, "base") && head_.base.empty()) {
        head_.base = kit::attribute(tag, "href");
    } else if (kit::same_but_case(tag.name, "link") && head_.canonical.empty()) {
        if (has_word(kit::attribute(tag, "rel"), "canonical"))
            head_.canonical = kit::attribute(tag, "href");
    } else if (kit::same_but_case(tag.name, "title") && head_.title.empty()) {
        const std::string_view rest = in_.substr(tag.end, most_of_value);
        head_.title = kit::cut_utf8(rest.substr(0, rest.find("</")), most_of_value - 4);
    }
}

void HeadReader::meta(const kit::HtmlTag& tag) {
    std::string name = kit::attribute(tag, "property");
    if (name.empty())
        name = kit::attribute(tag, "name");
    name = kit::lowered(kit::trimmed(name));
    const std::string content = kit::attribute(tag, "content");
    if (kit::trimmed(content).empty())
        return;
    for (std::size_t i = 0; i < std::size(meta_names); ++i) {
        if (name != meta_names[i])
            continue;
        const bool image = static_cast<Meta>(i) == Meta::image;
        const bool of_image = name.substr(0, 9) == "og:image:";
        if (image)
            other_image_ = !head_.values.at(i).empty();
        if (head_.values.at(i).empty() && !(of_image && other_image_))
            head_.values.at(i) = kit::cut_utf8(content, most_of_value);
        return;
    }
}

} // namespace

PageHead read_page_head(std::string_view page) {
    return HeadReader{page}.read();
}

} // namespace crier::feed
