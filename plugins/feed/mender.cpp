#include "feed/mender.hpp"

#include "feed/xml_syntax.hpp"
#include "kit/ascii.hpp"
#include "kit/entities.hpp"
#include "kit/utf8.hpp"

#include <algorithm>
#include <utility>

namespace crier::feed {
namespace {

constexpr std::string_view section_mark = "<![CDATA[";
constexpr std::size_t piece = std::size_t{32} << 10U; ///< of text that is handed on at once

/// Where `<!DOCTYPE ...>` ends, its internal subset included.
std::size_t declaration_end(std::string_view text, std::size_t at) {
    int brackets = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' || c == '\'') {
            i = text.find(c, i + 1);
            if (i == kit::npos)
                return kit::npos;
        } else if (c == '[') {
            ++brackets;
        } else if (c == ']') {
            --brackets;
        } else if (c == '<' && text.substr(i, 4) == "<!--") {
            i = text.find("-->", i + 4);
            if (i == kit::npos)
                return kit::npos;
            i += 2;
        } else if (c == '>' && brackets <= 0) {
            return i + 1;
        }
    }
    return kit::npos;
}

} // namespace

Mender::Mender(std::string_view document)
    : in_(document) {
    const std::size_t control = find_control(in_);
    if (control == kit::npos)
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
        if (section_end_ != kit::npos)
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
    } else if (kit::starts_but_case(rest, section_mark)) {
        begin_section();
    } else if (second == '!') {
        // There is one document type at most, and it stands before the root.
        const bool doctype = open_.empty() && !std::exchange(past_doctype_, true);
        const std::size_t end = doctype ? declaration_end(in_, at_ + 2) : kit::npos;
        if (end == kit::npos) {
            skip_past(">", at_); // none, or something is wrong with its quotes
        } else {
            entities_.read(in_.substr(at_, end - at_));
            at_ = end;
        }
    } else if (second == '?') {
        // A declaration has no '>' in it: its end may be wrong, and all is well.
        const bool declaration = rest.substr(0, 6) == "<?xml ";
        skip_past(declaration ? ">" : "?>", at_ + 2);
    } else {
        mended("a '<' that begins no tag");
        if (!open_.empty())
            out += "&lt;";
        ++at_;
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

/// Where it does not end, its mark was a mistake, and what follows is what it would be without.
void Mender::begin_section() {
    section_end_ = no_section_end_ ? kit::npos : in_.find("]]>", at_ + section_mark.size());
    no_section_end_ = section_end_ == kit::npos;
    if (no_section_end_)
        mended("a CDATA section that does not end");
    at_ += section_mark.size();
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
        for (auto again = part.find(section_mark); again != kit::npos; again = part.find(section_mark)) {
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
        section_end_ = kit::npos;
    }
}

void Mender::stretch(std::string_view text, std::string& out) {
    const std::size_t start = out.size();
    while (true) {
        const auto end_mark = text.find("]]>"); // of a section in a section, most likely
        out += text.substr(0, end_mark);
        if (end_mark == kit::npos)
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
    if (const std::size_t size = entities_.expand(rest, out); size > 0)
        return at + size;
    const kit::Reference found = kit::read_reference(rest);
    if (is_sound_number(rest, found)) {
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
    if (!is_xml_character(found.code)) // of controls and halves nothing is left
        return at + found.size;
    if (found.code < 0x80) { // it may mean something in XML
        out += "&#";
        out += std::to_string(static_cast<unsigned>(found.code));
        out += ';';
    } else {
        kit::append_utf8(found.code, out);
    }
    return at + found.size;
}

void Mender::close_down_to(std::size_t depth, std::string& out) {
    while (open_.size() > depth) {
        out += "</";
        out += open_.back();
        out += '>';
        open_.pop_back();
    }
}

void Mender::skip_past(std::string_view mark, std::size_t from) {
    const std::size_t found = in_.find(mark, std::min(from, in_.size()));
    if (found == kit::npos)
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
