#include "feed/limits.hpp"
#include "feed/mender.hpp"
#include "feed/xml_syntax.hpp"
#include "kit/ascii.hpp"
#include "kit/entities.hpp"

#include <algorithm>
#include <array>

namespace crier::feed {
namespace {

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && kit::is_blank(text[at]))
        ++at;
    return at;
}

/// Whether what stands in quotes is more than an attribute's value.
bool holds_tag(std::string_view value) {
    const auto tag = value.find('<');
    if (tag == kit::npos || value.find('>') == kit::npos)
        return false;
    const char next = tag + 1 < value.size() ? value[tag + 1] : '\0';
    return kit::is_letter(next) || next == '/' || next == '!';
}

/// Where a value without a closing quote ends, which is `size` long: before the tag's "/>".
std::size_t unquoted_end(std::string_view text, std::size_t begin, std::size_t size) {
    const bool empty = size > 0 && text.substr(begin + size - 1, 2) == "/>";
    return begin + size - (empty ? 1 : 0);
}

/// Where ` name=` begins, with which a value ends that has no closing quote; npos: nowhere. `behind`: the
/// quote that was found, and what follows it.
std::size_t next_attribute(std::string_view value, std::string_view behind) {
    const bool ends_here =
        behind.size() < 2 || kit::is_blank(behind[1]) || behind[1] == '/' || behind[1] == '>';
    if (value.empty() || value.back() != '=' || ends_here)
        return kit::npos;
    const auto blank = value.find_last_of(" \t\r\n");
    if (blank == kit::npos || !is_attribute_name(value.substr(blank + 1, value.size() - blank - 2)))
        return kit::npos;
    return blank;
}

bool is_typographic_quote(std::string_view bytes) {
    return bytes == "“" || bytes == "”" || bytes == "„" || bytes == "‘" || bytes == "’";
}

bool is_item(std::string_view name) {
    const auto colon = name.find(':');
    const std::string_view local = colon == kit::npos ? name : name.substr(colon + 1);
    return kit::same_but_case(local, "item") || kit::same_but_case(local, "entry");
}

/// Whether an end belongs to an element, its case aside.
bool is_same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return kit::lowered(x) == kit::lowered(y);
           });
}

} // namespace

void Mender::start_tag(std::string& out) {
    const std::size_t begin = at_;
    const std::size_t after_name = name_end(in_, at_ + 1);
    const std::string_view name = in_.substr(begin + 1, after_name - begin - 1);
    // An item in an item: the one before was not closed.
    if (is_item(name)) {
        const auto last = std::find(open_.rbegin(), open_.rend(), name);
        if (last != open_.rend()) {
            const auto depth = static_cast<std::size_t>(open_.rend() - last) - 1;
            if (depth > 0) { // else it is the root: an entry that is a document of its own
                mended("an item that is not closed");
                close_down_to(depth, out);
            }
        }
    }
    const std::size_t tag_start = out.size();
    bool empty = false;
    std::size_t end = sound_tag_end(after_name);
    if (end != kit::npos) {
        empty = in_[end - 2] == '/';
        out += in_.substr(begin, end - begin - (empty ? 2 : 1));
    } else {
        out += in_.substr(begin, after_name - begin);
        end = mend_attributes(after_name, out, empty);
        if (end == kit::npos) {
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
    // As nearly all of them are.
    if (open_.size() > 1 && in_.substr(at_ + 2, open_.back().size()) == open_.back() &&
        in_.substr(at_ + 2 + open_.back().size(), 1) == ">") {
        at_ += 3 + open_.back().size();
        close_down_to(open_.size() - 1, out);
        return;
    }
    const std::size_t end = in_.find_first_of("<>", at_ + 2);
    if (end == kit::npos) {
        cut_off();
        return;
    }
    std::string_view name = kit::trimmed(in_.substr(at_ + 2, end - at_ - 2));
    name = name.substr(0, name.find_first_of(" \t\r\n")); // attributes have no place in it
    at_ = in_[end] == '>' ? end + 1 : end;
    auto found = std::find(open_.rbegin(), open_.rend(), name);
    if (found == open_.rend())
        found = std::find_if(open_.rbegin(), open_.rend(),
                             [name](std::string_view other) { return is_same_name(other, name); });
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

std::size_t Mender::sound_tag_end(std::size_t at) const {
    std::array<std::string_view, most_attributes> known;
    for (std::size_t count = 0;; ++count) {
        const std::size_t name_start = skip_blanks(in_, at);
        if (name_start >= in_.size())
            return kit::npos;
        if (in_[name_start] == '>')
            return name_start + 1;
        if (in_.substr(name_start, 2) == "/>")
            return name_start + 2;
        const std::size_t equals = name_end(in_, name_start);
        const std::string_view name = in_.substr(name_start, equals - name_start);
        const auto end = known.begin() + static_cast<std::ptrdiff_t>(count);
        if (name_start == at || count == most_attributes || in_.substr(equals, 1) != "=" ||
            !is_attribute_name(name) || std::find(known.begin(), end, name) != end)
            return kit::npos;
        *end = name;
        const char quote = equals + 1 < in_.size() ? in_[equals + 1] : '\0';
        if (quote != '"' && quote != '\'')
            return kit::npos;
        const std::size_t close = in_.find(quote, equals + 2);
        if (close == kit::npos)
            return kit::npos;
        const std::string_view value = in_.substr(equals + 2, close - equals - 2);
        if (value.find('<') != kit::npos || (controls_ && find_control(value) != kit::npos))
            return kit::npos;
        for (auto mark = value.find('&'); mark != kit::npos; mark = value.find('&', mark + 1)) {
            const std::string_view rest = value.substr(mark);
            if (own_reference(rest) == 0 && !is_sound_number(rest, kit::read_reference(rest)))
                return kit::npos;
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
            return kit::npos;
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
                const std::size_t next = next_attribute(inside, in_.substr(value_end, 2));
                if (holds_tag(inside)) // the closing quote was forgotten
                    value_end = unquoted_end(in_, value, inside.find('>'));
                else if (next != kit::npos) // the same, and this one opens the next value
                    value_end = value + next;
                else if (value_end == in_.size()) // cut off, or no closing quote and nothing behind it
                    return kit::npos;
                at = in_[value_end] == quote ? value_end + 1 : value_end;
            } else {
                value_end = std::min(in_.find_first_of(" \t\r\n>", value), in_.size());
                value_end = unquoted_end(in_, value, value_end - value);
                at = value_end;
                if (is_typographic_quote(in_.substr(value, 3)) && value_end >= value + 6) {
                    value += 3;
                    if (is_typographic_quote(in_.substr(value_end - 3, 3)))
                        value_end -= 3;
                }
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

} // namespace crier::feed
