#include "core/delivery/evidence.hpp"
#include "core/delivery/machine.hpp"
#include "core/delivery/thread.hpp"

#include <algorithm>
#include <utility>

namespace crier::delivery {
namespace {

Decision decided(Step step, Post&& post) {
    Decision decision;
    decision.step = step;
    decision.post = std::move(post);
    return decision;
}

Decision settled(Post&& post, PostState state, ReasonCode code, std::string reason) {
    post.state = state;
    post.code = code;
    post.reason = std::move(reason);
    return decided(Step::settle, std::move(post));
}

/// As it is, and not before `until`.
Decision put_off(Post&& post, Instant until) {
    post.next = until;
    return decided(Step::settle, std::move(post));
}

Decision wait_until(Post&& post, Instant until) {
    Decision decision = decided(Step::wait, std::move(post));
    decision.until = until;
    return decision;
}

/// The daemon died between the record of the attempt and the record of its outcome. The last byte that can
/// have left is not later than the request's deadline, nor than this moment. By the wall clock that would not
/// hold, which may have been set forward since.
Decision resume_sending(Post&& post, const Rules& rules, Instant now) {
    const bool same_boot = post.sent.count_in(rules.boot);
    const Duration quiet =
        same_boot ? std::clamp<Duration>(post.sent.quiet_until - rules.mono, Duration::zero(), rules.quiet())
                  : rules.quiet();
    post.in_doubt = true;
    post.next = now + quiet;
    begin_quiet(post, rules, quiet);
    if (!same_boot)
        begin_running(post, rules, Duration::zero());
    return settled(std::move(post), PostState::doubt, ReasonCode::interrupted,
                   "stopped before the server's reply was recorded");
}

Decision publish(Post&& post, const Rules& rules, Instant now) {
    Decision decision;
    decision.step = Step::publish;
    post.state = PostState::sending;
    // Without a code it is a note ("shortened to fit"), and true of the post as long as there is one.
    if (post.code != ReasonCode::none)
        post.reason.clear();
    post.code = ReasonCode::none;
    ++post.attempts;
    // What was refused, limited or never sent left no key behind: the server's memory begins with the first
    // attempt that may have gone through.
    if (!post.first_attempt || !post.in_doubt) {
        post.first_attempt = now;
        post.key_since = rules.server_now;
        post.sent.boot = rules.boot;
        post.sent.key_since = rules.mono;
    }
    begin_quiet(post, rules, rules.tuning.timeout + rules.quiet());
    begin_running(post, rules, rules.tuning.timeout);
    post.last_attempt = now;
    post.next = now;
    post.looks = 0; // what was seen before it is no evidence of this attempt
    post.absent_since.reset();
    decision.key = wire_key(post.key, post.generation);
    decision.post = std::move(post);
    return decision;
}

/// The server still remembers the key of the first attempt in doubt.
bool key_is_known(const Post& post, const Rules& rules, Instant now) {
    const std::optional<Duration> age = key_age(post, rules, now);
    return rules.idempotent && post.code != ReasonCode::refused_in_doubt && age &&
           *age < rules.tuning.key_window;
}

/// The wall clock was set forward while the first request may still be at work.
Duration quiet_left(const Post& post, const Rules& rules) {
    return post.sent.count_in(rules.boot) ? post.sent.quiet_until - rules.mono : Duration::zero();
}

/// Before this boot, or on another machine: only a wall clock says when the quiet period is over, and the one
/// that wrote it down may have been behind ours. No two of them that posts are sent by are further apart.
bool is_quiet_elsewhere(const Post& post, const Rules& rules, Instant now) {
    constexpr Duration clocks_apart = std::chrono::minutes{10};
    return rules.boot != 0 && post.sent.boot != 0 && !post.sent.count_in(rules.boot) && post.last_attempt &&
           now - *post.last_attempt < rules.tuning.timeout + rules.tuning.quiet + clocks_apart;
}

/// A repeat went out and brought as little as the first attempt. A server that answers every repeat of a key
/// with an error (mastodon#40399, Pleroma) would do so until it has forgotten it: a look tells more.
bool repeated_in_vain(const Post& post) {
    return post.last_attempt != post.first_attempt && post.code == ReasonCode::no_reply;
}

Decision look(Post&& post) {
    ++post.looks;
    return decided(Step::look, std::move(post));
}

/// A repeat might publish what a person wants gone: it is only looked for.
Decision find_undone(Post&& post, const Rules& rules, Instant now) {
    if (post.looks < most_looks && can_look(post, rules, now))
        return look(std::move(post));
    std::string why = "a person wants it gone; the server may have it, and nothing tells";
    if (post.code == ReasonCode::no_evidence && !post.reason.empty())
        why += ": " + post.reason;
    return settled(std::move(post), PostState::held, ReasonCode::undone, std::move(why));
}

/// The quiet period is over: the same key while the server remembers it, then evidence, else what the account
/// wants.
Decision resolve_doubt(Post&& post, const Rules& rules, Instant now) {
    if (const Duration left = quiet_left(post, rules); left > Duration::zero())
        return put_off(std::move(post), now + left);
    if (is_quiet_elsewhere(post, rules, now)) {
        begin_quiet(post, rules, rules.quiet());
        begin_running(post, rules, Duration::zero());
        return put_off(std::move(post), now + rules.quiet());
    }
    if (post.undone)
        return find_undone(std::move(post), rules, now);
    const bool known = key_is_known(post, rules, now);
    // Once it was looked for, it is looked for to the end: a repeat in between would begin the looks anew.
    const bool repeat = known && post.looks == 0 && !repeated_in_vain(post);
    if (!repeat && post.looks < most_looks && can_look(post, rules, now))
        return look(std::move(post));
    if (known)
        return publish(std::move(post), rules, now);
    if (post.code == ReasonCode::refused_in_doubt) {
        std::string reason = post.reason;
        return settled(std::move(post), PostState::held, ReasonCode::refused_in_doubt, std::move(reason));
    }
    std::string why = rules.idempotent
                          ? "the server may have it, and no longer remembers the key that would tell"
                          : "the server may have it, and offers no key that would tell";
    if (post.code == ReasonCode::no_evidence && !post.reason.empty())
        why += "; " + post.reason;
    switch (rules.on_doubt) {
    case OnDoubt::skip:
        return settled(std::move(post), PostState::failed, ReasonCode::no_evidence, "doubt skipped: " + why);
    case OnDoubt::resend:
        // Asked for in words by the account's settings: this is where a double is possible.
        if (post.generation >= rules.most_resends())
            break;
        begin_anew(post);
        return publish(std::move(post), rules, now);
    case OnDoubt::hold:
        break;
    }
    return settled(std::move(post), PostState::held, ReasonCode::no_evidence, "doubt: " + why);
}

/// Media that still need a step, in order; nothing, and the post is not moved from, when all are ready.
std::optional<Decision> next_media(Post& post, const Rules& rules, Instant now) {
    for (std::size_t i = 0; i < post.content.media.size(); ++i) {
        Media& media = post.content.media[i];
        // In doubt nothing is uploaded again: a repeat carries the ids that the first attempt carried.
        if (!media.server_id.empty() && !post.in_doubt && now - media.uploaded > media_life) {
            media.server_id.clear();
            media.processed = false;
        }
        Step step{};
        if (!media.server_id.empty()) {
            // Where a 404 would later tell that it is attached, it must be seen before it can be.
            const bool seen = !rules.hides_attached || !media.witness.empty();
            if ((media.processed && seen) || post.in_doubt)
                continue;
            step = Step::poll_media;
        } else if (media.file.empty()) {
            step = Step::fetch;
        } else {
            step = Step::upload;
        }
        post.state = PostState::uploading;
        Decision decision = decided(step, std::move(post));
        decision.media = i;
        return decision;
    }
    return std::nullopt;
}

} // namespace

Duration Rules::quiet() const {
    return locks_key ? std::min<Duration>(tuning.quiet, std::chrono::seconds{10}) : tuning.quiet;
}

/// Where each definite error takes a key, most of the generations are no resends.
int Rules::most_resends() const noexcept {
    return keeps_errors ? 20 : 3;
}

std::optional<Duration> measured_age(const Post& post, const Rules& rules) {
    std::optional<Duration> age;
    if (post.sent.count_in(rules.boot) && post.sent.key_since)
        age = rules.mono - *post.sent.key_since;
    if (rules.server_now && post.key_since)
        age = std::max(age.value_or(Duration::min()), *rules.server_now - *post.key_since);
    return age && *age >= Duration::zero() ? age : std::nullopt;
}

std::optional<Duration> key_age(const Post& post, const Rules& rules, Instant now) {
    std::optional<Duration> age = measured_age(post, rules);
    if (!age)
        return std::nullopt;
    // A virtual machine that stood still does not know it; its wall clock is put right sooner or later.
    if (post.first_attempt)
        age = std::max<Duration>(*age, now - *post.first_attempt);
    return age;
}

void begin_quiet(Post& post, const Rules& rules, Duration quiet) {
    if (post.sent.boot != rules.boot)
        post.sent.key_since.reset();
    post.sent.boot = rules.boot;
    post.sent.quiet_until = rules.mono + quiet;
}

void begin_running(Post& post, const Rules& rules, Duration running) {
    post.sent.over_at = rules.mono + running + rules.tuning.quiet;
}

bool is_over(const Post& post, const Rules& rules) {
    if (rules.boot != 0)
        return post.sent.count_in(rules.boot) && rules.mono >= post.sent.over_at;
    return rules.now >= post.last_attempt.value_or(rules.now) + rules.tuning.timeout + rules.tuning.quiet;
}

Decision decide(Post post, const Rules& rules, Instant now) {
    if (rules.mode == Mode::dry && (post.state == PostState::sending || post.state == PostState::doubt)) {
        // Not cancelled, for it may be published; and a repeat is a request like any other.
        post.in_doubt = true;
        return settled(std::move(post), PostState::held, ReasonCode::dry,
                       "doubt: the server may have it, and `mode: dry` sends nothing that would tell");
    }
    if (post.state == PostState::sending)
        return resume_sending(std::move(post), rules, now);
    if (post.undone && !post.in_doubt)
        return settled(std::move(post), PostState::cancelled, ReasonCode::undone,
                       "not published, and not sent again: a person wanted it undone");
    if (post.next > now) {
        const Instant until = post.next;
        return wait_until(std::move(post), until);
    }
    if (post.state == PostState::doubt)
        return resolve_doubt(std::move(post), rules, now);
    // Whatever has made it due: without what it answers to it would stand alone.
    if (lacks_parent(post) && !post.in_doubt) {
        post.state = PostState::waiting;
        post.code = ReasonCode::thread;
        return put_off(std::move(post), Instant::max());
    }
    // Begun on a clock that was ahead, and not out: its time is still to come. (A thread goes by its first
    // part.)
    if (post.due > now && !post.in_doubt && post.part == 0) {
        const Instant due = post.due;
        return put_off(std::move(post), due);
    }
    if (post.expires && now > *post.expires && !post.in_doubt)
        return settled(std::move(post), PostState::expired, ReasonCode::expired,
                       "not sent before " + to_rfc3339(*post.expires));
    if (rules.mode == Mode::dry)
        return settled(std::move(post), PostState::cancelled, ReasonCode::dry, "mode: dry");
    if ((rules.mode == Mode::hold || rules.needs_approval) && !post.approved && post.attempts == 0)
        return settled(std::move(post), PostState::held, ReasonCode::approval,
                       rules.mode == Mode::hold ? "waits for approval (mode: hold)" : "waits for approval");
    // It was made when the server was not known, or was another one then.
    if (!rules.unfit.empty() && post.attempts == 0)
        return settled(std::move(post), PostState::held, ReasonCode::content, rules.unfit);
    if (auto media = next_media(post, rules, now))
        return std::move(*media);
    return publish(std::move(post), rules, now);
}

void begin_anew(Post& post) {
    ++post.generation;
    post.in_doubt = false;
    post.first_attempt.reset();
}

Duration back_off(int tries, Duration first, Duration most, std::uint64_t jitter) {
    Duration ceiling = first;
    for (int i = 0; i < tries && ceiling < most; ++i)
        ceiling *= 2;
    ceiling = std::min(ceiling, most);
    const auto span = static_cast<std::uint64_t>(std::max<std::int64_t>(ceiling.count(), 1));
    return std::max(Duration{static_cast<std::int64_t>(jitter % span)}, first / 10);
}

} // namespace crier::delivery
