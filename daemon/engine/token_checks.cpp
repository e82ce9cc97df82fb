#include "engine/token_checks.hpp"

#include "engine/lane.hpp"

#include <algorithm>
#include <utility>

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
    lane.on_token = [this, &lane] { heed(lane); };
}

void TokenChecks::heed(Lane& lane) {
    if (!lane.token_check())
        return;
    const auto [known, fresh] = listed_.try_emplace(&lane, later_.end());
    if (!fresh && known->second == later_.end())
        return;
    if (!fresh) // it may be another token's turn
        later_.erase(std::exchange(known->second, later_.end()));
    wanting_.push_back(&lane);
    alarm_->ring();
}

void TokenChecks::stop() {
    stopping_ = true;
    alarm_->ring();
}

void TokenChecks::remove(const Lane& lane) {
    std::erase(lanes_, &lane);
    std::erase(wanting_, &lane);
    if (const auto known = listed_.find(&lane); known != listed_.end()) {
        if (known->second != later_.end())
            later_.erase(known->second);
        listed_.erase(known);
    }
}

void TokenChecks::wake_those_due() {
    const Instant now = clock_.now();
    while (!later_.empty() && later_.begin()->first <= now) {
        Lane* const lane = later_.begin()->second;
        later_.erase(later_.begin());
        listed_[lane] = later_.end();
        wanting_.push_back(lane);
    }
}

/// Null: there is none to be asked about now.
Lane* TokenChecks::next() {
    wake_those_due();
    const Instant now = clock_.now();
    while (!wanting_.empty()) {
        Lane* const lane = wanting_.front();
        wanting_.pop_front();
        std::optional<Instant> when = lane->token_check();
        if (when)
            if (const auto quiet = quiet_.find(lane->settings().server); quiet != quiet_.end())
                when = std::max(*when, quiet->second);
        if (when && *when > now) {
            listed_[lane] = later_.emplace(*when, lane);
            continue;
        }
        listed_.erase(lane);
        if (when && lane->idle() && lane->profile_known())
            return lane;
    }
    return nullptr;
}

/// They are looked through seldom: with a token for each account there are as many.
void TokenChecks::forget_old_answers() {
    const Mono now = clock_.mono();
    if (answers_.empty() || now - swept_ < remembered)
        return;
    swept_ = now;
    std::erase_if(answers_, [now](const auto& entry) { return now - entry.second.second >= remembered; });
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
    heed(lane); // it may not have answered
    if (on_asked)
        on_asked();
    forget_old_answers();
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
        if (Lane* const lane = next()) {
            co_await ask(*lane);
            continue;
        }
        if (later_.empty())
            co_await alarm_->wait();
        else
            co_await alarm_->wait_until(later_.begin()->first);
    }
}

} // namespace crier::engine
