#include "core/text/length.hpp"

#include "core/text/entities.hpp"
#include "core/text/plain.hpp"
#include "core/text/utf8.hpp"

namespace crier::text {

std::size_t graphemes(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at = grapheme_end(text, at))
        ++count;
    return count;
}

std::size_t status_length(std::string_view status, std::string_view spoiler_text, const LengthRules& rules) {
    const std::string stripped = strip(status);
    const std::string_view text = stripped;
    std::vector<Entity> entities;
    if (rules.per_url > 0)
        entities = find_links(text);
    const std::vector<Entity> mentions = find_mentions(text);
    entities.insert(entities.end(), mentions.begin(), mentions.end());

    // The server counts the rewritten text, so a combining mark behind a link joins the link's last
    // character here as there.
    std::string counted = strip(spoiler_text);
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
    return graphemes(counted);
}

} // namespace crier::text
