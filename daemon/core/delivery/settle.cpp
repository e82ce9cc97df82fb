#include "core/address.hpp"
#include "core/ascii.hpp"
#include "core/delivery/answer.hpp"
#include "core/delivery/evidence.hpp"
#include "core/delivery/machine.hpp"

#include <algorithm>
#include <utility>

namespace crier::delivery {
namespace {

/// An attachment that was looked at in vain: no token's witness, which are digits.
constexpr const char* no_witness = "none";

/// As people know it.
std::string name_of(const Media& media) {
    return media.file.empty() || !media.url.empty() ? shown_address(media.url) : media.file;
}

/// Soon at first, as pictures are done in no time, then each time twice as long. For a minute that stops at
/// eight seconds: most films are done by then; what takes longer may take hours, and is looked at every few
/// minutes in the end. Up to a quarter less, so that a crowd does not look at once.
Duration processing_pause(int tries, std::uint64_t jitter) {
    constexpr int to_eight = 3;
    constexpr int a_minute = 9; // tries, with all pauses before
    constexpr Duration most = std::chrono::minutes{4};
    int doublings = std::max(tries, 1) - 1;
    if (doublings > to_eight)
        doublings = std::max(to_eight, doublings - (a_minute - to_eight));
    constexpr int enough = 8;
    const Duration pause = std::min<Duration>(std::chrono::seconds{1LL << std::min(doublings, enough)}, most);
    const auto span = static_cast<std::uint64_t>(pause.count()) / 4;
    return pause - Duration{static_cast<Duration::rep>(jitter % (span + 1))};
}

class Settling {
public:
    Settling(Post& post, const Reply& reply, const Rules& rules, Instant now, std::uint64_t jitter)
        : post_(post)
        , reply_(reply)
        , rules_(rules)
        , now_(now)
        , jitter_(jitter) {}

    Settled publish();
    Settled media(Step step, std::size_t index);

private:
    Settled done(PostState state, ReasonCode code, std::string reason, LaneEffect lane = {}) {
        post_.state = state;
        post_.code = code;
        post_.reason = std::move(reason);
        post_.next = std::max(post_.next, now_);
        Settled settled;
        settled.post = std::move(post_);
        settled.lane = std::move(lane);
        return settled;
    }

    /// Where the answer is kept under its key, a repeat would be told it once more, whatever has changed.
    void leave_key_behind() {
        if (publishes_ && rules_.keeps_errors && reply_.http >= 400 && !post_.in_doubt)
            begin_anew(post_);
    }

    /// Certainly not published by this attempt; what an earlier one in doubt did is as open as before.
    Settled again(ReasonCode code, Instant next, LaneEffect lane = {}) {
        leave_key_behind();
        post_.next = next;
        return done(post_.in_doubt ? PostState::doubt : PostState::retrying, code, said_by(reply_),
                    std::move(lane));
    }

    Settled doubt(ReasonCode code, Duration quiet) {
        post_.in_doubt = true;
        ++post_.tries;
        post_.next = now_ + quiet;
        begin_quiet(post_, rules_, quiet);
        begin_running(post_, rules_, Duration::zero());
        return done(PostState::doubt, code, said_by(reply_), back_off_lane());
    }

    Settled published();
    Settled refused();
    Settled refused_in_doubt();

    /// What is said of the post, and not of an attempt that came to nothing.
    std::string note() const { return post_.code == ReasonCode::none ? post_.reason : std::string{}; }

    /// An answer to a look at an attachment that is no reason to wait, and none to doubt the attachment.
    bool tells_nothing_of_media() const {
        switch (reply_.verdict) {
        case Verdict::unknown:
        case Verdict::busy:
        case Verdict::refused:
        case Verdict::not_found:
            return true;
        default:
            return false;
        }
    }

    /// Of what was found out here a person reads how to mend it, too.
    std::string said_with_hint() const {
        return said_by(reply_) + (reply_.http == 0 && !reply_.hint.empty() ? ". " + reply_.hint : "");
    }

    LaneEffect back_off_lane() const {
        LaneEffect lane;
        lane.kind = LaneEffect::Kind::back_off;
        lane.reason = said_by(reply_);
        return lane;
    }

    LaneEffect lane_for_account() const {
        LaneEffect lane;
        lane.kind =
            reply_.verdict == Verdict::unauthorized ? LaneEffect::Kind::token : LaneEffect::Kind::stop;
        lane.reason = said_by(reply_);
        lane.action = reply_.hint;
        return lane;
    }

    Settled limited() {
        LaneEffect lane;
        lane.kind = LaneEffect::Kind::not_before;
        lane.until = end_of_limit(reply_, now_);
        lane.reason = said_by(reply_);
        return again(ReasonCode::limited, lane.until, lane);
    }

    Post& post_;
    const Reply& reply_;
    const Rules& rules_;
    Instant now_;
    std::uint64_t jitter_;
    bool publishes_ = false; ///< nothing else is sent with a key
};

Settled Settling::published() {
    const PublishedStatus& status = *reply_.status;
    post_.status_id = status.id;
    post_.status_url = status.url;
    post_.in_doubt = false;
    post_.tries = 0;
    // The account's default may have put the mark on. An edit says it anew, and would take it off.
    if (status.sensitive && post_.content.spoiler_text.empty() && !post_.content.media.empty())
        post_.content.sensitive = true;
    LaneEffect lane;
    if (!rules_.handle.empty() && !status.account_name.empty() &&
        !ascii::same(status.account_name, rules_.handle)) {
        lane.kind = LaneEffect::Kind::wrong_account;
        lane.reason = "the token belongs to @" + status.account_name + ", not to @" + rules_.handle;
        lane.action =
            "the last post went to that account; put the right token in place (or the right `handle`), then "
            "`crier resume`";
    }
    std::string words;
    ReasonCode code = ReasonCode::not_as_asked;
    const bool stays_as_asked = post_.content.local_only && status.visibility == "local";
    if (status.visibility != to_text(post_.content.visibility) && !status.visibility.empty() &&
        !stays_as_asked)
        words = "published, but as " + status.visibility + " and not as " +
                std::string{to_text(post_.content.visibility)};
    else if (status.media < post_.content.media.size())
        words = "published, but with " + std::to_string(status.media) + " of " +
                std::to_string(post_.content.media.size()) + " media";
    else if (post_.content.poll && !status.poll)
        words = "published, but without its poll";
    else {
        code = ReasonCode::none;
        words = note();
    }
    if (rules_.receipt && code == ReasonCode::none && shown_to_all(post_) &&
        lane.kind == LaneEffect::Kind::none)
        post_.receipt = now_ + rules_.tuning.look;
    if (post_.content.pin && !post_.undone && lane.kind == LaneEffect::Kind::none)
        post_.pin_next = now_;
    return done(PostState::published, code, std::move(words), std::move(lane));
}

/// A refusal settles only itself: an earlier attempt that is in doubt may have published the post. It may
/// even be refused for that, because its media are attached; the words that say so are localised.
Settled Settling::refused_in_doubt() {
    const std::string reason =
        said_by(reply_) + "; it answers a repeat, and an earlier attempt may have published the post";
    post_.in_doubt = true;
    if (!can_look(post_, rules_, now_))
        return done(PostState::held, ReasonCode::refused_in_doubt, reason);
    post_.next = now_ + rules_.quiet();
    begin_quiet(post_, rules_, rules_.quiet());
    begin_running(post_, rules_, Duration::zero());
    return done(PostState::doubt, ReasonCode::refused_in_doubt, reason);
}

Settled Settling::refused() {
    // With a new key after a resend at risk: what refuses it may be that its media are attached already.
    const bool perhaps_attached = post_.generation > 0 && !rules_.keeps_errors &&
                                  !post_.content.media.empty() && (reply_.http == 422 || reply_.http == 400);
    if (post_.in_doubt || perhaps_attached)
        return refused_in_doubt();
    leave_key_behind();
    return done(PostState::failed, ReasonCode::refused, said_by(reply_));
}

Settled Settling::publish() {
    const bool repeat = post_.in_doubt;
    publishes_ = true;
    begin_quiet(post_, rules_, Duration::zero()); // it is over, unless the reply leaves that open
    switch (reply_.verdict) {
    case Verdict::published:
        return published();
    case Verdict::not_sent: {
        ++post_.tries;
        return again(ReasonCode::not_sent, now_, back_off_lane());
    }
    case Verdict::limited:
        return limited();
    case Verdict::unauthorized:
    case Verdict::forbidden:
        return again(ReasonCode::account, now_, lane_for_account());
    case Verdict::not_found:
        // Of a reply, 404 may also be the other post's, unless that was seen there without the token.
        if (!post_.content.in_reply_to.empty() && !rules_.parent_there)
            return done(PostState::held, ReasonCode::thread,
                        repeat
                            ? "doubt: it was published and deleted on the server since, or the post that it "
                              "replies to is gone: " +
                                  said_by(reply_)
                            : "the post that it replies to is not on the server: " + said_by(reply_));
        // The same of a post that it quotes, which need not be gone: its author may not want it quoted.
        if (!post_.content.quote.empty())
            return done(
                repeat ? PostState::held : PostState::failed,
                repeat ? ReasonCode::thread : ReasonCode::refused,
                std::string{repeat ? "doubt: it was published and deleted on the server since, or " : ""} +
                    "the post that it quotes is no longer on the server, or not to be quoted: " +
                    said_by(reply_));
        if (repeat && reply_.http == 404) {
            // The server knows the key and no longer has the status: it existed and was deleted there.
            post_.in_doubt = false;
            return done(PostState::deleted, ReasonCode::deleted_there,
                        "published, and deleted on the server since");
        }
        return refused();
    case Verdict::refused:
        return refused();
    case Verdict::not_ready:
        for (Media& media : post_.content.media)
            media.processed = false;
        ++post_.tries;
        if (post_.tries > media_tries)
            return done(PostState::held, ReasonCode::processing,
                        "the server never finished processing the media: " + said_by(reply_));
        return again(ReasonCode::processing, now_ + back_off(post_.tries, std::chrono::seconds{1},
                                                             std::chrono::seconds{30}, jitter_));
    case Verdict::busy:
        return doubt(ReasonCode::in_flight, std::max<Duration>(rules_.quiet(), std::chrono::seconds{1}));
    default:
        break;
    }
    return doubt(ReasonCode::no_reply, rules_.quiet());
}

Settled Settling::media(Step step, std::size_t index) {
    Media& media = post_.content.media.at(index);
    if (step == Step::poll_media && media.processed && reply_.http >= 400 && tells_nothing_of_media()) {
        media.witness = no_witness; // it was ready before, and is sent without
        return done(PostState::uploading, ReasonCode::none, note());
    }
    switch (reply_.verdict) {
    case Verdict::media_ready:
    case Verdict::media_pending: {
        if (media.server_id.empty()) {
            media.server_id = reply_.media_id;
            media.uploaded = now_;
            media.witness.clear();
            post_.tries = 0;
        }
        media.processed = reply_.verdict == Verdict::media_ready;
        if (step == Step::poll_media)
            media.witness = witness_of(post_, rules_.token);
        if (media.processed) {
            post_.tries = 0;
            post_.next = now_;
        } else {
            ++post_.tries;
            post_.next = now_ + processing_pause(post_.tries, jitter_);
            // An upload that is older is thrown away: the next look would find nothing.
            if (post_.next - media.uploaded > media_life)
                return done(PostState::held, ReasonCode::processing,
                            "the server has not finished processing " + name_of(media) + " in " +
                                to_text(media_life));
        }
        return done(PostState::uploading, ReasonCode::none, note());
    }
    case Verdict::limited:
        return limited();
    case Verdict::unauthorized:
    case Verdict::forbidden:
        return again(ReasonCode::account, now_, lane_for_account());
    case Verdict::media_gone:
        // Thrown away by the server, or never there: the same bytes once more.
        media.server_id.clear();
        media.processed = false;
        [[fallthrough]];
    case Verdict::not_sent:
    case Verdict::unknown:
    case Verdict::busy: {
        // An orphan upload is harmless, so an unknown outcome of one is no doubt. A server that is away says
        // nothing about the file, so that alone never makes it give up.
        const bool away = step != Step::fetch && (reply_.http == 0 || reply_.http > 500);
        if (!away || post_.tries < media_tries / 2)
            ++post_.tries;
        if (post_.tries > media_tries)
            break;
        LaneEffect lane;
        if (step != Step::fetch && reply_.verdict != Verdict::media_gone)
            lane = back_off_lane();
        return again(
            ReasonCode::media,
            now_ + back_off(post_.tries, rules_.tuning.retry_first, rules_.tuning.retry_most, jitter_), lane);
    }
    default:
        break;
    }
    const std::string name = name_of(media);
    if (!media.required) {
        post_.content.media.erase(post_.content.media.begin() + static_cast<std::ptrdiff_t>(index));
        post_.tries = 0;
        if (post_.content.media.empty() && post_.content.status.empty())
            return done(PostState::failed, ReasonCode::media,
                        "nothing is left of the post without " + name + ": " + said_with_hint());
        const std::string before = note();
        return done(PostState::ready, ReasonCode::none,
                    (before.empty() ? "" : before + "; ") + "goes out without " + name + ": " +
                        said_with_hint());
    }
    if (reply_.verdict == Verdict::media_failed || reply_.verdict == Verdict::refused ||
        reply_.verdict == Verdict::not_found)
        return done(PostState::failed, ReasonCode::media, name + ": " + said_with_hint());
    return done(PostState::held, ReasonCode::media, name + ": " + said_with_hint());
}

} // namespace

Settled settle(Post post, Step step, std::size_t media, const Reply& reply, const Rules& rules, Instant now,
               std::uint64_t jitter) {
    Settling settling{post, reply, rules, now, jitter};
    return step == Step::publish ? settling.publish() : settling.media(step, media);
}

} // namespace crier::delivery
