#include "feed/json_parts.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace crier::feed {
namespace {

/// Past the string that begins at `at`; npos: it does not end.
std::size_t string_end(std::string_view text, std::size_t at) {
    for (++at;; at += 2) { // past a backslash and what it escapes
        at = text.find_first_of("\"\\", std::min(at, text.size()));
        if (at == kit::npos)
            return kit::npos;
        if (text[at] == '"')
            return at + 1;
    }
}

/// Past the value that begins at `at`; npos: it does not end.
std::size_t value_end(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = string_end(text, at);
            if (at == kit::npos)
                return kit::npos;
            if (depth == 0)
                return at;
            continue;
        }
        if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (depth == 0) // the end of what is around it
                return at;
            if (--depth == 0)
                return at + 1;
        } else if (c == ',' && depth == 0) {
            return at;
        }
        ++at;
    }
    return kit::npos;
}

std::size_t skip_blanks_and_commas(std::string_view text, std::size_t at) {
    while (at < text.size() && (kit::is_blank(text[at]) || text[at] == ','))
        ++at;
    return at;
}

/// The four digits of "\uXXXX" at `at`, or 0.
unsigned unit_at(std::string_view text, std::size_t at) {
    unsigned unit = 0;
    if (text.substr(at, 2) != "\\u" || at + 6 > text.size())
        return 0;
    const auto read = std::from_chars(text.data() + at + 2, text.data() + at + 6, unit, 16);
    return read.ptr == text.data() + at + 6 ? unit : 0;
}

/// "NaN", "Infinity": what JavaScript and Python have beside the numbers, and JSON does not.
std::string_view no_number_at(std::string_view text, std::size_t at) {
    static constexpr std::string_view words[] = {"NaN", "Infinity", "-Infinity"};
    for (const std::string_view word : words)
        if (text.substr(at, word.size()) == word)
            return word;
    return {};
}

bool is_high(unsigned unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

bool is_low(unsigned unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

} // namespace

JsonParts::JsonParts(std::string_view document)
    : text_(document) {
    // The keys at the top, each with its value.
    for (std::size_t at = 1;;) {
        at = skip_blanks_and_commas(text_, at);
        if (at >= text_.size())
            return;
        if (text_[at] == '}') {
            complete_ = true;
            return;
        }
        const std::size_t key_end = text_[at] == '"' ? string_end(text_, at) : kit::npos;
        if (key_end == kit::npos)
            return;
        const bool is_items = text_.substr(at, key_end - at) == "\"items\"" && items_ == kit::npos;
        at = key_end;
        while (at < text_.size() && (kit::is_blank(text_[at]) || text_[at] == ':'))
            ++at;
        const std::size_t end = value_end(text_, at);
        if (is_items && at < text_.size() && text_[at] == '[') {
            items_ = at_ = at + 1;
            items_end_ = std::min(end, text_.size());
        }
        if (end == kit::npos)
            return;
        at = end;
    }
}

std::string JsonParts::without_items() const {
    std::string rest{text_.substr(0, items_)};
    rest += ']';
    // What follows is only of use where it is whole.
    rest += complete_ ? text_.substr(items_end_, text_.rfind('}') + 1 - items_end_) : std::string_view{"}"};
    return rest;
}

std::optional<std::string_view> JsonParts::next_item() {
    at_ = skip_blanks_and_commas(text_, at_);
    if (at_ >= text_.size() || text_[at_] == ']' || text_[at_] == '}')
        return std::nullopt;
    const std::size_t end = value_end(text_, at_);
    if (end == kit::npos) {
        at_ = text_.size();
        return std::nullopt;
    }
    const std::string_view item = text_.substr(at_, end - at_);
    at_ = end;
    return item;
}

std::string mend_json(std::string_view json) {
    std::string out;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (!in_string) {
            if (c == ',') { // with all blanks and commas behind it, so that the time stays linear
                const std::size_t next = skip_blanks_and_commas(json, i);
                const bool at_end = next < json.size() && (json[next] == '}' || json[next] == ']');
                out += at_end ? std::string_view{} : json.substr(i, next - i);
                i = next - 1;
                continue;
            }
            if (const std::string_view number = no_number_at(json, i); !number.empty()) {
                out.append("\"").append(number).append("\"");
                i += number.size() - 1;
                continue;
            }
            in_string = c == '"';
            out += c;
            continue;
        }
        const unsigned unit = unit_at(json, i);
        if (is_high(unit) && is_low(unit_at(json, i + 6))) {
            out += json.substr(i, 12);
            i += 11;
        } else if (is_high(unit) || is_low(unit)) {
            out += "\\ufffd";
            i += 5;
        } else if (c == '\\') {
            out += json.substr(i, 2);
            ++i;
        } else if (static_cast<unsigned char>(c) < ' ') {
            out += c == '\n' ? "\\n" : " ";
        } else {
            in_string = c != '"';
            out += c;
        }
    }
    return out;
}

} // namespace crier::feed
