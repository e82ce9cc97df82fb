// The one table of how servers differ. What a row says was looked up in the server's own source or seen on a
// running one; the file is named where it is not obvious.
#include "sandbox/state/kinds.hpp"

#include <algorithm>
#include <array>

namespace crier::sandbox {
namespace {

constexpr std::string_view mastodon_source = "https://github.com/mastodon/mastodon";

constexpr std::string_view common_types =
    "image/jpeg image/png image/gif image/heic image/heif image/webp image/avif video/webm video/mp4 "
    "video/quicktime video/ogg audio/wave audio/wav audio/x-wav audio/x-pn-wave audio/vnd.wave audio/ogg "
    "audio/vorbis audio/mpeg audio/mp3 audio/webm audio/flac audio/aac audio/m4a audio/x-m4a audio/mp4 "
    "audio/3gpp video/x-ms-asf";
// src: GoToSocial internal/media/types.go
constexpr std::string_view gotosocial_types =
    "image/jpeg image/gif image/webp audio/mp2 audio/mp3 audio/mpeg video/x-msvideo audio/flac audio/x-flac "
    "image/png image/apng audio/ogg video/ogg audio/mp4 video/mp4 video/quicktime video/webm "
    "video/x-matroska";
constexpr std::string_view pixelfed_types = "image/jpeg image/png image/gif video/mp4"; // config/pixelfed.php
constexpr std::string_view everything = "application/octet-stream"; // Pleroma: any file is taken

/// No server but Mastodon limits by these windows.
Limits unlimited(Limits limits) {
    limits.lift_rate_limits();
    return limits;
}

Facts mastodon(Facts facts) {
    facts.source = facts.source.empty() ? mastodon_source : facts.source;
    facts.rates = RateTell::microseconds;
    facts.media_types = common_types;
    facts.mixed_media = false;
    facts.thumbnails = true;
    facts.oauth_metadata = facts.pkce = facts.mastodon >= 403;
    const bool quotes = facts.mastodon >= 405;
    facts.quotes = quotes ? QuoteShape::mastodon : QuoteShape::none;
    facts.quote_fields = quotes ? "quoted_status_id" : "";
    facts.quote_policy = quotes;
    facts.replay = facts.mastodon >= 406 ? ReplayMode::wait_503 : ReplayMode::inflight_duplicate;
    facts.limits.description_limit = facts.mastodon >= 406 ? 10'000 : 1'500;
    facts.limits.tell_description_limit = facts.mastodon >= 404;
    facts.limits.polls_with_media = facts.mastodon >= 406;
    facts.limits.drop_unknown_media = facts.mastodon < 403;
    if (facts.mastodon < 400) {
        facts.limits.instance_v2 = false;
        facts.limits.image_bytes = 10'485'760;
        facts.limits.video_bytes = 41'943'040;
        facts.limits.image_pixels = 16'777'216;
        facts.limits.video_pixels = 2'304'000;
        facts.limits.frame_rate = 60;
        facts.limits.apps_per_10_minutes = 0;
    }
    return facts;
}

/// src: lib/pleroma/web: mastodon_api/views/instance_view.ex, common_api/activity_draft.ex,
/// mastodon_api/controllers/{status,media}_controller.ex, plugs/{ensure_authenticated,o_auth_scopes}_plug.ex
Facts pleroma(Facts facts) {
    facts.errors = ErrorShape::pleroma;
    facts.dead_token = 403;
    facts.too_many = "Throttled";
    facts.token_reply = TokenReply::pleroma;
    facts.max_toot_chars = facts.poll_limits = facts.upload_limits = facts.pleroma_object = true;
    facts.media_types = everything;
    facts.ids = IdStyle::flake;
    facts.counting = Counting::clusters; // String.length, links in full
    facts.replay = ReplayMode::errors;
    facts.scheduling = Scheduling::lenient;
    facts.media_scope = "read:media";
    facts.visibilities = "public unlisted private direct local";
    facts.local_only = LocalOnly::visibility;
    facts.content_types = "text/plain text/html text/markdown text/bbcode";
    facts.pace = Pace::at_once;
    facts.media_view = MediaView::always;
    facts.reuse = MediaReuse::allowed;
    Limits limits;
    limits.characters = 5'000;
    limits.characters_per_url = 0;
    limits.media_limit = 1'000;
    limits.description_limit = 5'000;
    limits.tell_description_limit = false; // at the top level, and not in the configuration
    limits.poll_options = 20;
    limits.poll_option_characters = 200;
    limits.poll_least_seconds = 0;
    limits.poll_most_seconds = 31'536'000;
    limits.image_bytes = limits.video_bytes = 16'000'000; // upload_limit
    limits.image_pixels = limits.video_pixels = limits.gif_pixels = 0;
    limits.drop_unknown_media = true;
    facts.limits = unlimited(limits);
    return facts;
}

Facts gotosocial() {
    Facts facts;
    facts.kind = Kind::gotosocial;
    facts.name = "gotosocial";
    facts.version = "0.19.2+git-d5c9c4c"; // src: cmd/gotosocial/main.go
    facts.source = "https://codeberg.org/superseriousbusiness/gotosocial";
    facts.errors = ErrorShape::gotosocial;
    facts.refusal = 400;
    facts.too_many = "rate limit reached";
    facts.needs_agent = facts.negotiates = true;
    facts.languages = LanguageRule::tag;
    facts.rates = RateTell::milliseconds;
    facts.rates_by_address = true;
    facts.max_toot_chars = true;
    facts.media_types = gotosocial_types;
    facts.ids = IdStyle::ulid;
    facts.counting = Counting::code_points;
    facts.replay = ReplayMode::ignore;
    facts.scheduling = Scheduling::refused;
    facts.quiet_failure = true;
    // src: internal/api/client/statuses/statuscreate.go
    facts.visibilities = "public unlisted private mutuals_only direct";
    facts.interaction_policy = true;
    facts.local_only = LocalOnly::parameter;
    facts.content_types = "text/plain text/markdown";
    facts.refuse_content_type = true;
    facts.pace = Pace::at_once;
    facts.media_view = MediaView::always;
    Limits limits;
    limits.characters = 5'000;
    limits.characters_per_url = 25; // told, and not kept to
    limits.media_limit = 6;
    limits.description_limit = 1'500;
    limits.poll_options = 6;
    limits.image_bytes = limits.video_bytes = 41'943'040;
    limits.image_pixels = limits.video_pixels = limits.gif_pixels = 0;
    limits.polls_with_media = false;
    limits.pins = 10; // src: internal/processing/status/pin.go
    limits.default_visibility = "unlisted";
    facts.limits = unlimited(limits);
    facts.limits.anonymous_per_5_minutes = 300; // for each address, with a token or without
    return facts;
}

/// src: app/Http/Controllers/Api/{ApiV1Controller,ApiV2Controller}.php
Facts pixelfed() {
    Facts facts;
    facts.kind = Kind::pixelfed;
    facts.name = "pixelfed";
    facts.version = "3.5.3 (compatible; Pixelfed 0.12.5)";
    facts.source = "https://github.com/pixelfed/pixelfed";
    facts.errors = ErrorShape::laravel;
    facts.too_many = "Too Many Attempts.";
    facts.scopes = ScopeUse::refused;
    facts.token_reply = TokenReply::passport;
    facts.rates = RateTell::unix_seconds;
    facts.media_types = pixelfed_types;
    facts.counting = Counting::code_points;
    facts.replay = ReplayMode::refused; // statusCreate: "Duplicate idempotency key."
    facts.scheduling = Scheduling::at_once;
    facts.visibilities = "public unlisted private";
    facts.polls = false;
    facts.empty_post = 403;
    facts.warns_sensitive_only = true;
    facts.pace = Pace::at_once;
    facts.upload_status = 202; // mediaUploadV2: with `url: null`
    facts.url_later = true;
    facts.media_scope = "read"; // mediaGet: and 404 once attached
    Limits limits;
    limits.description_limit = 1'000;
    limits.tell_description_limit = false;
    limits.image_bytes = limits.video_bytes = 15'360'000;
    limits.image_pixels = limits.video_pixels = limits.gif_pixels = 0;
    limits.pins = 3;
    facts.limits = unlimited(limits);
    return facts;
}

/// src: src/Module/Api/Mastodon/Statuses.php, src/Object/Api/Mastodon/Instance.php,
/// src/Factory/Api/Mastodon/Error.php
Facts friendica() {
    Facts facts;
    facts.kind = Kind::friendica;
    facts.name = "friendica";
    facts.version = "2.8.0 (compatible; Friendica 2024.12)";
    facts.source = "https://git.friendi.ca/friendica/friendica";
    facts.errors = ErrorShape::friendica;
    facts.scopes = ScopeUse::families;
    facts.max_toot_chars = true;
    facts.media_types = "image/jpeg image/png image/gif image/webp audio/mpeg audio/ogg video/mp4 video/webm";
    facts.ids = IdStyle::number;
    facts.counting = Counting::none;
    facts.replay = ReplayMode::ignore;
    facts.other_visibility = "public";
    facts.polls = false;
    facts.quotes = QuoteShape::status;
    facts.quote_fields = "quote_id";
    facts.pace = Pace::at_once;
    facts.media_view = MediaView::always;
    facts.reuse = MediaReuse::allowed;
    Limits limits;
    limits.characters = 200'000; // max_import_size
    limits.media_limit = 20;
    limits.tell_description_limit = false;
    limits.image_pixels = limits.video_pixels = limits.gif_pixels = 0;
    limits.drop_unknown_media = true;
    limits.pins = 0;
    facts.limits = unlimited(limits);
    return facts;
}

/// src: mastoapi.c; seen on a running 2.94
Facts snac() {
    Facts facts;
    facts.kind = Kind::snac;
    facts.name = "snac";
    facts.version = "4.0.0 (not true; really snac/2.94)";
    facts.source = "https://comam.es/what-is-snac";
    facts.errors = ErrorShape::nothing;
    facts.missing_reply = 0;
    facts.scopes = ScopeUse::nothing;
    facts.token_reply = TokenReply::snac;
    facts.closes_unannounced = true;
    facts.loses_chunked = true;
    facts.media_types = common_types;
    facts.ids = IdStyle::timed_hash;
    facts.counting = Counting::none;
    facts.replay = ReplayMode::ignore;
    facts.scheduling = Scheduling::at_once;
    facts.other_visibility = "direct";
    facts.polls = false;
    facts.pace = Pace::at_once;
    facts.media_view = MediaView::never;
    facts.reuse = MediaReuse::allowed;
    facts.checks_media = false;
    facts.bare_media = true;
    Limits limits;
    limits.characters = 100'000;
    limits.characters_per_url = 32;
    limits.tell_description_limit = false;
    limits.poll_options = 8;
    limits.instance_v2 = false;
    limits.drop_unknown_media = true;
    limits.pins = 0;
    facts.limits = unlimited(limits);
    return facts;
}

/// src: packages/backend/src/server/api/mastodon/endpoints/{instance,status,apps}.ts
Facts sharkey() {
    Facts facts;
    facts.kind = Kind::sharkey;
    facts.name = "sharkey";
    facts.version = "3.0.0 (compatible; Sharkey 2025.4.4; like Akkoma)";
    facts.source = "https://activitypub.software/TransFem-org/Sharkey";
    facts.errors = ErrorShape::misskey;
    facts.refusal = facts.missing_reply = facts.missing_quote = 400;
    facts.media_types = "image/png image/gif image/jpeg image/webp image/avif image/apng image/bmp "
                        "image/tiff audio/opus video/ogg audio/ogg video/mp4 audio/mp4 audio/mpeg audio/aac "
                        "video/webm audio/webm video/quicktime audio/flac audio/wav";
    facts.ids = IdStyle::short_word;
    facts.counting = Counting::utf16;
    facts.replay = ReplayMode::ignore;
    facts.scheduling = Scheduling::at_once;
    facts.quotes = QuoteShape::status;
    facts.quote_fields = "quote_id";
    facts.pace = Pace::at_once;
    facts.media_view = MediaView::always;
    facts.reuse = MediaReuse::allowed;
    Limits limits;
    limits.characters = 3'000;
    limits.characters_per_url = 14; // the length of its own host's name
    limits.media_limit = 16;
    limits.description_limit = 20'000;
    limits.poll_options = 10;
    limits.poll_option_characters = 150;
    limits.poll_least_seconds = 50;
    limits.image_bytes = 10'485'760;
    limits.video_bytes = 41'943'040;
    limits.image_pixels = 16'777'216;
    limits.video_pixels = 2'304'000;
    limits.gif_pixels = 0;
    limits.frame_rate = 60;
    facts.limits = unlimited(limits);
    return facts;
}

/// src: Iceshrimp.Backend/Controllers/Mastodon: Schemas/InstanceInfoV1Response.cs, StatusSchemas.cs,
/// OAuthAuthorizationServerResponse.cs, MediaController.cs
Facts iceshrimp() {
    Facts facts;
    facts.kind = Kind::iceshrimp;
    facts.name = "iceshrimp";
    facts.version = "4.2.1 (compatible; Iceshrimp.NET/2025.1.5"; // it forgets the second bracket
    facts.source = "https://iceshrimp.dev/iceshrimp/iceshrimp.net";
    facts.errors = ErrorShape::plain;
    facts.refusal = facts.missing_reply = facts.missing_quote = 400; // StatusController.cs
    facts.oauth_metadata = true;
    facts.max_toot_chars = true;
    facts.media_types = "image/png image/gif image/jpeg image/webp image/avif image/apng image/bmp "
                        "image/tiff audio/opus video/ogg audio/ogg video/mp4 audio/mp4 audio/mpeg audio/aac "
                        "video/webm audio/webm video/quicktime audio/flac audio/wav";
    facts.ids = IdStyle::short_word;
    facts.counting = Counting::utf16;
    facts.key_seconds = 86'400;
    facts.visibilities = "public unlisted private direct local";
    facts.quotes = QuoteShape::status;
    facts.quote_fields = "quoted_status_id quote_id";
    facts.local_only = LocalOnly::parameter;
    facts.pace = Pace::at_once;
    facts.media_view = MediaView::always;
    facts.reuse = MediaReuse::allowed;
    Limits limits;
    limits.characters = 8'192;
    limits.media_limit = 16;
    limits.tell_description_limit = false;
    limits.poll_options = 10;
    limits.poll_least_seconds = 50;
    limits.image_bytes = 10'485'760;
    limits.video_bytes = 41'943'040;
    limits.image_pixels = 16'777'216;
    limits.video_pixels = 2'304'000;
    limits.gif_pixels = 0;
    limits.frame_rate = 60;
    limits.drop_unknown_media = true;
    limits.pins = 11; // src: Core/Services/NoteService.cs: refused when there are more than ten
    facts.limits = unlimited(limits);
    return facts;
}

Facts mastodon_row(Kind kind, std::string_view name, std::string_view version, int number, int api) {
    Facts facts;
    facts.kind = kind;
    facts.name = name;
    facts.version = version;
    facts.mastodon = number;
    facts.api_version = api;
    return mastodon(facts);
}

Facts glitch() {
    Facts facts = mastodon_row(Kind::glitch, "glitch", "4.6.4+glitch", 406, 10);
    facts.source = "https://github.com/glitch-soc/mastodon";
    facts.max_toot_chars = facts.poll_limits = true;
    facts.local_only = LocalOnly::eye;
    facts.content_types = "text/plain text/markdown text/html";
    facts.refuse_content_type = true;
    facts.limits.poll_options = 5;
    facts.limits.poll_option_characters = 100;
    return facts;
}

Facts hometown() {
    Facts facts = mastodon_row(Kind::hometown, "hometown", "4.2.17+hometown-1.1.2", 402, 0);
    facts.source = "https://github.com/hometown-fork/hometown";
    facts.local_only = LocalOnly::parameter; // src: app/controllers/api/v1/statuses_controller.rb
    return facts;
}

Facts pleroma_row() {
    Facts facts;
    facts.kind = Kind::pleroma;
    facts.name = "pleroma";
    facts.version = "2.7.2 (compatible; Pleroma 2.9.1)";
    facts.source = "https://git.pleroma.social/pleroma/pleroma";
    facts.missing_reply = 422;
    facts.missing_quote = 0;
    facts.quotes = QuoteShape::pleroma;
    facts.quote_fields = "quoted_status_id quote_id";
    facts.upload_status = 202; // with a url, for it is ready
    return pleroma(facts);
}

Facts akkoma() {
    Facts facts;
    facts.kind = Kind::akkoma;
    facts.name = "akkoma";
    facts.version = "2.7.2 (compatible; Akkoma 3.15.2)";
    facts.source = "https://akkoma.dev/AkkomaGang/akkoma";
    facts.missing_reply = facts.missing_quote = 422;
    facts.quotes = QuoteShape::status;
    facts.quote_fields = "quote_id";
    facts.upload_status = 202;
    facts = pleroma(facts);
    facts.v1_configuration = false;
    facts.languages = LanguageRule::two_letters;
    facts.content_types = "text/plain text/html text/markdown text/bbcode text/x.misskeymarkdown";
    facts.limits.instance_v2 = false;
    facts.limits.drop_unknown_media = false;
    return facts;
}

using Rows = std::array<Facts, 14>;

const Rows& rows() {
    static const Rows table{mastodon_row(Kind::mastodon_4_6, "mastodon-4.6", "4.6.4", 406, 10),
                            mastodon_row(Kind::mastodon_4_5, "mastodon-4.5", "4.5.9", 405, 7),
                            mastodon_row(Kind::mastodon_4_2, "mastodon-4.2", "4.2.17", 402, 0),
                            mastodon_row(Kind::mastodon_3_5, "mastodon-3.5", "3.5.19", 305, 0),
                            glitch(),
                            hometown(),
                            gotosocial(),
                            pleroma_row(),
                            akkoma(),
                            pixelfed(),
                            friendica(),
                            snac(),
                            sharkey(),
                            iceshrimp()};
    return table;
}

} // namespace

const Facts& facts_of(Kind kind) {
    return *std::find_if(rows().begin(), rows().end(), [&](const Facts& row) { return row.kind == kind; });
}

std::optional<Kind> kind_named(std::string_view name) {
    for (const Facts& row : rows())
        if (row.name == name)
            return row.kind;
    return std::nullopt;
}

std::string_view name_of(Kind kind) {
    return facts_of(kind).name;
}

const std::vector<std::string>& kind_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const Facts& row : rows())
            list.emplace_back(row.name);
        return list;
    }();
    return names;
}

std::vector<std::string> split_words(std::string_view list) {
    std::vector<std::string> words;
    while (!list.empty()) {
        const auto end = list.find(' ');
        if (end != 0)
            words.emplace_back(list.substr(0, end));
        list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
    }
    return words;
}

bool has_word(std::string_view list, std::string_view word) {
    const std::vector<std::string> words = split_words(list);
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace crier::sandbox
