#include "core/delivery/amend.hpp"

#include "core/delivery/answer.hpp"

#include <algorithm>
#include <utility>

namespace crier::delivery {
namespace {

class Amending {
public:
    Amending(Amended& amended, const Reply& reply, const DeliveryTuning& tuning, Instant now,
             std::uint64_t jitter)
        : amended_(amended)
        , reply_(reply)
        , tuning_(tuning)
        , now_(now)
        , jitter_(jitter) {}

    void settle();

private:
    void end(std::string note) {
        amended_.amendment.next.reset();
        amended_.amendment.tries = 0;
        amended_.amendment.note = std::move(note);
    }
    void again(LaneEffect::Kind kind) {
        amended_.amendment.note = said_with_hint(reply_);
        amended_.lane.kind = kind;
        amended_.lane.reason = said_with_hint(reply_);
        amended_.lane.action = reply_.hint;
    }
    void edited();
    void removed(ReasonCode code, std::string reason);
    void came_to_nothing();

    Amended& amended_;
    const Reply& reply_;
    const DeliveryTuning& tuning_;
    Instant now_;
    std::uint64_t jitter_;
};

void Amending::edited() {
    Amendment& amendment = amended_.amendment;
    amended_.post.content = amendment.content;
    amended_.post_changed = true;
    ++amendment.edits;
    end({});
    if (amendment.person || amendment.edits < most_edits)
        return;
    amendment.closed = true;
    amendment.note = "edited " + std::to_string(amendment.edits) +
                     " times: its source says something else at every look, and is not followed any further";
}

void Amending::removed(ReasonCode code, std::string reason) {
    Post& post = amended_.post;
    post.state = PostState::deleted;
    post.code = code;
    post.reason = std::move(reason);
    post.receipt.reset();
    post.pin_next.reset();
    amended_.post_changed = true;
    amended_.amendment.closed = true;
    end({});
}

/// The server may be away, or never do it: the lane waits with all else only for what looks like the former.
void Amending::came_to_nothing() {
    Amendment& amendment = amended_.amendment;
    ++amendment.tries;
    const int most = amendment.person ? amend_tries_of_person : amend_tries;
    if (amendment.tries >= most && reply_.verdict != Verdict::not_sent) {
        end("given up after " + std::to_string(most) + " tries: " + said_with_hint(reply_));
        return;
    }
    const bool away = reply_.verdict == Verdict::not_sent;
    again(away ? LaneEffect::Kind::back_off : LaneEffect::Kind::none);
    amendment.next = now_ + back_off(amendment.tries, tuning_.retry_first, tuning_.retry_most, jitter_);
}

void Amending::settle() {
    const bool removes = amended_.amendment.kind == Amendment::Kind::remove;
    const bool person = amended_.amendment.person;
    switch (reply_.verdict) {
    case Verdict::published:
        return edited();
    case Verdict::removed:
        return person ? removed(ReasonCode::undone, "deleted: a person wanted it gone")
                      : removed(ReasonCode::taken_back, "deleted: its item was taken back");
    case Verdict::limited: // its turn stays: the lane waits for the limit
        again(LaneEffect::Kind::not_before);
        amended_.lane.until = end_of_limit(reply_, now_);
        return;
    case Verdict::unauthorized:
        return again(LaneEffect::Kind::token);
    case Verdict::not_found:
        if (removes)
            return removed(ReasonCode::deleted_there,
                           person ? "a person wanted it gone, and it was gone already"
                                  : "its item was taken back, and it was gone already");
        amended_.amendment.closed = true;
        return end("not edited, and never again: the server does not have it any more (" +
                   said_with_hint(reply_) + ")");
    case Verdict::refused:
        return end((removes ? "not deleted: " : "not edited: ") + said_with_hint(reply_));
    default: // and forbidden, for an account that is locked today may not be tomorrow
        return came_to_nothing();
    }
}

} // namespace

PostContent with_words_of(PostContent published, const PostContent& words) {
    published.status = words.status;
    published.spoiler_text = words.spoiler_text;
    published.sensitive = published.sensitive || words.sensitive;
    published.language = words.language;
    // Whoever is told what another picture shows is told something wrong.
    const auto same = [](const Media& a, const Media& b) {
        return a.url == b.url && (!a.url.empty() || a.file == b.file);
    };
    for (Media& media : published.media)
        for (const Media& described : words.media)
            if (same(media, described))
                media.alt = described.alt;
    return published;
}

namespace {

/// From the first request that can have made it: an edit never lets its poll stand longer than was said.
Duration poll_left(const Post& post, Instant now) {
    const Instant begun = post.first_attempt.value_or(post.last_attempt.value_or(post.created));
    return begun + post.content.poll->open - now;
}

} // namespace

std::string not_editable(const Post& post, const ServerProfile& server, Instant now) {
    if (!server.edits)
        return "its server (" + server.software + " " + server.version + ") cannot edit what is published";
    // An edit replaces all that there is: what is not named is taken away.
    if (std::any_of(post.content.media.begin(), post.content.media.end(),
                    [](const Media& media) { return media.server_id.empty(); }))
        return "which pictures it has on the server is not known, and they would be lost";
    if (!post.content.poll)
        return {};
    const Duration left = poll_left(post, now);
    if (left <= Duration::zero())
        return "its poll is over, and an edit would open it anew";
    if (left < std::max(shortest_poll, server.polls.shortest))
        return "its poll ends in less than five minutes, and no server takes an edit with so short a one";
    return {};
}

PostContent edit_to_send(const Amendment& amendment, const Post& post, Instant now) {
    PostContent content = amendment.content;
    if (content.poll && post.content.poll)
        content.poll->open = std::chrono::floor<std::chrono::seconds>(poll_left(post, now));
    return content;
}

Amendment prepared(Amendment amendment, const Post& post, const ServerProfile& server, Instant now) {
    const auto end = [&](std::string note) {
        amendment.next.reset();
        amendment.tries = 0;
        amendment.note = std::move(note);
    };
    if (amendment.kind == Amendment::Kind::keep)
        end({});
    if (amendment.kind != Amendment::Kind::edit)
        return amendment;
    amendment.content = with_words_of(post.content, amendment.content); // it may not have been published then
    if (amendment.content == post.content)
        end({});
    else if (const std::string why = not_editable(post, server, now); !why.empty())
        end("not edited: " + why);
    return amendment;
}

Amended settle_amendment(Amendment amendment, Post post, const Reply& reply, const DeliveryTuning& tuning,
                         Instant now, std::uint64_t jitter) {
    Amended amended;
    amended.amendment = std::move(amendment);
    amended.post = std::move(post);
    Amending{amended, reply, tuning, now, jitter}.settle();
    return amended;
}

} // namespace crier::delivery
