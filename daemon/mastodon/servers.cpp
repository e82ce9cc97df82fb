#include "mastodon/servers.hpp"

#include "core/ascii.hpp"
#include "mastodon/counting.hpp"

#include <charconv>
#include <string>

namespace crier::mastodon {
namespace {

/// The name stands in the `version` of the instance document: "2.7.2 (compatible; Pleroma 2.5.0)",
/// "4.0.0 (not true; really snac/2.94)", "4.0.2+hometown-1.1.1". docs/SERVERS.md says where each fact comes
/// from; what is not known to be kept is taken as not kept, for a repeat on such a server doubles the post.
constexpr ServerKind kinds[] = {
    {"gotosocial", false, false, false, false}, {"akkoma", true, false, false, false},
    {"pleroma", true, false, false, false},     {"pixelfed", false, true, false, false},
    {"friendica", false, true, false, false},   {"snac", false, true, false, false},
    {"sharkey", false, true, false, false},     {"iceshrimp", false, true, false, false},
    {"firefish", false, true, false, false},    {"catodon", false, true, false, false},
    {"misskey", false, true, false, false},     {"takahe", false, true, false, false},
    {"mitra", false, true, false, false},       {"hometown", true, true, true, true},
    {"glitch", true, true, true, true},
};

constexpr ServerKind mastodon_itself{"mastodon", true, true, true, true};
constexpr ServerKind unknown_kind{"unknown", false, true, false, false};

const ServerKind* named_in(std::string_view text) {
    for (const ServerKind& kind : kinds)
        if (text.find(kind.name) != std::string_view::npos)
            return &kind;
    return nullptr;
}

struct Version {
    int major = 0;
    int minor = 0;
    int patch = 0;
    bool preview = false; ///< "4.6.0-rc.1"
};

Version read_version(std::string_view text) {
    Version version;
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (int* number : {&version.major, &version.minor, &version.patch}) {
        const auto read = std::from_chars(at, end, *number);
        if (read.ec != std::errc{})
            return version;
        at = read.ptr;
        if (at == end || *at != '.')
            break;
        ++at;
    }
    version.preview = at != end && *at == '-';
    return version;
}

/// Mastodon's lock on a key came while 4.6.0 was being made: its previews may be without.
bool locks_key(const Version& version) {
    if (version.major != 4 || version.minor != 6)
        return version.major > 4 || (version.major == 4 && version.minor > 6);
    return version.patch > 0 || !version.preview;
}

const ServerKind& kind_of(std::string_view version, std::string_view marks) {
    const std::string text = ascii::lower(version);
    // In brackets stands what it really is, perhaps with what it is like: "(compatible; Sharkey 2025.4; like
    // Akkoma)" is no Akkoma.
    if (const auto bracket = text.find("; "); text.find('(') < bracket && bracket != std::string::npos) {
        const auto end = text.find_first_of(";)", bracket + 2);
        const ServerKind* kind = named_in(std::string_view{text}.substr(bracket + 2, end - bracket - 2));
        return kind != nullptr ? *kind : unknown_kind;
    }
    if (const ServerKind* kind = named_in(text))
        return *kind;
    if (const ServerKind* kind = named_in(ascii::lower(marks)))
        return *kind;
    // Mastodon says nothing but its number, and none of the servers alive has one below 1.
    return read_version(version).major > 0 ? mastodon_itself : unknown_kind;
}

} // namespace

void apply_kind(ServerProfile& profile, std::string_view version, std::string_view marks) {
    const ServerKind& kind = kind_of(version, marks);
    profile.version = std::string{version};
    profile.software = std::string{kind.name};
    profile.idempotent = kind.idempotent;
    profile.locks_key = kind.is_mastodon && locks_key(read_version(version));
    profile.hides_attached = kind.hides_attached;
    apply_counting(profile);
}

} // namespace crier::mastodon
