#include "core/ascii.hpp"
#include "core/text/link.hpp"
#include "core/text/top_level.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace crier::text {
namespace {

bool is_ascii_letter(std::int32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_ascii_alnum(std::int32_t c) {
    return is_ascii_letter(c) || (c >= '0' && c <= '9');
}

bool is_directional(std::int32_t c) {
    return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/// What a label consists of, hyphens and underscores aside.
bool is_label_char(std::int32_t c) {
    if (c < 0x80)
        return is_ascii_alnum(c);
    return !is_directional(c) && !is_space(c) && c != 0x180E && c != 0xFFFE && c != 0xFFFF && c != 0xFEFF;
}

/// How many bytes of `label` are a top-level domain; 0: none.
std::size_t top_level_size(std::string_view label, std::int32_t next) {
    const auto is_xn = [&] {
        return label.size() > 4 && (label[0] == 'x' || label[0] == 'X') &&
               (label[1] == 'n' || label[1] == 'N') && label[2] == '-' && label[3] == '-';
    };
    if (!is_xn())
        return known_top_level(label, next);
    std::size_t end = 4;
    while (end < label.size() && is_ascii_alnum(label[end]))
        ++end;
    return end > 4 ? end : 0;
}

/// RFC 3492: how many digits the punycode of the label has. Only its length is wanted, but that depends on
/// every delta, so it is the whole encoder.
std::size_t punycode_size(const std::vector<std::int32_t>& label) {
    constexpr std::int64_t base = 36;
    constexpr std::int64_t t_min = 1;
    constexpr std::int64_t t_max = 26;
    std::int64_t n = 0x80;
    std::int64_t delta = 0;
    std::int64_t bias = 72;
    const auto basic = std::count_if(label.begin(), label.end(), [](std::int32_t c) { return c < 0x80; });
    std::int64_t handled = basic;
    std::size_t size = static_cast<std::size_t>(basic) + (basic > 0 ? 1 : 0);
    while (handled < static_cast<std::int64_t>(label.size())) {
        std::int64_t next = 0x110000;
        for (const std::int32_t c : label)
            if (c >= n && c < next)
                next = c;
        delta += (next - n) * (handled + 1);
        n = next;
        for (const std::int32_t c : label) {
            if (c < n)
                ++delta;
            if (c != n)
                continue;
            std::int64_t q = delta;
            for (std::int64_t k = base;; k += base) {
                const std::int64_t t = std::clamp(k - bias, t_min, t_max);
                ++size;
                if (q < t)
                    break;
                q = (q - t) / (base - t);
            }
            delta /= handled == basic ? 700 : 2;
            delta += delta / (handled + 1);
            std::int64_t k = 0;
            for (; delta > ((base - t_min) * t_max) / 2; k += base)
                delta /= base - t_min;
            bias = k + (base - t_min + 1) * delta / (delta + 38);
            delta = 0;
            ++handled;
        }
        ++delta;
        ++n;
    }
    return size;
}

struct Label {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool underscore = false; ///< may stand before the domain's own name only
};

/// Reads labels with dots between, as far as they go; the last one may break off anywhere.
std::vector<Label> read_labels(std::string_view text, std::size_t at) {
    std::vector<Label> labels;
    while (at < text.size()) {
        Label label{at, at, false};
        bool ends_well = false;
        for (CodePoint point = code_point(text, at); point.size > 0; point = code_point(text, at)) {
            const bool joins = (point.value == '-' || point.value == '_') && at > label.begin;
            const bool part = point.value >= 0 && is_label_char(point.value);
            if (!joins && !part)
                break;
            label.underscore = label.underscore || point.value == '_';
            ends_well = part;
            at += point.size;
        }
        if (at == label.begin)
            break;
        label.end = at;
        labels.push_back(label);
        if (!ends_well || at >= text.size() || text[at] != '.')
            break;
        ++at;
    }
    return labels;
}

void measure(std::string_view label, HostSpan& span) {
    constexpr std::size_t longest_label = 63;
    std::vector<std::int32_t> points;
    bool ascii = true;
    for (std::size_t at = 0; at < label.size();) {
        const CodePoint point = code_point(label, at);
        points.push_back(point.value);
        ascii = ascii && point.value >= 0 && point.value < 0x80;
        at += point.size;
        if (points.size() > longest_label) { // each costs a digit at least
            span.encodable = false;
            return;
        }
    }
    if (ascii)
        return;
    const std::size_t size = 4 + punycode_size(points); // "xn--"
    if (size > longest_label)
        span.encodable = false;
    else
        span.growth += size > points.size() ? size - points.size() : 0;
}

} // namespace

HostSpan host_span(std::string_view text, std::size_t at) {
    const std::vector<Label> labels = read_labels(text, at);
    for (std::size_t i = labels.size(); i-- > 1;) {
        if (labels[i - 1].underscore)
            continue;
        const std::string_view label = text.substr(labels[i].begin, labels[i].end - labels[i].begin);
        const std::size_t top = top_level_size(label, code_point(text, labels[i].end).value);
        if (top == 0)
            continue;
        HostSpan span;
        span.end = labels[i].begin + top;
        for (std::size_t j = 0; j < i; ++j)
            measure(text.substr(labels[j].begin, labels[j].end - labels[j].begin), span);
        measure(label.substr(0, top), span);
        return span;
    }
    return {};
}

} // namespace crier::text
