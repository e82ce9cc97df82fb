#include "mastodon/counting.hpp"

#include <string_view>

namespace crier::mastodon {
namespace {

using text::LengthUnit;

/// A server that counts links and mentions by all of their characters.
struct CountsInFull {
    std::string_view name;
    LengthUnit unit;
    bool counts_warning; ///< false: the content warning has a limit of its own, or none
};

/// By the servers' sources (docs/SERVERS.md). A kind that is not here counts as Mastodon does, or has no
/// limit that a post would meet (snac, Friendica), or nobody knows. Where versions differ it is the larger
/// number.
constexpr CountsInFull kinds_in_full[] = {
    {"gotosocial", LengthUnit::code_point, true}, // len([]rune(text)) of both
    {"pleroma", LengthUnit::grapheme, true},      // String.length of both
    {"akkoma", LengthUnit::grapheme, true},
    {"pixelfed", LengthUnit::code_point, false}, // Laravel's `max`: mb_strlen
    {"takahe", LengthUnit::code_point, false},   // len(str)
    {"misskey", LengthUnit::code_point, false},  // JSON Schema's maxLength
    {"sharkey", LengthUnit::utf16, false},       // text.length
    {"firefish", LengthUnit::utf16, false},      // one of the two above: the larger
    {"catodon", LengthUnit::utf16, false},       // the same
    {"iceshrimp", LengthUnit::utf16, true},      // Text.Length + Cw.Length
};

} // namespace

void apply_counting(ServerProfile& profile) {
    for (const CountsInFull& kind : kinds_in_full) {
        if (kind.name != profile.software)
            continue;
        profile.per_url = 0;
        profile.length_unit = kind.unit;
        profile.local_mentions = false;
        profile.counts_warning = kind.counts_warning;
    }
}

} // namespace crier::mastodon
