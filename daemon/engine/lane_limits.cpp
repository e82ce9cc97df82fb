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
    query.account = settings_.name;
    query.now = world_.clock.now();
    query.limit = queue_length;
    query.scheduled = scheduled_;
    query.others = others_;
    query.tell_next = held_back_.when != Instant{};
    query.horizon = query.now + outlook_span;
    query.receipts_from = receipts_from_;
    moved_ = false;
    again_ = false;
    const std::uint64_t mark = outlook_.mark();
    Result<LaneWork> work = co_await world_.store.lane(std::move(query));
    if (!work) {
        moved_ = true;
        world_.log.error("store.trouble", work.error().message, {{"account", settings_.name}});
        const Failure unread = work.error();
        store_is(&unread);
        store_unread_ = true;
        co_await alarm_->wait_for(std::chrono::seconds{5});
        co_return false;
    }
    if (std::exchange(store_unread_, false))
        store_is(nullptr);
    queue_.assign(std::make_move_iterator(work->posts.begin()), std::make_move_iterator(work->posts.end()));
    next_ = work->next;
    outlook_.answer(settings_.name, mark, work->expected);
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
    pass_over(post, needs);
    return false;
}

bool Lane::may(rates::Call call) {
    const rates::Turn turn = budget_.turn(rates::Needs{}.add(call), true);
    if (turn.when <= world_.clock.now())
        return true;
    hold_back(turn);
    return false;
}

void Lane::hold_back(const rates::Turn& turn) {
    again_ = again_ || held_back_.when == Instant{};
    if (held_back_.when == Instant{} || turn.when < held_back_.when)
        held_back_ = turn;
}

/// What holds this post back holds back all of its kind; what holds back a scheduled post, the others too.
void Lane::pass_over(const Post& post, const rates::Needs& needs) {
    const Admit left = needs.of(rates::Call::upload) > 0 ? Admit::text : Admit::none;
    const auto close = [&](Admit& admit) {
        again_ = again_ || left < admit;
        admit = std::min(admit, left);
    };
    if (post.in_doubt)
        return; // what it waits for says nothing of new posts
    if (post.priority <= Priority::scheduled)
        close(scheduled_);
    close(others_);
}

/// The last look brought nothing that may be done, and another would not.
bool Lane::nothing_else() {
    if (held_back_.when == Instant{})
        return false;
    if (held_back_.when <= world_.clock.now()) {
        look_anew();
        return false;
    }
    return !moved_ && !again_;
}

void Lane::look_anew() {
    held_back_ = rates::Turn{};
    scheduled_ = others_ = Admit::all;
    moved_ = true;
    again_ = false;
}

void Lane::keep_budget() {
    state_.rate = budget_.text();
    outbox_.add(state_);
}

/// True when the reply has closed one bucket by its name: the others need not wait for it.
bool Lane::heed(const rates::Heard& heard, const Reply& reply) {
    clock_watch_.heard(settings_.name, reply.server_date);
    if (!heard.note.empty())
        world_.log.info("account.limits", settings_.server + ": " + heard.note,
                        {{"account", settings_.name}});
    if (reply.verdict != Verdict::limited || !heard.closed)
        return false;
    world_.log.warning("account.limited",
                       settings_.name + ": the server's limit \"" + heard.bucket + "\" is used up, until " +
                           to_rfc3339(*reply.rate.reset),
                       {{"account", settings_.name}, {"bucket", heard.bucket}});
    return true;
}

/// Once for each limit.
void Lane::say_limited() {
    const std::string until = to_rfc3339(held_back_.when);
    const std::string said = held_back_.why + until;
    if (said == said_limited_ || held_back_.why.empty())
        return;
    said_limited_ = said;
    // One's own limits are no news.
    const auto level = held_back_.why.find("server") == std::string::npos ? LogLevel::debug : LogLevel::info;
    world_.log.write(level, "account.budget_spent",
                     settings_.name + " waits until " + until + ": " + held_back_.why,
                     {{"account", settings_.name}, {"until", until}});
}

} // namespace crier::engine
