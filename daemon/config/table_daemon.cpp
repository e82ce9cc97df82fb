#include "config/binding.hpp"
#include "config/table_shared.hpp"

#include <array>

/// Rows of what concerns the daemon and its accounts.
namespace crier::config {
namespace {

constexpr std::array<std::string_view, 3> modes{"live", "hold", "dry"};
constexpr std::array<std::string_view, 3> doubt_ways{"hold", "skip", "resend"};
constexpr std::array<std::string_view, 5> levels{"trace", "debug", "info", "warning", "error"};
constexpr std::array<std::string_view, 5> formats{"auto", "journald", "color", "plain", "json"};

constexpr std::array token_rows{
    bind<TokenDraft, &TokenDraft::env>(
        {.key = "env",
         .type = Type::text,
         .doc = "The environment variable that holds the token. Read at start only.",
         .example = "MASTODON_ACCESS_TOKEN"}),
    bind<TokenDraft, &TokenDraft::credential>(
        {.key = "credential",
         .type = Type::text,
         .doc = "The systemd credential (LoadCredential=) that holds it. Read at start only.",
         .example = "news_token"}),
    bind<TokenDraft, &TokenDraft::file>(
        {.key = "file",
         .type = Type::path,
         .doc = "A file that holds it, of mode 0600, or 0640 with the service's group; `crier login` writes "
                "it. Read anew for each use, so that a new token can be put there while crier runs.",
         .example = "secrets/news.token"}),
};

constexpr std::array quiet_rows{
    bind<QuietDraft, &QuietDraft::from>({.key = "from",
                                         .type = Type::time_of_day,
                                         .doc = "When the quiet hours begin.",
                                         .example = "\"23:00\"",
                                         .required = true}),
    bind<QuietDraft, &QuietDraft::to>({.key = "to",
                                       .type = Type::time_of_day,
                                       .doc = "When they end; before `from`, it is on the next day.",
                                       .example = "\"07:00\"",
                                       .required = true}),
    bind<QuietDraft, &QuietDraft::timezone>({.key = "timezone",
                                             .type = Type::zone,
                                             .doc = "In which zone; without it, that of `defaults`.",
                                             .example = "Europe/Berlin"}),
};

constexpr std::array limits_rows{
    bind<LimitsDraft, &LimitsDraft::min_gap>({.key = "min_gap",
                                              .type = Type::duration,
                                              .fallback = "0s",
                                              .doc = "At least so long between two posts.",
                                              .example = "90s"}),
    bind<LimitsDraft, &LimitsDraft::per_hour>(
        {.key = "per_hour",
         .type = Type::number,
         .doc = "At most so many posts in any hour. Entries of the schedule are exempt.",
         .example = "6",
         .least = 1,
         .most = 100'000}),
    bind<LimitsDraft, &LimitsDraft::per_day>(
        {.key = "per_day",
         .type = Type::number,
         .doc = "At most so many posts in any 24 hours. Entries of the schedule are exempt.",
         .example = "48",
         .least = 1,
         .most = 1'000'000}),
    bind<LimitsDraft, &LimitsDraft::quiet>(
        {.key = "quiet",
         .type = Type::section,
         .doc = "Hours in which nothing leaves; what is due then waits for their end.",
         .example = "{from: \"23:00\", to: \"07:00\"}",
         .section = &quiet_section}),
    bind<LimitsDraft, &LimitsDraft::blackout>(
        {.key = "blackout",
         .type = Type::words,
         .doc = "Days on which nothing leaves, in the zone of `quiet`; what is due then waits for their end. "
                "One or a list: `2026-12-24`, `12-25` in every year, `2026-12-24..2027-01-06`.",
         .example = "[12-24..12-26]"}),
};

constexpr std::array delivery_rows{
    bind<DeliveryDraft, &DeliveryDraft::timeout>({.key = "timeout",
                                                  .type = Type::duration,
                                                  .fallback = "60s",
                                                  .doc = "How long one request may take in all.",
                                                  .example = "60s",
                                                  .shortest = std::chrono::seconds{1},
                                                  .longest = std::chrono::minutes{30}}),
    bind<DeliveryDraft, &DeliveryDraft::quiet>(
        {.key = "quiet",
         .type = Type::duration,
         .fallback = "150s",
         .doc = "After an unknown outcome, how long until the same request may be repeated. Under 150s a "
                "Mastodon before 4.6 may publish twice, for the first request may still be running. At least "
                "10s, except with a server on this machine or in a private network.",
         .example = "150s",
         .shortest = std::chrono::milliseconds{100}}),
    bind<DeliveryDraft, &DeliveryDraft::key_window>(
        {.key = "key_window",
         .type = Type::duration,
         .fallback = "50m",
         .doc = "How long after the first attempt a repeat is safe: Mastodon knows a request again for 60 "
                "minutes. At most 55m, longer than `quiet`, and with `timeout` at most 60m.",
         .example = "50m",
         .shortest = std::chrono::seconds{1},
         .longest = std::chrono::minutes{55},
         .why_longest = "Mastodon forgets a request after 60 minutes: a repeat after that publishes twice"}),
    bind<DeliveryDraft, &DeliveryDraft::look>(
        {.key = "look",
         .type = Type::duration,
         .fallback = "60s",
         .doc =
             "How long a cache before the server may show an old page: so long it takes until a published "
             "post "
             "is looked at, and at least so much lies between two looks for a post in doubt. At least 60s, "
             "except with a server on this machine or in a private network.",
         .example = "60s",
         .shortest = std::chrono::milliseconds{100},
         .longest = std::chrono::hours{1}}),
    bind<DeliveryDraft, &DeliveryDraft::retry_first>(
        {.key = "retry_first",
         .type = Type::duration,
         .fallback = "5s",
         .doc = "Up to how long the first pause is after a failure that published nothing; it doubles.",
         .example = "5s",
         .shortest = std::chrono::milliseconds{1}}),
    bind<DeliveryDraft, &DeliveryDraft::retry_most>({.key = "retry_most",
                                                     .type = Type::duration,
                                                     .fallback = "15m",
                                                     .doc = "Up to how long such a pause becomes.",
                                                     .example = "15m",
                                                     .shortest = std::chrono::milliseconds{1}}),
    bind<DeliveryDraft, &DeliveryDraft::probe>(
        {.key = "probe",
         .type = Type::duration,
         .fallback = "30m",
         .doc = "How often an account whose token was refused tries whether it works again.",
         .example = "30m",
         .shortest = std::chrono::seconds{1}}),
};

constexpr std::array evidence_rows{
    bind<EvidenceDraft, &EvidenceDraft::token>(
        {.key = "token",
         .type = Type::section,
         .doc = "Where that token comes from: the same keys as under the account's `token`.",
         .example = "{file: secrets/news.read.token}",
         .required = true,
         .secret = true,
         .section = &token_section}),
};

constexpr std::array account_rows{
    bind<AccountDraft, &AccountDraft::server>(
        {.key = "server",
         .type = Type::address,
         .doc = "The server's address: https, except for this machine itself.",
         .example = "https://mastodon.example",
         .required = true}),
    bind<AccountDraft, &AccountDraft::handle>(
        {.key = "handle",
         .type = Type::text,
         .doc =
             "The account's name on the server, without the @. A token that may only write cannot ask whose "
             "it is; when a reply comes from another account, this one is stopped.",
         .example = "news"}),
    bind<AccountDraft, &AccountDraft::mode>({.key = "mode",
                                             .type = Type::choice,
                                             .fallback = "live",
                                             .doc = "`live` posts, `hold` waits for a person to approve each "
                                                    "post, `dry` only says what it would do.",
                                             .example = "live",
                                             .choices = modes}),
    bind<AccountDraft, &AccountDraft::token>(
        {.key = "token",
         .type = Type::section,
         .fallback = "{env: MASTODON_ACCESS_TOKEN}",
         .doc = "Where the access token comes from: one of the keys below. The token itself is refused here.",
         .example = "{env: MASTODON_ACCESS_TOKEN}",
         .secret = true,
         .section = &token_section}),
    bind<AccountDraft, &AccountDraft::defaults>(
        {.key = "defaults",
         .type = Type::section,
         .reload = Reload::new_posts,
         .doc = "What all posts of this account have, over the `defaults` of the file.",
         .example = "{visibility: public, language: en}",
         .section = &account_defaults_section}),
    bind<AccountDraft, &AccountDraft::limits>({.key = "limits",
                                               .type = Type::section,
                                               .doc = "Your own limits, beside the server's.",
                                               .example = "{min_gap: 90s, per_hour: 6, per_day: 48}",
                                               .section = &limits_section}),
    bind<AccountDraft, &AccountDraft::on_doubt>(
        {.key = "on_doubt",
         .type = Type::choice,
         .fallback = "hold",
         .doc =
             "What to do when neither the server nor any evidence says whether a post was published: `hold` "
             "it for a person, `skip` it, or `resend` it at the risk of a double.",
         .example = "hold",
         .choices = doubt_ways}),
    bind<AccountDraft, &AccountDraft::approval>(
        {.key = "approval",
         .type = Type::choice,
         .fallback = "none",
         .doc = "`required`: each post waits for `crier outbox approve`, or the button of the page. Sources "
                "and entries may say otherwise for theirs.",
         .example = "required",
         .choices = approval_words}),
    bind<AccountDraft, &AccountDraft::approve_within>(
        {.key = "approve_within",
         .type = Type::duration,
         .doc = "How long a post that needs approval waits for it, from when it is due; after that it is "
                "expired. Without it, for as long as it takes.",
         .example = "3d",
         .shortest = std::chrono::minutes{1}}),
    bind<AccountDraft, &AccountDraft::evidence>(
        {.key = "evidence",
         .type = Type::section,
         .doc =
             "How to find out about a post whose reply was lost, on a server that shows no account's page to "
             "those whom it does not know: a second token, which may read (`read:statuses read:accounts`) "
             "and "
             "need not post.",
         .example = "{token: {file: secrets/news.read.token}}",
         .section = &evidence_section}),
    bind<AccountDraft, &AccountDraft::receipt>(
        {.key = "receipt",
         .type = Type::boolean,
         .fallback = "true",
         .doc =
             "`true`: each published post is looked at once, as everybody sees it. What a server's filter "
             "dropped, or shows to fewer people, or without its picture, is said. `false`: nothing is asked.",
         .example = "true"}),
    bind<AccountDraft, &AccountDraft::allow_surplus_scopes>(
        {.key = "allow_surplus_scopes",
         .type = Type::boolean,
         .fallback = "false",
         .doc = "`true`: a token that may do more than posting is taken without a word, and one that may "
                "administer the server is taken at all. Otherwise `crier token check` and `crier check "
                "--online` refuse that, and the daemon holds the account.",
         .example = "false"}),
    bind<AccountDraft, &AccountDraft::delivery>(
        {.key = "delivery",
         .type = Type::section,
         .doc = "How long things may take. The defaults suit a Mastodon behind an ordinary proxy.",
         .example = "{timeout: 60s}",
         .section = &delivery_section}),
    Row{.key = "was", .doc = "The account's former name in this file.", .later = true},
};

constexpr std::array admin_rows{
    bind<AdminDraft, &AdminDraft::socket>(
        {.key = "socket",
         .type = Type::path,
         .fallback = "/run/crier/admin.sock",
         .reload = Reload::restart,
         .doc = "The Unix socket through which the other commands reach the daemon.",
         .example = "/run/crier/admin.sock"}),
    bind<AdminDraft, &AdminDraft::listen>(
        {.key = "listen",
         .type = Type::text,
         .reload = Reload::restart,
         .doc = "An address of this machine with a port, for the page in a browser and for scripts "
                "(docs/ADMIN.md). It is plain HTTP, so only loopback addresses are taken: for others a web "
                "server with TLS belongs before it.",
         .example = "\"127.0.0.1:8420\""}),
    bind<AdminDraft, &AdminDraft::token>(
        {.key = "token",
         .type = Type::section,
         .reload = Reload::restart,
         .doc = "Where the token comes from with which one signs in at `listen`: the same keys as under an "
                "account's `token`. At least 16 characters; `openssl rand -hex 16` makes a good one. When it "
                "changes in its file, those who have signed in with the former one are out.",
         .example = "{file: secrets/admin.token}",
         .secret = true,
         .section = &token_section}),
    bind<AdminDraft, &AdminDraft::url>(
        {.key = "url",
         .type = Type::text,
         .reload = Reload::restart,
         .doc = "The address by which browsers reach `listen` through a web server with TLS: requests that "
                "come by that name are taken, too.",
         .example = "https://bot.example.org"}),
};

constexpr std::array inbound_rows{
    bind<InboundDraft, &InboundDraft::listen>({.key = "listen",
                                               .type = Type::words,
                                               .reload = Reload::restart,
                                               .doc = "Addresses of this machine with a port, by their "
                                                      "numbers: what is sent to a source arrives there. "
                                                      "It is plain HTTP: for everybody but this machine a "
                                                      "web server with a certificate belongs before "
                                                      "it.",
                                               .example = "127.0.0.1:8430",
                                               .required = true}),
    bind<InboundDraft, &InboundDraft::max_body>(
        {.key = "max_body",
         .type = Type::number,
         .fallback = "1",
         .reload = Reload::restart,
         .doc =
             "MiB of one request; a larger one is refused (413), and lost where its sender does not make it "
             "smaller. GitHub sends 25 at most, of a push with very many commits.",
         .example = "1",
         .least = 1,
         .most = 25}),
    bind<InboundDraft, &InboundDraft::url>(
        {.key = "url",
         .type = Type::text,
         .reload = Reload::restart,
         .doc =
             "The address by which others reach `listen`, through the web server before it. With it, feeds "
             "that name a hub (WebSub) are pushed: what is new is there within seconds, and they are "
             "looked at by the longest of their `poll`. Hubs come to /websub/ behind it; if it has a path, "
             "the "
             "web server takes that off.",
         .example = "https://bot.example.org"}),
};

constexpr std::array dedupe_rows{
    bind<DedupeDraft, &DedupeDraft::by>(
        {.key = "by",
         .type = Type::words,
         .doc = "By what a story is known: `link` (without tracking parameters), `title` (of three words and "
                "more, without regard to case), or both: then one of them is enough.",
         .example = "[link, title]",
         .required = true}),
    bind<DedupeDraft, &DedupeDraft::within>({.key = "within",
                                             .type = Type::duration,
                                             .fallback = "7d",
                                             .doc = "How long a story counts as told.",
                                             .example = "7d",
                                             .shortest = std::chrono::minutes{1},
                                             .longest = std::chrono::hours{24 * 90}}),
};

constexpr std::array keep_rows{
    bind<KeepDraft, &KeepDraft::posts>(
        {.key = "posts",
         .type = Type::duration,
         .fallback = "365d",
         .doc =
             "Posts that have come to an end, with their attempts. Their keys stay for longer, so that none "
             "goes out again; what is still in its feed stays whole. At least 35d: the fuse looks back a "
             "month.",
         .example = "365d",
         .shortest = std::chrono::hours{24 * 35}}),
};

constexpr std::array log_rows{
    bind<LogDraft, &LogDraft::level>({.key = "level",
                                      .type = Type::choice,
                                      .fallback = "info",
                                      .doc = "How much is said; `trace` is the same as `debug`.",
                                      .example = "info",
                                      .choices = levels}),
    bind<LogDraft, &LogDraft::format>(
        {.key = "format",
         .type = Type::choice,
         .fallback = "auto",
         .reload = Reload::restart,
         .doc = "`auto`: fields for the journal under systemd, colour on a terminal, else plain lines.",
         .example = "auto",
         .choices = formats}),
};

constexpr std::array top_rows{
    bind<TopDraft, &TopDraft::version>({.key = "version",
                                        .type = Type::number,
                                        .doc = "Of this format: 1. In included files it may be left out.",
                                        .example = "1",
                                        .fragment = true,
                                        .least = 1,
                                        .most = 1}),
    bind<TopDraft, &TopDraft::include>(
        {.key = "include",
         .type = Type::words,
         .doc = "Further files, by patterns relative to this one. They may hold `accounts`, `schedule`, "
                "`sources` and `include`.",
         .example = "[conf.d/*.yaml]",
         .fragment = true}),
    bind<TopDraft, &TopDraft::defaults>({.key = "defaults",
                                         .type = Type::section,
                                         .reload = Reload::new_posts,
                                         .doc = "What all posts of all accounts have. Only in the main file.",
                                         .example = "{timezone: Europe/Berlin, language: de}",
                                         .section = &defaults_section}),
    bind<TopDraft, &TopDraft::accounts>({.key = "accounts",
                                         .type = Type::section_map,
                                         .doc = "The Mastodon accounts, by names of your choice.",
                                         .fragment = true,
                                         .section = &account_section}),
    bind<TopDraft, &TopDraft::schedule>(
        {.key = "schedule",
         .type = Type::section_list,
         .doc = "What to post when. A changed entry counts from the reload on, never backwards.",
         .fragment = true,
         .section = &entry_section}),
    bind<TopDraft, &TopDraft::sources>({.key = "sources",
                                        .type = Type::section_map,
                                        .doc = "What to post from elsewhere, by names of your choice.",
                                        .fragment = true,
                                        .section = &source_section}),
    bind<TopDraft, &TopDraft::fuse>(
        {.key = "fuse",
         .type = Type::switchable,
         .doc =
             "When a source or entry suddenly wants to post far too much, or the same again and again, its "
             "posts are held. `off`: never.",
         .example = "{posts: 10, within: 1h}",
         .section = &fuse_section}),
    bind<TopDraft, &TopDraft::dedupe>(
        {.key = "dedupe",
         .type = Type::section,
         .reload = Reload::new_posts,
         .doc = "The same story in several sources is posted once on each account: the first one that has it "
                "posts it.",
         .example = "{by: [link, title], within: 7d}",
         .section = &dedupe_section}),
    bind<TopDraft, &TopDraft::store>(
        {.key = "store",
         .type = Type::path,
         .fallback = "/var/lib/crier/crier.db",
         .reload = Reload::restart,
         .doc = "The SQLite file with everything that crier must remember, on a local disk; or a database "
                "in PostgreSQL, which several daemons may share (docs/POSTGRESQL.md).",
         .example = "/var/lib/crier/crier.db"}),
    bind<TopDraft, &TopDraft::lease>(
        {.key = "lease",
         .type = Type::duration,
         .fallback = "90s",
         .reload = Reload::restart,
         .doc =
             "Of a store in PostgreSQL that several daemons share: for so long after one was last heard of, "
             "nobody takes over what it works on. A quarter longer than any request may take "
             "(`delivery: timeout`), or more.",
         .example = "90s",
         .shortest = std::chrono::seconds{5},
         .longest = std::chrono::hours{1}}),
    bind<TopDraft, &TopDraft::requests_per_server>(
        {.key = "requests_per_server",
         .type = Type::number,
         .fallback = "100",
         .reload = Reload::restart,
         .doc = "So many requests of all accounts together go to one server at a time; the others wait for "
                "their "
                "turn. For when thousands of accounts on one server post at the same moment.",
         .example = "100",
         .least = 1,
         .most = 10000}),
    bind<TopDraft, &TopDraft::keep>({.key = "keep",
                                     .type = Type::section,
                                     .doc = "How long the store keeps what has come to an end.",
                                     .example = "{posts: 365d}",
                                     .section = &keep_section}),
    bind<TopDraft, &TopDraft::admin>({.key = "admin",
                                      .type = Type::section,
                                      .doc = "How other commands reach the daemon.",
                                      .example = "{socket: /run/crier/admin.sock}",
                                      .section = &admin_section}),
    bind<TopDraft, &TopDraft::log>({.key = "log",
                                    .type = Type::section,
                                    .doc = "What the daemon says, and how.",
                                    .example = "{level: info, format: auto}",
                                    .section = &log_section}),
    bind<TopDraft, &TopDraft::alerts>(
        {.key = "alerts",
         .type = Type::section,
         .doc = "A command or address that is told when something needs a person.",
         .example = "{command: [/usr/local/bin/notify]}",
         .section = &alerts_section}),
    bind<TopDraft, &TopDraft::inbound>(
        {.key = "inbound",
         .type = Type::section,
         .reload = Reload::restart,
         .doc = "Where what others send to sources arrives (plugin webhook). Only in the main file.",
         .example = "{listen: \"127.0.0.1:8430\"}",
         .section = &inbound_section}),
};

} // namespace

const Section& top_section() {
    static constexpr Section section{"the file", "", "The keys of the file itself.", top_rows, false};
    return section;
}

const Section& account_section() {
    static constexpr Section section{"account", "accounts.NAME", "One Mastodon account.", account_rows,
                                     false};
    return section;
}

const Section& token_section() {
    static constexpr Section section{"token", "accounts.NAME.token", "Exactly one of these.", token_rows,
                                     false};
    return section;
}

const Section& limits_section() {
    static constexpr Section section{"limits", "accounts.NAME.limits", "They delay and never drop.",
                                     limits_rows, false};
    return section;
}

const Section& quiet_section() {
    static constexpr Section section{"quiet hours", "accounts.NAME.limits.quiet, schedule[].quiet", "",
                                     quiet_rows, false};
    return section;
}

const Section& delivery_section() {
    static constexpr Section section{"delivery", "accounts.NAME.delivery", "", delivery_rows, false};
    return section;
}

const Section& evidence_section() {
    static constexpr Section section{"evidence", "accounts.NAME.evidence", "", evidence_rows, false};
    return section;
}

const Section& admin_section() {
    static constexpr Section section{"admin", "admin", "", admin_rows, false};
    return section;
}

const Section& inbound_section() {
    static constexpr Section section{"inbound", "inbound", "", inbound_rows, false};
    return section;
}

const Section& dedupe_section() {
    static constexpr Section section{"dedupe", "dedupe", "", dedupe_rows, false};
    return section;
}

const Section& keep_section() {
    static constexpr Section section{"keep", "keep", "", keep_rows, false};
    return section;
}

const Section& log_section() {
    static constexpr Section section{"log", "log", "", log_rows, false};
    return section;
}

} // namespace crier::config
