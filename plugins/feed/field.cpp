#include "feed/field.hpp"

#include "feed/base64.hpp"
#include "feed/charset_convert.hpp"
#include "feed/limits.hpp"
#include "feed/xml_syntax.hpp"
#include "kit/address.hpp"
#include "kit/ascii.hpp"
#include "kit/utf8.hpp"

#include <utility>

namespace crier::feed {
namespace {

/// Atom's type attribute, in version 1.0 and in 0.3.
enum class AtomType { plain, html, xhtml, unsaid, xml, bytes, other };

AtomType atom_type(const XmlAttributes& attributes, const std::string& mode) {
    std::string type = kit::lowered(attributes.get("type"));
    type = kit::trimmed(std::string_view{type}.substr(0, type.find(';')));
    if (type.empty() && mode == "escaped")
        return AtomType::unsaid; // nobody escapes what is no markup
    if (type == "xhtml" || type == "application/xhtml+xml")
        return mode == "escaped" || mode == "base64" ? AtomType::html : AtomType::xhtml;
    if (type == "html" || type == "text/html")
        return mode == "xml" ? AtomType::xhtml : AtomType::html;
    const auto ends_in = [&type](std::string_view end) {
        return type.size() > end.size() && type.substr(type.size() - end.size()) == end;
    };
    if (type == "application/octet-stream")
        return AtomType::bytes;
    if (ends_in("+xml") || ends_in("/xml"))
        return AtomType::xml;
    return type.empty() || kit::starts_but_case(type, "text") ? AtomType::plain : AtomType::other;
}

void append_escaped(std::string_view text, std::string& out) {
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
}

/// What the reader of HTML looks at.
constexpr std::string_view picture_attributes[] = {"src",           "alt",           "width",  "height",
                                                   "class",         "style",         "srcset", "data-src",
                                                   "data-lazy-src", "data-original", "start",  "value"};

} // namespace

std::optional<Field> Field::of_atom(Term term, const XmlAttributes& attributes) {
    const std::string mode = kit::lowered(kit::trimmed(attributes.get("mode")));
    AtomType type = atom_type(attributes, mode);
    if (type == AtomType::other && term != Term::content)
        type = AtomType::unsaid; // a title is always a text (RFC 4287, 3.1)
    if (type == AtomType::other)
        return std::nullopt;
    Field field{term, Space::atom,
                type == AtomType::plain                               ? kit::Form::plain
                : type == AtomType::unsaid || type == AtomType::bytes ? kit::Form::guess
                                                                      : kit::Form::html};
    field.xhtml_ = type == AtomType::xhtml || type == AtomType::xml;
    field.other_xml_ = type == AtomType::xml;
    field.base64_ = mode == "base64" || (type == AtomType::bytes && mode.empty()); // RFC 4287, 4.1.3.3
    return field;
}

Field Field::of_xhtml(Term term, Space space) {
    Field field{term, space, kit::Form::html};
    field.xhtml_ = true;
    return field;
}

bool Field::is_in_sentence() const {
    if (!is_told())
        return false;
    const auto last = text_.find_last_not_of(" \t");
    return last != std::string::npos && last + 1 < text_.size() && !kit::is_blank(text_[last]);
}

void Field::add_text(std::string_view part, bool in_tag, Warnings& warnings) {
    if (cut_)
        return;
    if (text_.size() + part.size() > most_text) {
        part = kit::cut_utf8(part, most_text - text_.size());
        cut_ = true;
        warnings.add("a text of more than a megabyte was cut");
    }
    if (xhtml_ || in_tag)
        append_escaped(part, text_);
    else
        text_ += part;
}

void Field::add_tag(std::string_view name, const XmlAttributes& attributes, const std::string& base) {
    if (form_ == kit::Form::plain) { // there is markup, so what came before was none
        std::string escaped;
        append_escaped(text_, escaped);
        text_ = std::move(escaped);
        xhtml_ = true;
    }
    form_ = kit::Form::html;
    std::string tag = "<";
    tag += name;
    for (const std::string_view wanted : picture_attributes)
        if (std::string_view value = attributes.get(wanted); !value.empty()) {
            // An element may have a base of its own, which its text's does not know.
            const std::string whole = wanted == "src" ? kit::absolute_address(value, base) : std::string{};
            tag.append(" ").append(wanted).append("=\"");
            append_escaped(whole.empty() ? value : whole, tag);
            tag += '"';
        }
    tag += '>';
    if (text_.size() + tag.size() <= most_text)
        text_ += tag;
}

void Field::end_tag(std::string_view name) {
    constexpr std::size_t brackets = 3;
    if (name == "br" || name == "img" || text_.size() + name.size() + brackets > most_text)
        return; // those two have no end in HTML
    text_ += "</";
    text_ += name;
    text_ += '>';
}

/// Base64; a title that is none was only called that. Bytes that are no text say nothing.
void Field::decode() {
    const auto bytes = from_base64(text_);
    if (!bytes) {
        if (term_ == Term::content)
            text_.clear();
        return;
    }
    text_ = mend_utf8(*bytes, kit::valid_utf8_prefix(*bytes));
    if (find_control(text_) != kit::npos)
        text_.clear();
}

Written Field::take(const std::string& base) {
    if (other_xml_)
        text_.clear();
    if (base64_)
        decode();
    // A section that was escaped with the rest is meant as one, whatever stands in it.
    constexpr std::string_view begin = "<![CDATA[";
    constexpr std::string_view end = "]]>";
    const std::string_view text = kit::trimmed(text_);
    if (!xhtml_ && text.size() >= begin.size() + end.size() && text.substr(0, begin.size()) == begin &&
        text.find(end) == text.size() - end.size())
        text_ = std::string{text.substr(begin.size(), text.size() - begin.size() - end.size())};
    return Written{std::move(text_), form_, base};
}

} // namespace crier::feed
