#include "engine/lane.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

/// What the limits of the server and the account let a lane do now. A post that must wait for one is passed
/// over, with all of its kind; what may go goes on.
namespace crier::engine {

using delivery::Decision;
using delivery::Step;

namespace asio = boost::asio;

namespace {

/// Few enough that a person's cancel or a scheduled post is noticed at once, enough to share commits.
constexpr std::size_t queue_length = 16;

/// How far ahead scheduled posts are looked for to leave them room: the longest window of a server's.
constexpr Duration outlook_span = std::chrono::hours{3} + std::chrono::minutes{10};

bool asks_server(Step step) {
    return step == Step::publish || step == Step::upload || step == Step::poll_media || step == Step::fetch ||
           step == Step::look;
}

} // namespace

/// Asks the store for what is to be done next, of what may be done. False: nothing was asked.
asio::awaitable<bool> Lane::look() {
    if (!outbox_.empty() && co_await outbox_.flush() == OutboxWriter::Written::stopped)
        co_return false;
    LaneQuery query;
    query.account = settings_->name;
    query.now = world_.clock.now();
    query.limit = queue_length;
    query.horizon = query.now + outlook_span;
    query.receipts_from = receipts_from_;
    // Where a person reads each post before it goes out, none changes behind his back.
    query.orders_only = settings_->mode != Mode::live;
    const bool dry = settings_->mode == Mode::dry;
    query.edits_from = dry ? Instant::max() : edits_from_;
    query.removals_from = dry ? Instant::max() : removals_from_;
    query.pins_from = dry ? Instant::max() : pins_from_;
    sieve_.ask(query);
    const std::uint64_t mark = outlook_.mark();
    Result<LaneWork> work = co_await world_.store.lane(std::move(query));
    if (!work) {
        sieve_.moved();
        if (!store_unread_) // said once
            world_.log.error("store.failed", work.error().message,
                             {{"account", settings_->name}, {"hint", work.error().hint}});
        const Failure unread = work.error();
        store_is(&unread);
        store_unread_ = true;
        co_await alarm_->wait_for(std::chrono::seconds{5});
        co_return false;
    }
    if (std::exchange(store_unread_, false))
        store_is(nullptr);
    queue_ = std::move(work->posts);
    std::reverse(queue_.begin(), queue_.end());
    amendment_.reset();
    if (work->amendment)
        amendment_ = std::make_unique<std::pair<Amendment, Post>>(std::move(*work->amendment));
    pin_.reset();
    if (work->pin)
        pin_ = std::make_unique<Post>(std::move(*work->pin));
    next_ = work->next;
    outlook_.answer(settings_->name, mark, work->expected);
    co_return true;
}

/// When the step may be made; a file is uploaded, and even fetched, only when its post may be published, too.
rates::Turn Lane::turn_of(const Post& post, const Decision& decision, const rates::Needs& needs) const {
    if (!asks_server(decision.step))
        return {};
    return decision.step == Step::look ? budget_.turn(needs_of_look(), true)
                                       : budget_.turn(post, needs, post.in_doubt);
}

bool Lane::may(const Post& post, const Decision& decision, const rates::Needs& needs) {
    const rates::Turn turn = turn_of(post, decision, needs);
    if (turn.when <= world_.clock.now())
        return true;
    hold_back(turn);
    sieve_.pass_over(post, needs);
    return false;
}

bool Lane::may(const rates::Needs& needs) {
    const rates::Turn turn = budget_.turn(needs, true);
    if (turn.when <= world_.clock.now())
        return true;
    hold_back(turn);
    return false;
}

void Lane::hold_back(const rates::Turn& turn) {
    sieve_.hold_back(turn);
    budget_.wait_for_room();
}

void Lane::keep_budget() {
    state_.rate = budget_.text();
    outbox_.add(state_);
}

/// True when the reply has closed one bucket by its name: the others need not wait for it.
bool Lane::heed(const rates::Heard& heard, const Reply& reply) {
    clock_watch_.heard(settings_->server, reply.server_date);
    if (!heard.note.empty())
        world_.log.info("account.limits_learnt", settings_->server + ": " + heard.note,
                        {{"account", settings_->name}});
    if (reply.verdict != Verdict::limited || !heard.closed)
        return false;
    world_.log.warning("account.limited",
                       settings_->name + ": the server's limit \"" + heard.bucket + "\" is used up, until " +
                           to_rfc3339(*reply.rate.reset),
                       {{"account", settings_->name}, {"bucket", heard.bucket}});
    return true;
}

/// Once for each limit.
void Lane::say_limited() {
    const rates::Turn& turn = sieve_.turn();
    // The server's clock, as each reply tells it anew, is not the same to the microsecond.
    const std::string until = to_rfc3339(std::chrono::round<std::chrono::seconds>(turn.when));
    const std::string said = turn.why + until;
    if (said == said_limited_ || turn.why.empty())
        return;
    said_limited_ = said;
    // One's own limits are no news.
    const auto level = turn.why.find("server") == std::string::npos ? LogLevel::debug : LogLevel::info;
    world_.log.write(level, "account.budget_spent",
                     settings_->name + " waits until " + until + ": " + turn.why,
                     {{"account", settings_->name}, {"until", until}});
}

} // namespace crier::engine
