#include "feed/html_text.hpp"

#include "feed/address.hpp"
#include "feed/ascii.hpp"
#include "feed/eight_bytes.hpp"
#include "feed/entities.hpp"
#include "feed/html_elements.hpp"
#include "feed/html_tag.hpp"
#include "feed/limits.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace crier::feed {
namespace {

/// What a line break in the text itself means.
enum class Breaks { fold, paragraphs, keep };

/// Bytes at which a run of ordinary text ends.
constexpr auto is_special = [] {
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i <= ' '; ++i)
        table[i] = true;
    table['<'] = table['&'] = table[0x7F] = true;
    table[0xC2] = true; // a no-break space, a soft hyphen?
    return table;
}();

/// Where a run of text that may be taken as it stands ends. A blank between two words is a part of it.
std::size_t run_end(std::string_view text, std::size_t at) {
    const auto special = [text](std::size_t i) { return is_special[static_cast<unsigned char>(text[i])]; };
    if (at == text.size() || special(at))
        return at;
    while (at < text.size()) {
        // The byte before `at` is never a blank.
        while (at + EightBytes::size <= text.size()) {
            const EightBytes eight{text.data() + at};
            if (eight.any_below(' ') || eight.any('<') || eight.any('&') || eight.any('\x7f') ||
                eight.any('\xc2') || eight.any_twice_in_a_row(' '))
                break;
            at += EightBytes::size - (text[at + EightBytes::size - 1] == ' ' ? 1 : 0);
        }
        const std::size_t stop = std::min(at + EightBytes::size, text.size());
        while (at < stop) {
            if (!special(at))
                ++at;
            else if (text[at] == ' ' && at + 1 < text.size() && !special(at + 1))
                at += 2;
            else
                return at;
        }
    }
    return at;
}

/// Whether a tag is written as only HTML writes it, and not one that is talked about.
bool is_meant(const HtmlTag& tag) {
    const HtmlElement element = html_element(tag.name);
    const bool has_attributes = tag.attributes.find('=') != std::string_view::npos;
    return element.role != Role::unknown && (tag.closing || element.stays_open || has_attributes);
}

/// Whether a text has markup in it, and not only a '<' or the name of a tag. Each byte is looked at a few
/// times at most.
bool has_markup(std::string_view text) {
    for (auto at = text.find('<'); at != std::string_view::npos;) {
        if (text.substr(at, 4) == "<!--")
            return true;
        const auto tag = read_tag(text, at);
        if (tag && is_meant(*tag))
            return true;
        if (tag) {
            // In "a <b and <br>" the first is only a character and the last a tag.
            const std::string_view read = text.substr(0, tag->end);
            if (const auto last = read.rfind('<'); last > at)
                if (const auto inner = read_tag(read, last); inner && is_meant(*inner))
                    return true;
        }
        at = text.find('<', tag ? tag->end : at + 1);
    }
    return false;
}

class TextMaker {
public:
    struct Rules {
        bool markup = false;
        bool references = false;
        Breaks breaks = Breaks::fold;
        bool one_line = false;
    };

    TextMaker(std::string_view text, const Rules& rules, std::string_view base,
              std::vector<sdk::Media>* images)
        : in_(text)
        , rules_(rules)
        , base_(base)
        , images_(images) {}

    std::string run();

private:
    void special();
    bool markup();
    void element(const HtmlTag& tag, Role role);
    void image(const HtmlTag& tag);
    void skip_element(std::string_view name);
    void blanks();

    /// Breaks and blanks are owed until something follows them.
    void put(std::string_view text) {
        if (breaks_ > 0 || blank_ || !marker_.empty())
            settle();
        out_ += text;
    }
    void settle();
    void owe_breaks(int count) { breaks_ = std::max(breaks_, count); }

    std::string_view in_;
    Rules rules_;
    std::string_view base_;
    std::vector<sdk::Media>* images_;
    std::string out_;
    std::size_t at_ = 0;
    int breaks_ = 0;
    bool blank_ = false;
    std::string marker_;     ///< of a list's entry that begins
    std::vector<int> lists_; ///< those that are open: the next number, 0: bullets
    int verbatim_ = 0;
    std::size_t image_count_ = 0;
};

std::string TextMaker::run() {
    out_.reserve(rules_.markup ? in_.size() / 2 : in_.size());
    while (at_ < in_.size()) {
        const std::size_t start = at_;
        at_ = run_end(in_, at_);
        if (at_ > start)
            put(in_.substr(start, at_ - start));
        if (at_ < in_.size())
            special();
    }
    return std::move(out_);
}

void TextMaker::special() {
    const char c = in_[at_];
    if (is_blank(c)) {
        blanks();
        return;
    }
    if (c == '<' && rules_.markup && markup())
        return;
    if (c == '&' && rules_.references) {
        std::string decoded;
        if (const std::size_t used = decode_reference(in_.substr(at_), decoded); used > 0) {
            at_ += used;
            if (decoded == "\xc2\xa0" || is_blank(decoded.front()))
                blank_ = true;
            else if (decoded != "\xc2\xad" && static_cast<unsigned char>(decoded.front()) >= ' ')
                put(decoded);
            return;
        }
    }
    const std::string_view two = in_.substr(at_, 2);
    if (two == "\xc2\xa0" || two == "\xc2\xad") { // a soft hyphen means nothing in plain text
        blank_ = blank_ || two == "\xc2\xa0";
        at_ += 2;
        return;
    }
    if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f')
        put(in_.substr(at_, 1));
    ++at_;
}

void TextMaker::blanks() {
    int lines = 0;
    const std::size_t start = at_;
    std::size_t line_start = at_;
    for (; at_ < in_.size() && is_blank(in_[at_]); ++at_)
        if (in_[at_] == '\n' || (in_[at_] == '\r' && in_.substr(at_ + 1, 1) != "\n")) {
            ++lines;
            line_start = at_ + 1;
        }
    if (verbatim_ > 0) {
        owe_breaks(std::min(lines, 2));
        // Indentation is a part of it.
        const std::string_view indent =
            in_.substr(lines > 0 ? line_start : start, at_ - (lines > 0 ? line_start : start));
        if (!indent.empty() && at_ < in_.size() && in_[at_] != '<')
            put(indent);
    } else if (lines > 0 &&
               (rules_.breaks == Breaks::keep || (rules_.breaks == Breaks::paragraphs && lines > 1))) {
        owe_breaks(std::min(lines, 2));
    } else {
        blank_ = true;
    }
}

void TextMaker::settle() {
    if (!out_.empty()) {
        if (breaks_ > 0 && !rules_.one_line)
            out_.append(static_cast<std::size_t>(breaks_), '\n');
        else if (breaks_ > 0 || blank_)
            out_ += ' ';
    }
    breaks_ = 0;
    blank_ = false;
    if (!rules_.one_line)
        out_ += marker_;
    marker_.clear();
}

/// A comment, a declaration, a tag; false when the '<' is only a character.
bool TextMaker::markup() {
    const std::string_view rest = in_.substr(at_);
    if (rest.substr(0, 4) == "<!--") {
        const auto end = rest.find("-->", 4);
        at_ = end == std::string_view::npos ? in_.size() : at_ + end + 3;
        return true;
    }
    if (rest.substr(0, 9) == "<![CDATA[") {
        at_ += 9; // its text is text
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
        if (!tag.closing && lists_.size() < most_depth)
            lists_.push_back(same_but_case(tag.name, "ol") ? 1 : 0);
        else if (tag.closing && !lists_.empty())
            lists_.pop_back();
        return;
    case Role::entry:
        owe_breaks(1);
        marker_.clear();
        if (!tag.closing)
            marker_ = lists_.empty() || lists_.back() == 0 ? "• " : std::to_string(lists_.back()++) + ". ";
        return;
    case Role::cell:
        blank_ = true;
        return;
    case Role::verbatim:
        owe_breaks(2);
        verbatim_ = std::max(0, verbatim_ + (tag.closing ? -1 : 1));
        return;
    case Role::hidden:
        if (!tag.closing && (tag.attributes.empty() || tag.attributes.back() != '/'))
            skip_element(tag.name);
        return;
    }
}

/// To the end of an element whose content is no text for people. An end that never comes takes the rest with
/// it.
void TextMaker::skip_element(std::string_view name) {
    const std::string wanted = lower(name);
    for (std::size_t i = in_.find("</", at_); i != std::string_view::npos; i = in_.find("</", i + 2))
        if (same_but_case(in_.substr(i + 2, wanted.size()), wanted)) {
            const auto end = in_.find('>', i);
            at_ = end == std::string_view::npos ? in_.size() : end + 1;
            return;
        }
    at_ = in_.size();
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
    sdk::Media media;
    media.url = absolute_address(attribute(tag, "src"), base_);
    media.alt = to_line(attribute(tag, "alt"), Form::plain);
    media.from = "content_image";
    // A picture of one pixel looks at the reader and not the other way round.
    const auto tiny = [&tag](std::string_view side) {
        const std::string size = attribute(tag, side);
        return size == "1" || size == "0" || size == "1px";
    };
    if (media.url.empty() || tiny("width") || tiny("height"))
        return;
    ++image_count_;
    images_->push_back(std::move(media));
}

TextMaker::Rules rules_for(std::string_view text, Form form) {
    TextMaker::Rules rules;
    rules.markup = form == Form::html || (form == Form::guess && has_markup(text));
    rules.references = form != Form::plain;
    rules.breaks = rules.markup ? Breaks::fold : rules.references ? Breaks::paragraphs : Breaks::keep;
    return rules;
}

} // namespace

std::string to_lines(std::string_view text, Form form, std::string_view base,
                     std::vector<sdk::Media>* images) {
    return TextMaker{text, rules_for(text, form), base, images}.run();
}

std::string to_line(std::string_view text, Form form) {
    TextMaker::Rules rules = rules_for(text, form);
    rules.one_line = true;
    return TextMaker{text, rules, {}, nullptr}.run();
}

} // namespace crier::feed
