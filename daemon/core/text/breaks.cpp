#include "core/text/breaks.hpp"

#include "core/ascii.hpp"
#include "core/text/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace crier::text {
namespace {

/// `units`, for one cluster.
std::size_t units_of_cluster(std::string_view cluster, LengthUnit unit) {
    return unit == LengthUnit::grapheme ? 1 : units(cluster, unit);
}

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

/// Longer than two letters, and yet no sentence ends with them, but a name or number follows.
bool is_title(std::string_view word) {
    static constexpr std::array<std::string_view, 14> titles{"prof", "mrs", "messrs", "gen", "sen",
                                                             "rep",  "rev", "capt",   "sgt", "hon",
                                                             "vol",  "fig", "art",    "sra"};
    return std::find(titles.begin(), titles.end(), ascii::lower(word)) != titles.end();
}

/// "Dr. No", "z. B.", "3. Oktober", "J. S. Bach", "Prof. Smith", "ca. 5", "etc. and": the full stop at `stop`
/// ends an abbreviation rather than a sentence.
bool is_abbreviation(std::string_view text, std::size_t stop) {
    std::size_t begin = stop;
    std::size_t letters = 0;
    for (CodePoint before = code_point_before(text, begin); is_word(before.value) && letters < 8;
         before = code_point_before(text, begin)) {
        begin -= before.size;
        ++letters;
    }
    if (letters == 0)
        return false;
    std::size_t after = stop + 1;
    CodePoint next = code_point(text, after);
    while (next.size > 0 && is_space(next.value))
        next = code_point(text, after += next.size);
    const auto category = next.size > 0 ? utf8proc_category(next.value) : UTF8PROC_CATEGORY_CN;
    if (category == UTF8PROC_CATEGORY_LL)
        return true; // no sentence begins small
    const std::int32_t before = code_point_before(text, begin).value;
    if (before == '/' || before == '=' || before == '#') // of an address or a hashtag
        return false;
    const CodePoint first = code_point(text, begin);
    const bool small = utf8proc_category(first.value) == UTF8PROC_CATEGORY_LL;
    if (letters <= 2) // "I was so. Then": a word may be as short when a sentence could begin behind it
        return letters == 1 || !small || category == UTF8PROC_CATEGORY_ND;
    return is_title(text.substr(begin, stop - begin));
}

/// What no line begins with, where it could be broken off before any character: commas, stops, what closes.
bool hangs_on(std::int32_t c) {
    return c == 0x3001 || c == 0xFF0C || c == 0x3011 || c == 0x30FC || ends_by_itself(c) || closes(c);
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
    if (!is_word_end(text, at) || hangs_on(code_point(text, at).value))
        return Break::Kind::grapheme;
    if (is_paragraph_end(text, at))
        return Break::Kind::paragraph;
    return is_line_end(text, at) || is_sentence_end(text, at) ? Break::Kind::sentence : Break::Kind::word;
}

} // namespace

std::vector<Entity> solid_parts(std::string_view text) {
    std::vector<Entity> all = find_addresses(text);
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

std::vector<Break> breaks_of(std::string_view text, const LengthRules& rules) {
    const std::vector<Entity> solid = solid_parts(text);
    std::vector<Break> breaks;
    auto next = solid.begin();
    Break at;
    while (at.end < text.size()) {
        if (next != solid.end() && next->begin <= at.end) {
            at.length += text_length(text.substr(next->begin, next->end - next->begin), rules);
            at.end = next->end;
            ++next;
        } else {
            const std::size_t begin = at.end;
            at.end = grapheme_end(text, begin);
            at.length += units_of_cluster(text.substr(begin, at.end - begin), rules.unit);
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
