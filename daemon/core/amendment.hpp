#pragma once

#include "core/post.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace crier {

/// What is to become of a published post: other words, or nothing. One for each post, and the latest wins;
/// docs/DELIVERY.md, "After it is published".
struct Amendment {
    enum class Kind {
        keep,   ///< what was asked of it before is not asked any more
        edit,   ///< it is to say `content`
        remove, ///< it is to go
    };
    PostId post = 0;
    std::string account;
    Kind kind = Kind::keep;
    bool person = false; ///< who asked: a person, whom no source overrules, or its source
    PostContent content; ///< whole, with the attachments that the post has
    Instant asked{};
    std::optional<Instant> next; ///< when it is tried; nothing: it is settled
    int tries = 0;               ///< in a row that brought nothing
    int edits = 0;               ///< made so far
    bool closed = false;         ///< the post is never amended again
    std::string note;            ///< what the last try met, for people
};

/// A person wants a post left as it is: what was asked of it before is not asked any more.
[[nodiscard]] Amendment left_alone(const Post& post, Instant now);

/// "edit", "remove", "keep": the store's words and people's.
[[nodiscard]] std::string_view to_text(Amendment::Kind kind) noexcept;
[[nodiscard]] std::optional<Amendment::Kind> parse_amendment_kind(std::string_view text) noexcept;

} // namespace crier
