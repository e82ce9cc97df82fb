#include "engine/lane.hpp"

#include "engine/profile_text.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;
using delivery::Decision;
using delivery::LaneEffect;
using delivery::Step;

namespace {

/// Few enough that a person's cancel or a scheduled post is noticed at once, enough to share commits.
constexpr std::size_t queue_length = 16;

/// How often a lane that is held for its token looks whether the file holds another one.
constexpr Duration token_look = std::chrono::seconds{2};

/// A server's limits change with its versions.
constexpr Duration profile_life = std::chrono::hours{24};

/// Beyond this no server's limit is meant.
constexpr Duration longest_limit = std::chrono::hours{24 * 8};

bool in_flight_state(PostState state) {
    return state == PostState::ready || state == PostState::waiting || state == PostState::uploading ||
           state == PostState::retrying;
}

} // namespace

Lane::Lane(const AccountSettings& settings, World& world, AccountState state, SourceRules allow_private)
    : settings_(settings)
    , world_(world)
    , ports_(world.account(settings))
    , allow_private_(std::move(allow_private))
    , alarm_(world.clock.make_alarm())
    , outbox_(world.store, world.clock, world.log, *alarm_, settings.name)
    , state_(std::move(state)) {
    if (auto known = profile_from_text(state_.profile); known && state_.server == settings.server) {
        profile_ = std::move(*known);
        profile_known_ = true;
    }
    state_.account = settings.name;
    state_.server = settings.server;
}

void Lane::wake() {
    queue_.clear();
    alarm_->ring();
}

void Lane::stop() {
    stopping_ = true;
    outbox_.stop();
    alarm_->ring();
}

PauseMark Lane::set_pause(PauseMark mark) {
    PauseMark before;
    before.on = std::exchange(state_.paused, mark.on);
    before.why = std::exchange(state_.paused_why, std::move(mark.why));
    before.until = std::exchange(state_.paused_until, mark.until);
    outbox_.renew(state_);
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
    outbox_.renew(state_);
    wake();
}

LaneView Lane::view() const {
    LaneView view;
    view.state = state_;
    view.idle = idle_;
    view.next = next_;
    view.at_work = at_work_;
    view.rate = rate_;
    view.failed = failed_;
    if (!outbox_.trouble().empty()) {
        view.waits = "store";
        view.waits_why = outbox_.trouble() + ": nothing is sent until it can be recorded";
    } else if (state_.state != "held" && state_.not_before > world_.clock.now()) {
        view.waits = backing_off_ ? "backing off" : "limited";
        view.waits_why = waits_why_;
    }
    const Result<Secret> token = ports_.token->read();
    view.token = token ? (state_.state == "held" ? "refused or held" : "ok") : token.error().message;
    return view;
}

delivery::Rules Lane::rules() const {
    delivery::Rules rules;
    rules.tuning = settings_.delivery;
    rules.mode = settings_.mode;
    rules.on_doubt = settings_.on_doubt;
    rules.idempotent = profile_.idempotent;
    rules.locks_key = profile_.locks_key;
    rules.handle = settings_.handle;
    return rules;
}

std::optional<Instant> Lane::blocked_until(Instant now) const {
    if (state_.paused)
        return state_.paused_until.value_or(Instant::max());
    if (state_.state == "held")
        return Instant::max();
    if (state_.not_before > now)
        return state_.not_before;
    return std::nullopt;
}

asio::awaitable<void> Lane::run() {
    while (!stopping_) {
        const Instant now = world_.clock.now();
        // Nothing of ours and of the server's is that far away: the clock stood in the future when this was
        // reckoned.
        const Duration furthest =
            std::max({longest_limit, settings_.delivery.probe, settings_.delivery.retry_most});
        if (state_.not_before != Instant::max() && state_.not_before > now + furthest) {
            state_.not_before = now;
            outbox_.add(state_);
        }
        if (state_.paused && state_.paused_until && *state_.paused_until <= now) {
            state_.paused = false;
            state_.paused_until.reset();
            outbox_.add(state_);
        }
        if (blocked_until(now)) {
            co_await rest(Reason::blocked);
            continue;
        }
        if (queue_.empty()) {
            if (co_await outbox_.flush() == OutboxWriter::Written::stopped)
                break;
            LaneQuery query;
            query.account = settings_.name;
            query.now = now;
            query.limit = queue_length;
            const Result<LaneWork> work = co_await world_.store.lane(std::move(query));
            if (!work) {
                world_.log.error("store.trouble", work.error().message, {{"account", settings_.name}});
                co_await alarm_->wait_for(std::chrono::seconds{5});
                continue;
            }
            queue_.assign(work->posts.begin(), work->posts.end());
            next_ = work->next;
            if (queue_.empty()) {
                co_await rest(Reason::nothing_due);
                continue;
            }
        }
        Post post = std::move(queue_.front());
        queue_.pop_front();
        at_work_ = post.id;
        co_await take(std::move(post));
        at_work_.reset();
    }
    (void)co_await outbox_.flush();
}

/// Nothing to do now, or nothing that may be done: until the next thing is due, or somebody rings.
asio::awaitable<void> Lane::rest(Reason why) {
    if (co_await outbox_.flush() == OutboxWriter::Written::stopped || stopping_)
        co_return;
    const Instant now = world_.clock.now();
    const auto blocked = blocked_until(now);
    // A short back-off may have ended while it was being recorded. Nobody rings for that, and when the next
    // post is due is not known: the store has not been asked since.
    if (why == Reason::blocked && !blocked)
        co_return;
    idle_ = true;
    if (on_idle)
        on_idle();
    if (state_.state == "held" && !state_.paused) {
        // Posts that went to a stranger's account: only a person lets it go on, whatever rings here.
        if (state_.not_before == Instant::max()) {
            co_await alarm_->wait();
        } else {
            // A file may be rotated at any time; a variable only by a restart, so that is not looked at.
            const bool watched = settings_.token.kind == TokenRef::Kind::file;
            co_await alarm_->wait_until(watched ? std::min(now + token_look, state_.not_before)
                                                : state_.not_before);
            if (!stopping_ && held_by_token())
                (void)co_await try_held_token();
        }
    } else if (blocked && *blocked != Instant::max()) {
        co_await alarm_->wait_until(*blocked);
    } else if (!blocked && next_) {
        co_await alarm_->wait_until(*next_);
    } else {
        co_await alarm_->wait();
    }
    idle_ = false;
}

/// The wall clock may be set forward while the first request is still at work.
void Lane::begin_quiet(const Post& post) {
    if (post.state == PostState::doubt)
        quiet_[post.id] = world_.clock.mono() + (post.next - world_.clock.now());
}

asio::awaitable<void> Lane::keep_quiet(PostId id) {
    const auto quiet = quiet_.find(id);
    if (quiet == quiet_.end())
        co_return;
    const Mono until = quiet->second;
    while (!stopping_ && world_.clock.mono() < until)
        co_await alarm_->wait_for(until - world_.clock.mono());
    quiet_.erase(id);
}

asio::awaitable<void> Lane::take(Post post) {
    while (!stopping_ && !blocked_until(world_.clock.now())) {
        if (post.state == PostState::doubt && post.next <= world_.clock.now() && quiet_.count(post.id) > 0) {
            co_await keep_quiet(post.id);
            continue;
        }
        if (!profile_known_ || world_.clock.now() - profile_read_ > profile_life) {
            if (!co_await learn_profile() || stopping_)
                co_return;
        }
        const PostState before = post.state;
        Decision decision = delivery::decide(std::move(post), rules(), world_.clock.now());
        post = decision.post;
        switch (decision.step) {
        case Step::wait:
            co_return;
        case Step::settle:
            begin_quiet(post);
            outbox_.add(post, before == PostState::sending ? OutboxWriter::Kind::outcome
                                                           : OutboxWriter::Kind::intent);
            finished(post);
            co_return;
        case Step::publish:
            if (!token_at_hand() || !co_await publish(post, decision))
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
        if (!in_flight_state(post.state) || post.next > world_.clock.now())
            co_return;
    }
}

/// Records the attempt, sends it, and settles it; the outcome is written with what comes next. False when the
/// attempt could not be recorded, and so was not made.
asio::awaitable<bool> Lane::publish(Post& post, const Decision& decision) {
    Attempt attempt;
    attempt.post = post.id;
    attempt.number = post.attempts;
    attempt.started = *post.last_attempt;
    attempt.key = decision.key;
    // What became of this post before stands by itself, so that the intent alone can be taken back.
    if (outbox_.has(post.id) && co_await outbox_.flush(&post) != OutboxWriter::Written::yes) {
        queue_.clear();
        co_return false;
    }
    outbox_.add(post, OutboxWriter::Kind::intent, attempt);
    if (const auto written = co_await outbox_.flush(&post); written != OutboxWriter::Written::yes) {
        if (written == OutboxWriter::Written::stopped)
            outbox_.forget(post.id); // or the last flush would record an attempt that was never made
        queue_.clear();
        co_return false;
    }
    const Reply reply = co_await ports_.publisher->publish(post.content, decision.key);
    const Instant now = world_.clock.now();
    delivery::Settled settled =
        delivery::settle(std::move(post), Step::publish, 0, reply, rules(), now, world_.random.next());
    post = std::move(settled.post);
    begin_quiet(post);
    attempt.finished = now;
    attempt.http = reply.http;
    attempt.outcome = to_text(reply.verdict);
    attempt.detail = reply.text;
    outbox_.add(post, OutboxWriter::Kind::outcome, attempt);
    if (reply.status)
        state_.handle = reply.status->account_name;
    apply(settled.lane);
    heed(reply);
    finished(post);
    co_return true;
}

/// False when somebody changed the post meanwhile: it is loaded anew.
asio::awaitable<bool> Lane::media_step(Post& post, const Decision& decision) {
    // An upload may take long: what has happened is recorded before it.
    if (co_await outbox_.flush(&post) != OutboxWriter::Written::yes) {
        queue_.clear();
        co_return false;
    }
    Media& media = post.content.media.at(decision.media);
    Reply reply;
    if (decision.step == Step::fetch) {
        const bool allow_private = post.origin.kind == OriginKind::source && allow_private_(post.origin.name);
        const std::string name = post.key.hex().substr(0, 24) + "-" + std::to_string(decision.media);
        FetchedMedia fetched =
            co_await world_.media.fetch(media.url, name, allow_private, profile_.video_size_limit);
        reply = std::move(fetched.reply);
        if (reply.verdict == Verdict::media_ready) {
            media.file = std::move(fetched.file);
            if (!fetched.type.empty())
                media.type = std::move(fetched.type);
            co_return true; // kept only in hand: after a restart the same address gives the same file again
        }
    } else if (decision.step == Step::upload) {
        reply = co_await ports_.publisher->upload(media);
    } else {
        reply = co_await ports_.publisher->media_state(media.server_id);
    }
    delivery::Settled settled = delivery::settle(std::move(post), decision.step, decision.media, reply,
                                                 rules(), world_.clock.now(), world_.random.next());
    post = std::move(settled.post);
    // Not Kind::outcome: an upload that is forgotten harms nobody, a post that a person has cancelled and
    // that goes out all the same does.
    outbox_.add(post, OutboxWriter::Kind::intent);
    apply(settled.lane);
    heed(reply);
    finished(post);
    co_return true;
}

/// A reply that says "none left" is the last one before a 429: the lane waits instead of drawing it.
void Lane::heed(const Reply& reply) {
    if (!reply.rate.remaining)
        return;
    rate_ = reply.rate;
    const Instant now = world_.clock.now();
    if (*reply.rate.remaining > 0 || !reply.rate.reset || *reply.rate.reset <= now ||
        state_.not_before >= *reply.rate.reset)
        return;
    state_.not_before = *reply.rate.reset;
    backing_off_ = false;
    waits_why_ = "what the server allows is used up";
    outbox_.add(state_);
    queue_.clear();
    world_.log.info("account.budget_spent",
                    settings_.name + " has used up what " + settings_.server + " allows, and waits until " +
                        to_rfc3339(state_.not_before),
                    {{"account", settings_.name}, {"until", to_rfc3339(state_.not_before)}});
}

/// What the server is and allows, before anything is sent to it: whether a repeat is safe depends on it.
asio::awaitable<bool> Lane::learn_profile() {
    if (co_await outbox_.flush() == OutboxWriter::Written::stopped)
        co_return false;
    const Result<ServerProfile> read = co_await ports_.publisher->profile();
    if (!read) {
        if (profile_known_) {
            profile_read_ = world_.clock.now(); // the one from before still serves
            co_return true;
        }
        LaneEffect effect;
        effect.kind = LaneEffect::Kind::back_off;
        effect.reason = read.error().message;
        apply(effect);
        co_return false;
    }
    profile_ = *read;
    profile_known_ = true;
    profile_read_ = world_.clock.now();
    state_.profile = profile_to_text(profile_);
    outbox_.add(state_);
    world_.log.info(
        "account.server", settings_.server + " is " + profile_.software + " " + profile_.version,
        {{"account", settings_.name}, {"max_characters", std::to_string(profile_.max_characters)}});
    co_return true;
}

/// Whether there is a token to send with, which it remembers. Without one the lane is held, and nothing that
/// was not sent counts as an attempt.
bool Lane::token_at_hand() {
    const Result<Secret> token = ports_.token->read();
    token_ = token ? digest_of(token->reveal()) : Digest{};
    if (!token)
        hold(token.error().message, token.error().hint, world_.clock.now() + settings_.delivery.probe);
    return token.has_value();
}

bool Lane::token_changed() {
    const Result<Secret> token = ports_.token->read();
    const Digest digest = token ? digest_of(token->reveal()) : Digest{};
    const bool changed = digest != token_ && token.has_value();
    token_ = digest;
    return changed;
}

/// Held for a reason that a good token mends, and not by a pause.
bool Lane::held_by_token() const {
    return state_.state == "held" && !state_.paused && state_.not_before != Instant::max();
}

/// A held lane goes on when the token source holds another token, or when a rare look says that it works
/// again.
asio::awaitable<bool> Lane::try_held_token() {
    if (token_changed()) {
        recover("there is a new token");
        co_return true;
    }
    if (world_.clock.now() < state_.not_before)
        co_return false;
    const Reply reply = co_await ports_.publisher->probe();
    if (!held_by_token())
        co_return false; // a person was quicker
    if (reply.verdict == Verdict::alive) {
        recover("the token is accepted again");
        co_return true;
    }
    state_.not_before = world_.clock.now() + settings_.delivery.probe;
    co_return false;
}

void Lane::recover(std::string_view why) {
    state_.state = "ok";
    state_.reason.clear();
    state_.action.clear();
    state_.since = world_.clock.now();
    state_.not_before = Instant{};
    failures_ = 0;
    outbox_.add(state_);
    world_.log.info("account.resumed", settings_.name + " goes on: " + std::string{why},
                    {{"account", settings_.name}});
}

void Lane::hold(std::string reason, std::string action, Instant until) {
    const Instant now = world_.clock.now();
    if (state_.state != "held")
        world_.log.error("account.held",
                         settings_.name + " is held: " + reason + (action.empty() ? "" : ". " + action),
                         {{"account", settings_.name}, {"reason", reason}, {"action", action}});
    state_.state = "held";
    state_.reason = std::move(reason);
    state_.action = std::move(action);
    state_.since = now;
    state_.not_before = until;
    outbox_.add(state_);
    queue_.clear();
}

void Lane::apply(const LaneEffect& effect) {
    const Instant now = world_.clock.now();
    switch (effect.kind) {
    case LaneEffect::Kind::none:
        failures_ = 0;
        return;
    case LaneEffect::Kind::back_off: {
        // Kept in memory only: a restart may try at once, and a back-off is no limit of the server's.
        const Duration pause = delivery::back_off(failures_++, settings_.delivery.retry_first,
                                                  settings_.delivery.retry_most, world_.random.next());
        state_.not_before = now + pause;
        backing_off_ = true;
        waits_why_ = effect.reason;
        world_.log.warning("account.backing_off", settings_.server + ": " + effect.reason,
                           {{"account", settings_.name}, {"until", to_rfc3339(state_.not_before)}});
        return;
    }
    case LaneEffect::Kind::not_before:
        state_.not_before = effect.until;
        backing_off_ = false;
        waits_why_ = effect.reason;
        outbox_.add(state_);
        queue_.clear();
        world_.log.warning("account.limited",
                           settings_.name + " waits until " + to_rfc3339(effect.until) + ": " + effect.reason,
                           {{"account", settings_.name}, {"until", to_rfc3339(effect.until)}});
        return;
    case LaneEffect::Kind::token:
        // Somebody may have put a new one there while the request was on its way.
        if (token_changed()) {
            recover("the token was replaced");
            return;
        }
        hold(effect.reason, effect.action, now + settings_.delivery.probe);
        return;
    case LaneEffect::Kind::stop:
        hold(effect.reason, effect.action, now + settings_.delivery.probe);
        return;
    case LaneEffect::Kind::wrong_account:
        hold(effect.reason, effect.action, Instant::max());
        return;
    }
}

/// Says what became of a post, where it came to an end or to a stop.
void Lane::finished(const Post& post) {
    const std::string id = std::to_string(post.id);
    const Log::Fields fields = {{"account", post.account},
                                {"post", id},
                                {"origin", post.origin.name},
                                {"attempts", std::to_string(post.attempts)}};
    if (settings_.mode == Mode::dry && post.state == PostState::cancelled) {
        world_.log.info("post.dry", "would publish on " + post.account + ": " + post.content.status, fields);
        return;
    }
    switch (post.state) {
    case PostState::published:
        state_.last_published = world_.clock.now();
        world_.log.info("post.published",
                        "post " + id + " is published: " + post.status_url +
                            (post.reason.empty() ? "" : " (" + post.reason + ")"),
                        fields);
        break;
    case PostState::held:
        world_.log.warning("post.held", "post " + id + " is held: " + post.reason, fields);
        return;
    case PostState::failed:
        ++failed_;
        [[fallthrough]];
    case PostState::expired:
    case PostState::cancelled:
    case PostState::deleted:
        world_.log.warning("post." + std::string{to_text(post.state)}, "post " + id + ": " + post.reason,
                           fields);
        break;
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
    for (const Media& media : post.content.media)
        if (!media.url.empty() && !media.file.empty())
            world_.media.forget(media.file);
}

} // namespace crier::engine
