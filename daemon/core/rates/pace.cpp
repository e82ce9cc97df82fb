#include "core/rates/pace.hpp"

#include "core/rates/quiet.hpp"

#include <algorithm>

namespace crier::rates {
namespace {

using std::chrono::hours;

/// Longer lists are kept by the minute.
constexpr std::size_t exact = 128;

} // namespace

/// A clock that was ahead once must not silence an account for years: what lies ahead is taken as now.
int Pace::count(Instant since, Instant now) const {
    int sum = 0;
    for (const Leave& leave : leaves_)
        if (std::min(leave.when, now) > since)
            sum += leave.posts;
    return sum;
}

Instant Pace::free_again(int limit, Duration window, Instant now) const {
    int posts = count(now - window, now);
    for (const Leave& leave : leaves_) {
        if (posts < limit)
            break;
        if (leave.when + window <= now)
            continue;
        posts -= leave.posts;
        if (posts < limit)
            return std::min(leave.when, now) + window;
    }
    return posts < limit ? now : now + window;
}

Turn Pace::earliest(const Limits& limits, bool scheduled, Instant now) const {
    Turn turn;
    turn.when = now;
    if (!leaves_.empty())
        turn.add(std::min(leaves_.back().when, now) + limits.min_gap,
                 "`min_gap: " + to_text(limits.min_gap) + "` since the last post");
    if (!scheduled && limits.per_hour)
        turn.add(free_again(*limits.per_hour, hours{1}, now),
                 "`per_hour: " + std::to_string(*limits.per_hour) + "` is used up");
    if (!scheduled && limits.per_day)
        turn.add(free_again(*limits.per_day, hours{24}, now),
                 "`per_day: " + std::to_string(*limits.per_day) + "` is used up");
    if (const Instant awake = after_quiet(limits.quiet, turn.when); awake > turn.when)
        turn.add(awake, limits.quiet.blackout.empty() ? "quiet hours" : "quiet time");
    return turn;
}

void Pace::leave(const Limits& limits, bool scheduled, Instant now) {
    tidy(limits, now);
    leaves_.push_back({now, scheduled ? 0 : 1});
}

void Pace::left(Instant now) {
    if (!leaves_.empty())
        leaves_.back().when = std::max(leaves_.back().when, now);
}

void Pace::take_back() {
    if (!leaves_.empty())
        leaves_.pop_back();
}

void Pace::tidy(const Limits& limits, Instant now) {
    Instant oldest = now;
    if (limits.per_hour)
        oldest = now - hours{1} - std::chrono::minutes{1};
    if (limits.per_day)
        oldest = now - hours{24} - std::chrono::minutes{1};
    for (Leave& leave : leaves_)
        leave.when = std::min(leave.when, now);
    // The last two stay for the gap, also when the last one is taken back.
    if (leaves_.size() > 2)
        leaves_.erase(
            std::remove_if(leaves_.begin(), leaves_.end() - 2,
                           [oldest](const Leave& leave) { return leave.posts == 0 || leave.when <= oldest; }),
            leaves_.end() - 2);
    if (leaves_.size() <= exact)
        return;
    std::vector<Leave> coarse;
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        Leave leave = leaves_[i];
        if (i + exact / 2 < leaves_.size()) // to the minute's end: never too early
            leave.when = std::min<Instant>(std::chrono::ceil<std::chrono::minutes>(leave.when), now);
        if (!coarse.empty() && coarse.back().when == leave.when)
            coarse.back().posts += leave.posts;
        else
            coarse.push_back(leave);
    }
    leaves_ = std::move(coarse);
}

std::vector<BucketView> Pace::views(const Limits& limits, Instant now) const {
    std::vector<BucketView> views;
    const auto add = [&](const char* name, std::optional<int> limit, Duration window) {
        if (!limit)
            return;
        BucketView view;
        view.bucket = name;
        view.limit = *limit;
        view.remaining = std::max(*limit - count(now - window, now), 0);
        if (view.remaining < *limit)
            view.reset = free_again(std::max(*limit - view.remaining, 1), window, now);
        views.push_back(std::move(view));
    };
    add("per_hour", limits.per_hour, hours{1});
    add("per_day", limits.per_day, hours{24});
    return views;
}

} // namespace crier::rates
