#include "feed/mender.hpp"

#include "feed/ascii.hpp"
#include "feed/entities.hpp"
#include "feed/limits.hpp"
#include "feed/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace crier::feed {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::string_view section_mark = "<![CDATA[";
constexpr std::size_t piece = std::size_t{32} << 10U; ///< of text that is handed on at once

constexpr bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// Where the first control character stands, or npos. Eight bytes at a time: it looks at the whole document.
std::size_t find_control(std::string_view text) {
    std::size_t at = 0;
    const auto look = [&](std::size_t end) {
        while (at < end && !is_control(text[at]))
            ++at;
        return at < end;
    };
    std::uint64_t eight = 0;
    for (; at + sizeof eight <= text.size();) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        const bool below_blank = ((eight - 0x2020202020202020U) & ~eight & 0x8080808080808080U) != 0;
        if (below_blank && look(at + sizeof eight))
            return at;
        if (!below_blank)
            at += sizeof eight;
    }
    return look(text.size()) ? at : npos;
}

bool starts_name(char c) {
    return is_letter(c) || c == '_';
}

bool is_in_name(char c) {
    return starts_name(c) || is_digit(c) || c == '-' || c == '.' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::size_t name_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_in_name(text[at]))
        ++at;
    return at;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at]))
        ++at;
    return at;
}

/// What a parser with namespaces takes for the name of an attribute.
bool is_attribute_name(std::string_view name) {
    return !name.empty() && starts_name(name.front()) && std::count(name.begin(), name.end(), ':') <= 1 &&
           name.back() != ':' && std::none_of(name.begin(), name.end(), [](char c) {
               return static_cast<unsigned char>(c) >= 0x80;
           });
}

bool is_character(char32_t code) {
    return code == '\t' || code == '\n' || code == '\r' ||
           (code >= 0x20 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE &&
            code != 0xFFFF);
}

/// The size of one of XML's own five references at the start of `text`, or 0.
std::size_t own_reference(std::string_view text) {
    for (const std::string_view known : {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"})
        if (text.substr(0, known.size()) == known)
            return known.size();
    return 0;
}

/// Whether a numeric reference says what is meant, in XML's own terms.
bool is_sound(std::string_view text, const Reference& reference) {
    return reference.numeric && reference.closed && is_character(reference.number) &&
           reference.number == reference.code && text[2] != 'X';
}

/// Where `<!DOCTYPE ...>` ends, its internal subset included.
std::size_t declaration_end(std::string_view text, std::size_t at) {
    int brackets = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' || c == '\'') {
            i = text.find(c, i + 1);
            if (i == npos)
                return npos;
        } else if (c == '[') {
            ++brackets;
        } else if (c == ']') {
            --brackets;
        } else if (c == '<' && text.substr(i, 4) == "<!--") {
            i = text.find("-->", i + 4);
            if (i == npos)
                return npos;
            i += 2;
        } else if (c == '>' && brackets <= 0) {
            return i + 1;
        }
    }
    return npos;
}

/// Whether what stands in quotes is more than an attribute's value.
bool holds_tag(std::string_view value) {
    const auto tag = value.find('<');
    if (tag == npos || value.find('>') == npos)
        return false;
    const char next = tag + 1 < value.size() ? value[tag + 1] : '\0';
    return is_letter(next) || next == '/' || next == '!';
}

/// Where a value without a closing quote ends, which is `size` long: before the tag's "/>".
std::size_t unquoted_end(std::string_view text, std::size_t begin, std::size_t size) {
    const bool empty = size > 0 && text.substr(begin + size - 1, 2) == "/>";
    return begin + size - (empty ? 1 : 0);
}

bool is_item(std::string_view name) {
    const auto colon = name.find(':');
    const std::string_view local = colon == npos ? name : name.substr(colon + 1);
    return local == "item" || local == "entry";
}

} // namespace

Mender::Mender(std::string_view document)
    : in_(document) {
    const std::size_t control = find_control(in_);
    if (control == npos)
        return;
    controls_ = true;
    at_ = control;
    mended("a control character");
    at_ = 0;
}

bool Mender::next(std::string& out, std::size_t enough) {
    const std::size_t start = out.size();
    while (out.size() - start < enough) {
        if (at_ == in_.size()) {
            if (root_closed_)
                close_down_to(0, out);
            return false;
        }
        if (section_end_ != npos)
            section_part(out);
        else if (in_[at_] == '<')
            markup(out);
        else
            text_run(out);
    }
    return true;
}

void Mender::markup(std::string& out) {
    const std::string_view rest = in_.substr(at_);
    const char second = rest.size() > 1 ? rest[1] : '\0';
    if (second == '/') {
        end_tag(out);
    } else if (starts_name(second)) {
        start_tag(out);
    } else if (rest.substr(0, 4) == "<!--") {
        skip_past("-->", at_ + 4);
    } else if (rest.substr(0, section_mark.size()) == section_mark) {
        section_end_ = in_.find("]]>", at_ + section_mark.size());
        if (section_end_ == npos)
            cut_off();
        else
            at_ += section_mark.size();
    } else if (second == '!') {
        // There is one document type at most, and it stands before the root.
        const bool doctype = open_.empty() && !std::exchange(past_doctype_, true);
        const std::size_t end = doctype ? declaration_end(in_, at_ + 2) : npos;
        if (end == npos)
            skip_past(">", at_); // none, or something is wrong with its quotes
        else
            at_ = end;
    } else if (second == '?') {
        skip_past("?>", at_ + 2);
    } else {
        mended("a '<' that begins no tag");
        if (!open_.empty())
            out += "&lt;";
        ++at_;
    }
}

void Mender::start_tag(std::string& out) {
    const std::size_t begin = at_;
    const std::size_t after_name = name_end(in_, at_ + 1);
    const std::string_view name = in_.substr(begin + 1, after_name - begin - 1);
    // An item in an item: the one before was not closed.
    if (is_item(name)) {
        const auto last = std::find(open_.rbegin(), open_.rend(), name);
        if (last != open_.rend()) {
            mended("an item that is not closed");
            close_down_to(static_cast<std::size_t>(open_.rend() - last) - 1, out);
        }
    }
    const std::size_t tag_start = out.size();
    bool empty = false;
    std::size_t end = sound_tag_end(after_name);
    if (end != npos) {
        empty = in_[end - 2] == '/';
        out += in_.substr(begin, end - begin - (empty ? 2 : 1));
    } else {
        out += in_.substr(begin, after_name - begin);
        end = mend_attributes(after_name, out, empty);
        if (end == npos) {
            out.resize(tag_start);
            cut_off();
            return;
        }
        mended("a tag that is not written as tags are");
    }
    at_ = end;
    if (open_.size() >= most_depth) {
        mended("elements that are nested too deeply");
        out.resize(tag_start);
        return;
    }
    if (empty && open_.empty())
        root_closed_ = true; // its end is written last, as any root's
    else if (empty)
        out += '/';
    out += '>';
    if (!empty || open_.empty())
        open_.push_back(name);
}

void Mender::end_tag(std::string& out) {
    const std::size_t end = in_.find_first_of("<>", at_ + 2);
    if (end == npos) {
        cut_off();
        return;
    }
    const std::string_view name = trim(in_.substr(at_ + 2, end - at_ - 2));
    at_ = in_[end] == '>' ? end + 1 : end;
    const auto found = std::find(open_.rbegin(), open_.rend(), name);
    if (found == open_.rend()) {
        mended("the end of an element that was not begun");
        return;
    }
    if (found != open_.rbegin())
        mended("an element that is not closed");
    // The root's own end is written last: many a feed goes on behind it.
    const auto depth = static_cast<std::size_t>(open_.rend() - found) - 1;
    root_closed_ = root_closed_ || depth == 0;
    close_down_to(std::max<std::size_t>(depth, 1), out);
}

void Mender::close_down_to(std::size_t depth, std::string& out) {
    while (open_.size() > depth) {
        out += "</";
        out += open_.back();
        out += '>';
        open_.pop_back();
    }
}

std::size_t Mender::sound_tag_end(std::size_t at) const {
    std::array<std::string_view, most_attributes> known;
    for (std::size_t count = 0;; ++count) {
        const std::size_t name_start = skip_blanks(in_, at);
        if (name_start >= in_.size())
            return npos;
        if (in_[name_start] == '>')
            return name_start + 1;
        if (in_.substr(name_start, 2) == "/>")
            return name_start + 2;
        const std::size_t equals = name_end(in_, name_start);
        const std::string_view name = in_.substr(name_start, equals - name_start);
        const auto end = known.begin() + static_cast<std::ptrdiff_t>(count);
        if (name_start == at || count == most_attributes || in_.substr(equals, 1) != "=" ||
            !is_attribute_name(name) || std::find(known.begin(), end, name) != end)
            return npos;
        *end = name;
        const char quote = equals + 1 < in_.size() ? in_[equals + 1] : '\0';
        if (quote != '"' && quote != '\'')
            return npos;
        const std::size_t close = in_.find(quote, equals + 2);
        if (close == npos)
            return npos;
        const std::string_view value = in_.substr(equals + 2, close - equals - 2);
        if (value.find('<') != npos || (controls_ && find_control(value) != npos))
            return npos;
        for (auto mark = value.find('&'); mark != npos; mark = value.find('&', mark + 1)) {
            const std::string_view rest = value.substr(mark);
            if (own_reference(rest) == 0 && !is_sound(rest, read_reference(rest)))
                return npos;
        }
        at = close + 1;
    }
}

std::size_t Mender::mend_attributes(std::size_t at, std::string& out, bool& empty) {
    std::vector<std::string_view> known;
    while (true) {
        while (at < in_.size() && !is_in_name(in_[at]) && in_[at] != '>' && in_[at] != '<' &&
               in_.substr(at, 2) != "/>")
            ++at; // blanks, and what has no meaning here
        if (at >= in_.size())
            return npos;
        if (in_[at] == '>')
            return at + 1;
        if (in_[at] == '<') // the tag's end was forgotten
            return at;
        if (in_[at] == '/') {
            empty = true;
            return at + 2;
        }
        const std::size_t begin = at;
        at = name_end(in_, at);
        const std::string_view name = in_.substr(begin, at - begin);
        std::size_t value = begin; // without a value the name is the value
        std::size_t value_end = at;
        const std::size_t equals = skip_blanks(in_, at);
        if (in_.substr(equals, 1) == "=") {
            value = skip_blanks(in_, equals + 1);
            const char quote = value < in_.size() ? in_[value] : '\0';
            if (quote == '"' || quote == '\'') {
                ++value;
                value_end = std::min(in_.find(quote, value), in_.size());
                const std::string_view inside = in_.substr(value, value_end - value);
                if (holds_tag(inside)) // the closing quote was forgotten
                    value_end = unquoted_end(in_, value, inside.find('>'));
                else if (value_end == in_.size()) // cut off, or no closing quote and nothing behind it
                    return npos;
                at = in_[value_end] == quote ? value_end + 1 : value_end;
            } else {
                value_end = std::min(in_.find_first_of(" \t\r\n>", value), in_.size());
                value_end = unquoted_end(in_, value, value_end - value);
                at = value_end;
            }
        }
        if (!is_attribute_name(name) || known.size() == most_attributes ||
            std::find(known.begin(), known.end(), name) != known.end())
            continue;
        known.push_back(name);
        out += ' ';
        out += name;
        out += "=\"";
        mend_value(value, value_end, out);
        out += '"';
    }
}

void Mender::mend_value(std::size_t begin, std::size_t end, std::string& out) {
    while (begin < end) {
        const char c = in_[begin];
        if (c == '&') {
            begin = reference(begin, out);
            continue;
        }
        if (c == '<')
            out += "&lt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += is_control(c) ? ' ' : c;
        ++begin;
    }
}

void Mender::text_run(std::string& out) {
    const std::size_t end = std::min(in_.find('<', at_), in_.size());
    if (open_.size() <= 1 && (open_.empty() || root_closed_)) { // before or behind the root
        at_ = end;
        return;
    }
    std::size_t stop = std::min(end, at_ + piece);
    while (stop < end && (static_cast<unsigned char>(in_[stop]) & 0xC0U) == 0x80U)
        ++stop;
    while (at_ < stop) {
        const std::size_t mark = std::min(in_.substr(0, stop).find('&', at_), stop);
        stretch(in_.substr(at_, mark - at_), out);
        at_ = mark < stop ? reference(mark, out) : mark;
    }
}

/// A part of a CDATA section, as a section of its own.
void Mender::section_part(std::string& out) {
    std::size_t stop = std::min(section_end_, at_ + piece);
    while (stop < section_end_ && (static_cast<unsigned char>(in_[stop]) & 0xC0U) == 0x80U)
        ++stop;
    if (!open_.empty() && stop > at_) {
        out += section_mark;
        const std::size_t start = out.size();
        std::string_view part = in_.substr(at_, stop - at_);
        for (auto again = part.find(section_mark); again != npos; again = part.find(section_mark)) {
            mended("a CDATA section in a CDATA section");
            out += part.substr(0, again);
            part.remove_prefix(again + section_mark.size());
        }
        out += part;
        if (controls_)
            std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), is_control, ' ');
        out += "]]>";
    }
    at_ = stop;
    if (at_ == section_end_) {
        at_ += 3;
        section_end_ = npos;
    }
}

void Mender::stretch(std::string_view text, std::string& out) {
    const std::size_t start = out.size();
    while (true) {
        const auto end_mark = text.find("]]>"); // of a section in a section, most likely
        out += text.substr(0, end_mark);
        if (end_mark == npos)
            break;
        mended("the end of a CDATA section that was not begun");
        text.remove_prefix(end_mark + 3);
    }
    if (controls_)
        std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), is_control, ' ');
}

std::size_t Mender::reference(std::size_t at, std::string& out) {
    const std::string_view rest = in_.substr(at);
    if (const std::size_t size = own_reference(rest); size > 0) {
        out += rest.substr(0, size);
        return at + size;
    }
    const Reference found = read_reference(rest);
    if (is_sound(rest, found)) {
        out += rest.substr(0, found.size);
        return at + found.size;
    }
    at_ = at;
    if (found.size == 0 || (!found.closed && !found.numeric)) {
        mended("an '&' that begins no reference");
        out += "&amp;";
        return at + 1;
    }
    mended(found.numeric ? "a reference to no character of XML" : "a reference to HTML's characters");
    if (!is_character(found.code)) // of controls and halves nothing is left
        return at + found.size;
    if (found.code < 0x80) { // it may mean something in XML
        out += "&#";
        out += std::to_string(static_cast<unsigned>(found.code));
        out += ';';
    } else {
        append_utf8(found.code, out);
    }
    return at + found.size;
}

void Mender::skip_past(std::string_view mark, std::size_t from) {
    const std::size_t found = in_.find(mark, std::min(from, in_.size()));
    if (found == npos)
        cut_off();
    else
        at_ = found + mark.size();
}

void Mender::mended(const char* what) {
    if (mends_++ > 0)
        return;
    first_at_ = at_;
    first_what_ = what;
}

std::size_t Mender::line_of(std::size_t at) const {
    std::size_t line = 1;
    for (auto end = in_.find('\n'); end < at; end = in_.find('\n', end + 1))
        ++line;
    return line;
}

std::string Mender::trouble() const {
    if (mends_ == 0)
        return {};
    std::string words =
        "the XML is not as XML must be (line " + std::to_string(line_of(first_at_)) + ": " + first_what_;
    if (mends_ > 1)
        words += "; " + std::to_string(mends_) + " places in all";
    return words + "); it was read as it is most likely meant";
}

std::string Mender::end() const {
    std::string words = "in line " + std::to_string(line_of(in_.size()));
    if (!open_.empty())
        words += ", inside <" + std::string{open_.back()} + ">";
    return words;
}

} // namespace crier::feed
