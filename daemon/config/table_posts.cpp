#include "config/binding.hpp"
#include "config/table_shared.hpp"

#include <array>

/// Rows of what is posted, in all its layers.
namespace crier::config {
namespace {

constexpr std::array<std::string_view, 4> visibilities{"public", "unlisted", "private", "direct"};
constexpr std::array<std::string_view, 3> overflows{"shorten", "reject", "thread"};
constexpr std::array<std::string_view, 4> quote_policies{"account", "public", "followers", "nobody"};
constexpr std::array<std::string_view, 2> metadata_ways{"keep", "strip"};
constexpr std::array<std::string_view, 4> alt_ways{"hold", "drop_media", "next_item", "post"};

constexpr Row spoiler_text_row{
    .key = "spoiler_text",
    .type = Type::template_,
    .reload = Reload::new_posts,
    .doc = "The content warning, a template as `status` is. With it, the post is folded.",
    .example = "\"Politics\""};
constexpr Row sensitive_row{.key = "sensitive",
                            .type = Type::boolean,
                            .fallback = "false",
                            .reload = Reload::new_posts,
                            .doc = "`true` hides the media until they are clicked.",
                            .example = "false"};
constexpr Row visibility_row{.key = "visibility",
                             .type = Type::choice,
                             .reload = Reload::new_posts,
                             .doc = "Who sees it. It has no default: it must be said in one of the layers.",
                             .example = "public",
                             .choices = visibilities};
constexpr Row language_row{.key = "language",
                           .type = Type::text,
                           .reload = Reload::new_posts,
                           .doc =
                               "ISO 639 code of the post's language; month and day names follow it. Without "
                               "it, an item's own.",
                           .example = "en"};
constexpr Row overflow_row{
    .key = "overflow",
    .type = Type::choice,
    .fallback = "shorten",
    .reload = Reload::new_posts,
    .doc =
        "A text over the server's limit: `shorten` titles and summaries at a word's end (links and hashtags "
        "stay whole), make a `thread` of up to 20 posts of it, broken at paragraphs' and sentences' ends, or "
        "`reject`: hold the post for a person.",
    .example = "shorten",
    .choices = overflows};
constexpr Row thread_counter_row{.key = "thread_counter",
                                 .type = Type::boolean,
                                 .fallback = "false",
                                 .reload = Reload::new_posts,
                                 .doc = "`true`: each post of a text that became a thread by `overflow` ends "
                                        "with its number, `1/3`.",
                                 .example = "true"};
constexpr Row mentions_row{
    .key = "mentions",
    .type = Type::words,
    .fallback = "defuse",
    .reload = Reload::new_posts,
    .doc =
        "`defuse`: an @name in an item's text notifies nobody; `allow`: as on the server; or a list of those "
        "who are notified all the same. What the template itself says is kept in any case.",
    .example = "[alice, bob@mastodon.example]"};
constexpr Row cw_rules_row{
    .key = "cw_rules",
    .type = Type::section_list,
    .reload = Reload::new_posts,
    .doc = "Content warnings for posts that are about something. All that match are added to `spoiler_text`, "
           "with commas between.",
    .example = "[{match: [election, '/\\bvot(e|ing)\\b/i'], spoiler_text: Politics}]",
    .section = &cw_rule_section};
constexpr Row content_type_row{
    .key = "content_type",
    .type = Type::text,
    .reload = Reload::new_posts,
    .doc =
        "What `status` is written in, where the server takes more than plain text (GoToSocial, Akkoma and "
        "Pleroma, Glitch): `text/markdown`, `text/html`, `text/bbcode`. On a server that does not, the post "
        "is held.",
    .example = "text/markdown"};
constexpr Row local_only_row{
    .key = "local_only",
    .type = Type::boolean,
    .fallback = "false",
    .reload = Reload::new_posts,
    .doc =
        "`true`: the post stays on its server, where that offers it (GoToSocial, Akkoma and Pleroma, Glitch, "
        "Hometown); on another one it is held.",
    .example = "true"};
constexpr Row quote_policy_row{
    .key = "quote_policy",
    .type = Type::choice,
    .fallback = "account",
    .reload = Reload::new_posts,
    .doc = "Who may quote it (Mastodon 4.5 and later); `account`: as the account has it there.",
    .example = "followers",
    .choices = quote_policies};
constexpr Row metadata_row{
    .key = "metadata",
    .type = Type::choice,
    .fallback = "keep",
    .reload = Reload::new_posts,
    .doc = "`strip`: pictures are sent without what a camera writes into them: place, time, device, names, "
           "comments. The picture itself stays as it is.",
    .example = "strip",
    .choices = metadata_ways};
constexpr Row missing_alt_row{
    .key = "missing_alt",
    .type = Type::choice,
    .fallback = "hold",
    .reload = Reload::new_posts,
    .doc = "Media without a description: `hold` the post, `drop_media` and post without them, leave the item "
           "for the `next_item`, or `post` all the same.",
    .example = "hold",
    .choices = alt_ways};

/// The layers below a post: no text and no media of their own.
template <class Draft>
constexpr std::array<Row, 13> layer_rows{
    bind<Draft, &Draft::visibility>(visibility_row),
    bind<Draft, &Draft::language>(language_row),
    bind<Draft, &Draft::spoiler_text>(spoiler_text_row),
    bind<Draft, &Draft::sensitive>(sensitive_row),
    bind<Draft, &Draft::overflow>(overflow_row),
    bind<Draft, &Draft::thread_counter>(thread_counter_row),
    bind<Draft, &Draft::mentions>(mentions_row),
    bind<Draft, &Draft::missing_alt>(missing_alt_row),
    bind<Draft, &Draft::metadata>(metadata_row),
    bind<Draft, &Draft::cw_rules>(cw_rules_row),
    bind<Draft, &Draft::content_type>(content_type_row),
    bind<Draft, &Draft::quote_policy>(quote_policy_row),
    bind<Draft, &Draft::local_only>(local_only_row),
};

template <std::size_t N, std::size_t M>
constexpr std::array<Row, N + M> joined(const std::array<Row, N>& first, const std::array<Row, M>& second) {
    std::array<Row, N + M> rows{};
    for (std::size_t i = 0; i < N; ++i)
        rows[i] = first[i];
    for (std::size_t i = 0; i < M; ++i)
        rows[N + i] = second[i];
    return rows;
}

constexpr std::array<Row, 1> zone_row{bind<DefaultsDraft, &DefaultsDraft::timezone>(
    {.key = "timezone",
     .type = Type::zone,
     .fallback = "UTC",
     .reload = Reload::new_posts,
     .doc = "The zone of the schedule and of dates in templates, by its IANA name.",
     .example = "Europe/Berlin"})};

constexpr auto defaults_rows = joined(zone_row, layer_rows<DefaultsDraft>);

constexpr std::array<Row, 2> content_rows{
    bind<PostDraft, &PostDraft::status>({.key = "status",
                                         .type = Type::template_,
                                         .reload = Reload::new_posts,
                                         .doc = "The text, a template: docs/TEMPLATES.md.",
                                         .example = "\"{{ title }}\\n\\n{{ link }}\""}),
    bind<PostDraft, &PostDraft::media>(
        {.key = "media",
         .type = Type::section_list,
         .reload = Reload::new_posts,
         .doc = "What is attached.",
         .example = "[{file: media/sunrise.jpg, alt: The sun over the harbour}]",
         .section = &media_section}),
};
constexpr std::array<Row, 1> thread_row{bind<PostDraft, &PostDraft::thread>(
    {.key = "thread",
     .type = Type::section_list,
     .reload = Reload::new_posts,
     .doc = "In the place of `status` and `media` (entries only): several posts, each a reply to the one "
            "before. "
            "All are checked first; each goes when the one before is published.",
     .example = "[{status: \"1/2 ...\"}, {status: \"2/2 ...\"}]",
     .section = &thread_section})};
constexpr std::array<Row, 1> in_turn_row{bind<PostDraft, &PostDraft::in_turn>(
    {.key = "in_turn",
     .type = Type::section_list,
     .reload = Reload::new_posts,
     .doc = "In the place of `status` and `media` (entries only): several posts, one for each occurrence, "
            "in this order and again from the beginning.",
     .example = "[{status: \"Drink some water.\"}, {status: \"Stretch your legs.\"}]",
     .section = &thread_section})};
constexpr Row question_row{.key = "poll",
                           .type = Type::section,
                           .reload = Reload::new_posts,
                           .doc = "A question: `status` asks it, and these are the answers to choose from.",
                           .example = "{options: [Tea, Coffee], expires_in: 1d}",
                           .section = &question_section};
constexpr std::array<Row, 4> whole_rows{
    bind<PostDraft, &PostDraft::poll>(question_row),
    bind<PostDraft, &PostDraft::in_reply_to>(
        {.key = "in_reply_to",
         .type = Type::text,
         .reload = Reload::new_posts,
         .doc =
             "A status that it replies to, by its address on the account's own server or by its id. A thread "
             "begins there.",
         .example = "https://mastodon.example/@news/114000000000000001"}),
    bind<PostDraft, &PostDraft::quote>(
        {.key = "quote",
         .type = Type::text,
         .reload = Reload::new_posts,
         .doc =
             "A status that it quotes, named in the same way, where the server has quotes (Mastodon 4.5 and "
             "later, Akkoma and Pleroma, the family of Misskey); on another one the post is held.",
         .example = "https://mastodon.example/@news/114000000000000001"}),
    bind<PostDraft, &PostDraft::pin>(
        {.key = "pin",
         .type = Type::boolean,
         .fallback = "false",
         .reload = Reload::new_posts,
         .doc = "`true`: it is pinned to the account's page once it is published. The token needs "
                "`write:accounts` for that.",
         .example = "true"}),
};
constexpr auto post_rows =
    joined(joined(joined(joined(content_rows, whole_rows), thread_row), in_turn_row), layer_rows<PostDraft>);
constexpr std::array<Row, 3> part_layer_rows{
    bind<PostDraft, &PostDraft::poll>(question_row),
    bind<PostDraft, &PostDraft::spoiler_text>([] {
        Row row = spoiler_text_row;
        row.doc = "As under `post`, for this part.";
        return row;
    }()),
    bind<PostDraft, &PostDraft::sensitive>([] {
        Row row = sensitive_row;
        row.fallback = {};
        row.doc = "As under `post`, for this part.";
        return row;
    }()),
};
constexpr auto thread_rows = joined(content_rows, part_layer_rows);

constexpr std::array media_rows{
    bind<MediaDraft, &MediaDraft::file>({.key = "file",
                                         .type = Type::path,
                                         .reload = Reload::new_posts,
                                         .doc = "A file, relative to the file that names it.",
                                         .example = "media/sunrise.jpg"}),
    bind<MediaDraft, &MediaDraft::from>(
        {.key = "from",
         .type = Type::words,
         .reload = Reload::new_posts,
         .doc =
             "The item's own media (under `sources` only): `item` for all it has, or the first of these that "
             "it has: `enclosure`, `media_rss`, `itunes_image`, `content_image`, `og_image`.",
         .example = "[enclosure, og_image]"}),
    bind<MediaDraft, &MediaDraft::alt>(
        {.key = "alt",
         .type = Type::template_,
         .reload = Reload::new_posts,
         .doc = "The description for those who cannot see it, a template. Without it, the item's own.",
         .example = "\"The sun over the harbour\""}),
    bind<MediaDraft, &MediaDraft::missing_alt>([] {
        Row row = missing_alt_row;
        row.fallback = {};
        row.doc = "As under `post`, for this one.";
        return row;
    }()),
    bind<MediaDraft, &MediaDraft::required>(
        {.key = "required",
         .type = Type::boolean,
         .fallback = "true",
         .reload = Reload::new_posts,
         .doc = "`false`: the post goes out without it when it cannot be had.",
         .example = "true"}),
    bind<MediaDraft, &MediaDraft::url>({.key = "url",
                                        .type = Type::address,
                                        .reload = Reload::new_posts,
                                        .doc = "An address to fetch it from, when the post's turn is near.",
                                        .example = "https://example.org/webcam.jpg"}),
    bind<MediaDraft, &MediaDraft::focus>(
        {.key = "focus",
         .type = Type::point,
         .reload = Reload::new_posts,
         .doc =
             "What stays in view where it is cropped: from -1 (left) to 1 (right), and from -1 (bottom) to 1 "
             "(top).",
         .example = "[0.5, -0.25]"}),
    bind<MediaDraft, &MediaDraft::thumbnail>(
        {.key = "thumbnail",
         .type = Type::path,
         .reload = Reload::new_posts,
         .doc = "A picture that stands for a film or a sound; without it the server makes one.",
         .example = "media/cover.jpg"}),
    bind<MediaDraft, &MediaDraft::metadata>([] {
        Row row = metadata_row;
        row.fallback = {};
        row.doc = "As under `post`, for this one.";
        return row;
    }()),
};

constexpr std::array question_rows{
    bind<QuestionDraft, &QuestionDraft::options>(
        {.key = "options",
         .type = Type::words,
         .reload = Reload::new_posts,
         .doc = "What is to choose from, two or more, each a template as `status` is. How many the server "
                "takes, "
                "and how long they may be, `crier check --online` says.",
         .example = "[Tea, Coffee]",
         .required = true}),
    bind<QuestionDraft, &QuestionDraft::expires_in>(
        {.key = "expires_in",
         .type = Type::duration,
         .fallback = "1d",
         .reload = Reload::new_posts,
         .doc = "How long it is open, from the moment of posting.",
         .example = "1d",
         .shortest = std::chrono::minutes{1},
         .longest = std::chrono::hours{24 * 366}}),
    bind<QuestionDraft, &QuestionDraft::multiple>({.key = "multiple",
                                                   .type = Type::boolean,
                                                   .fallback = "false",
                                                   .reload = Reload::new_posts,
                                                   .doc = "`true`: more than one may be chosen.",
                                                   .example = "true"}),
    bind<QuestionDraft, &QuestionDraft::hide_totals>(
        {.key = "hide_totals",
         .type = Type::boolean,
         .fallback = "false",
         .reload = Reload::new_posts,
         .doc = "`true`: the votes are not shown before it is over.",
         .example = "true"}),
};

constexpr std::array cw_rule_rows{
    bind<CwRuleDraft, &CwRuleDraft::match>(
        {.key = "match",
         .type = Type::words,
         .reload = Reload::new_posts,
         .doc =
             "What the post is about: a text to be found without regard to case, or an expression '/.../' or "
             "'/.../i', or several of which one is enough. Looked at are the finished text, and an item's "
             "title and categories.",
         .example = "[election, '/\\bvot(e|ing)\\b/i']",
         .required = true}),
    bind<CwRuleDraft, &CwRuleDraft::spoiler_text>({.key = "spoiler_text",
                                                   .type = Type::text,
                                                   .reload = Reload::new_posts,
                                                   .doc = "The content warning of such posts.",
                                                   .example = "Politics",
                                                   .required = true}),
};

} // namespace

const Section& defaults_section() {
    static constexpr Section section{
        "defaults", "defaults",
        "The lowest layer of every post. Layers, each over the one before: `defaults`, the account's "
        "`defaults`, the entry's or source's `post`, and what `accounts` says for one account. Mappings "
        "merge, lists replace.",
        defaults_rows, false};
    return section;
}

const Section& account_defaults_section() {
    static constexpr Section section{"defaults", "accounts.NAME.defaults", "", layer_rows<PostDraft>, false};
    return section;
}

const Section& post_section() {
    static constexpr Section section{"post", "schedule[].post, sources.NAME.post",
                                     "`status`, `media` or both.", post_rows, false};
    return section;
}

const Section& thread_section() {
    static constexpr Section section{"part", "post.thread[], post.in_turn[]",
                                     "`status`, `media` or both; the rest as `post` says.", thread_rows,
                                     false};
    return section;
}

const Section& question_section() {
    static constexpr Section section{"poll", "post.poll", "", question_rows, false};
    return section;
}

const Section& cw_rule_section() {
    static constexpr Section section{"rule", "post.cw_rules[]", "", cw_rule_rows, false};
    return section;
}

const Section& media_section() {
    static constexpr Section section{"medium", "post.media[]", "`file`, `url` or `from`.", media_rows, false};
    return section;
}

} // namespace crier::config
