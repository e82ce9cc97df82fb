#include "core/delivery/pin.hpp"

#include "core/delivery/amend.hpp"
#include "core/delivery/answer.hpp"

#include <string>
#include <utility>

namespace crier::delivery {
namespace {

/// Beside what else is not as it was asked for.
void give_up_pin(Post& post, const std::string& why) {
    post.pin_next.reset();
    post.tries = 0;
    const std::string note = std::string{post.content.pin ? "not pinned: " : "not unpinned: "} + why;
    const bool more = post.code == ReasonCode::not_as_asked && !post.reason.empty();
    post.reason = (more ? post.reason + "; " : "published, but ") + note;
    post.code = ReasonCode::not_as_asked;
}

} // namespace

Post prepared_pin(Post post, const ServerProfile& server) {
    if (!server.pins)
        give_up_pin(post, "its server (" + server.software + ") has no pinned posts");
    return post;
}

Settled settle_pin(Post post, const Reply& reply, const DeliveryTuning& tuning, Instant now,
                   std::uint64_t jitter) {
    Settled settled;
    LaneEffect& lane = settled.lane;
    lane.reason = said_by(reply);
    lane.action = reply.hint;
    switch (reply.verdict) {
    case Verdict::pinned:
        post.pin_next.reset();
        post.tries = 0;
        break;
    case Verdict::limited: // it has its turn when the limit is over
        lane.kind = LaneEffect::Kind::not_before;
        lane.until = end_of_limit(reply, now);
        break;
    case Verdict::unauthorized:
        lane.kind = LaneEffect::Kind::token;
        break;
    case Verdict::refused:
    case Verdict::forbidden:
    case Verdict::not_found:
        give_up_pin(post, said_with_hint(reply));
        break;
    default: {
        const bool away = reply.verdict == Verdict::not_sent;
        if (++post.tries >= amend_tries && !away) {
            give_up_pin(post,
                        "given up after " + std::to_string(amend_tries) + " tries: " + said_with_hint(reply));
            break;
        }
        post.pin_next = now + back_off(post.tries, tuning.retry_first, tuning.retry_most, jitter);
        lane.kind = away ? LaneEffect::Kind::back_off : LaneEffect::Kind::none;
        break;
    }
    }
    settled.post = std::move(post);
    return settled;
}

} // namespace crier::delivery
