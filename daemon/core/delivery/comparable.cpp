#include "core/delivery/comparable.hpp"

#include "core/identity.hpp"
#include "core/text/entities.hpp"
#include "core/text/plain.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace crier::delivery {
namespace {

/// Appends what counts of `text`, in which no link need be kept together.
void append_words(std::string_view text, std::string& kept) {
    std::size_t at = 0;
    const auto take = [&](std::size_t end) {
        while (at < end) {
            const text::CodePoint point = text::code_point(text, at);
            constexpr std::int32_t zero_width = 0x200B;
            if (!text::is_space(point.value) && point.value != zero_width)
                kept.append(text, at, point.size);
            at += point.size;
        }
    };
    std::vector<text::Entity> entities = text::find_links(text);
    const std::vector<text::Entity> mentions = text::find_mentions(text);
    entities.insert(entities.end(), mentions.begin(), mentions.end());
    for (const text::Entity& entity : text::without_overlaps(std::move(entities))) {
        if (entity.kind != text::Entity::Kind::mention)
            continue;
        take(entity.local_end);
        at = std::max(at, entity.end);
    }
    take(text.size());
}

} // namespace

std::string comparable(std::string_view text) {
    std::string kept;
    append_words(text, kept);
    return text::fold_case(kept);
}

std::string comparable_words(std::string_view text, const std::vector<std::string>& links) {
    std::string kept;
    std::size_t at = 0;
    for (const std::string& link : links) {
        const std::size_t begin = link.empty() ? text.npos : text.find(link, at);
        if (begin == text.npos)
            continue;
        append_words(text.substr(at, begin - at), kept);
        kept += canonical_link(link);
        at = begin + link.size();
    }
    append_words(text.substr(at), kept);
    return text::fold_case(kept);
}

} // namespace crier::delivery
