#include "mastodon/servers.hpp"

#include "core/ascii.hpp"

#include <charconv>
#include <string>

namespace crier::mastodon {
namespace {

using text::LengthUnit;

/// The name stands in the `version` of the instance document: "2.7.2 (compatible; Pleroma 2.5.0)",
/// "4.0.0 (not true; really snac/2.94)", "4.0.2+hometown-1.1.1". docs/SERVERS.md says where each fact comes
/// from; what is not known to be kept is taken as not kept, for a repeat on such a server doubles the post.
constexpr ServerKind kinds[] = {
    {.name = "gotosocial",
     .counts_in_full = true,
     .unit = LengthUnit::code_point,
     .stays_here = StaysHere::flag},
    {.name = "akkoma",
     .idempotent = true,
     .counts_in_full = true,
     .polls_with_media = true,
     .quotes = true,
     .stays_here = StaysHere::visibility,
     .keeps_errors = true,
     .forbids_dead_token = true,
     .two_letter_languages = true},
    {.name = "pleroma",
     .idempotent = true,
     .counts_in_full = true,
     .polls_with_media = true,
     .quotes = true,
     .stays_here = StaysHere::visibility,
     .keeps_errors = true,
     .forbids_dead_token = true},
    {.name = "pixelfed",
     .counts_in_full = true,
     .unit = LengthUnit::code_point,
     .counts_warning = false,
     .polls = false,
     .spends_keys = true,
     .needs_media = true,
     .media_at_once = true,
     .alt_limit = 1000,
     .hides_application = true},
    {.name = "friendica", .polls = false, .quotes = true},
    {.name = "snac", .polls = false, .closes_unsaid = true},
    {.name = "sharkey",
     .counts_in_full = true,
     .unit = LengthUnit::utf16,
     .counts_warning = false,
     .polls_with_media = true,
     .quotes = true},
    {.name = "iceshrimp",
     .counts_in_full = true,
     .unit = LengthUnit::utf16,
     .polls_with_media = true,
     .quotes = true,
     .stays_here = StaysHere::flag},
    {.name = "firefish",
     .counts_in_full = true,
     .unit = LengthUnit::utf16,
     .counts_warning = false,
     .polls_with_media = true,
     .quotes = true},
    {.name = "catodon",
     .counts_in_full = true,
     .unit = LengthUnit::utf16,
     .counts_warning = false,
     .polls_with_media = true,
     .quotes = true},
    {.name = "misskey",
     .counts_in_full = true,
     .unit = LengthUnit::code_point,
     .counts_warning = false,
     .polls_with_media = true,
     .quotes = true},
    {.name = "takahe",
     .counts_in_full = true,
     .unit = LengthUnit::code_point,
     .counts_warning = false,
     .polls = false},
    {.name = "mitra"},
    {.name = "hometown",
     .idempotent = true,
     .is_mastodon = true,
     .hides_attached = true,
     .stays_here = StaysHere::flag},
    {.name = "glitch",
     .idempotent = true,
     .is_mastodon = true,
     .hides_attached = true,
     .stays_here = StaysHere::mark},
};

constexpr ServerKind mastodon_itself{
    .name = "mastodon", .idempotent = true, .is_mastodon = true, .hides_attached = true};
constexpr ServerKind unknown_kind{.name = "unknown"};

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

bool at_least(const Version& version, int major, int minor) {
    return version.major > major || (version.major == major && version.minor >= minor);
}

/// Mastodon's lock on a key came while 4.6.0 was being made: its previews may be without.
bool locks_key(const Version& version) {
    if (version.major != 4 || version.minor != 6)
        return version.major > 4 || (version.major == 4 && version.minor > 6);
    return version.patch > 0 || !version.preview;
}

/// What does not know the word would show the post to all: GoToSocial before 0.17 had another one, and of the
/// two that are called Iceshrimp only the newer has it.
bool knows_local_only(const ServerKind& kind, std::string_view version) {
    if (kind.name == "gotosocial")
        return at_least(read_version(version), 0, 17);
    return kind.name != "iceshrimp" || version.find("Iceshrimp.NET") != std::string_view::npos;
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
    profile.keeps_errors = kind.keeps_errors;
    profile.hides_attached = kind.hides_attached;
    profile.films_alone = kind.is_mastodon;
    if (kind.counts_in_full) {
        profile.per_url = 0;
        profile.length_unit = kind.unit;
        profile.local_mentions = false;
    }
    profile.counts_warning = kind.counts_warning;
    const Version number = read_version(version);
    // Glitch says what its parent says and ahead of it what it is; hometown is far behind.
    const bool newer_quotes = kind.is_mastodon && at_least(number, 4, 5);
    profile.quotes = kind.quotes || newer_quotes;
    profile.quote_policies = newer_quotes;
    profile.polls.with_media = kind.polls_with_media || (kind.is_mastodon && at_least(number, 4, 6));
    if (!kind.polls)
        profile.polls.options = 0;
    profile.needs_media = kind.needs_media;
    profile.local_mark = kind.stays_here == StaysHere::mark ? local_mark : std::string_view{};
    profile.edits = !kind.is_mastodon || at_least(number, 3, 5);
    profile.local_only = kind.stays_here != StaysHere::no && knows_local_only(kind, version);
}

const ServerKind& kind_named(std::string_view name) {
    for (const ServerKind& kind : kinds)
        if (kind.name == name)
            return kind;
    return name == mastodon_itself.name ? mastodon_itself : unknown_kind;
}

} // namespace crier::mastodon
