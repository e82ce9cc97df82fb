#include "core/delivery/unknown_status.hpp"

#include "core/delivery/evidence.hpp"

#include <algorithm>

namespace crier::delivery {

std::vector<const SeenStatus*> unknown_statuses(const Timeline& page, Instant last_alive,
                                                const std::set<std::string>& ours,
                                                const DeliveryTuning& tuning) {
    const Instant since = last_alive + tuning.timeout + tuning.quiet + clock_tolerance;
    std::vector<const SeenStatus*> unknown;
    for (const SeenStatus& status : page.statuses)
        if (!status.boost && status.created && ours.count(status.id) == 0 &&
            *status.created - page.ahead.value_or(Duration::zero()) > since)
            unknown.push_back(&status);
    return unknown;
}

const SeenStatus* telling(const std::vector<const SeenStatus*>& unknown, const std::string& application,
                          const std::vector<Post>& posts) {
    for (const SeenStatus* status : unknown) {
        bool tried = false;
        bool untried = false;
        for (const Post& post : posts)
            if (same_words(post.content, *status))
                (post.attempts > 0 ? tried : untried) = true;
        const bool by_us = !application.empty() && status->application == application;
        if (!tried && (by_us || untried))
            return status;
    }
    return nullptr;
}

} // namespace crier::delivery
