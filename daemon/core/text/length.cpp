#include "core/text/length.hpp"

#include "core/text/entities.hpp"
#include "core/text/plain.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>

namespace crier::text {
namespace {

/// What the server counts in the place of `text`: with an x for each character that a link counts.
void append_counted(std::string_view text, const LengthRules& rules, std::string& counted) {
    std::vector<Entity> entities;
    if (rules.per_url > 0)
        entities = find_links(text);
    if (rules.local_mentions) {
        const std::vector<Entity> mentions = find_mentions(text);
        entities.insert(entities.end(), mentions.begin(), mentions.end());
    }
    counted.reserve(counted.size() + text.size());
    std::size_t done = 0;
    for (const Entity& entity : without_overlaps(std::move(entities))) {
        counted += text.substr(done, entity.begin - done);
        if (entity.kind == Entity::Kind::link)
            counted.append(rules.per_url, 'x');
        else
            counted += text.substr(entity.begin, entity.local_end - entity.begin);
        done = entity.end;
    }
    counted += text.substr(done);
}

bool is_blank(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        if (!is_space(point.value))
            return false;
        at += point.size;
    }
    return true;
}

} // namespace

std::size_t graphemes(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at = grapheme_end(text, at))
        ++count;
    return count;
}

std::size_t units(std::string_view text, LengthUnit unit) {
    if (unit == LengthUnit::grapheme)
        return graphemes(text);
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        count += unit == LengthUnit::utf16 && point.value > 0xFFFF ? 2 : 1;
        at += point.size;
    }
    return count;
}

std::string first_units(std::string_view text, std::size_t most, LengthUnit unit) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = grapheme_end(text, at);
        count += units(text.substr(at, end - at), unit);
        if (count > most)
            return std::string{text.substr(0, at)};
        at = end;
    }
    return std::string{text};
}

std::size_t text_length(std::string_view text, const LengthRules& rules) {
    std::string counted;
    append_counted(text, rules, counted);
    return units(counted, rules.unit);
}

std::size_t status_length(std::string_view status, std::string_view spoiler_text, const LengthRules& rules) {
    if (rules.counts_warning && is_blank(status))
        return text_length(strip(spoiler_text), rules);
    // The server counts both as one, rewritten text: a combining mark behind a link joins the link's last
    // character here as there.
    std::string counted = rules.counts_warning ? strip(spoiler_text) : std::string{};
    append_counted(strip(status), rules, counted);
    return units(counted, rules.unit);
}

} // namespace crier::text
