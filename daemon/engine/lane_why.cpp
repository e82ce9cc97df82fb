#include "core/delivery/thread.hpp"
#include "engine/lane.hpp"

#include <algorithm>
#include <utility>

/// Why nothing leaves now: what the lane itself would decide at this moment, asked on a copy and put into
/// words. Nothing is decided here.
namespace crier::engine {

using delivery::Decision;
using delivery::Step;

namespace {

std::optional<Instant> or_never(Instant when) {
    return when == Instant::max() ? std::nullopt : std::optional{when};
}

/// What a decision would do, for people.
std::string step_words(const Decision& decision, const Post& before) {
    switch (decision.step) {
    case Step::wait:
        return "looked at again";
    case Step::settle:
        return std::string{to_text(decision.post.state)} +
               (decision.post.reason.empty() ? "" : " (" + decision.post.reason + ")");
    case Step::fetch:
    case Step::upload:
        return "its pictures are uploaded, and it is sent";
    case Step::poll_media:
        return "the server is asked whether its pictures are ready";
    case Step::look:
        return "it is looked for on the account's page";
    case Step::publish:
        break;
    }
    if (before.in_doubt && decision.post.generation == before.generation)
        return "it is asked for once more with the same key, which makes no second one";
    if (before.in_doubt)
        return "it is sent again with a new key (on_doubt: resend)";
    return before.attempts > 0 ? "it is sent again" : "it is sent";
}

Obstacle waits(const Post& post, std::optional<Instant> until, std::string then) {
    Obstacle obstacle{"uploading", post.reason, until};
    obstacle.then = std::move(then);
    switch (post.state) {
    case PostState::waiting:
    case PostState::ready:
        obstacle.what = post.code == ReasonCode::thread ? "thread" : "not due";
        if (post.code != ReasonCode::thread)
            obstacle.why = "is not due"; // the reason is a note on its text
        else if (post.reason.empty())
            obstacle.why = "waits for the part before it";
        break;
    case PostState::retrying:
        obstacle.what = "retrying";
        if (post.reason.empty())
            obstacle.why = "waits for its next try";
        break;
    case PostState::doubt:
        obstacle.what = "doubt";
        obstacle.why += ": it may be published already, and the first request may still be at work";
        break;
    default:
        if (post.reason.empty())
            obstacle.why = "its pictures are on their way";
        break;
    }
    return obstacle;
}

} // namespace

std::vector<Obstacle> Lane::obstacles() const {
    std::vector<Obstacle> list;
    if (state_.paused)
        list.emplace_back("paused",
                          "the account is paused" +
                              (state_.paused_why.empty() ? std::string{} : ": " + state_.paused_why),
                          state_.paused_until, "crier resume account:" + settings_->name);
    if (state_.state == "held")
        list.emplace_back("held", state_.reason, or_never(state_.not_before), state_.action);
    if (!outbox_.trouble().empty())
        list.emplace_back("store", outbox_.trouble() + ": nothing is sent until it can be recorded");
    if (std::string trouble = clock_watch_.trouble(settings_->server); !trouble.empty())
        list.emplace_back("clock", std::move(trouble), std::nullopt,
                          "set the clock (`timedatectl`), or `crier resume` when it is right");
    if (state_.state != "held" && state_.not_before > world_.clock.now())
        list.emplace_back(backing_off_ ? "backing off" : "limited", waits_why_, state_.not_before);
    return list;
}

std::vector<Obstacle> Lane::obstacles(const Post& post) const {
    std::vector<Obstacle> list;
    const Instant now = world_.clock.now();
    if (is_final(post.state) || post.state == PostState::held)
        return list;
    if (post.state == PostState::sending) {
        if (at_work_ == post.id)
            list.emplace_back("on its way", "the request is on its way; its reply is waited for",
                              now + settings_->delivery.timeout);
        return list;
    }
    if (delivery::lacks_parent(post)) {
        list.push_back(waits(post, std::nullopt, {}));
        return list;
    }
    const delivery::Rules by = rules_for(post);
    const Decision decision = delivery::decide(post, by, now);
    // Settled as what it was: its quiet period goes on by the clock that nobody sets.
    const bool quiet = decision.step == Step::settle && decision.post.state == PostState::doubt;
    if (decision.step == Step::wait || quiet) {
        const Instant until = quiet ? decision.post.next : decision.until;
        list.push_back(waits(post, or_never(until), then(post, until)));
        return list;
    }
    rates::Needs needs = budget_.needs_of(post);
    if (!decision.post.in_doubt)
        needs.counted.reset(); // as take() has it
    if (const rates::Turn turn = turn_of(decision.post, decision, needs); turn.when > now) {
        list.emplace_back("limited", turn.why.empty() ? "its turn comes later" : turn.why, turn.when);
        list.back().then = step_words(decision, post);
    }
    return list;
}

/// What will be done with the post at a later moment, if nothing changes until then; of one in doubt, until
/// when a repeat is safe.
std::string Lane::then(const Post& post, Instant when) const {
    delivery::Rules by = rules();
    const Instant now = world_.clock.now();
    const bool doubt = post.state == PostState::doubt && by.idempotent && !post.undone;
    const std::optional<Duration> age = delivery::key_age(post, by, now);
    if (when == Instant::max() || (doubt && !age))
        return "it is looked into"; // how old its key will be cannot be told
    std::string window;
    if (doubt && *age < by.tuning.key_window) {
        const Instant end = std::chrono::floor<std::chrono::seconds>(now + by.tuning.key_window - *age);
        window = " (its key is safe to repeat until " + to_rfc3339(end) + ")";
    }
    const Duration ahead = when - now;
    by.mono += ahead;
    if (by.server_now)
        *by.server_now += ahead;
    return step_words(delivery::decide(post, by, std::max(when, post.next)), post) + window;
}

} // namespace crier::engine
