#include "config/binding.hpp"

#include <array>

/// Rows of what keeps things in bounds, and of who is told when they are not.
namespace crier::config {
namespace {

constexpr std::array fuse_rows{
    bind<FuseDraft, &FuseDraft::posts>({.key = "posts",
                                        .type = Type::number,
                                        .fallback = "10",
                                        .doc = "So many posts of one source or entry on one account ...",
                                        .example = "10",
                                        .least = 1}),
    bind<FuseDraft, &FuseDraft::within>(
        {.key = "within",
         .type = Type::duration,
         .fallback = "1h",
         .doc = "... in this time trip it, unless it is used to nearly as many.",
         .example = "1h",
         .shortest = std::chrono::seconds{1}}),
    bind<FuseDraft, &FuseDraft::same_link>(
        {.key = "same_link",
         .type = Type::number,
         .fallback = "2",
         .doc = "So many posts with the same link, in the same time, trip it. A source whose items all have "
                "one link wants more.",
         .example = "2",
         .least = 1}),
    bind<FuseDraft, &FuseDraft::same_text>(
        {.key = "same_text",
         .type = Type::number,
         .fallback = "3",
         .doc = "So many posts with the same text, in the same time, trip it. A template without "
                "`{{ }}` is exempt: its text is the same by intention.",
         .example = "3",
         .least = 1}),
};

constexpr std::array webhook_rows{
    bind<WebhookDraft, &WebhookDraft::url>({.key = "url",
                                            .type = Type::address,
                                            .doc = "Where each alert is sent (POST) as JSON.",
                                            .example = "https://hooks.example/crier",
                                            .required = true}),
    bind<WebhookDraft, &WebhookDraft::token>(
        {.key = "token",
         .type = Type::section,
         .doc = "Where a token for it comes from (`Authorization: Bearer`): as under `accounts.NAME.token`.",
         .example = "{file: secrets/hook.token}",
         .secret = true,
         .section = &token_section}),
};

constexpr std::array heartbeat_rows{
    bind<HeartbeatDraft, &HeartbeatDraft::url>(
        {.key = "url",
         .type = Type::address,
         .doc = "What is fetched (GET) as long as crier runs, its database can be written, and no account is "
                "held or silent. Who watches it notices when it stays away.",
         .example = "https://beat.example/crier",
         .required = true}),
    bind<HeartbeatDraft, &HeartbeatDraft::every>({.key = "every",
                                                  .type = Type::duration,
                                                  .fallback = "5m",
                                                  .doc = "How often.",
                                                  .example = "5m",
                                                  .shortest = std::chrono::seconds{1}}),
};

constexpr std::array alerts_rows{
    bind<AlertsDraft, &AlertsDraft::command>(
        {.key = "command",
         .type = Type::words,
         .doc =
             "A program and its arguments, run without a shell for each alert: JSON on standard input, the "
             "same in `CRIER_ALERT_KIND`, `_SUBJECT`, `_TEXT`, `_ACTION`, `_SINCE` and `_STATE`. It has 30 "
             "seconds, and ends with 0 when the alert is delivered.",
         .example = "[/usr/local/bin/notify]"}),
    bind<AlertsDraft, &AlertsDraft::webhook>({.key = "webhook",
                                              .type = Type::section,
                                              .doc = "An address that is told.",
                                              .example = "{url: https://hooks.example/crier}",
                                              .section = &webhook_section}),
    bind<AlertsDraft, &AlertsDraft::heartbeat>({.key = "heartbeat",
                                                .type = Type::section,
                                                .doc = "An address that is told while all is well.",
                                                .example = "{url: https://beat.example/crier, every: 5m}",
                                                .section = &heartbeat_section}),
    bind<AlertsDraft, &AlertsDraft::on>(
        {.key = "on",
         .type = Type::words,
         .doc =
             "Of what: `held` (posts wait for a person), `token` (an account cannot post), `fuse` (it has "
             "tripped), `source_down`, `silent`, `store` (the database cannot be written), `failed` (posts "
             "were given up). Without it, of all.",
         .example = "[held, token, fuse, source_down, silent]"}),
    bind<AlertsDraft, &AlertsDraft::silent_for>(
        {.key = "silent_for",
         .type = Type::duration,
         .fallback = "26h",
         .doc =
             "An account that had something to post and published nothing for so long is silent; so is a "
             "source that has had nothing new for so long, and for twice as long as ever in its past month.",
         .example = "26h",
         .shortest = std::chrono::minutes{1}}),
    bind<AlertsDraft, &AlertsDraft::repeat>({.key = "repeat",
                                             .type = Type::duration,
                                             .fallback = "6h",
                                             .doc = "Told again so often while it lasts.",
                                             .example = "6h",
                                             .shortest = std::chrono::minutes{1}}),
};

} // namespace

const Section& fuse_section() {
    static constexpr Section section{
        "fuse", "fuse, schedule[].fuse, sources.NAME.fuse",
        "What a source or entry says stands over the file's. When the fuse has tripped, the posts of that "
        "source or entry are held until `crier resume source:NAME` (or `entry:NAME`).",
        fuse_rows, false};
    return section;
}

const Section& alerts_section() {
    static constexpr Section section{"alerts", "alerts",
                                     "At least one of `command`, `webhook` and `heartbeat`. Everything is "
                                     "told once, again while it lasts, "
                                     "and once when it is over. `crier alerts test` tries it.",
                                     alerts_rows, false};
    return section;
}

const Section& webhook_section() {
    static constexpr Section section{"webhook", "alerts.webhook", "", webhook_rows, false};
    return section;
}

const Section& heartbeat_section() {
    static constexpr Section section{"heartbeat", "alerts.heartbeat", "", heartbeat_rows, false};
    return section;
}

} // namespace crier::config
