#pragma once

#include "core/alert.hpp"
#include "core/boxed.hpp"
#include "core/content_warning.hpp"
#include "core/identity.hpp"
#include "core/interned.hpp"
#include "core/post.hpp"
#include "core/schedule/calendar.hpp"
#include "core/shared.hpp"
#include "core/text/template.hpp"
#include "core/time.hpp"

#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The configuration as typed values, checked and merged: what the rest of the daemon works from. Made by
/// config/ from YAML; docs/CONFIG.md has each key.
namespace crier {

/// Where a value stood, for messages long after loading.
struct Place {
    Interned file;
    int line = 0; ///< from 1; 0 where there is none
    int column = 0;

    /// Where it stands makes nothing of it another thing: a line more above changes no source.
    friend bool operator==(const Place&, const Place&) noexcept { return true; }
};

/// Where an account's token comes from; never the token.
struct TokenRef {
    enum class Kind { env, credential, file };
    Kind kind = Kind::env;
    std::string name = "MASTODON_ACCESS_TOKEN"; ///< variable, credential, or absolute path

    bool operator==(const TokenRef&) const = default;
};

enum class Mode { live, hold, dry };
enum class OnDoubt { hold, skip, resend };
enum class Overflow {
    shorten,
    reject,
    thread, ///< as many posts as it takes, each a reply to the one before
};
enum class MissingAlt { hold, drop_media, next_item, post };
enum class Missed { skip, latest, all };
enum class WhenQuiet { move, skip };
enum class DrawOrder { turn, shuffle, weighted, anniversary };
enum class DrawDate { published, updated };
enum class WhenEmpty { alert, skip, repeat };

struct MissedPolicy {
    Missed policy = Missed::latest;
    Duration within = std::chrono::hours{1};

    bool operator==(const MissedPolicy&) const = default;
};

/// Local times of day between which nothing leaves; `from` after `to` goes over midnight.
struct QuietHours {
    std::chrono::minutes from{};
    std::chrono::minutes to{};
    Interned timezone;

    bool operator==(const QuietHours&) const = default;
};

/// When nothing leaves: some hours of each day, and whole days.
struct QuietTimes {
    std::optional<QuietHours> hours;
    schedule::Dates blackout;
    Interned timezone; ///< of the blackout

    [[nodiscard]] bool empty() const noexcept { return !hours && blackout.empty(); }

    bool operator==(const QuietTimes&) const = default;
};

struct Limits {
    Duration min_gap{};
    std::optional<int> per_hour;
    std::optional<int> per_day;
    QuietTimes quiet;

    bool operator==(const Limits&) const = default;
};

/// Whether a person lets each post go.
struct Approval {
    std::optional<bool> required; ///< nothing: as the account has it, and there: no
    Duration within{};            ///< for so long it waits for that, and is not sent afterwards; 0: for ever

    bool operator==(const Approval&) const = default;
};

/// How long things may take, per account; the defaults suit a Mastodon behind an ordinary proxy.
struct DeliveryTuning {
    Duration timeout = std::chrono::seconds{60};    ///< the whole of one request
    Duration quiet = std::chrono::seconds{150};     ///< after an unknown outcome, before the key is repeated
    Duration key_window = std::chrono::minutes{50}; ///< how long after the first attempt a repeat is safe
    Duration retry_first = std::chrono::seconds{5}; ///< back-off: full jitter under this, doubling ...
    Duration retry_most = std::chrono::minutes{15}; ///< ... up to this
    Duration probe = std::chrono::minutes{30};      ///< how often a lane held for its token tries it
    Duration look = std::chrono::seconds{60}; ///< what caches keep: between two looks at the account's page

    bool operator==(const DeliveryTuning&) const = default;
};

struct MediaTemplate {
    std::string file;              ///< absolute; or
    std::string url;               ///< an address to fetch it from; or
    std::vector<std::string> from; ///< "item", "enclosure", "media_rss", "og_image", ...: the item's own
    std::optional<Focus> focus;
    std::string thumbnail;       ///< absolute; for a film or a sound; empty: the server's own
    bool strip_metadata = false; ///< where and with what it was taken is not sent
    text::Template alt;
    MissingAlt missing_alt = MissingAlt::hold;
    bool required = true;
    Place place;

    bool operator==(const MediaTemplate&) const = default;
};

/// A question, as it is made.
struct PollTemplate {
    std::vector<text::Template> options;
    Duration open = std::chrono::hours{24}; ///< from the moment of posting
    bool multiple = false;
    bool hide_totals = false;

    bool operator==(const PollTemplate&) const = default;
};

/// What a post of an entry or source is made from; already merged over the defaults.
struct PostTemplate {
    text::Template status;
    text::Template spoiler_text;
    bool sensitive = false;
    Visibility visibility = Visibility::public_;
    Interned language;
    Overflow overflow = Overflow::shorten;
    bool thread_counter = false; ///< "1/3" at the end of each post of a text that became a thread
    bool defuse_mentions = true;
    Shared<std::vector<std::string>>
        meant_mentions; ///< those that are not defused all the same (text::defuse_mentions); may be null
    Shared<std::vector<WarningRule>> warnings; ///< may be null
    Interned content_type;                     ///< of the status; empty: plain text
    QuotePolicy quote_policy = QuotePolicy::unsaid;
    bool local_only = false;
    bool pin = false;
    bool strip_metadata = false; ///< of media by hand; those of templates say it themselves
    Interned in_reply_to;        ///< the id of a status on the account's server; empty: none
    Interned quote;              ///< the same
    Shared<PollTemplate> poll;   ///< may be null
    std::vector<MediaTemplate> media;
    std::vector<PostTemplate> replies; ///< the further parts of a thread, in order; they have none themselves
    std::vector<PostTemplate> turns;   ///< those that take turns with it, in order; they have none themselves

    /// Of those that take turns, the one for an entry's `counter`-th firing, from 1.
    [[nodiscard]] const PostTemplate& turn(std::int64_t counter) const noexcept;
    /// Does its text say the same each time?
    [[nodiscard]] bool fixed() const noexcept;
    /// As many media as it can have.
    [[nodiscard]] std::size_t most_media() const noexcept;

    bool operator==(const PostTemplate&) const = default;
};

/// One field's condition: any of `any` (a word without regard to case, or /a regular expression/i).
struct FieldFilter {
    std::string field; ///< title, summary, content, link, author, category, language, media
    std::vector<std::string> any;

    bool operator==(const FieldFilter&) const = default;
};

/// All of `include` must match, none of `exclude` may.
struct Filter {
    std::vector<FieldFilter> include;
    std::vector<FieldFilter> exclude;

    bool operator==(const Filter&) const = default;
};

struct AccountSettings {
    std::string name;
    std::string server; ///< "https://host[:port]", no slash at the end
    std::string handle; ///< without @, may be empty: not checked then
    Mode mode = Mode::live;
    TokenRef token;
    Limits limits;
    OnDoubt on_doubt = OnDoubt::hold;
    Approval approval;
    std::optional<TokenRef> evidence; ///< a second token, which may read the account's page
    bool receipt = true;              ///< each published post is looked at once
    bool allow_surplus_scopes = false;
    DeliveryTuning delivery;
    Shared<PostTemplate> defaults; ///< for `crier post`; null: no visibility is stated
    Place place;

    bool operator==(const AccountSettings&) const = default;
};

/// An account that an entry or source posts to, with everything merged for it. Shared where several
/// targets are alike.
struct PostTarget {
    Interned account;
    Shared<PostTemplate> post;
    Shared<Filter> filter; ///< null: everything passes

    bool operator==(const PostTarget&) const = default;
};

/// core/fuse.hpp says what the numbers mean.
struct Fuse {
    bool on = true;
    int posts = 10;
    Duration within = std::chrono::hours{1};
    int same_link = 2;
    int same_text = 3;

    bool operator==(const Fuse&) const = default;
};

struct FirstRun {
    std::optional<int> publish; ///< how many of the newest to publish; nothing: all

    bool operator==(const FirstRun&) const = default;
};

/// Where a source's bytes come from.
enum class Supply {
    address, ///< what is fetched from `url`, or read there from a file
    command, ///< what `command` writes
    folder,  ///< the files of `path`
    inbound, ///< what others send
    object,  ///< a shared object says
};

/// What becomes of a post whose item was changed, or taken back, after it was published. One that was never
/// attempted follows its item in any case.
enum class OnUpdate { ignore, edit };
enum class OnDelete { ignore, remove };

/// What becomes of a file whose posts have come to their end.
enum class After { move, keep };

/// A folder whose files are items.
struct SourceFolder {
    std::string path;               ///< absolute
    std::vector<std::string> match; ///< patterns of the shell for a file's name; empty: the plugin's own
    bool recursive = false;
    After after = After::move; ///< to `sent` or `failed` in the same folder

    bool operator==(const SourceFolder&) const = default;
};

/// Bytes that a shared object may take where nothing is said: enough for one that only reads bytes.
inline constexpr std::size_t object_memory = std::size_t{512} << 20U;

/// Where a source hears what others send, and by what it knows that they may.
struct SourceHook {
    std::string path;               ///< of the address: "/hooks/releases"
    std::optional<TokenRef> secret; ///< nothing: whoever reaches it may send

    bool operator==(const SourceHook&) const = default;
};

struct SourceSettings {
    std::string name;
    std::string was; ///< its former name; may be empty
    int edition = 0; ///< a higher one posts anew, by hand, what was posted before
    std::string plugin;
    std::string object; ///< a shared object by its absolute path, where the plugin is one
    std::vector<std::pair<std::string, std::string>> options; ///< the plugin's own keys, as text, in order
    std::string url; ///< http(s) address or absolute path; empty: it has a command
    std::vector<std::string>
        command; ///< a program by its absolute path, and its arguments; empty: it has a url
    Duration timeout = std::chrono::seconds{60}; ///< of the command or shared object
    std::size_t most_memory = 0;                 ///< bytes, of the same; 0: as much as it likes
    Boxed<SourceFolder> folder;
    Boxed<SourceHook> hook;                   ///< of a source that hears; it is never looked at
    Duration poll = std::chrono::minutes{15}; ///< between two looks
    Duration poll_most{}; ///< longer than `poll`: between the two, by how often something new comes
    bool allow_private = false;
    bool websub = true;     ///< a hub that it names is asked to push what is new
    bool on_demand = false; ///< not looked at by itself: entries draw from it
    FirstRun first_run{0};
    std::optional<Duration> max_age;
    IdentifyBy identify_by = IdentifyBy::automatic;
    Duration delay{};            ///< between an item's first sight and its post: its author may mend it
    Duration spacing{};          ///< between two posts of it on one account
    std::optional<int> per_look; ///< so many items are taken in one look at most, the oldest first
    bool links_tell = true;     ///< a known link alone tells a known item: of feeds, whose ids may all change
    bool repeats = false;       ///< it says the same again by intention: reminders of one event
    bool strip_tracking = true; ///< links lose what only says who sent the reader
    bool dedupe = true;         ///< as the file says
    OnUpdate on_update = OnUpdate::ignore;
    OnDelete on_delete = OnDelete::ignore;
    Approval approval; ///< where it says so, in the place of the account's
    std::vector<PostTarget> targets;
    Shared<Filter> filter;    ///< what can be drawn of it; null: everything
    std::optional<Fuse> fuse; ///< instead of the file's
    Place place;

    bool operator==(const SourceSettings&) const = default;
};

/// An item of a source for each occurrence of an entry.
struct Draw {
    std::string from; ///< the source's name
    DrawOrder order = DrawOrder::turn;
    DrawDate date = DrawDate::published;  ///< whose anniversary
    std::optional<Duration> repeat_after; ///< not again before; nothing: when all others were
    WhenEmpty when_empty = WhenEmpty::alert;

    bool operator==(const Draw&) const = default;
};

/// A command that says whether an occurrence is posted: 0 yes, 1 to 125 no, all else is trouble.
struct Condition {
    std::vector<std::string> command; ///< a program by its absolute path, and its arguments
    Duration timeout = std::chrono::seconds{60};

    bool operator==(const Condition&) const = default;
};

/// There may be a hundred thousand of them: what few have takes a pointer's room in the others.
struct EntrySettings {
    std::string name;
    Interned was;    ///< its former name; may be empty
    int edition = 0; ///< a higher one posts anew on purpose
    WhenQuiet when_quiet = WhenQuiet::move;
    std::vector<PostTarget> targets;
    schedule::Calendar when;
    Interned timezone;
    MissedPolicy missed;
    std::optional<Duration> expires_after;
    Duration jitter{};
    Boxed<Draw> draw;
    Shared<SourceSettings> run; ///< a command for one item; null: none
    Boxed<Condition> only_if;
    Boxed<QuietTimes> quiet;  ///< beside the account's own
    Boxed<Approval> approval; ///< where it says so, in the place of the account's
    Boxed<Fuse> fuse;         ///< instead of the file's
    Place place;
};

/// Who is told when something needs a person, and of what.
struct AlertSettings {
    std::vector<std::string> command; ///< a program by its absolute path, and its arguments; empty: none
    std::string webhook;              ///< an address, perhaps a secret; empty: none
    std::optional<TokenRef> webhook_token;
    std::string heartbeat; ///< an address; empty: none
    Duration heartbeat_every = std::chrono::minutes{5};
    std::bitset<alert_kinds> on = std::bitset<alert_kinds>{}.set();
    Duration silent_for = std::chrono::hours{26};
    Duration repeat = std::chrono::hours{6};

    bool operator==(const AlertSettings&) const = default;
};

/// The same story in several sources is posted once on each account.
struct Dedupe {
    bool link = false;
    bool title = false;
    Duration within = std::chrono::hours{24 * 7};

    bool operator==(const Dedupe&) const = default;
};

/// How long what has come to an end is kept.
struct Keep {
    Duration posts = std::chrono::hours{24 * 365}; ///< rows of the outbox, with their attempts

    bool operator==(const Keep&) const = default;
};

/// An address of this machine by its number, and a port.
struct ListenAddress {
    std::string host; ///< without brackets
    std::uint16_t port = 0;

    bool operator==(const ListenAddress&) const = default;
};

/// Where what others send arrives.
struct InboundSettings {
    std::vector<ListenAddress> listen;
    std::size_t most_body = std::size_t{1} << 20U; ///< bytes
    std::string url; ///< by which others reach it, without a slash at its end; empty: hubs cannot

    bool operator==(const InboundSettings&) const = default;
};

/// The admin interface on TCP, for browsers and scripts.
struct AdminWeb {
    ListenAddress listen; ///< of this machine only
    TokenRef token;
    std::string origin; ///< "https://bot.example.org": of the web server before it; empty: there is none

    bool operator==(const AdminWeb&) const = default;
};

struct LogSettings {
    std::string level = "info";
    std::string format = "auto"; ///< auto, journald, color, plain, json

    bool operator==(const LogSettings&) const = default;
};

/// What a configuration has besides, where several daemons share the store: others work on it.
struct Elsewhere {
    std::map<std::string, AccountSettings, std::less<>> accounts;
    std::set<std::string, std::less<>> sources;
    std::set<std::string, std::less<>> entries;

    [[nodiscard]] bool empty() const noexcept {
        return accounts.empty() && sources.empty() && entries.empty();
    }
};

/// What is said once, for all.
struct CommonSettings {
    std::string timezone = "UTC";
    std::string store;                      ///< absolute path of the database file
    std::string admin_socket;               ///< absolute path
    std::optional<AdminWeb> admin_web;      ///< nothing: the socket is the only way in
    std::optional<InboundSettings> inbound; ///< nothing: nothing is heard
    LogSettings log;
    Fuse fuse;
    AlertSettings alerts;
    std::optional<Dedupe> dedupe; ///< nothing: each source by itself
    Keep keep;
    std::size_t requests_per_server = 100; ///< of all accounts together, at a time
    /// Of a shared store: for so long after a daemon was last heard of, nobody takes over from it.
    Duration lease = std::chrono::seconds{90};
};

struct Settings : CommonSettings {
    std::map<std::string, AccountSettings, std::less<>> accounts;
    std::vector<EntrySettings> schedule;
    std::vector<SourceSettings> sources;
    Elsewhere elsewhere; ///< engine/shares, part_of(): what is not in the lists above
    /// Places in `schedule` and `sources`, in the order of the names: index_names().
    std::vector<std::uint32_t> entries_by_name;
    std::vector<std::uint32_t> sources_by_name;
};

/// Lets find_source and find_entry find one of a hundred thousand at once. After it names stay as they are;
/// where the lists have another length since, all of them are looked through again.
void index_names(Settings& settings);

/// Whether posts of this account are another daemon's to see to.
[[nodiscard]] inline bool is_elsewhere(const Settings& settings, std::string_view account) {
    return settings.elsewhere.accounts.count(account) > 0;
}

/// By name, here or elsewhere; null: the configuration has no such account.
[[nodiscard]] inline const AccountSettings* find_account(const Settings& settings, std::string_view name) {
    if (const auto here = settings.accounts.find(name); here != settings.accounts.end())
        return &here->second;
    const auto there = settings.elsewhere.accounts.find(name);
    return there == settings.elsewhere.accounts.end() ? nullptr : &there->second;
}

/// Likewise of an account, source or entry: "account:news".
[[nodiscard]] bool is_thing_elsewhere(const Settings& settings, std::string_view thing);

/// Whether the files of a source are moved when their posts have come to their end: it must be told of that.
[[nodiscard]] bool moves_files(const SourceSettings& source) noexcept;

/// Whether others send to it: it is never looked at.
[[nodiscard]] bool hears(const SourceSettings& source) noexcept;

/// "127.0.0.1:8430", "[::1]:8430"
[[nodiscard]] std::string to_text(const ListenAddress& address);

/// By name; null where there is none. At once where the names are indexed.
[[nodiscard]] const SourceSettings* find_source(const Settings& settings, std::string_view name) noexcept;
[[nodiscard]] const EntrySettings* find_entry(const Settings& settings, std::string_view name) noexcept;

/// What an entry draws from, or the command that it runs for an item; null: neither.
[[nodiscard]] const SourceSettings* source_of(const Settings& settings, const EntrySettings& entry) noexcept;

/// A command as one text that no other command has: for telling whether one is the same as before.
[[nodiscard]] std::string command_text(const std::vector<std::string>& command);

[[nodiscard]] std::string_view to_text(Mode mode) noexcept;
[[nodiscard]] std::string_view to_text(OnDoubt value) noexcept;

} // namespace crier
