#pragma once

#include "sandbox/content/length.hpp"
#include "sandbox/state/idempotency.hpp"
#include "sandbox/state/ids.hpp"
#include "sandbox/state/limits.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

/// Whose manners the sandbox has.
enum class Kind {
    mastodon_4_6,
    mastodon_4_5,
    mastodon_4_2,
    mastodon_3_5,
    glitch,
    hometown,
    gotosocial,
    pleroma,
    akkoma,
    pixelfed,
    friendica,
    snac,
    sharkey,
    iceshrimp
};

/// The shape of an error.
enum class ErrorShape {
    mastodon,   ///< {"error": text in the account's language}
    plain,      ///< the same, English only, and no WWW-Authenticate (Iceshrimp.NET)
    gotosocial, ///< {"error": "Bad Request: text"}
    pleroma,    ///< {"error": text}, with texts of its own
    laravel,    ///< {"message", "errors": {field: [text]}} (Pixelfed)
    misskey,    ///< {"error": CODE, "error_description": text} (Sharkey)
    friendica,  ///< {"error": text, "error_description"}
    nothing     ///< an empty body, text/html, without a length (snac)
};

/// What the scopes of Mastodon 2.4 and later are to it.
enum class ScopeUse {
    fine,     ///< "write:statuses" is one
    families, ///< it is taken for "write" (Friendica)
    refused,  ///< it is none: only "read", "write", "follow", "push" are (Pixelfed)
    nothing   ///< every token may do everything (snac)
};

/// How it tells the rate limits.
enum class RateTell { microseconds, milliseconds, unix_seconds, nothing };

/// When an upload is ready.
enum class Pace {
    films_later, ///< pictures at once
    at_once
};

/// What GET /api/v1/media/:id knows.
enum class MediaView { until_attached, always, never };

/// What becomes of media that were attached before.
enum class MediaReuse { refused, allowed };

enum class Scheduling {
    mastodon, ///< not within five minutes
    lenient,  ///< that is posted at once (Pleroma)
    refused,  ///< 501 (GoToSocial)
    at_once   ///< the time means nothing
};

/// What it makes of a `language` that it does not know.
enum class LanguageRule {
    forgiving,  ///< it is the account's
    tag,        ///< refused when it is no language tag (GoToSocial: internal/validate)
    two_letters ///< refused when it is not of two letters (Akkoma: Pleroma.ISO639)
};

/// How a quoting status shows it.
enum class QuoteShape {
    none,
    mastodon, ///< quote: {state, quoted_status}
    status,   ///< quote: the status, quote_id
    pleroma   ///< pleroma: {quote, quote_id}
};

/// What asks for a status that does not leave the server.
enum class LocalOnly {
    none,
    parameter, ///< `local_only`
    eye,       ///< a text that ends in U+1F441 (glitch-soc: app/models/status.rb, marked_local_only?)
    visibility ///< `visibility: local` (Pleroma, Akkoma)
};

enum class TokenReply {
    mastodon,
    pleroma,  ///< and id, me, expires_in, refresh_token
    passport, ///< no scope, no created_at; expires_in, refresh_token (Pixelfed)
    snac      ///< the scope only when it was asked for
};

/// One kind of server: everything by which it differs from Mastodon 4.6. The sources are in kinds.cpp.
struct Facts {
    Kind kind = Kind::mastodon_4_6;
    std::string_view name;
    std::string_view version; ///< as the instance documents say it
    std::string_view source;  ///< `source_url`
    int mastodon = 0;         ///< 406 for 4.6; 0: something else
    int api_version = 0;      ///< api_versions.mastodon; 0: not told

    // Errors
    ErrorShape errors = ErrorShape::mastodon;
    int refusal = 422;       ///< what is wrong with a request
    int dead_token = 401;    ///< no token, or a bad one
    int missing_reply = 404; ///< the status replied to; 0: posted without it
    int missing_quote = 404;
    int empty_post = 0; ///< without media where they are needed; 0: none are needed
    std::string_view too_many = "Too many requests";
    bool needs_agent = false; ///< 418 without a User-Agent
    bool negotiates = false;  ///< 406 when JSON is not accepted

    // Tokens
    ScopeUse scopes = ScopeUse::fine;
    TokenReply token_reply = TokenReply::mastodon;
    bool oauth_metadata = false;
    bool pkce = false;

    // Transport
    RateTell rates = RateTell::nothing;
    bool rates_by_address = false; ///< with a token too
    bool closes_unannounced = false;
    bool loses_chunked = false; ///< a chunked request is carried out and not answered

    // Instance documents
    bool v1_configuration = true;
    bool max_toot_chars = false; ///< top level of v1
    bool poll_limits = false;    ///< top level of v1
    bool upload_limits = false;  ///< upload_limit, description_limit: top level of v1
    bool pleroma_object = false;
    std::string_view media_types; ///< told and taken

    // Statuses
    IdStyle ids = IdStyle::snowflake;
    Counting counting = Counting::mastodon;
    ReplayMode replay = ReplayMode::wait_503;
    std::int64_t key_seconds = 3'600; ///< how long an Idempotency-Key is known
    Scheduling scheduling = Scheduling::mastodon;
    std::string_view visibilities = "public unlisted private direct";
    std::string_view other_visibility; ///< what any other becomes; empty: refused
    LanguageRule languages = LanguageRule::forgiving;
    bool polls = true;
    bool warns_sensitive_only = false; ///< the warning is dropped when `sensitive` is not sent
    QuoteShape quotes = QuoteShape::none;
    std::string_view quote_fields; ///< parameters that name the quoted status
    bool quote_policy = false;
    bool interaction_policy = false;
    LocalOnly local_only = LocalOnly::none;
    std::string_view content_types;   ///< of `content_type`; empty: there is no such parameter
    bool refuse_content_type = false; ///< an unknown one; else it is text/plain
    bool quiet_failure = false; ///< a strange visibility: 200, an empty body, and it is posted (GoToSocial)

    // Media
    Pace pace = Pace::films_later;
    int upload_status = 0;  ///< always this one; 0: 200 or 202
    bool url_later = false; ///< the answer to an upload has no address, whatever is ready
    std::string_view media_scope = "write:media"; ///< of GET /api/v1/media/:id
    MediaView media_view = MediaView::until_attached;
    MediaReuse reuse = MediaReuse::refused;
    bool mixed_media = true; ///< films beside pictures
    bool checks_media = true;
    bool bare_media = false; ///< an attachment without meta and blurhash, always "image" (snac)
    bool thumbnails = false; ///< `thumbnail`, of films and sounds

    Limits limits;
};

[[nodiscard]] const Facts& facts_of(Kind kind);

/// "mastodon-4.6" and the like.
[[nodiscard]] std::optional<Kind> kind_named(std::string_view name);
[[nodiscard]] std::string_view name_of(Kind kind);
[[nodiscard]] const std::vector<std::string>& kind_names();

/// Whether a list of words, separated by spaces, holds this one.
[[nodiscard]] bool has_word(std::string_view list, std::string_view word);
[[nodiscard]] std::vector<std::string> split_words(std::string_view list);

} // namespace crier::sandbox
