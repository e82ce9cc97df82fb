#include "core/text/breaks.hpp"

#include "core/text/length.hpp"
#include "core/text/utf8.hpp"

namespace crier::text {
namespace {

/// Writing systems that put no blanks between words: one may be cut off after each character.
bool runs_on(std::int32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

/// Quotes and brackets that may stand behind a sentence's last mark.
bool closes(std::int32_t c) {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xBB || c == 0xAB || c == 0x2019 ||
           c == 0x201C || c == 0x201D || c == 0x300D || c == 0x300F || c == 0xFF09;
}

/// Marks that end a sentence whatever follows.
bool ends_by_itself(std::int32_t c) {
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E;
}

/// "Dr. No", "z. B.", "J. S. Bach": what is so short before a full stop is rather an abbreviation.
bool is_abbreviation(std::string_view text, std::size_t stop) {
    constexpr int shortest_word = 3;
    int letters = 0;
    for (CodePoint before = code_point_before(text, stop); letters < shortest_word;
         before = code_point_before(text, stop)) {
        if (!is_word(before.value))
            return letters > 0;
        ++letters;
        stop -= before.size;
    }
    return false;
}

bool is_paragraph_end(std::string_view text, std::size_t at) {
    int lines = 0;
    for (CodePoint next = code_point(text, at); next.size > 0 && is_space(next.value);
         next = code_point(text, at)) {
        lines += next.value == '\n' ? 1 : 0;
        at += next.size;
    }
    return lines > 1;
}

bool is_line_end(std::string_view text, std::size_t at) {
    CodePoint next = code_point(text, at);
    while (next.size > 0 && next.value != '\n' && is_space(next.value)) {
        at += next.size;
        next = code_point(text, at);
    }
    return next.value == '\n';
}

Break::Kind kind_of(std::string_view text, std::size_t at) {
    if (!is_word_end(text, at))
        return Break::Kind::grapheme;
    if (is_paragraph_end(text, at))
        return Break::Kind::paragraph;
    return is_line_end(text, at) || is_sentence_end(text, at) ? Break::Kind::sentence : Break::Kind::word;
}

} // namespace

std::vector<Entity> solid_parts(std::string_view text) {
    std::vector<Entity> all = find_links(text);
    for (const auto& more : {find_mentions(text), find_hashtags(text)})
        all.insert(all.end(), more.begin(), more.end());
    return without_overlaps(std::move(all));
}

bool is_word_end(std::string_view text, std::size_t at) {
    const std::int32_t before = code_point_before(text, at).value;
    if (is_space(before))
        return false;
    const CodePoint after = code_point(text, at);
    return after.size == 0 || is_space(after.value) || runs_on(before) || runs_on(after.value);
}

bool is_sentence_end(std::string_view text, std::size_t at) {
    const CodePoint after = code_point(text, at);
    CodePoint last = code_point_before(text, at);
    for (int most = 4; most > 0 && closes(last.value); --most) {
        at -= last.size;
        last = code_point_before(text, at);
    }
    if (ends_by_itself(last.value))
        return true;
    if (after.size > 0 && !is_space(after.value))
        return false;
    const bool marks = last.value == '.' || last.value == '!' || last.value == '?' || last.value == 0x2026 ||
                       last.value == 0x61F || last.value == 0x6D4 || last.value == 0x964;
    return marks && (last.value != '.' || !is_abbreviation(text, at - last.size));
}

std::vector<Break> breaks_of(std::string_view text, std::size_t per_url) {
    const std::vector<Entity> solid = solid_parts(text);
    std::vector<Break> breaks;
    auto next = solid.begin();
    Break at;
    while (at.end < text.size()) {
        if (next != solid.end() && next->begin <= at.end) {
            if (next->kind == Entity::Kind::link && per_url > 0)
                at.length += per_url;
            else if (next->kind == Entity::Kind::mention)
                at.length += graphemes(text.substr(next->begin, next->local_end - next->begin));
            else
                at.length += graphemes(text.substr(next->begin, next->end - next->begin));
            at.end = next->end;
            ++next;
        } else {
            at.end = grapheme_end(text, at.end);
            ++at.length;
        }
        // What follows a letter begins no mention and no hashtag; at a part's begin it would.
        const char begins = at.end < text.size() ? text[at.end] : ' ';
        if (begins == '@' || begins == '#')
            continue;
        at.kind = kind_of(text, at.end);
        breaks.push_back(at);
    }
    return breaks;
}

} // namespace crier::text
