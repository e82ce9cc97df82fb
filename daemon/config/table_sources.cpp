#include "config/binding.hpp"
#include "config/table_shared.hpp"

#include <array>

/// Rows of sources.
namespace crier::config {
namespace {

constexpr std::array<std::string_view, 2> after_ways{"move", "keep"};
constexpr std::array<std::string_view, 2> updates{"ignore", "edit"};
constexpr std::array<std::string_view, 2> deletions{"ignore", "delete"};
constexpr std::array<std::string_view, 4> identities{"auto", "link", "content", "title"};

constexpr Row filter_row{.key = "filter",
                         .type = Type::section,
                         .reload = Reload::new_posts,
                         .doc = "Which items are posted. An item is judged once, when it is first seen.",
                         .example = "{include: {category: release}}",
                         .section = &filter_section};

constexpr std::array source_target_rows{
    bind<TargetDraft, &TargetDraft::post>({.key = "post",
                                           .type = Type::section,
                                           .reload = Reload::new_posts,
                                           .doc = "Over the source's own `post`.",
                                           .example = "{language: de}",
                                           .section = &post_section}),
    bind<TargetDraft, &TargetDraft::filter>(filter_row),
};

constexpr std::array poll_rows{
    bind<PollDraft, &PollDraft::min>({.key = "min",
                                      .type = Type::duration,
                                      .fallback = "15m",
                                      .doc = "Not more often, and so often where no dates tell.",
                                      .example = "5m",
                                      .shortest = std::chrono::seconds{1}}),
    bind<PollDraft, &PollDraft::max>({.key = "max",
                                      .type = Type::duration,
                                      .fallback = "1h",
                                      .doc = "At least so often.",
                                      .example = "6h",
                                      .shortest = std::chrono::seconds{1}}),
};

constexpr std::array first_run_rows{
    bind<FirstRunDraft, &FirstRunDraft::publish>(
        {.key = "publish",
         .type = Type::publish,
         .fallback = "0",
         .doc =
             "How many of the newest items are posted when an account first sees the source, or `all`; the "
             "others count as seen. The default is `all` where you write the items yourself (exec, "
             "directory, "
             "queue). Of items that have their time (calendar) only those to come are posted.",
         .example = "0"}),
};

constexpr std::array filter_rows{
    bind<FilterDraft, &FilterDraft::include>(
        {.key = "include",
         .type = Type::conditions,
         .reload = Reload::new_posts,
         .doc =
             "Every field named here must match one of its conditions. Fields: title, summary, content, "
             "link, "
             "author, category, language, media (image, video, audio; any, none). A condition is a text to "
             "be found without regard to case (equal, for category, language and media), or an expression "
             "'/.../' or '/.../i'.",
         .example = "{category: [release, news]}"}),
    bind<FilterDraft, &FilterDraft::exclude>(
        {.key = "exclude",
         .type = Type::conditions,
         .reload = Reload::new_posts,
         .doc = "One match of these refuses the item, whatever `include` says.",
         .example = "{title: '/sponsored/i'}"}),
};

constexpr std::array source_rows{
    bind<SourceDraft, &SourceDraft::plugin>(
        {.key = "plugin",
         .type = Type::name,
         .doc = "What reads it. Keys that are not in this table are the plugin's own.",
         .example = "feed",
         .required = true}),
    bind<SourceDraft, &SourceDraft::url>(
        {.key = "url",
         .type = Type::address,
         .doc = "Its address, http or https, or a file. A changed address keeps what was seen. Where it has "
                "moved for good (301, 308; never from https to http) is looked at until this changes.",
         .example = "https://example.org/feed.xml"}),
    bind<SourceDraft, &SourceDraft::command>(
        {.key = "command",
         .type = Type::words,
         .doc = "Instead of `url`, for the plugin `exec`: a program by its path and its arguments, run "
                "without a "
                "shell at each look. What it writes are the items, where it ends with 0.",
         .example = "[/usr/local/bin/new-books, --json]"}),
    bind<SourceDraft, &SourceDraft::path>(
        {.key = "path",
         .type = Type::path,
         .doc = "Instead of `url`, for the plugin `directory`: a folder whose files are items.",
         .example = "/srv/posts"}),
    bind<SourceDraft, &SourceDraft::match>(
        {.key = "match",
         .type = Type::words,
         .doc = "Which files of the folder, by patterns of the shell; without it *.md, *.markdown and *.txt.",
         .example = "['*.jpg', '*.png']"}),
    bind<SourceDraft, &SourceDraft::recursive>({.key = "recursive",
                                                .type = Type::boolean,
                                                .fallback = "false",
                                                .doc = "`true`: also in the folders of the folder.",
                                                .example = "true"}),
    bind<SourceDraft, &SourceDraft::after>(
        {.key = "after",
         .type = Type::choice,
         .fallback = "move",
         .doc = "`move` a file whose post is out to the folder `sent`, one that came to nothing to `failed`, "
                "each with a note beside it; or `keep` it where it is.",
         .example = "keep",
         .choices = after_ways}),
    bind<SourceDraft, &SourceDraft::object>(
        {.key = "object",
         .type = Type::path,
         .doc = "For the plugin `native`: a shared object, see docs/PLUGINS.md. It must belong to root or to "
                "crier's user.",
         .example = "/opt/crier/weather.so"}),
    bind<SourceDraft, &SourceDraft::settings>({.key = "settings",
                                               .type = Type::settings,
                                               .doc = "What the shared object wants to know.",
                                               .example = "{city: Kiel}"}),
    bind<SourceDraft, &SourceDraft::memory>(
        {.key = "memory",
         .type = Type::number,
         .doc =
             "How much memory `command` or `object` may take, in MiB; without it, 512 for an object and no "
             "limit for a command.",
         .example = "256",
         .least = 16,
         .most = 1'000'000}),
    bind<SourceDraft, &SourceDraft::secret>(
        {.key = "secret",
         .type = Type::section,
         .doc = "Where the secret comes from that what is sent is signed with: `env`, `credential` or "
                "`file`, as "
                "an account's `token`. The sender has the same one. From a file it is read anew each time.",
         .example = "{env: RELEASES_SECRET}",
         .secret = true,
         .section = &token_section}),
    bind<SourceDraft, &SourceDraft::unsigned_>(
        {.key = "unsigned",
         .type = Type::boolean,
         .fallback = "false",
         .doc =
             "`true`, in the place of `secret`: whoever reaches it may send. Only where `inbound` listens at "
             "addresses of this machine alone.",
         .example = "false"}),
    bind<SourceDraft, &SourceDraft::hook>(
        {.key = "hook",
         .type = Type::text,
         .doc = "The path at which it hears what is sent; without it, /hooks/ and its name.",
         .example = "/hooks/releases"}),
    bind<SourceDraft, &SourceDraft::timeout>(
        {.key = "timeout",
         .type = Type::duration,
         .fallback = "60s",
         .doc = "How long `command` or `object` may take; then it is ended, with all that it has started.",
         .example = "60s",
         .shortest = std::chrono::seconds{1},
         .longest = std::chrono::hours{1}}),
    bind<SourceDraft, &SourceDraft::account>(account_row),
    bind<SourceDraft, &SourceDraft::accounts>([] {
        Row row = accounts_row;
        row.section = &source_target_section;
        return row;
    }()),
    bind<SourceDraft, &SourceDraft::poll>(
        {.key = "poll",
         .type = Type::interval,
         .fallback = "15m",
         .doc =
             "How often to look. With bounds instead of a duration, as often as it publishes: seldom where "
             "something new comes seldom. Feeds and accounts that are fetched have them where nothing is "
             "said: `{min: 15m, max: 1h}`. A source that asks for more time, or to be left alone at some "
             "hours, gets it.",
         .example = "15m",
         .section = &poll_section}),
    bind<SourceDraft, &SourceDraft::allow_private>(
        {.key = "allow_private",
         .type = Type::boolean,
         .fallback = "false",
         .doc = "`true`: may be fetched from this machine and from private networks.",
         .example = "false"}),
    bind<SourceDraft, &SourceDraft::websub>(
        {.key = "websub",
         .type = Type::boolean,
         .fallback = "true",
         .doc = "`false`: a hub that it names is left alone, also where `inbound: url:` says how hubs reach "
                "crier.",
         .example = "true"}),
    bind<SourceDraft, &SourceDraft::first_run>({.key = "first_run",
                                                .type = Type::section,
                                                .doc = "What becomes of items that are there already.",
                                                .example = "{publish: 0}",
                                                .section = &first_run_section}),
    bind<SourceDraft, &SourceDraft::max_age>({.key = "max_age",
                                              .type = Type::duration,
                                              .reload = Reload::new_posts,
                                              .doc = "Items older than this are not posted.",
                                              .example = "7d",
                                              .shortest = std::chrono::seconds{1}}),
    bind<SourceDraft, &SourceDraft::identity>(
        {.key = "identity",
         .type = Type::choice,
         .fallback = "auto",
         .doc = "By what it is known whether an item was seen: `auto` is its id, else its link, else what it "
                "says; `link`, `content` or `title` alone, for sources that give ids and links that mean "
                "nothing. After a change the items that are there count as seen.",
         .example = "link",
         .choices = identities}),
    bind<SourceDraft, &SourceDraft::max_per_poll>(
        {.key = "max_per_poll",
         .type = Type::number,
         .reload = Reload::new_posts,
         .doc = "So many new items at one look at most, the oldest first; the others come at the next.",
         .example = "3",
         .least = 1,
         .most = 10'000}),
    bind<SourceDraft, &SourceDraft::delay>(
        {.key = "delay",
         .type = Type::duration,
         .fallback = "0s",
         .reload = Reload::new_posts,
         .doc =
             "How long an item waits before it is posted. If it is mended meanwhile, so is its post; if it "
             "is taken back, the post is cancelled.",
         .example = "10m"}),
    bind<SourceDraft, &SourceDraft::on_update>(
        {.key = "on_update",
         .type = Type::choice,
         .fallback = "ignore",
         .reload = Reload::new_posts,
         .doc =
             "What becomes of a post that is published when its item says something else: `edit` has it say "
             "that, too, with the pictures that it has. One that has not left follows in any case.",
         .example = "edit",
         .choices = updates}),
    bind<SourceDraft, &SourceDraft::approval>(approval_row),
    bind<SourceDraft, &SourceDraft::approve_within>(approve_within_row),
    bind<SourceDraft, &SourceDraft::on_delete>(
        {.key = "on_delete",
         .type = Type::choice,
         .fallback = "ignore",
         .reload = Reload::new_posts,
         .doc = "What becomes of a post that is published when its source says that the item was taken back: "
                "`delete` deletes it. That an item is not shown any more says nothing.",
         .example = "delete",
         .choices = deletions}),
    bind<SourceDraft, &SourceDraft::spacing>(
        {.key = "spacing",
         .type = Type::duration,
         .fallback = "0s",
         .reload = Reload::new_posts,
         .doc = "The distance between two posts of the source on one account.",
         .example = "20m"}),
    bind<SourceDraft, &SourceDraft::strip_tracking>(
        {.key = "strip_tracking",
         .type = Type::boolean,
         .fallback = "true",
         .reload = Reload::new_posts,
         .doc = "Links lose the parameters that only say who sent the reader (utm_source, fbclid, ...).",
         .example = "false"}),
    bind<SourceDraft, &SourceDraft::dedupe>({.key = "dedupe",
                                             .type = Type::boolean,
                                             .fallback = "true",
                                             .reload = Reload::new_posts,
                                             .doc = "`false`: the file's `dedupe` does not count for it.",
                                             .example = "false"}),
    bind<SourceDraft, &SourceDraft::filter>(filter_row),
    bind<SourceDraft, &SourceDraft::fuse>(fuse_row),
    bind<SourceDraft, &SourceDraft::post>({.key = "post",
                                           .type = Type::section,
                                           .reload = Reload::new_posts,
                                           .doc = "What is made of an item.",
                                           .example = "{status: \"{{ title }} {{ link }}\"}",
                                           .section = &post_section}),
    bind<SourceDraft, &SourceDraft::on_demand>(
        {.key = "on_demand",
         .type = Type::boolean,
         .fallback = "false",
         .doc = "`true`: not looked at by itself, and posting nothing by itself: it is there for entries to "
                "`draw` from.",
         .example = "true"}),
    bind<SourceDraft, &SourceDraft::was>([] {
        Row row = was_row;
        row.example = "old-blog";
        return row;
    }()),
    bind<SourceDraft, &SourceDraft::edition>([] {
        Row row = edition_row;
        row.doc =
            "Raised, an item that was posted may be posted once more, by hand: `crier items NAME --post "
            "ID`. By itself the source posts nothing again.";
        row.example = "1";
        return row;
    }()),
};

} // namespace

const Section& source_section() {
    static constexpr Section section{"source", "sources.NAME", "A place that yields items.", source_rows,
                                     true};
    return section;
}

const Section& poll_section() {
    static constexpr Section section{
        "poll", "sources.NAME.poll",
        "Instead of one duration. An eighth of the time in which something new is "
        "to be expected, by the dates of its items, but no less and no more than "
        "these.",
        poll_rows, false};
    return section;
}

const Section& first_run_section() {
    static constexpr Section section{"first run", "sources.NAME.first_run", "", first_run_rows, false};
    return section;
}

const Section& filter_section() {
    static constexpr Section section{"filter", "sources.NAME.filter", "", filter_rows, false};
    return section;
}

const Section& source_target_section() {
    static constexpr Section section{"account", "sources.NAME.accounts.NAME", "", source_target_rows, false};
    return section;
}

} // namespace crier::config
