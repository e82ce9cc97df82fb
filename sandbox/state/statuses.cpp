#include "sandbox/state/statuses.hpp"

#include <algorithm>
#include <utility>

namespace crier::sandbox {

namespace {

constexpr std::chrono::minutes least_ahead{5};
constexpr std::size_t most_scheduled = 300;
constexpr std::size_t most_a_day = 25;

} // namespace

Status& Statuses::add(Status status) {
    by_id_.emplace(status.id, all_.size());
    ++counts_[status.account];
    all_.push_back(std::move(status));
    return all_.back();
}

void Statuses::remove(Status& status) {
    if (!status.deleted)
        --counts_[status.account];
    status.deleted = true;
}

std::size_t Statuses::count_of(const std::string& account) const {
    const auto found = counts_.find(account);
    return found == counts_.end() ? 0 : found->second;
}

Status* Statuses::find(const std::string& id) {
    const auto found = by_id_.find(id);
    return found == by_id_.end() || all_[found->second].deleted ? nullptr : &all_[found->second];
}

const Status* Statuses::find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() || all_[found->second].deleted ? nullptr : &all_[found->second];
}

Scheduled& Statuses::schedule(Scheduled scheduled) {
    std::string id = scheduled.id;
    return scheduled_.insert_or_assign(std::move(id), std::move(scheduled)).first->second;
}

Scheduled* Statuses::find_scheduled(const std::string& id) {
    const auto found = scheduled_.find(id);
    return found == scheduled_.end() ? nullptr : &found->second;
}

std::vector<Scheduled> Statuses::take_due(Time now) {
    std::vector<Scheduled> due;
    for (auto one = scheduled_.begin(); one != scheduled_.end();) {
        if (one->second.at > now) {
            ++one;
            continue;
        }
        due.push_back(std::move(one->second));
        one = scheduled_.erase(one);
    }
    std::stable_sort(due.begin(), due.end(),
                     [](const Scheduled& a, const Scheduled& b) { return a.at < b.at; });
    return due;
}

void Statuses::clear() {
    all_.clear();
    by_id_.clear();
    counts_.clear();
    scheduled_.clear();
}

ScheduleVerdict judge_schedule(const std::map<std::string, Scheduled>& waiting, const std::string& account,
                               Time at, Time now) {
    if (at <= now)
        return ScheduleVerdict::now;
    if (at <= now + least_ahead)
        return ScheduleVerdict::too_soon;
    std::size_t total = 0;
    std::size_t same_day = 0;
    for (const auto& [id, one] : waiting) {
        if (one.account != account)
            continue;
        ++total;
        same_day += std::chrono::floor<std::chrono::days>(one.at) == std::chrono::floor<std::chrono::days>(at)
                        ? 1U
                        : 0U;
    }
    if (total >= most_scheduled)
        return ScheduleVerdict::over_total;
    return same_day >= most_a_day ? ScheduleVerdict::over_day : ScheduleVerdict::ok;
}

bool visible(const Status& status, Viewer viewer) {
    if (status.deleted || viewer == Viewer::author)
        return !status.deleted;
    const std::string& how = status.visibility;
    if (how == "local" || status.local_only)
        return viewer != Viewer::anyone && how != "private" && how != "direct";
    return how == "public" || how == "unlisted";
}

bool quotable(const Status& status, Viewer viewer) {
    if (viewer == Viewer::author)
        return !status.deleted;
    const bool open = status.visibility == "public" || status.visibility == "unlisted";
    return visible(status, viewer) && open &&
           (status.quote_policy.empty() || status.quote_policy == "public");
}

} // namespace crier::sandbox
