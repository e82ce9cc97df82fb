#include "engine/lane.hpp"

#include "core/delivery/thread.hpp"
#include "engine/memory.hpp"
#include "engine/profile_text.hpp"
#include "engine/unfit.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;
using delivery::Decision;
using delivery::Step;

namespace {

/// How often a lane that is held for its token looks whether the file holds another one.
constexpr Duration token_look = std::chrono::seconds{2};

/// Between two looks whether a lease that is about to end was renewed.
constexpr Duration until_ours_again = std::chrono::seconds{1};

/// Beyond this no server's limit is meant.
constexpr Duration longest_limit = std::chrono::hours{24 * 8};

bool in_flight_state(PostState state) {
    return state == PostState::ready || state == PostState::waiting || state == PostState::uploading ||
           state == PostState::retrying;
}

} // namespace

Lane::Lane(Configuration whole, const AccountSettings& settings, World& world, Budgets& budgets,
           ServerProfiles& profiles, Outlook& outlook, AccountState state, SourceOf source_of, Alerts& alerts,
           ClockWatch& clock_watch)
    : settings_(std::move(whole), settings)
    , world_(world)
    , ports_(world.account(settings))
    , source_of_(std::move(source_of))
    , alerts_(alerts)
    , clock_watch_(clock_watch)
    , steps_(world.clock)
    , alarm_(world.clock.make_alarm())
    , stopped_(world.clock.make_alarm())
    , budgets_(budgets)
    , profiles_(profiles)
    , outlook_(outlook)
    , outbox_(world.store, world.clock, world.log, *alarm_, settings.name)
    , state_(std::move(state))
    , budget_(budgets.open(settings, state_)) {
    if (auto known = profile_from_text(state_.profile); known && state_.server == settings.server) {
        profile_ = std::move(*known);
        ports_.publisher->know(profile_);
        profile_known_ = true;
    }
    const bool renamed =
        !settings.handle.empty() && !state_.handle.empty() && state_.handle != settings.handle;
    if (renamed || (!state_.server.empty() && state_.server != settings.server))
        state_.account_id.clear();
    state_.account = settings.name;
    state_.server = settings.server;
    if (settings.mode == Mode::dry)
        token_check_.reset(); // it needs none
    budget_.on_room = [this] { wake(); };
    outbox_.on_trouble = [this](const Failure* failure) { store_is(failure); };
}

void Lane::wake() {
    queue_.clear();
    sieve_.start_over();
    alarm_->ring();
}

void Lane::stop() {
    stopping_ = true;
    tell_of_server();
    outbox_.stop();
    stopped_->ring();
    alarm_->ring();
}

PauseMark Lane::set_pause(PauseMark mark) {
    PauseMark before;
    before.on = std::exchange(state_.paused, mark.on);
    before.why = std::exchange(state_.paused_why, std::move(mark.why));
    before.until = std::exchange(state_.paused_until, mark.until);
    if (before.on && !state_.paused)
        rested_until_ = world_.clock.now();
    if (on_standing)
        on_standing();
    wake();
    return before;
}

void Lane::release() {
    if (state_.state != "held")
        return;
    state_.state = "ok";
    state_.reason.clear();
    state_.action.clear();
    state_.not_before = Instant{};
    rested_until_ = world_.clock.now();
    alerts_.clear(AlertKind::token, "account:" + settings_->name);
    forget_token(); // it may be another one, and may still do what no bot's may
    if (on_standing)
        on_standing();
    wake();
}

Instant Lane::deleted_by(std::size_t count) const {
    const Instant now = world_.clock.now();
    const Instant done = std::max(now, budget_.when_done(rates::Call::remove, static_cast<int>(count)));
    const Instant from = blocked_besides_pause(now).value_or(now);
    return from == Instant::max() ? done : std::max(done, from);
}

std::optional<Instant> Lane::turn_of(const Amendment& amendment) const {
    if (!amendment.next)
        return std::nullopt;
    if (amendment.kind == Amendment::Kind::remove)
        return std::max(*amendment.next, deleted_by(1));
    const Instant now = world_.clock.now();
    const Instant from = blocked_besides_pause(now).value_or(now);
    const Instant turn = std::max(*amendment.next, budget_.turn_of_amendment(rates::Call::edit).when);
    return from == Instant::max() ? turn : std::max(turn, from);
}

LaneView Lane::view() const {
    LaneView view;
    view.state = state_;
    view.idle = idle_;
    view.next = next_;
    view.at_work = at_work_;
    view.budgets = budget_.views();
    view.held_by = held_by();
    view.failed = failed_;
    for (Obstacle& obstacle : obstacles()) {
        if (obstacle.what == "paused" || obstacle.what == "held")
            continue; // the state says so
        view.waits = std::move(obstacle.what);
        view.waits_why = std::move(obstacle.why);
        view.waits_until = obstacle.until;
        break;
    }
    if (view.waits.empty() && state_.state != "held" && sieve_.turn().when > world_.clock.now()) {
        view.waits = "limited";
        view.waits_why = sieve_.turn().why;
        view.waits_until = sieve_.turn().when;
        view.own_limit = sieve_.turn().own;
    }
    view.free_since = std::max(rested_until_, limited_until_);
    const Result<Secret> token = ports_.token->read();
    if (!token && settings_->mode != Mode::dry && view.waits.empty() && state_.state != "held") {
        view.waits = "no token"; // the first post will hold it
        view.waits_why = token.error().message;
    }
    view.token = !token                    ? token.error().message
                 : state_.state == "held"  ? "refused or held"
                 : !token_trouble_.empty() ? token_trouble_
                                           : "ok";
    view.token_note = token_note_;
    return view;
}

delivery::Rules Lane::rules() const {
    delivery::Rules rules;
    rules.tuning = settings_->delivery;
    rules.mode = settings_->mode;
    rules.on_doubt = settings_->on_doubt;
    rules.idempotent = profile_.idempotent;
    rules.locks_key = profile_.locks_key;
    rules.keeps_errors = profile_.keeps_errors;
    rules.handle = settings_->handle;
    rules.hides_attached = profile_.hides_attached;
    rules.look = !state_.account_id.empty() || !settings_->handle.empty();
    rules.receipt = settings_->receipt && !receipts_closed_;
    rules.token = token_;
    rules.server_now = budget_.server_time();
    rules.now = world_.clock.now();
    rules.boot = world_.clock.boot();
    rules.mono = world_.clock.mono();
    return rules;
}

delivery::Rules Lane::rules_for(const Post& post) const {
    delivery::Rules with_it = rules();
    with_it.needs_approval = needs_approval && needs_approval(post);
    if (const Result<> fits = check_forms(post.content, profile_); !fits)
        with_it.unfit = why_unfit(fits.error());
    return with_it;
}

std::optional<Instant> Lane::blocked_until(Instant now) const {
    if (state_.paused)
        return state_.paused_until.value_or(Instant::max());
    return blocked_besides_pause(now);
}

std::optional<Instant> Lane::blocked_besides_pause(Instant now) const {
    if (state_.state == "held")
        return Instant::max();
    if (!clock_watch_.trouble(settings_->server).empty())
        return Instant::max();
    if (state_.not_before > now)
        return state_.not_before;
    // The wall clock may have been set forward.
    if (const Duration left = rests_until_ - world_.clock.mono(); left > Duration::zero())
        return now + left;
    return std::nullopt;
}

void Lane::want_server() {
    if (profile_known_ || stopping_)
        return;
    wants_server_ = true;
    alarm_->ring();
}

asio::awaitable<void> Lane::know_server(Duration patience) {
    want_server();
    if (!wants_server_ || blocked_until(world_.clock.now()))
        co_return;
    const std::shared_ptr<Alarm> told = world_.clock.make_alarm();
    server_awaited_by_.push_back(told);
    co_await told->wait_for(patience);
}

void Lane::tell_of_server() {
    wants_server_ = false;
    for (const std::weak_ptr<Alarm>& waiting : std::exchange(server_awaited_by_, {}))
        if (const std::shared_ptr<Alarm> alarm = waiting.lock())
            alarm->ring();
}

void Lane::follow(Configuration whole, const AccountSettings& settings, Scopes needed) {
    settings_.follow(std::move(whole), settings);
    next_needed_ = std::move(needed);
    alarm_->ring();
}

void Lane::let_go() {
    ports_ = AccountPorts{};
    settings_.let_go();
    queue_.clear();
}

/// What a changed configuration says of the account; nothing is in hand.
void Lane::take_up_settings() {
    bool changed = false;
    if (!settings_.take_up(changed))
        return;
    ports_ = world_.account(*settings_);
    if (profile_known_)
        ports_.publisher->know(profile_);
    budget_.use(*settings_);
    const bool needs_more = std::exchange(needed_, std::move(next_needed_)) != needed_;
    if (!changed && !needs_more)
        return;
    if (settings_->mode == Mode::dry)
        token_check_.reset(); // it needs none
    else
        forget_token();
    // As a restart does: what was mended may be just this.
    if (held_by_token() && !state_.memory.restored) {
        release();
        outbox_.add(state_);
    }
    queue_.clear();
    sieve_.start_over();
}

/// Where several daemons share the store: longer than a request takes (delivery rule 21).
bool Lane::ours() const {
    return !world_.ours_for || world_.ours_for(settings_->delivery.timeout);
}

asio::awaitable<void> Lane::run() {
    share_token();
    while (!stopping_) {
        if (outbox_.fenced()) {
            co_await stopped_->wait();
            continue;
        }
        take_up_settings();
        if (const Duration back = steps_.set_back(); back > Duration{})
            co_await set_back(back);
        if (token_news_)
            heed_token();
        const Instant now = world_.clock.now();
        // Nothing of ours and of the server's is that far away: the clock stood in the future when this was
        // reckoned.
        const Duration furthest =
            std::max({longest_limit, settings_->delivery.probe, settings_->delivery.retry_most});
        if (state_.not_before != Instant::max() && state_.not_before > now + furthest) {
            state_.not_before = now;
            outbox_.add(state_);
        }
        if (state_.paused && state_.paused_until && *state_.paused_until <= now) {
            state_.paused = false;
            state_.paused_until.reset();
            rested_until_ = now;
            outbox_.add(state_);
            if (on_standing)
                on_standing();
        }
        if (blocked_until(now)) {
            if (!state_.paused || blocked_besides_pause(now) || !co_await undo_while_paused())
                co_await rest(Reason::blocked);
            continue;
        }
        if (wants_server_) {
            // Another account may be asking, and the answer not be there yet.
            if (!profile_known_ && co_await learn_profile() && !profile_known_)
                continue;
            tell_of_server();
            continue;
        }
        if (queue_.empty()) {
            if (sieve_.is_empty(now)) {
                const bool own = sieve_.turn().own;
                co_await rest(Reason::passed_over);
                if (own)
                    limited_until_ = world_.clock.now();
                sieve_.start_over();
                continue;
            }
            if (!co_await look())
                continue;
            if (!ours()) { // what is to be edited or deleted is found again
                amendment_.reset();
                pin_.reset();
                co_await alarm_->wait_for(until_ours_again);
                continue;
            }
            if (queue_.empty() && amendment_) {
                auto [amendment, published] = std::move(*std::exchange(amendment_, std::nullopt));
                at_work_ = published.id;
                co_await amend(std::move(amendment), std::move(published));
                at_work_.reset();
                continue;
            }
            if (queue_.empty() && pin_) {
                Post published = std::move(*std::exchange(pin_, std::nullopt));
                at_work_ = published.id;
                co_await pin(std::move(published));
                at_work_.reset();
                continue;
            }
            if (queue_.empty() && !sieve_.held_any()) {
                co_await rest(Reason::nothing_due);
                continue;
            }
            continue;
        }
        if (!ours()) {
            co_await alarm_->wait_for(until_ours_again);
            continue;
        }
        Post post = std::move(queue_.front());
        queue_.pop_front();
        at_work_ = post.id;
        co_await take(post);
        at_work_.reset();
    }
    (void)co_await outbox_.flush();
}

/// Nothing to do now, or nothing that may be done: until the next thing is due, or somebody rings.
asio::awaitable<void> Lane::rest(Reason why) {
    if (!outbox_.empty() && co_await outbox_.flush() == OutboxWriter::Written::stopped)
        co_return;
    if (stopping_)
        co_return;
    const Instant now = world_.clock.now();
    auto blocked = blocked_until(now);
    if (state_.paused && undo_next_)
        blocked = std::min(*blocked, std::max(*undo_next_, blocked_besides_pause(now).value_or(now)));
    // A short back-off may have ended while it was being recorded. Nobody rings for that, and when the next
    // post is due is not known: the store has not been asked since.
    if (why == Reason::blocked && !blocked)
        co_return;
    idle_ = true;
    budget_.set_silent(state_.paused || state_.state == "held");
    if (why == Reason::passed_over)
        say_limited();
    if (on_idle)
        on_idle();
    if (state_.state == "held" && !state_.paused) {
        // Posts that went to a stranger's account: only a person lets it go on, whatever rings here.
        if (state_.not_before == Instant::max()) {
            co_await alarm_->wait();
        } else {
            // A file may be rotated at any time; a variable only by a restart, so that is not looked at.
            const bool watched = settings_->token.kind == TokenRef::Kind::file;
            co_await alarm_->wait_until(watched ? std::min(now + token_look, state_.not_before)
                                                : state_.not_before);
            if (!stopping_ && held_by_token())
                (void)co_await try_held_token();
        }
    } else if (!state_.paused && !clock_watch_.trouble(settings_->server).empty()) {
        co_await ask_for_time();
    } else if (blocked && *blocked != Instant::max()) {
        co_await alarm_->wait_until(*blocked);
    } else if (!blocked && why == Reason::passed_over) {
        co_await alarm_->wait_until(next_ ? std::min(*next_, sieve_.turn().when) : sieve_.turn().when);
    } else if (!blocked && next_) {
        co_await alarm_->wait_until(*next_);
    } else {
        co_await alarm_->wait();
    }
    budget_.set_silent(false);
    idle_ = false;
}

asio::awaitable<void> Lane::take(Post& post) {
    if (is_final(post.state) || post.state == PostState::held) { // handed out for its receipt
        co_await look_at(std::move(post));
        co_return;
    }
    while (!stopping_ && !blocked_until(world_.clock.now())) {
        if (!profile_known_ || world_.clock.now() - profile_read_ > ServerProfiles::life) {
            if (!co_await learn_profile() || stopping_)
                co_return;
            continue; // it may have told that the clock is wrong
        }
        if (must_compare(post)) {
            if (!co_await compare_with_page())
                co_return;
            continue;
        }
        const PostState before = post.state;
        rates::Needs needs = budget_.needs_of(post);
        if (before == PostState::doubt)
            note_token();
        const delivery::Rules rules_now = rules_for(post);
        Decision decision = counts_as_posted(state_.memory, post)
                                ? take_as_posted(std::move(post), state_.memory.posted_until)
                                : delivery::decide(std::move(post), rules_now, world_.clock.now());
        post = std::move(decision.post);
        if (!post.in_doubt)
            needs.counted.reset(); // not asked for once more, but sent anew
        if (!may(post, decision, needs))
            co_return;
        if (decision.step != Step::wait)
            sieve_.moved();
        switch (decision.step) {
        case Step::wait:
            co_return;
        case Step::settle:
            outbox_.add(post, before == PostState::sending ? OutboxWriter::Kind::outcome
                                                           : OutboxWriter::Kind::intent);
            finished(post);
            break;
        case Step::publish:
            if (!token_at_hand() || !co_await publish(post, decision, needs))
                co_return;
            break;
        case Step::look:
            if (!co_await look_for(post))
                co_return;
            break;
        case Step::upload:
        case Step::poll_media:
            if (!token_at_hand())
                co_return;
            [[fallthrough]];
        case Step::fetch:
            if (!co_await media_step(post, decision))
                co_return;
            break;
        }
        // What waits in the queue is to be put in order anew: the rest of a thread comes before it.
        if (post.part > 0)
            queue_.clear();
        if (in_flight_state(post.state) && post.next <= world_.clock.now())
            continue;
        if (in_flight_state(post.state) || !delivery::has_follower(post))
            co_return;
        // No other post comes between the parts of a thread.
        std::optional<Post> next = co_await next_part(post);
        if (!next)
            co_return;
        post = std::move(*next);
        at_work_ = post.id;
    }
}

} // namespace crier::engine
