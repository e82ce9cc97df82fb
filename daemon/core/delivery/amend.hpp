#pragma once

#include "core/amendment.hpp"
#include "core/delivery/machine.hpp"
#include "core/delivery/reply.hpp"
#include "core/post.hpp"

#include <cstdint>

/// How a published post is edited or deleted, as pure functions. Both may be repeated as often as one likes,
/// so there is no doubt to be settled: what may have been done is done again.
namespace crier::delivery {

/// A source that says something else at every look does not have its followers told each time.
inline constexpr int most_edits = 20;

/// Tries in a row that may come to nothing before it is given up; of what a person asked for, for whom a
/// server that is out of order for a day is no answer.
inline constexpr int amend_tries = 12;
inline constexpr int amend_tries_of_person = 100;

/// What is left of a poll must be as long: no server takes a shorter one.
inline constexpr Duration shortest_poll = std::chrono::minutes{5};

/// What the store is to have of an amendment and its post after a step.
struct Amended {
    Amendment amendment;
    Post post;
    bool post_changed = false;
    LaneEffect lane;

    Amended() = default;
};

/// What is published with other words: those of `words`, and its descriptions of the same pictures. What it
/// is attached to, who sees it and what it answers to stays.
[[nodiscard]] PostContent with_words_of(PostContent published, const PostContent& words);

/// Why what is on `server` cannot be edited; empty: it can. (docs.joinmastodon.org/methods/statuses#edit)
[[nodiscard]] std::string not_editable(const Post& post, const ServerProfile& server, Instant now);

/// Settles what needs no request: an edit into what the post says already, or one that cannot be made.
/// `next` is then nothing, and `note` says why where it was not done.
[[nodiscard]] Amendment prepared(Amendment amendment, const Post& post, const ServerProfile& server,
                                 Instant now);

/// What a prepared edit sends. An edit that leaves the poll out destroys it, and begins its time anew: so it
/// goes along, open for what is left of it.
[[nodiscard]] PostContent edit_to_send(const Amendment& amendment, const Post& post, Instant now);

/// What the reply makes of both. `jitter` is a random number for back-off.
[[nodiscard]] Amended settle_amendment(Amendment amendment, Post post, const Reply& reply,
                                       const DeliveryTuning& tuning, Instant now, std::uint64_t jitter);

} // namespace crier::delivery
