#include "engine/token_checks.hpp"

#include "engine/lane.hpp"

#include <algorithm>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// For a server with many accounts that is down: one question of them all waits for it, now and again.
constexpr Duration let_be = std::chrono::minutes{5};

/// What was answered to one account serves for all with the same token.
constexpr Duration remembered = std::chrono::minutes{10};

} // namespace

void TokenChecks::add(Lane& lane) {
    lanes_.push_back(&lane);
    lane.on_token = [this] { alarm_->ring(); };
}

void TokenChecks::heed(const Lane& lane) {
    if (lane.token_check())
        alarm_->ring();
}

void TokenChecks::stop() {
    stopping_ = true;
    alarm_->ring();
}

TokenChecks::Next TokenChecks::next() const {
    const Instant now = clock_.now();
    Next next;
    for (Lane* const lane : lanes_) {
        std::optional<Instant> when = lane->token_check();
        if (!when || !lane->idle() || !lane->profile_known())
            continue;
        const auto quiet = quiet_.find(lane->settings().server);
        if (quiet != quiet_.end())
            when = std::max(*when, quiet->second);
        if (next.lane == nullptr || *when < next.when)
            next = {lane, *when};
        if (next.when <= now)
            break;
    }
    return next;
}

void TokenChecks::remove(const Lane& lane) {
    std::erase(lanes_, &lane);
}

asio::awaitable<void> TokenChecks::ask(Lane& lane) {
    const std::string server = lane.settings().server;
    const std::pair key{server, lane.token_mark()};
    std::optional<Reply> known;
    if (const auto answer = answers_.find(key); answer != answers_.end())
        if (clock_.mono() - answer->second.second < remembered)
            known = answer->second.first;
    asked_ = &lane;
    const std::optional<Reply> answer = co_await lane.check_token(std::move(known));
    asked_ = nullptr;
    if (on_asked)
        on_asked();
    std::erase_if(answers_,
                  [&](const auto& entry) { return clock_.mono() - entry.second.second >= remembered; });
    if (!answer)
        quiet_[server] = clock_.now() + let_be;
    else if (answer->verdict == Verdict::alive)
        answers_[key] = {*answer, clock_.mono()};
}

asio::awaitable<void> TokenChecks::ask_first(std::set<std::string> accounts) {
    for (Lane* const lane : lanes_) {
        if (!stopping_ && accounts.contains(lane->settings().name) && lane->token_check() &&
            !lane->knows_scopes() && !quiet_.contains(lane->settings().server))
            co_await ask(*lane);
    }
}

asio::awaitable<void> TokenChecks::run() {
    while (!stopping_) {
        const Next asked = next();
        if (asked.lane == nullptr)
            co_await alarm_->wait();
        else if (asked.when > clock_.now())
            co_await alarm_->wait_until(asked.when);
        else
            co_await ask(*asked.lane);
    }
}

} // namespace crier::engine
