#pragma once

#include "core/delivery/reply.hpp"

#include <cstddef>
#include <string_view>

namespace crier::mastodon {

/// How a post is kept from leaving its server.
enum class StaysHere {
    no,         ///< it cannot be
    flag,       ///< `local_only`
    visibility, ///< `visibility: local`
    mark,       ///< a text that ends with an eye (glitch-soc: app/models/status.rb, marked_local_only?)
};

/// What a text ends with on a server that goes by a mark: the eye, with a blank before it.
inline constexpr std::string_view local_mark = " \U0001F441";

/// One row of the table of server kinds: how a server that speaks this API differs from Mastodon.
struct ServerKind {
    std::string_view name;
    bool idempotent = false; ///< honours Idempotency-Key
    /// Links and mentions count by all their characters, whatever its document says of links: that is what
    /// its web page shows, and not what it refuses. Where versions differ, `unit` is the one that counts
    /// more.
    bool counts_in_full = false;
    text::LengthUnit unit = text::LengthUnit::grapheme;
    bool counts_warning = true;    ///< false: the content warning has a limit of its own, or none
    bool is_mastodon = false;      ///< Mastodon, or a fork with its version numbers
    bool hides_attached = false;   ///< an attachment's id answers 404 once a status has it
    bool polls = true;             ///< a post may be a poll
    bool polls_with_media = false; ///< and have media as well
    bool quotes = false;           ///< a post may quote another one; Mastodon by its version
    StaysHere stays_here = StaysHere::no;
    bool keeps_errors = false;  ///< a repeat of a key is given the first answer, errors too
    bool spends_keys = false;   ///< refuses a key that it has met, also after an error: it is sent none
    bool needs_media = false;   ///< takes no post without
    bool media_at_once = false; ///< what was uploaded is ready, whatever is said, and must not be asked for
    std::size_t alt_limit = 0;  ///< of alt texts, where its document has none; 0: Mastodon's
    bool closes_unsaid = false; ///< the connection, after each answer: it is used once
    bool hides_application = false;    ///< 403 to a token that asks what it may do, whatever it may
    bool forbids_dead_token = false;   ///< 403 where others say 401
    bool two_letter_languages = false; ///< refuses "pt-BR" and "gsw"
};

/// Writes into the profile what kind of server says `version` of itself, and what follows from that.
/// `marks`: whatever else tells it (the address of its source). A server that the table does not know is
/// "unknown", and nothing is taken for granted of it.
void apply_kind(ServerProfile& profile, std::string_view version, std::string_view marks);

/// The row of that name (ServerProfile::software); for a name that it has not, the one of an unknown server.
[[nodiscard]] const ServerKind& kind_named(std::string_view name);

} // namespace crier::mastodon
