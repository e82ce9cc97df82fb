#pragma once

#include "core/failure.hpp"
#include "core/text/length_unit.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a server's answer means for the one who asked, sorted by what to do about it. Made by mastodon/ from
/// the wire, consumed by the delivery machine; no HTTP beyond this line.
namespace crier {

enum class Verdict {
    published,       ///< here is the status
    removed,         ///< it is deleted now
    pinned,          ///< it stands at the head of the account's page now, or no longer, as was asked
    alive,           ///< a probe's answer: the token is accepted
    media_ready,     ///< the attachment is uploaded and processed
    media_pending,   ///< uploaded; still being processed
    media_failed,    ///< the server could not process these bytes, and never will
    media_kept_back, ///< not uploaded: it was to be stripped of what it tells, and could not be
    media_gone,      ///< no such unattached media of ours (404): never there, expired, or attached
    not_ready,       ///< 422 on a post: an attachment has not finished processing
    not_sent,        ///< the request certainly did not reach the server whole
    limited,         ///< 429, or told to come back later: nothing was done
    busy,         ///< 503 from the server's own in-flight lock, and the like: the same key is being worked on
    unauthorized, ///< 401: the token is not accepted
    forbidden,    ///< 403: by cause in `text`; the account's lane stops
    refused,      ///< 4xx: this post will never be accepted as it is
    not_found,    ///< 404/410 on a publish
    unknown,      ///< it may or may not have been done: lost reply, 5xx, 2xx without a status
};

[[nodiscard]] std::string_view to_text(Verdict verdict) noexcept;

/// What the reply's headers said of one limit.
struct RateNews {
    std::optional<int> limit;
    std::optional<int> remaining;
    std::optional<Instant> reset;        ///< by the local clock (corrected by the server's Date)
    std::optional<Duration> retry_after; ///< from Retry-After, either form
};

struct PublishedStatus {
    std::string id;
    std::string url;
    std::string account_id;
    std::string account_name; ///< `acct` of the account that it appeared on
    std::string visibility;
    std::size_t media = 0;
    bool poll = false;
    bool sensitive = false;
    std::optional<Instant> created;
    std::string application; ///< the name of what made it: ours; empty: not said
};

struct Reply {
    Verdict verdict = Verdict::unknown;
    int http = 0;        ///< status code; 0 when there was no reply
    bool by_api = false; ///< a refusal by the API itself, not by something before it
    std::string text;    ///< the server's own words, or what broke; for people, bounded, no secrets
    std::string hint;    ///< how to mend it, may be empty
    RateNews rate;
    std::optional<Instant> server_date;    ///< the reply's Date
    std::optional<PublishedStatus> status; ///< with `published`
    std::string media_id;                  ///< with media_ready and media_pending
    std::vector<std::string> scopes;       ///< with `alive`, of the token's application; empty: not said
    std::string application;               ///< with `alive`, its name; empty: not said

    Reply() = default;
    Reply(Verdict v, int code, std::string words)
        : verdict(v)
        , http(code)
        , text(std::move(words)) {}
};

/// What a server's polls may be.
struct PollLimits {
    std::size_t options = 4;     ///< at most; 0: it has no polls
    std::size_t characters = 50; ///< of one option
    Duration shortest = std::chrono::minutes{5};
    Duration longest = std::chrono::seconds{2'629'746}; ///< a month of Rails
    bool with_media = false;                            ///< a post may have both

    bool operator==(const PollLimits&) const = default;
};

/// What the server allows; the defaults are Mastodon's where it does not say.
struct ServerProfile {
    bool known = false; ///< the server has said it; else all of it is a guess
    std::string software =
        "mastodon";              ///< mastodon, gotosocial, pleroma, akkoma, pixelfed, friendica, snac, ...
    std::string version;         ///< as it says
    bool idempotent = true;      ///< honours Idempotency-Key
    bool locks_key = false;      ///< a repeat waits for the first (Mastodon 4.6 and later)
    bool keeps_errors = false;   ///< an error is kept under its key, and a repeat is told it
    bool hides_attached = false; ///< GET of an attachment is 404 once a status has it
    std::size_t max_characters = 500;
    std::size_t per_url = 23; ///< what a link counts; 0: all its characters
    text::LengthUnit length_unit = text::LengthUnit::grapheme;
    bool local_mentions = true; ///< a remote mention counts its local part
    bool counts_warning = true; ///< the content warning is part of a text's length
    std::size_t max_media = 4;
    bool films_alone = false; ///< a film or a sound is the only one of its post
    std::size_t description_limit = 1500;
    std::uint64_t image_size_limit = 16777216;
    std::uint64_t video_size_limit = 103809024; ///< of sounds as well
    std::uint64_t image_pixels = 33177600;      ///< width times height; 0, as for the next two: not said
    std::uint64_t video_pixels = 8294400;
    int video_frame_rate = 120;
    std::vector<std::string> mime_types; ///< empty: not said
    PollLimits polls;
    bool quotes = false;         ///< a post may quote another one
    bool quote_policies = false; ///< and say who may quote it
    bool needs_media = false;    ///< a post without is refused
    std::string local_mark;      ///< what the text of a post that stays there ends with; empty: nothing
    bool local_only = false;     ///< a post may stay on the server
    bool edits = true;           ///< what is published may be changed
    bool pins = true;
    std::vector<std::string> content_types; ///< what it reads beside plain text, "text/markdown"
    std::optional<Instant> date;            ///< the answer's own; not kept
};

} // namespace crier
