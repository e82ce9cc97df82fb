#include "core/delivery/evidence.hpp"

#include <algorithm>
#include <utility>

/// What a look makes of a post in doubt (docs/DELIVERY.md, "Evidence").
namespace crier::delivery {
namespace {

class Looking {
public:
    Looking(Post post, const Sighting& sighting, const Rules& rules, Instant now)
        : post_(std::move(post))
        , sighting_(sighting)
        , rules_(rules)
        , now_(now) {}

    Settled settle();

private:
    Settled done() {
        Settled settled;
        settled.post = std::move(post_);
        return settled;
    }

    Settled ended(PostState state, ReasonCode code, std::string reason) {
        post_.state = state;
        post_.code = code;
        post_.reason = std::move(reason);
        post_.next = now_;
        post_.absent_since.reset();
        return done();
    }

    Settled published(std::string reason) {
        post_.in_doubt = false;
        post_.tries = 0;
        if (post_.content.pin && !post_.undone && !post_.status_id.empty())
            post_.pin_next = now_;
        return ended(PostState::published, ReasonCode::seen_there, std::move(reason));
    }

    /// Still open; looked at again, or, when there were enough looks, no more.
    Settled open(const std::string& why, Duration pause) {
        if (post_.code != ReasonCode::refused_in_doubt) {
            post_.code = ReasonCode::no_evidence;
            post_.reason = why;
        }
        post_.state = PostState::doubt;
        const Duration rest = post_.looks < most_looks ? pause : Duration::zero();
        post_.next = now_ + rest;
        begin_quiet(post_, rules_, rest);
        return done();
    }

    Settled give_up(const std::string& why) {
        post_.looks = most_looks;
        return open(why, Duration::zero());
    }

    /// A minute, then longer.
    Duration pause(int before) const {
        Duration pause = rules_.tuning.look;
        for (int i = 1; i < before && pause < longest; ++i)
            pause *= 2;
        return std::min(pause, longest);
    }

    Settled absent(const std::string& how);
    Settled missing();
    Settled later();

    static constexpr Duration longest = std::chrono::minutes{15};

    Post post_;
    const Sighting& sighting_;
    const Rules& rules_;
    Instant now_;
};

/// Certainly not there: a repeat cannot make a second one.
Settled Looking::absent(const std::string& how) {
    post_.in_doubt = false;
    if (post_.undone)
        return ended(PostState::cancelled, ReasonCode::undone,
                     "not on the server (" + how + "), and not sent again: a person wanted it undone");
    if (post_.code == ReasonCode::refused_in_doubt)
        return ended(PostState::failed, ReasonCode::refused, post_.reason + ": it is not there");
    if (post_.generation >= rules_.most_resends()) {
        post_.in_doubt = true;
        return ended(PostState::held, ReasonCode::no_evidence,
                     "not on the server (" + how +
                         "), and it was sent again often enough: no attempt brings a "
                         "reply");
    }
    begin_anew(post_);
    post_.looks = 0;
    post_.tries = 0;
    return ended(PostState::retrying, ReasonCode::not_sent, "not on the server (" + how + "): sent again");
}

Settled Looking::missing() {
    // It may be there in a moment. In another boot nothing is known of the request: it is given its time
    // anew.
    if (post_.sent.boot != rules_.boot) {
        begin_quiet(post_, rules_, Duration::zero());
        begin_running(post_, rules_, rules_.tuning.timeout);
    }
    if (!is_over(post_, rules_)) {
        post_.absent_since.reset();
        --post_.looks; // proves nothing, and takes nothing
        return open("not on the account's page while the request may still be at work",
                    std::max<Duration>(post_.sent.over_at - rules_.mono, rules_.tuning.look));
    }
    // A wall clock that went backwards makes the look before worth nothing.
    if (!post_.absent_since || *post_.absent_since > now_)
        post_.absent_since = now_;
    if (now_ - *post_.absent_since >= rules_.tuning.look)
        return absent("looked for on the account's page, twice");
    return open("not on the account's page at a first look", rules_.tuning.look);
}

Settled Looking::later() {
    const Timeline& timeline = *sighting_.timeline;
    Duration wait = pause(post_.looks);
    if (timeline.unreachable) {
        // A server that is away must not use up the looks: that says nothing of its page.
        post_.looks = std::max(post_.looks - 1, 0);
        wait = pause(++post_.tries);
    }
    if (timeline.again && *timeline.again > now_)
        wait = *timeline.again - now_;
    return open("the account's page could not be read: " + timeline.text, wait);
}

Settled Looking::settle() {
    const bool seen = sighting_.timeline && sighting_.timeline->sight == Sight::seen;
    Evidence evidence;
    if (seen)
        evidence = search(post_, rules_, *sighting_.timeline, sighting_.ours);
    if (evidence.finding == Finding::found) {
        post_.status_id = evidence.status->id;
        post_.status_url = evidence.status->url;
        return published("no reply came; it was found on the account's page");
    }
    if (evidence.finding == Finding::two)
        return ended(PostState::held, ReasonCode::two_candidates,
                     "doubt: two on the account look like it, " + evidence.why);
    const bool waits = sighting_.timeline && sighting_.timeline->sight == Sight::later;
    if (sighting_.media && sighting_.media->http == 404 && sighting_.media->by_api) {
        // It exists. Where, a page that a cache kept may show in a minute.
        if ((seen || waits) && post_.looks < 2)
            return open("published, for its media are attached; its address is looked for",
                        rules_.tuning.look);
        return published("no reply came; its media are attached on the server, and its address is not known");
    }
    const bool unattached = sighting_.media && (sighting_.media->verdict == Verdict::media_ready ||
                                                sighting_.media->verdict == Verdict::media_pending);
    // A server may lose an attachment's tie to a status: what looks like the post counts for more.
    if (unattached && evidence.finding != Finding::alike && (!waits || post_.looks >= most_looks))
        return absent("its media are not attached");
    if (waits)
        return later();
    if (!seen)
        return give_up(!sighting_.timeline ? "there is no page of the account to look for it"
                       : sighting_.timeline->text.empty()
                           ? "the server does not show the account's page"
                           : "the server does not show the account's page: " + sighting_.timeline->text);
    if (evidence.finding == Finding::missing)
        return missing();
    post_.absent_since.reset();
    // An old copy passes; what else is wanting will not be there at a third look either.
    const bool hopeless = !sighting_.timeline->stale && post_.looks >= 2;
    return hopeless ? give_up(evidence.why) : open(evidence.why, pause(post_.looks));
}

} // namespace

Settled settle_look(Post post, const Sighting& sighting, const Rules& rules, Instant now) {
    return Looking{std::move(post), sighting, rules, now}.settle();
}

} // namespace crier::delivery
