#include "plugin/convert.hpp"

#include "core/text/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace crier::plugin {

namespace {

/// As much of a structure as its maker had, the rest zero.
template <class Raw>
Raw as_known(const void* raw) {
    std::uint32_t size = 0;
    std::memcpy(&size, raw, sizeof size);
    Raw copy{};
    std::memcpy(&copy, raw, std::min<std::size_t>(size, sizeof copy));
    return copy;
}

bool is_unwanted(std::int32_t point) {
    return (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7f && point < 0xa0);
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\n'; });
}

void take_media(const crier_item& raw, std::vector<ItemMedia>& out) {
    if (raw.media_count == 0 || raw.media == nullptr)
        return;
    // The array's stride is its maker's.
    const auto* at = reinterpret_cast<const unsigned char*>(raw.media);
    const std::size_t stride = raw.media->size;
    if (stride < offsetof(crier_media, type))
        return;
    for (std::size_t i = 0; i < raw.media_count; ++i, at += stride) {
        const auto media = as_known<crier_media>(at);
        ItemMedia one;
        one.url = clean_text(media.url);
        one.type = clean_text(media.type);
        one.alt = clean_text(media.alt);
        one.from = clean_text(media.from);
        one.file = clean_text(media.file);
        if (!one.url.empty() || !one.file.empty())
            out.push_back(std::move(one));
    }
}

} // namespace

std::string clean_text(crier_text raw) {
    if (raw.data == nullptr || raw.size == 0)
        return {};
    const std::string_view text{raw.data, raw.size};
    if (is_plain_ascii(text))
        return std::string{text};
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const text::CodePoint point = text::code_point(text, at);
        if (point.value < 0)
            out += "\xef\xbf\xbd";
        else if (!is_unwanted(point.value))
            out.append(text, at, point.size);
        at += std::max<std::size_t>(point.size, 1);
    }
    return out;
}

std::optional<Instant> to_instant(std::int64_t microseconds) {
    using namespace std::chrono;
    constexpr Instant first = sys_days{year{1} / 1 / 1};
    constexpr Instant past_last = sys_days{year{10000} / 1 / 1};
    const Instant when{Duration{microseconds}};
    if (microseconds == CRIER_NO_TIME || when < first || when >= past_last)
        return std::nullopt;
    return when;
}

LookRule to_rule(const crier_pace& given) {
    constexpr std::int64_t year = std::int64_t{366} * 24 * 3600;
    const auto raw = as_known<crier_pace>(&given);
    LookRule rule;
    rule.skip_hours = raw.skip_hours;
    rule.skip_days = raw.skip_days;
    rule.step = std::chrono::seconds{std::clamp<std::int64_t>(raw.step, 0, year)};
    if (raw.base != 0) // that somebody left
        rule.base = to_instant(raw.base);
    return rule;
}

Item to_item(const crier_item& given) {
    const auto raw = as_known<crier_item>(&given);
    Item item;
    item.id = clean_text(raw.id);
    item.title = clean_text(raw.title);
    item.link = clean_text(raw.link);
    item.summary = clean_text(raw.summary);
    item.content = clean_text(raw.content);
    item.author = clean_text(raw.author);
    item.language = clean_text(raw.language);
    if (raw.size >= offsetof(crier_item, updated)) // a zero that nobody wrote is no time
        item.published = to_instant(raw.published);
    if (raw.size >= offsetof(crier_item, categories))
        item.updated = to_instant(raw.updated);
    if (raw.categories != nullptr)
        for (std::size_t i = 0; i < raw.category_count; ++i)
            item.categories.push_back(clean_text(raw.categories[i]));
    take_media(raw, item.media);
    if (raw.size >= offsetof(crier_item, weight) + sizeof raw.weight && std::isfinite(raw.weight) &&
        raw.weight >= 0)
        item.weight = raw.weight;
    // Zero is what somebody left who knows of no such time.
    if (raw.due != 0)
        item.due = to_instant(raw.due);
    if (raw.expires != 0)
        item.expires = to_instant(raw.expires);
    item.gone = raw.gone != 0;
    return item;
}

} // namespace crier::plugin
