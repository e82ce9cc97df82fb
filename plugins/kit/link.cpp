#include "kit/link.hpp"

#include "kit/text.hpp"

#include <algorithm>

namespace crier::kit {
namespace {

/// What would be longer is no address and no title, only brackets in a text.
constexpr std::size_t longest = 2048;
constexpr std::size_t deepest_parentheses = 16;
constexpr std::string_view blanks = " \t\r\n";

std::size_t past_blanks(std::string_view text, std::size_t at) {
    const std::size_t end = text.substr(0, std::min(text.size(), at + longest)).find_first_not_of(blanks, at);
    return end == std::string_view::npos ? std::min(text.size(), at + longest) : end;
}

/// <...>, or what has no blanks and as many ( as ). Its end, or npos.
std::size_t address_end(std::string_view text, std::size_t at) {
    const std::size_t limit = std::min(text.size(), at + longest);
    if (at < limit && text[at] == '<') {
        const std::size_t end = text.substr(0, limit).find_first_of("<>\n", at + 1);
        return end == std::string_view::npos || text[end] != '>' ? std::string_view::npos : end + 1;
    }
    std::size_t depth = 0;
    for (; at < limit; ++at) {
        const char c = text[at];
        if (static_cast<unsigned char>(c) <= ' ' || (c == ')' && depth == 0))
            return at;
        if (c == '\\' && at + 1 < limit)
            ++at;
        else if (c == '(' && ++depth > deepest_parentheses)
            return std::string_view::npos;
        else if (c == ')')
            --depth;
    }
    return limit == text.size() ? limit : std::string_view::npos;
}

std::string bare_address(std::string_view raw) {
    if (raw.size() >= 2 && raw.front() == '<')
        raw = raw.substr(1, raw.size() - 2);
    std::string address;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\\' && i + 1 < raw.size())
            ++i;
        address += raw[i];
    }
    return address;
}

/// Past a title in quotes or parentheses; npos: it does not end.
std::size_t past_title(std::string_view text, std::size_t at) {
    const char open = at < text.size() ? text[at] : '\0';
    if (open != '"' && open != '\'' && open != '(')
        return at;
    const std::size_t limit = std::min(text.size(), at + longest);
    const std::size_t end = text.substr(0, limit).find(open == '(' ? ')' : open, at + 1);
    return end == std::string_view::npos ? end : end + 1;
}

int digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/// "mailto:", "https:", and none of "C:\".
bool has_scheme(std::string_view target) {
    const std::size_t colon = target.find(':');
    return colon != std::string_view::npos && colon > 1 && target.find_first_of("/?#") > colon;
}

} // namespace

std::string label_of(std::string_view text) {
    std::string label;
    for (const char c : lowered(trimmed(text))) {
        const bool blank = blanks.find(c) != std::string_view::npos;
        if (!blank || label.back() != ' ')
            label += blank ? ' ' : c;
    }
    return label;
}

std::optional<std::string_view> label_at(std::string_view text, std::size_t& at) {
    const std::size_t limit = std::min(text.size(), at + longest);
    if (at >= limit || text[at] != '[')
        return std::nullopt;
    const std::size_t end = text.substr(0, limit).find_first_of("[]", at + 1);
    if (end == std::string_view::npos || text[end] != ']')
        return std::nullopt;
    const std::string_view label = text.substr(at + 1, end - at - 1);
    at = end + 1;
    return label;
}

std::optional<Definition> definition_in(std::string_view line) {
    std::size_t at = std::min(line.find_first_not_of(' '), line.size());
    const auto label = at <= 3 ? label_at(line, at) : std::nullopt;
    if (!label || trimmed(*label).empty() || label->front() == '^' || line.substr(at, 1) != ":")
        return std::nullopt;
    const std::size_t begin = past_blanks(line, at + 1);
    const std::size_t end = address_end(line, begin);
    if (end == std::string_view::npos || end == begin)
        return std::nullopt;
    const std::size_t title = past_blanks(line, end);
    const std::size_t behind = title > end ? past_title(line, title) : title;
    if (behind == std::string_view::npos || past_blanks(line, behind) < line.size())
        return std::nullopt;
    return Definition{label_of(*label), bare_address(line.substr(begin, end - begin))};
}

std::optional<std::string> target_at(std::string_view text, std::size_t& at) {
    if (at >= text.size() || text[at] != '(')
        return std::nullopt;
    const std::size_t begin = past_blanks(text, at + 1);
    const std::size_t end = address_end(text, begin);
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::size_t title = past_blanks(text, end);
    std::size_t behind = title > end ? past_title(text, title) : title;
    behind = behind == std::string_view::npos ? behind : past_blanks(text, behind);
    if (behind >= text.size() || text[behind] != ')')
        return std::nullopt;
    at = behind + 1;
    return bare_address(text.substr(begin, end - begin));
}

std::string link_text(const std::string& words, const std::string& target) {
    if (!has_scheme(target)) // it leads to somewhere beside this file
        return words;
    std::string shown = target.substr(0, 7) == "mailto:" ? target.substr(7) : target;
    const std::string bare = lowered(words);
    // "example.org" for "https://example.org/" says nothing more.
    if (words.empty() || words == target || words == shown || shown == "https://" + bare ||
        shown == "https://" + bare + "/" || shown == "http://" + bare || shown == "http://" + bare + "/")
        return shown;
    return words + " (" + shown + ")";
}

std::string file_name_of(std::string_view target) {
    std::string name;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const int high = target[i] == '%' && i + 2 < target.size() ? digit(target[i + 1]) : -1;
        const int low = high >= 0 ? digit(target[i + 2]) : -1;
        if (low < 0) {
            name += target[i];
            continue;
        }
        name += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return name;
}

} // namespace crier::kit
