#include "core/text/entities.hpp"

#include "core/text/link.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>

namespace crier::text {
namespace {

bool is_handle_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Words with runs of dots and hyphens between: `[w]+([.-]+[w]+)*`. Returns where it ends, or `at`.
template <class IsWord>
std::size_t dotted_end(std::string_view text, std::size_t at, IsWord word_size) {
    std::size_t end = at;
    while (at < text.size()) {
        if (const std::size_t size = word_size(at); size > 0)
            end = at += size;
        else if (text[at] == '.' || text[at] == '-')
            ++at;
        else
            break;
    }
    return end;
}

std::size_t user_end(std::string_view text, std::size_t at) {
    if (at >= text.size() || !is_handle_char(text[at]))
        return at;
    return dotted_end(text, at,
                      [&](std::size_t i) -> std::size_t { return is_handle_char(text[i]) ? 1 : 0; });
}

std::size_t host_end(std::string_view text, std::size_t at) {
    const auto word_size = [&](std::size_t i) -> std::size_t {
        const CodePoint point = code_point(text, i);
        return is_word(point.value) ? point.size : 0;
    };
    if (at >= text.size() || word_size(at) == 0)
        return at;
    return dotted_end(text, at, word_size);
}

/// What must not follow a mention: it was something else then.
bool spoils_mention(std::string_view rest) {
    const CodePoint next = code_point(rest, 0);
    return next.value == '@' || next.value == 0xFF20 || is_latin_accent(next.value) ||
           rest.substr(0, 3) == "://";
}

std::size_t count_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

std::vector<Entity> find_mentions(std::string_view text) {
    constexpr std::size_t longest_host = 253;
    std::vector<Entity> mentions;
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at)) {
        const CodePoint before = code_point_before(text, at);
        const std::size_t user = user_end(text, at + 1);
        const bool preceded =
            before.size > 0 && (before.value == '/' || before.value == '=' || is_word(before.value));
        if (preceded || user == at + 1) {
            ++at;
            continue;
        }
        Entity mention{Entity::Kind::mention, at, user, user};
        bool too_long = false;
        if (user < text.size() && text[user] == '@') {
            const std::size_t host = host_end(text, user + 1);
            if (host > user + 1) {
                mention.end = host;
                too_long = count_points(text.substr(user + 1, host - user - 1)) > longest_host;
            }
        }
        if (!too_long && !spoils_mention(text.substr(mention.end)))
            mentions.push_back(mention);
        at = mention.end;
    }
    return mentions;
}

std::vector<Entity> find_hashtags(std::string_view text) {
    std::vector<Entity> tags;
    for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at)) {
        const CodePoint before = code_point_before(text, at);
        std::size_t end = at + 1;
        bool any_letter = false;
        for (CodePoint point = code_point(text, end); is_word(point.value) || point.value == 0xB7;
             point = code_point(text, end)) {
            any_letter = any_letter || is_letter(point.value) || point.value == '_';
            end += point.size;
        }
        const bool preceded =
            before.size > 0 && (before.value == '/' || before.value == ')' || is_word(before.value));
        if (any_letter && !preceded)
            tags.push_back({Entity::Kind::hashtag, at, end, end});
        at = end;
    }
    return tags;
}

std::vector<Entity> without_overlaps(std::vector<Entity> entities) {
    std::stable_sort(entities.begin(), entities.end(),
                     [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
    std::vector<Entity> kept;
    kept.reserve(entities.size());
    for (const Entity& entity : entities)
        if (kept.empty() || kept.back().end <= entity.begin)
            kept.push_back(entity);
    return kept;
}

} // namespace crier::text
