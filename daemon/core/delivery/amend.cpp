#include "core/delivery/amend.hpp"

#include <algorithm>
#include <utility>

namespace crier::delivery {
namespace {

std::string answered(const Reply& reply) {
    std::string text = reply.http != 0 ? std::to_string(reply.http) : std::string{};
    if (!reply.text.empty())
        text += (text.empty() ? "" : " ") + reply.text;
    if (text.empty())
        text = to_text(reply.verdict);
    return reply.hint.empty() ? text : text + "; " + reply.hint;
}

/// When a limit's reply allows the next request; a minute when it does not say.
Instant after_limit(const Reply& reply, Instant now) {
    Instant until = now;
    if (reply.rate.retry_after)
        until = std::max(until, now + *reply.rate.retry_after);
    if (reply.rate.reset)
        until = std::max(until, *reply.rate.reset);
    return until > now ? until : now + std::chrono::minutes{1};
}

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
    void again(Instant when, LaneEffect::Kind kind) {
        amended_.amendment.next = when;
        amended_.amendment.note = answered(reply_);
        amended_.lane.kind = kind;
        amended_.lane.reason = answered(reply_);
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
    if (amendment.edits < most_edits)
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
    amended_.post_changed = true;
    amended_.amendment.closed = true;
    end({});
}

/// The server may be away, or never do it: the lane waits with all else only for what looks like the former.
void Amending::came_to_nothing() {
    Amendment& amendment = amended_.amendment;
    ++amendment.tries;
    if (amendment.tries >= amend_tries && reply_.verdict != Verdict::not_sent) {
        end("given up after " + std::to_string(amend_tries) + " tries: " + answered(reply_));
        return;
    }
    const bool away = reply_.verdict == Verdict::not_sent;
    again(now_ + back_off(amendment.tries, tuning_.retry_first, tuning_.retry_most, jitter_),
          away ? LaneEffect::Kind::back_off : LaneEffect::Kind::none);
}

void Amending::settle() {
    const bool removes = amended_.amendment.kind == Amendment::Kind::remove;
    switch (reply_.verdict) {
    case Verdict::published:
        return edited();
    case Verdict::removed:
        return removed(ReasonCode::taken_back, "deleted: its item was taken back");
    case Verdict::limited:
        again(after_limit(reply_, now_), LaneEffect::Kind::not_before);
        amended_.lane.until = *amended_.amendment.next;
        return;
    case Verdict::unauthorized:
        return again(now_, LaneEffect::Kind::token);
    case Verdict::not_found:
        if (removes)
            return removed(ReasonCode::deleted_there, "its item was taken back, and it was gone already");
        amended_.amendment.closed = true;
        return end("not edited, and never again: the server does not have it any more (" + answered(reply_) +
                   ")");
    case Verdict::refused:
        return end((removes ? "not deleted: " : "not edited: ") + answered(reply_));
    default: // and forbidden, for an account that is locked today may not be tomorrow
        return came_to_nothing();
    }
}

} // namespace

PostContent with_words_of(PostContent published, const PostContent& words) {
    published.status = words.status;
    published.spoiler_text = words.spoiler_text;
    published.sensitive = words.sensitive;
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

Amendment prepared(Amendment amendment, const Post& post) {
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
    // An edit replaces all that there is: what is not named is taken away.
    else if (std::any_of(amendment.content.media.begin(), amendment.content.media.end(),
                         [](const Media& media) { return media.server_id.empty(); }))
        end("not edited: which pictures it has on the server is not known, and they would be lost");
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
