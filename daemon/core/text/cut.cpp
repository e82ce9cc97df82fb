#include "core/text/cut.hpp"

#include "core/text/breaks.hpp"
#include "core/text/entities.hpp"
#include "core/text/plain.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>

namespace crier::text {
namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

/// What looks lost before an ellipsis.
bool is_dangling(std::int32_t c) {
    return is_space(c) || c == '.' || c == ',' || c == ';' || c == ':' || c == '-' || c == '(' ||
           c == 0x2013 || c == 0x2014 || c == 0x3001 || c == 0x3002;
}

} // namespace

Cuttable::Cuttable(std::string_view text, const LengthRules& rules, std::size_t most)
    : text_(text) {
    const std::vector<Entity> solid = solid_parts(text);
    auto next = solid.begin();
    Stop stop;
    while (stop.end < text.size()) {
        if (next != solid.end() && next->begin <= stop.end) {
            const std::string_view whole = text.substr(next->begin, next->end - next->begin);
            stop.link = next->kind == Entity::Kind::link;
            stop.length += text_length(whole, rules);
            stop.end = stop.solid = next->end;
            ++next;
        } else {
            const std::size_t begin = stop.end;
            stop.end = grapheme_end(text, begin);
            stop.length += rules.unit == LengthUnit::grapheme
                               ? 1
                               : units(text.substr(begin, stop.end - begin), rules.unit);
        }
        if (stop.length > most) {
            length_ = most + 1;
            return;
        }
        stop.word_end = is_word_end(text, stop.end);
        stops_.push_back(stop);
    }
    length_ = stop.length;
}

std::string Cuttable::ellipted(const Stop& stop) const {
    std::size_t end = stop.end;
    while (end > stop.solid) {
        const CodePoint last = code_point_before(text_, end);
        if (!is_dangling(last.value))
            break;
        end -= last.size;
    }
    if (end == 0)
        return {};
    std::string out{text_.substr(0, end)};
    // Right behind a link it would become part of it.
    if (stop.link && end == stop.solid)
        out += ' ';
    out += ellipsis;
    return out;
}

std::string Cuttable::cut(std::size_t length) const {
    if (length_ <= length)
        return std::string{text_};
    const auto needed = [](const Stop& stop) {
        return stop.length + (stop.link && stop.end == stop.solid ? 2U : 1U);
    };
    auto last = std::upper_bound(stops_.begin(), stops_.end(), length,
                                 [](std::size_t wanted, const Stop& stop) { return wanted <= stop.length; });
    const Stop* any = nullptr;
    while (last != stops_.begin()) {
        --last;
        if (needed(*last) > length)
            continue;
        if (any == nullptr)
            any = &*last;
        if (last->word_end)
            return ellipted(*last);
    }
    return any == nullptr ? std::string{} : ellipted(*any);
}

std::string shorten(std::string_view text, std::size_t count) {
    const LengthRules as_it_stands{.per_url = 0, .local_mentions = false};
    return Cuttable{text, as_it_stands, count}.cut(count);
}

} // namespace crier::text
