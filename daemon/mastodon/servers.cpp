#include "mastodon/servers.hpp"

#include <charconv>

namespace crier::mastodon {
namespace {

/// The first row whose marker stands in the version is it; Mastodon itself says nothing but its number.
/// docs/SERVERS.md says where each fact comes from.
constexpr ServerKind kinds[] = {
    {"gotosocial", "gotosocial", false, false}, {"akkoma", "akkoma", true, false},
    {"pleroma", "pleroma", true, false},        {"pixelfed", "pixelfed", false, true},
    {"friendica", "friendica", false, true},    {"snac", "snac", false, true},
    {"sharkey", "sharkey", false, true},        {"iceshrimp", "iceshrimp", false, true},
    {"firefish", "firefish", false, true},      {"misskey", "misskey", false, true},
    {"takahe", "takahe", false, true},          {"mitra", "mitra", false, true},
    {"hometown", "hometown", true, true},       {"glitch", "glitch", true, true},
};

std::string lower(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return out;
}

/// Is "4.6.0-rc.1+glitch" at least major.minor?
bool at_least(std::string_view version, int major, int minor) {
    int numbers[2] = {0, 0};
    const char* at = version.data();
    const char* const end = version.data() + version.size();
    for (int& number : numbers) {
        const auto read = std::from_chars(at, end, number);
        if (read.ec != std::errc{})
            return false;
        at = read.ptr != end && *read.ptr == '.' ? read.ptr + 1 : read.ptr;
    }
    return numbers[0] > major || (numbers[0] == major && numbers[1] >= minor);
}

} // namespace

void apply_kind(ServerProfile& profile, std::string_view version, std::string_view source_url) {
    profile.version = std::string{version};
    profile.software = "mastodon";
    const std::string marks = lower(version) + " " + lower(source_url);
    for (const ServerKind& kind : kinds) {
        if (marks.find(kind.marker) == std::string::npos)
            continue;
        profile.software = std::string{kind.name};
        profile.idempotent = kind.idempotent;
        if (!kind.discounts_links)
            profile.per_url = 0;
        break;
    }
    // "(compatible; Something)" of somebody whom the table does not know: nothing is taken for granted.
    if (profile.software == "mastodon" && marks.find("compatible") != std::string::npos) {
        profile.software = "unknown";
        profile.idempotent = false;
    }
    const bool is_mastodon =
        profile.software == "mastodon" || profile.software == "glitch" || profile.software == "hometown";
    profile.locks_key = is_mastodon && at_least(version, 4, 6);
}

} // namespace crier::mastodon
