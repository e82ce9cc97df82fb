#include "core/text/plain.hpp"
#include "engine/poller.hpp"
#include "engine/tidy.hpp"

#include <algorithm>
#include <utility>

// A source that hears: what is sent to it waits its turn, and whoever sent it is told what became of it.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// Senders wait ten seconds at most (GitHub, GitLab), and what was taken by then they must be told.
constexpr Duration longest_hearing = std::chrono::seconds{8};

/// What waits for its turn at one source; each may be as large as `max_body` says.
constexpr std::size_t most_deliveries = 16;

/// Between two looks that pushes bring about.
constexpr Duration shortest_push_pause = std::chrono::minutes{1};

/// A post may just leave while its item is taken in anew; then once more.
constexpr int most_crossings = 3;

constexpr std::string_view is_stopping = "crier is stopping";

Hearing later(std::string why, std::string hint = {}) {
    return Hearing{Hearing::Kind::later, std::move(why), std::move(hint)};
}

} // namespace

/// One that was sent, until its sender is told.
struct Poller::Delivery {
    Delivery(Heard what, std::unique_ptr<Alarm> bell)
        : heard(std::move(what))
        , ended(std::move(bell)) {}
    void end(Hearing how) {
        result = std::move(how);
        done = true;
        ended->ring();
    }
    Heard heard;
    Hearing result;
    bool done = false;
    std::unique_ptr<Alarm> ended;
};

asio::awaitable<Hearing> Poller::hear(Heard heard) {
    if (stopping_)
        co_return later(std::string{is_stopping});
    if (state_.paused && !hears(*source_)) // resumed, it is looked at
        co_return Hearing{Hearing::Kind::taken, {}};
    if (state_.paused)
        co_return later("the source is paused", "crier resume source:" + source_->name);
    if (deliveries_.size() + (in_hand_ ? 1U : 0U) >= most_deliveries)
        co_return later("more is sent than can be taken in at a time");
    Clock& clock = world_.clock;
    const auto delivery = std::make_shared<Delivery>(std::move(heard), clock.make_alarm());
    deliveries_.push_back(delivery);
    alarm_->ring();
    // From here on the source may go; what was sent stays until its sender has been told.
    const Mono until = clock.mono() + longest_hearing;
    while (!delivery->done && clock.mono() < until)
        co_await delivery->ended->wait_for(until - clock.mono());
    if (!delivery->done)
        co_return later("it was not taken in within " + crier::to_text(longest_hearing));
    co_return std::move(delivery->result);
}

void Poller::turn_away(const std::string& why) {
    for (; !deliveries_.empty(); deliveries_.pop_front())
        deliveries_.front()->end(later(why));
}

/// What is in hand was cut off: whether it was recorded nobody knows, and sent again it makes no double.
void Poller::end_hearing() {
    turn_away(std::string{is_stopping});
    if (in_hand_)
        in_hand_->end(later(std::string{is_stopping}));
    in_hand_.reset();
}

asio::awaitable<void> Poller::take_delivery() {
    began_paused_ = state_.paused;
    in_hand_ = std::move(deliveries_.front());
    deliveries_.pop_front();
    Hearing result = co_await heed(std::move(in_hand_->heard));
    in_hand_->end(std::move(result));
    in_hand_.reset();
}

/// Is everything that it showed noted, so that what is not noted is new?
bool Poller::knows_its_items() const {
    const auto seen = [this](const PostTarget& target) { return first_runs_.count(target.account) > 0; };
    return std::all_of(source_->targets.begin(), source_->targets.end(), seen) &&
           (state_.identified.empty() || state_.identified == to_text(source_->identify_by));
}

/// But not more often than once a minute, whatever is pushed, and not before its time while it fails or has
/// asked to be left alone.
void Poller::look_soon() {
    look_again_ = true; // the look that is under way may have come too early
    if (state_.failures > 0)
        return;
    const Instant last = std::max(state_.last_success, state_.last_poll);
    state_.next_poll = std::min(state_.next_poll, std::max(world_.clock.now(), last + shortest_push_pause));
    alarm_->ring();
}

/// A push that cannot be read is no trouble of the source's: a look tells whether there is any.
asio::awaitable<Hearing> Poller::heed_push(Heard heard) {
    if (const Result<> opened = open(); !opened || !knows_its_items()) {
        look_soon();
        co_return Hearing{Hearing::Kind::taken, {}};
    }
    Result<SourceYield> yield = co_await port_->hear(std::move(heard), state_.cursor);
    if (stopping_)
        co_return later(std::string{is_stopping});
    if (!yield) {
        look_soon();
        world_.log.warning("websub.unread",
                           source_->name + ": " + yield.error().message + ": the source is looked at instead",
                           {{"source", source_->name}});
        co_return Hearing{Hearing::Kind::refused, yield.error().message, yield.error().hint};
    }
    tidy(yield->items, *source_);
    // What is to come is a look's business: it waits in memory, and what is moved or called off is gone with
    // the next look. Further documents a push does not have.
    const Instant now = world_.clock.now();
    const auto ahead =
        std::erase_if(yield->items, [now](const Item& item) { return item.due && *item.due > now; });
    stale_ = ahead > 0 || yield->again.has_value();
    pushed_ = true;
    Hearing result = co_await take_heard(std::move(*yield));
    pushed_ = false;
    if (std::exchange(stale_, false))
        look_soon();
    co_return result;
}

asio::awaitable<Hearing> Poller::heed(Heard heard) {
    if (!hears(*source_))
        co_return co_await heed_push(std::move(heard));
    state_.last_poll = world_.clock.now();
    if (const Result<> opened = open(); !opened) {
        (void)co_await failed(opened.error());
        co_return later("the source cannot be opened");
    }
    Result<SourceYield> yield = co_await port_->hear(std::move(heard), state_.cursor);
    if (stopping_)
        co_return later(std::string{is_stopping});
    if (!yield) {
        (void)co_await failed(yield.error());
        co_return Hearing{Hearing::Kind::refused, yield.error().message, yield.error().hint};
    }
    tidy(yield->items, *source_);
    co_return co_await take_heard(std::move(*yield));
}

asio::awaitable<Hearing> Poller::take_heard(SourceYield yield) {
    for (int i = 0; i < most_crossings; ++i) {
        crossed_ = false;
        if (co_await take(yield, hears(*source_))) {
            Hearing taken;
            taken.kind = Hearing::Kind::taken;
            taken.items = yield.items.size();
            taken.posts = made_;
            co_return taken;
        }
        if (!crossed_)
            break;
    }
    co_return later("it could not be recorded");
}

} // namespace crier::engine
