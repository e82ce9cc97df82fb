#include "core/day_tally.hpp"

#include <algorithm>
#include <utility>

namespace crier {

namespace {

/// Nearest rank; puts the list into another order.
Duration percentile(std::vector<Duration>& list, std::size_t percent) {
    if (list.empty())
        return Duration::zero();
    const std::size_t rank = (list.size() * percent + 99) / 100;
    const auto place = list.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
    std::nth_element(list.begin(), place, list.end());
    return *place;
}

bool is_later(const LatePost& a, const LatePost& b) {
    return std::pair{b.late, a.id} < std::pair{a.late, b.id};
}

} // namespace

DayTally::DayTally(std::vector<Instant> days)
    : days_(std::move(days)) {
    counted_.days.resize(days_.empty() ? 0 : days_.size() - 1);
}

DayCount* DayTally::day_of(Instant at) {
    const auto next = std::upper_bound(days_.begin(), days_.end(), at);
    if (next == days_.begin() || next == days_.end())
        return nullptr;
    return &counted_.days[static_cast<std::size_t>(next - days_.begin()) - 1];
}

void DayTally::published(PostId id, std::string_view account, Instant due, Instant at) {
    DayCount* day = day_of(at);
    if (day == nullptr)
        return;
    ++day->published;
    const auto known = day->by_account.find(account);
    if (known == day->by_account.end())
        day->by_account.emplace(std::string{account}, 1);
    else
        ++known->second;
    // What has a head start may leave a moment before it is due.
    const Duration late = std::max(Duration::zero(), Duration{at - due});
    late_.push_back(late);
    std::vector<LatePost>& worst = counted_.lateness.worst;
    if (late == Duration::zero() || (worst.size() == most_worst && late <= worst.back().late))
        return;
    LatePost post{id, std::string{account}, due, late};
    worst.insert(std::upper_bound(worst.begin(), worst.end(), post, is_later), std::move(post));
    if (worst.size() > most_worst)
        worst.pop_back();
}

void DayTally::failed(Instant at) {
    if (DayCount* day = day_of(at))
        ++day->failed;
}

Counted DayTally::finish() {
    Lateness& lateness = counted_.lateness;
    lateness.count = late_.size();
    lateness.p50 = percentile(late_, 50);
    lateness.p90 = percentile(late_, 90);
    lateness.p99 = percentile(late_, 99);
    lateness.most = late_.empty() ? Duration::zero() : *std::max_element(late_.begin(), late_.end());
    return std::move(counted_);
}

} // namespace crier
