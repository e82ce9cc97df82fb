#include "calendar/lines.hpp"

#include "kit/ascii.hpp"

#include <algorithm>

namespace crier::calendar {
namespace {

constexpr std::string_view mark = "\xef\xbb\xbf";

bool is_name(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return kit::is_digit(c) || c == '-' || c == '_' || (kit::capital(c) >= 'A' && kit::capital(c) <= 'Z');
    });
}

/// The first of these characters that stands outside of quotes, from `at` on.
std::size_t find_outside(std::string_view text, std::string_view wanted, std::size_t at) {
    bool quoted = false;
    for (; at < text.size(); ++at) {
        if (text[at] == '"')
            quoted = !quoted;
        else if (!quoted && wanted.find(text[at]) != std::string_view::npos)
            return at;
    }
    return std::string_view::npos;
}

Line split(std::string_view text, std::size_t number) {
    Line line;
    line.number = number;
    line.value = text;
    const std::size_t name_end = text.find_first_of(";:");
    if (name_end == std::string_view::npos || !is_name(text.substr(0, name_end)))
        return line;
    std::size_t colon = find_outside(text, ":", name_end);
    if (colon == std::string_view::npos) // a quote that nobody closed
        colon = text.find(':', name_end);
    if (colon == std::string_view::npos)
        return line;
    line.name = text.substr(0, name_end);
    line.params = text.substr(name_end, colon - name_end);
    line.value = text.substr(colon + 1);
    return line;
}

/// Without quotes, and with what RFC 6868 writes as ^n, ^' and ^^.
std::string plain_value(std::string_view value) {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char following = i + 1 < value.size() ? value[i + 1] : '\0';
        if (value[i] == '"')
            continue;
        if (value[i] != '^' || (following != 'n' && following != '\'' && following != '^')) {
            out += value[i];
            continue;
        }
        out += following == 'n' ? '\n' : following == '\'' ? '"' : '^';
        ++i;
    }
    return out;
}

} // namespace

Lines::Lines(std::string_view bytes)
    : rest_(bytes) {
    if (rest_.substr(0, mark.size()) == mark)
        rest_.remove_prefix(mark.size());
}

std::string_view Lines::raw() {
    std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
    ++number_;
    while (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    return line;
}

bool Lines::goes_on() const noexcept {
    return !rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t');
}

std::optional<Line> Lines::next() {
    while (!rest_.empty()) {
        std::string_view text = raw();
        const std::size_t begin = number_;
        if (goes_on()) {
            joined_ = text;
            while (goes_on())
                joined_ += raw().substr(1);
            text = joined_;
        }
        if (text.find_first_not_of(" \t") != std::string_view::npos)
            return split(text, begin);
    }
    return std::nullopt;
}

std::string parameter(const Line& line, std::string_view name) {
    for (std::size_t at = 0; at < line.params.size();) { // at a ';'
        const std::size_t end = std::min(find_outside(line.params, ";", at + 1), line.params.size());
        const std::string_view one = line.params.substr(at + 1, end - at - 1);
        const std::size_t equals = one.find('=');
        if (equals != std::string_view::npos && kit::same_but_case(one.substr(0, equals), name))
            return plain_value(one.substr(equals + 1));
        at = end;
    }
    return {};
}

} // namespace crier::calendar
