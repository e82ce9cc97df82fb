#pragma once

#include "core/digest.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier {

enum class Visibility { public_, unlisted, private_, direct };

/// "public", "unlisted", "private", "direct": the API's words and the config's.
[[nodiscard]] std::string_view to_text(Visibility visibility) noexcept;
[[nodiscard]] std::optional<Visibility> parse_visibility(std::string_view text) noexcept;

/// What stays in view where a picture is cropped: from -1 (left, bottom) to 1 (right, top), (0, 0) its
/// middle.
struct Focus {
    double x = 0;
    double y = 0;

    auto operator<=>(const Focus&) const = default;
};

/// One file or address to attach.
struct Media {
    std::string file; ///< an absolute path, or empty
    std::string url;  ///< an http(s) address to fetch it from, or empty
    std::string
        copy; ///< our own copy of `file`, by absolute path; empty: there is none, and `file` itself is sent
    std::string alt;
    std::string type; ///< MIME type when known, else by the file's name
    std::optional<Focus> focus;
    std::string thumbnail; ///< a picture for a film or a sound, by absolute path; empty: the server's own
    std::string thumbnail_copy;  ///< our own copy of `thumbnail`, as `copy` is of `file`
    bool strip_metadata = false; ///< where and with what it was taken is not sent
    bool required = true;        ///< false: the post goes out without it when it cannot be had
    std::string server_id;       ///< the uploaded attachment's id; empty until it is uploaded
    Instant uploaded{};          ///< when server_id was given
    bool processed = false;      ///< the server has answered that the attachment is ready
    std::string
        witness; ///< a GET after the upload showed it to this token (delivery::witness_of); empty: none

    [[nodiscard]] const std::string& to_send() const noexcept { return copy.empty() ? file : copy; }

    auto operator<=>(const Media&) const = default;
};

/// A question: the status asks it, these are what people choose from.
struct Poll {
    std::vector<std::string> options; ///< 2 or more, as they are shown
    Duration open{};                  ///< from the moment of posting
    bool multiple = false;            ///< more than one may be chosen
    bool hide_totals = false;         ///< until it is over

    auto operator<=>(const Poll&) const = default;
};

/// Who may quote it, where the server knows quotes.
enum class QuotePolicy {
    unsaid, ///< as the account has it there
    public_,
    followers,
    nobody,
};

/// "public", "followers", "nobody"; empty for `unsaid`: the API's words and the config's.
[[nodiscard]] std::string_view to_text(QuotePolicy policy) noexcept;
[[nodiscard]] std::optional<QuotePolicy> parse_quote_policy(std::string_view text) noexcept;

/// What is published. Frozen when the post is made.
struct PostContent {
    std::string status;
    std::string spoiler_text;
    bool sensitive = false;
    Visibility visibility = Visibility::public_;
    std::string language; ///< ISO 639, may be empty
    std::vector<Media> media;
    std::string in_reply_to; ///< a status id: of the part before, once that is published
    std::optional<Poll> poll;
    std::string quote; ///< the id of the status that it quotes, on the same server; empty: none
    QuotePolicy quote_policy = QuotePolicy::unsaid;
    std::string content_type; ///< of `status`, as "text/markdown"; empty: plain text
    bool local_only = false;  ///< stays on its server
    bool pin = false;         ///< to be pinned to the account's page once it is published

    auto operator<=>(const PostContent&) const = default;
};

/// docs/DELIVERY.md has the moves between them.
enum class PostState {
    waiting,   ///< not due
    ready,     ///< due; its turn comes when the account's lane says
    uploading, ///< its media are on their way
    sending,   ///< an attempt is recorded; the request may be on its way
    retrying,  ///< the last attempt certainly published nothing; `next` says when the next one is
    doubt,     ///< the last attempt may have published it; `next` says when it is looked into
    held,      ///< needs a person; `reason` says what for
    published, ///< on the server, under `status_id`
    failed,
    expired,
    cancelled,
    deleted, ///< published, and then undone
};

/// Why a post is in its state, for programs; `reason` beside it says it to people. The words stay as they
/// are.
enum class ReasonCode {
    none,
    approval,         ///< held: a person must let it go
    person,           ///< held or cancelled by a person
    content,          ///< held: what it was made from lacks something (a picture's description)
    media,            ///< a picture cannot be had
    processing,       ///< the server has not finished with its media
    interrupted,      ///< doubt: the daemon ended before the reply was recorded
    no_reply,         ///< doubt: the request went out and no reply came that says what became of it
    in_flight,        ///< doubt: the server is still at work on the first request
    no_evidence,      ///< nothing can tell whether it was published
    two_candidates,   ///< two statuses on the server look like it
    foreign_status,   ///< the reply named another post's status
    not_sent,         ///< retrying: the request did not reach the server
    limited,          ///< a limit of the server's
    account,          ///< the account cannot post (token, permission)
    refused,          ///< failed: the server will never accept it as it is
    refused_in_doubt, ///< held: a repeat was refused while an earlier attempt is open
    expired,          ///< too late for its `expires_after`
    missed,           ///< expired: the daemon was down when it was due
    dry,              ///< `mode: dry`
    fuse,             ///< held: its origin suddenly wants too much
    thread,           ///< waits for, or falls with, the part before it
    schedule_changed, ///< cancelled: its entry no longer fires then
    origin_removed,   ///< held: its entry or source is no longer in the configuration
    deleted_there,    ///< published, and deleted on the server since
    not_as_asked,     ///< published, with another visibility, or without a picture
    seen_there,       ///< published: found on the account's timeline, not by a reply
    taken_back,       ///< cancelled: its item was taken back where it came from
    restored,         ///< cancelled: taken as posted before the store was put back
    undone,           ///< deleted, cancelled or held: a person wants it gone
};

[[nodiscard]] std::string_view to_text(ReasonCode code) noexcept;
[[nodiscard]] std::optional<ReasonCode> parse_reason_code(std::string_view text) noexcept;

[[nodiscard]] std::string_view to_text(PostState state) noexcept;
[[nodiscard]] std::optional<PostState> parse_post_state(std::string_view text) noexcept;
/// No lane will ever touch it again by itself.
[[nodiscard]] bool is_final(PostState state) noexcept;

enum class OriginKind { entry, source, manual };
[[nodiscard]] std::string_view to_text(OriginKind kind) noexcept;
[[nodiscard]] std::optional<OriginKind> parse_origin_kind(std::string_view text) noexcept;

/// Where a post comes from. `name` is the entry's or source's name at first sight; `item` the item's
/// identity or the occurrence's nominal instant in RFC 3339, or the key of a manual post.
struct Origin {
    OriginKind kind = OriginKind::manual;
    std::string name;
    std::string item;

    auto operator<=>(const Origin&) const = default;
};

/// The stable name of a post: the same key never makes two posts. Of nothing that may change (text, due
/// time after jitter, template, machine, attempt).
[[nodiscard]] Digest post_key(std::string_view server_host, std::string_view account, const Origin& origin,
                              int part = 0, int revision = 0);

/// What goes out as Idempotency-Key: 64 hexadecimal digits. `generation` rises only after a definite
/// refusal while no attempt is in doubt.
[[nodiscard]] std::string wire_key(const Digest& post_key, int generation);

using PostId = std::int64_t;

/// As people and requests write it: a number from 1 on and nothing else.
[[nodiscard]] std::optional<PostId> parse_post_id(std::string_view text) noexcept;

/// Scheduled posts keep their place before a feed's backlog.
/// Of a thread that has begun, the next part comes before everything.
enum class Priority : int { thread = -1, scheduled = 0, manual = 1, item = 2 };

/// The requests that may have published a post, by the clock that nobody sets. It means something only in the
/// boot that it was noted in.
struct SentMoments {
    std::int64_t boot = 0;         ///< Clock::boot(); 0: not known, then nor is the rest
    std::optional<Mono> key_since; ///< the first attempt in doubt; nothing: it was in another boot
    Mono quiet_until{};            ///< nothing is done before: not even what the server's lock makes safe
    Mono over_at{};                ///< from then on the last one is no longer at work on the server

    /// Do they mean something to a machine in this boot?
    [[nodiscard]] bool count_in(std::int64_t this_boot) const noexcept {
        return boot != 0 && boot == this_boot;
    }
    bool operator==(const SentMoments&) const = default;
};

/// A row of the outbox.
struct Post {
    PostId id = 0;
    Digest key;
    std::string account;
    Origin origin;
    PostState state = PostState::waiting;
    ReasonCode code = ReasonCode::none;
    std::string reason; ///< why it is in that state, for people; empty where the state says all
    Priority priority = Priority::item;
    Instant due{};                  ///< when it should leave (after jitter and quiet hours)
    std::optional<Instant> expires; ///< not sent after this
    Instant next{};                 ///< the earliest moment at which a lane may act on it again
    PostContent content;
    int generation = 0;
    int attempts = 0; ///< requests to publish, recorded before each one's first byte
    std::optional<Instant>
        first_attempt; ///< that may have gone through: the server's memory of the key runs from it
    std::optional<Instant> key_since; ///< the same by the server's clock; nothing: that was not known then
    SentMoments sent;                 ///< and by the machine's
    std::optional<Instant> last_attempt;
    bool in_doubt = false; ///< an attempt's outcome is unknown and nothing has settled it
    int tries = 0;         ///< steps in a row that brought nothing; back-off goes by it
    bool approved = false; ///< a person let it go (accounts in `mode: hold`)
    std::string status_id;
    std::string status_url;
    int part = 0;                        ///< of a thread, from 0
    int parts = 1;                       ///< of its thread, with it
    Digest parent;                       ///< key of the part before; all zero: there is none
    Digest link;                         ///< of its item's canonical link; all zero: none
    int looks = 0;                       ///< looks at the account's timeline for it, since it came into doubt
    std::optional<Instant> absent_since; ///< the first of the looks in a row that did not find it
    std::optional<Instant> receipt;      ///< published: when it is looked at once, without the token
    std::optional<Instant> edited;       ///< when a person last changed its words or its time
    std::optional<Instant> planned;      ///< when it was due before a person moved it; nothing: nobody has
    std::optional<Instant> undone; ///< since when a person wants it gone while it may be on the server: it is
                                   ///< never sent again, and deleted where it is found
    std::optional<Instant> pin_next; ///< published: when the server is asked for what `content.pin` says;
                                     ///< nothing: it was, or is not to be
    Instant created{};
    std::int64_t version = 0; ///< rises with every change; a writer names the one it read
};

} // namespace crier
