#include "engine/kept_media.hpp"
#include "engine/lane.hpp"

#include <utility>

/// What replies mean for the account as a whole: held, limited, backing off, and what is said of it.
namespace crier::engine {

namespace asio = boost::asio;
using delivery::LaneEffect;

/// The clock was set back: what was reckoned on it waits for a time that it has left.
asio::awaitable<void> Lane::set_back(Duration by) {
    // A pause that was reckoned on the former clock is as long as it was meant to be. (A limit's is kept by
    // the budget as well.)
    if (state_.not_before != Instant::max() && state_.not_before > world_.clock.now()) {
        state_.not_before -= by;
        outbox_.add(state_);
    }
    if (co_await outbox_.flush() == OutboxWriter::Written::stopped)
        co_return;
    queue_.clear();
    sieve_.start_over();
    if (const Result<> done = co_await heed_step_back(settings_.whole(), world_.store, world_.clock,
                                                      world_.log, settings_->name);
        !done)
        world_.log.error("store.failed",
                         done.error().message + ": posts may wait for the clock's former time",
                         {{"account", settings_->name}, {"hint", done.error().hint}});
}

void Lane::recover(std::string_view why) {
    state_.state = "ok";
    state_.reason.clear();
    state_.action.clear();
    state_.since = world_.clock.now();
    state_.not_before = Instant{};
    rested_until_ = state_.since;
    failures_ = 0;
    outbox_.add(state_);
    token_works();
    if (!token_trouble_.empty()) // what else was wrong with it still is
        alerts_.raise(AlertKind::token, "account:" + settings_->name, settings_->name + ": " + token_trouble_,
                      {});
    world_.log.info("account.resumed", settings_->name + " goes on: " + std::string{why},
                    {{"account", settings_->name}});
    if (on_standing)
        on_standing();
}

void Lane::hold(std::string reason, std::string action, Instant until) {
    const Instant now = world_.clock.now();
    if (state_.state != "held")
        world_.log.error("account.held",
                         settings_->name + " is held: " + reason + (action.empty() ? "" : ". " + action),
                         {{"account", settings_->name}, {"reason", reason}, {"action", action}});
    alerts_.raise(AlertKind::token, "account:" + settings_->name, settings_->name + " cannot post: " + reason,
                  action);
    forbidden_ = false;
    state_.state = "held";
    state_.reason = std::move(reason);
    state_.action = std::move(action);
    state_.since = now;
    state_.not_before = until;
    outbox_.add(state_);
    queue_.clear();
    if (on_standing)
        on_standing();
}

/// After a restart a held account is tried once more, so what it was held by is known again soon.
HeldBy Lane::held_by() const {
    if (state_.state != "held")
        return HeldBy::nothing;
    if (state_.memory.restored)
        return HeldBy::restored;
    if (state_.not_before == Instant::max())
        return HeldBy::wrong_account;
    return forbidden_ ? HeldBy::forbidden : HeldBy::token;
}

void Lane::apply(const LaneEffect& effect) {
    const Instant now = world_.clock.now();
    switch (effect.kind) {
    case LaneEffect::Kind::none:
        failures_ = 0;
        return;
    case LaneEffect::Kind::back_off: {
        // Kept in memory only: a restart may try at once, and a back-off is no limit of the server's.
        const Duration pause = delivery::back_off(failures_++, settings_->delivery.retry_first,
                                                  settings_->delivery.retry_most, world_.random.next());
        state_.not_before = now + pause;
        backing_off_ = true;
        waits_why_ = effect.reason;
        world_.log.warning("account.backing_off", settings_->server + ": " + effect.reason,
                           {{"account", settings_->name}, {"until", to_rfc3339(state_.not_before)}});
        return;
    }
    case LaneEffect::Kind::not_before:
        state_.not_before = effect.until;
        rests_until_ = world_.clock.mono() + (effect.until - now);
        backing_off_ = false;
        waits_why_ = effect.reason;
        outbox_.add(state_);
        queue_.clear();
        world_.log.warning("account.limited",
                           settings_->name + " waits until " + to_rfc3339(effect.until) + ": " +
                               effect.reason,
                           {{"account", settings_->name}, {"until", to_rfc3339(effect.until)}});
        return;
    case LaneEffect::Kind::token:
        // Somebody may have put a new one there while the request was on its way.
        if (token_changed()) {
            forget_token();
            recover("the token was replaced");
            return;
        }
        hold(effect.reason, effect.action, now + settings_->delivery.probe);
        return;
    case LaneEffect::Kind::stop:
        hold(effect.reason, effect.action, now + settings_->delivery.probe);
        forbidden_ = true;
        return;
    case LaneEffect::Kind::wrong_account:
        hold(effect.reason, effect.action, Instant::max());
        return;
    }
}

/// Null: the store is well again.
void Lane::store_is(const Failure* failure) {
    if (failure != nullptr)
        alerts_.raise(AlertKind::store, "store", failure->message + ": nothing is sent until it is well",
                      failure->hint);
    else
        alerts_.clear(AlertKind::store, "store");
}

/// Takes note of what became of a post, where it came to an end or to a stop.
void Lane::finished(const Post& post) {
    outlook_.saw(post);
    tell(post);
    if (settings_->mode == Mode::dry && post.state == PostState::cancelled)
        return;
    if (is_final(post.state) || post.state == PostState::held)
        world_.tally.note_end(post);
    switch (post.state) {
    case PostState::published:
        state_.last_published = world_.clock.now();
        token_works();
        alerts_.clear(AlertKind::silent, "account:" + settings_->name);
        break;
    case PostState::held:
        alerts_.review_held(settings_->name);
        if (post.code == ReasonCode::approval && on_approval)
            on_approval();
        return;
    case PostState::failed:
        ++failed_;
        alerts_.review_held(settings_->name);
        break;
    case PostState::expired:
    case PostState::cancelled:
    case PostState::deleted:
        break;
    default:
        return;
    }
    forget_media(world_.media, post);
}

/// Says it.
void Lane::tell(const Post& post) const {
    const bool dry = settings_->mode == Mode::dry && post.state == PostState::cancelled;
    const bool good = dry || post.state == PostState::published;
    if (!world_.log.takes(good ? LogLevel::info : LogLevel::warning))
        return;
    const std::string id = std::to_string(post.id);
    const Log::Fields fields = {{"account", post.account},
                                {"post", id},
                                {"origin", post.origin.name},
                                {"attempts", std::to_string(post.attempts)},
                                {"code", std::string{to_text(post.code)}},
                                {"status_url", post.status_url}};
    if (dry) {
        world_.log.info("post.dry", "would publish on " + post.account + ": " + post.content.status, fields);
        return;
    }
    switch (post.state) {
    case PostState::published:
        world_.log.info("post.published",
                        "post " + id + " is published: " + post.status_url +
                            (post.reason.empty() ? "" : " (" + post.reason + ")"),
                        fields);
        return;
    case PostState::held:
        world_.log.warning("post.held", "post " + id + " is held: " + post.reason, fields);
        return;
    case PostState::failed:
        world_.log.warning("post.failed", "post " + id + ": " + post.reason, fields);
        return;
    case PostState::expired:
        world_.log.warning("post.expired", "post " + id + ": " + post.reason, fields);
        return;
    case PostState::cancelled:
        world_.log.warning("post.cancelled", "post " + id + ": " + post.reason, fields);
        return;
    case PostState::deleted:
        world_.log.warning("post.deleted", "post " + id + ": " + post.reason, fields);
        return;
    case PostState::doubt:
        world_.log.warning("post.doubt",
                           "post " + id + " may or may not be published (" + post.reason +
                               "); looked into at " + to_rfc3339(post.next),
                           fields);
        return;
    case PostState::retrying:
        world_.log.warning("post.retrying", "post " + id + ": " + post.reason, fields);
        return;
    default:
        return;
    }
}

} // namespace crier::engine
