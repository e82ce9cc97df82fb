#include "support/model_limits.hpp"

#include <algorithm>

namespace crier::test {

using namespace std::chrono_literals;

namespace {

bool counts(const ModelLimits::Limit& limit, const std::string& call) {
    return limit.calls.find(call) != std::string::npos;
}

} // namespace

std::vector<ModelLimits::Limit> ModelLimits::mastodon() {
    return {
        {"token", 300, 5min, "publish upload state probe remove pin", false, false},
        {"user", 1500, 5min, "publish upload state probe remove pin", false, false},
        {"media", 30, 30min, "upload", false, false},
        {"statuses", 300, 3h, "publish", false, true},
        {"anonymous", 300, 5min, "profile", true, false},
        {"deletes", 30, 30min, "remove", false, false},
    };
}

std::vector<ModelLimits::Limit> ModelLimits::gotosocial() {
    return {{"address", 300, 5min, "publish upload state probe remove pin profile", true, false}};
}

std::int64_t ModelLimits::window(const Limit& limit, Instant ours) const {
    return (ours + ahead).time_since_epoch() / limit.window;
}

ModelLimits::Count& ModelLimits::count(const Limit& limit, const std::string& token, Instant ours) {
    Count& count = counts_[key(limit, token)];
    if (count.window != window(limit, ours)) {
        count.window = window(limit, ours);
        count.used = 0;
    }
    return count;
}

int ModelLimits::used(const Limit& limit, const std::string& token, Instant ours) const {
    const auto count = counts_.find(key(limit, token));
    return count != counts_.end() && count->second.window == window(limit, ours) ? count->second.used : 0;
}

bool ModelLimits::admit(const std::string& call, const std::string& token, Instant ours, bool replay) {
    bool good = true;
    for (const Limit& limit : limits) {
        if (!counts(limit, call) || (replay && limit.successes))
            continue;
        Count& known = count(limit, token, ours);
        if (!limit.successes)
            ++known.used;
        if (limit.successes ? known.used >= limit.most : known.used > limit.most) {
            good = false;
            ++refusals[limit.name];
        }
    }
    refused += good ? 0U : 1U;
    return good;
}

void ModelLimits::succeeded(const std::string& call, const std::string& token, Instant ours) {
    for (const Limit& limit : limits)
        if (limit.successes && counts(limit, call))
            ++count(limit, token, ours).used;
}

void ModelLimits::write_headers(Reply& reply, const std::string& call, const std::string& token,
                                Instant ours) const {
    const Limit* nearest = nullptr;
    int left = 0;
    for (const Limit& limit : limits) {
        if (!counts(limit, call))
            continue;
        const int rest = std::max(limit.most - used(limit, token, ours), 0);
        if (nearest == nullptr || rest < left || (rest == left && limit.successes)) {
            nearest = &limit;
            left = rest;
        }
    }
    if (nearest == nullptr)
        return;
    const Instant date = std::chrono::floor<std::chrono::seconds>(ours + ahead);
    const Instant reset{nearest->window * (window(*nearest, ours) + 1)};
    reply.server_date = date;
    reply.rate.limit = nearest->most;
    reply.rate.remaining = left;
    reply.rate.reset = ours + (reset - date) + 1s;
}

} // namespace crier::test
