#include "kit/ascii.hpp"
#include "kit/html_picture.hpp"
#include "kit/html_text.hpp"
#include "kit/text_maker.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace crier::kit {
namespace {

constexpr std::size_t deepest_list = 128;
constexpr std::size_t most_content_images = 8; // of one text

/// The number in an attribute, or `otherwise`: what nobody counts to is none.
int number_in(const HtmlTag& tag, std::string_view name, int otherwise) {
    constexpr int highest = 1'000'000;
    const std::string text = attribute(tag, name);
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && number > 0 && number < highest ? number : otherwise;
}

/// Whether a browser shows nothing of the element: what newsletters have for the list of mails.
bool is_not_displayed(const HtmlTag& tag) {
    if (tag.attributes.find("isplay") == npos && tag.attributes.find("ISPLAY") == npos)
        return false; // nearly all
    std::string style = lowered(attribute(tag, "style"));
    style.erase(std::remove_if(style.begin(), style.end(), is_blank), style.end());
    const auto at = style.find("display:none");
    return at != npos && (at == 0 || style[at - 1] == ';');
}

/// Whether an element of that name begins or ends at the '<'.
bool is_tag_of(std::string_view text, std::size_t at, std::string_view name) {
    const std::size_t start = at + (text.substr(at + 1, 1) == "/" ? 2 : 1);
    const std::string_view behind = text.substr(std::min(start + name.size(), text.size()), 1);
    return same_but_case(text.substr(start, name.size()), name) &&
           (behind.empty() || behind == ">" || behind == "/" || is_blank(behind.front()));
}

} // namespace

/// A comment, a declaration, a tag; false when the '<' is only a character.
bool TextMaker::markup() {
    const std::string_view rest = in_.substr(at_);
    if (rest.substr(0, 4) == "<!--") {
        // "<!-->" and "<!--->" are whole ones (HTML, 13.2.5.43 and 44).
        const bool short_one = rest.substr(4, 1) == ">" || rest.substr(4, 2) == "->";
        const auto end = rest.find("-->", short_one ? 2 : 4);
        at_ = end == std::string_view::npos ? in_.size() : at_ + end + 3;
        return true;
    }
    if (rest.substr(0, 9) == "<![CDATA[") {
        begin_section();
        return true;
    }
    if (rest.substr(0, 2) == "<!" || rest.substr(0, 2) == "<?") {
        const auto end = rest.find('>');
        at_ = end == std::string_view::npos ? in_.size() : at_ + end + 1;
        return true;
    }
    const auto tag = read_tag(in_, at_);
    if (!tag)
        return false;
    at_ = tag->end;
    element(*tag, html_element(tag->name).role);
    return true;
}

void TextMaker::element(const HtmlTag& tag, Role role) {
    // Of HTML's own names there are few, so that the search for their ends stays linear.
    const bool holds_text =
        role != Role::unknown && role != Role::picture && role != Role::line_break && !tag.closing;
    if (holds_text && is_not_displayed(tag) && skip_hidden(tag))
        return;
    switch (role) {
    case Role::unknown:
    case Role::in_line:
        return;
    case Role::picture:
        image(tag);
        return;
    case Role::line_break:
        breaks_ = std::min(breaks_ + 1, 2);
        return;
    case Role::lines:
        owe_breaks(1);
        return;
    case Role::paragraph:
        owe_breaks(2);
        return;
    case Role::list:
        // A list in a list's entry follows it without a gap.
        owe_breaks(lists_.size() > (tag.closing ? 1U : 0U) ? 1 : 2);
        list(tag);
        return;
    case Role::entry:
        owe_breaks(1);
        marker_.clear();
        if (!tag.closing)
            entry(tag);
        return;
    case Role::quote:
        if (!tag.closing)
            put("“");
        else if (quotes_ > 0)
            put("”");
        quotes_ = std::max(0, quotes_ + (tag.closing ? -1 : 1));
        return;
    case Role::cell:
        blank_ = true;
        return;
    case Role::verbatim:
        owe_breaks(2);
        verbatim_ = std::max(0, verbatim_ + (tag.closing ? -1 : 1));
        return;
    case Role::hidden:
    case Role::fallback:
        if (!tag.closing && (tag.attributes.empty() || tag.attributes.back() != '/'))
            skip_element(tag.name, role == Role::hidden);
        return;
    }
}

void TextMaker::list(const HtmlTag& tag) {
    if (!tag.closing && lists_.size() < deepest_list)
        lists_.push_back(same_but_case(tag.name, "ol") ? number_in(tag, "start", 1) : 0);
    else if (tag.closing && !lists_.empty())
        lists_.pop_back();
}

void TextMaker::entry(const HtmlTag& tag) {
    if (lists_.empty() || lists_.back() == 0) {
        marker_ = "• ";
        return;
    }
    lists_.back() = number_in(tag, "value", lists_.back());
    marker_ = std::to_string(lists_.back()++) + ". ";
}

/// CDATA that somebody escaped with the rest: its text is text. Where it never ends, neither does this.
void TextMaker::begin_section() {
    constexpr std::size_t mark = 9;
    at_ += mark;
    if (no_section_end_ || section_end_ != npos)
        return;
    section_end_ = in_.find("]]>", at_);
    no_section_end_ = section_end_ == npos;
}

/// To the end of an element whose content is no text for people. An end that never comes takes the rest with
/// it, or the content is only text that browsers do not show.
void TextMaker::skip_element(std::string_view name, bool with_the_rest) {
    const std::string wanted = lowered(name);
    if (std::find(endless_.begin(), endless_.end(), wanted) != endless_.end())
        return;
    for (std::size_t i = in_.find("</", at_); i != std::string_view::npos; i = in_.find("</", i + 2))
        if (same_but_case(in_.substr(i + 2, wanted.size()), wanted)) {
            const auto end = in_.find('>', i);
            at_ = end == std::string_view::npos ? in_.size() : end + 1;
            return;
        }
    if (with_the_rest)
        at_ = in_.size();
    else
        endless_.push_back(wanted);
}

/// To the end of an element that is not shown, with those of the same name in it. False: it does not end.
bool TextMaker::skip_hidden(const HtmlTag& tag) {
    const std::string wanted = lowered(tag.name);
    if (std::find(endless_.begin(), endless_.end(), wanted) != endless_.end())
        return false;
    int open = 1;
    for (std::size_t i = in_.find('<', at_); i != npos; i = in_.find('<', i + 1)) {
        if (!is_tag_of(in_, i, wanted))
            continue;
        open += in_[i + 1] == '/' ? -1 : 1;
        if (open == 0) {
            const auto end = in_.find('>', i);
            at_ = end == npos ? in_.size() : end + 1;
            return true;
        }
    }
    endless_.push_back(wanted);
    return false;
}

void TextMaker::image(const HtmlTag& tag) {
    // Weblog software writes emoji as pictures, with the character as their text.
    const std::string kind = attribute(tag, "class");
    if (kind.find("emoji") != std::string::npos || kind.find("smiley") != std::string::npos) {
        if (const std::string alt = attribute(tag, "alt"); !alt.empty())
            put(to_line(alt, Form::plain));
        return;
    }
    if (images_ == nullptr || image_count_ == most_content_images)
        return;
    if (auto picture = picture_of(tag, base_)) {
        ++image_count_;
        images_->push_back(std::move(*picture));
    }
}

} // namespace crier::kit
