#include "core/clock_check.hpp"

#include <algorithm>
#include <utility>

namespace crier {
namespace {

/// A server's Date has no more.
std::string to_the_second(Instant when) {
    return to_rfc3339(std::chrono::floor<std::chrono::seconds>(when));
}

bool near(Duration difference) {
    return difference <= ClockCheck::apart && difference >= -ClockCheck::apart;
}

} // namespace

void ClockCheck::begin(Instant now, Instant last_alive) {
    behind_.clear();
    if (last_alive != Instant{} && now <= last_alive - behind)
        behind_ = "the clock says " + to_the_second(now) + ", and crier was alive at " +
                  to_the_second(last_alive) + ": is it right?";
}

bool ClockCheck::heard(const std::string& name, Instant date, Instant now) {
    Server& server = servers_[name];
    server.ahead = date - now;
    if (near(server.ahead))
        server.excused = Duration::zero(); // whoever was wrong is right now
    std::string why;
    if (!near(server.ahead - server.excused))
        why = "the clock says " + to_the_second(now) + ", and the server's is " + to_the_second(date);
    bool changed = why.empty() != server.why.empty();
    // The first reason stays: with each look the times would be others.
    if (changed)
        server.why = std::move(why);
    if (server.why.empty() && in_doubt()) {
        behind_.clear();
        changed = true;
    }
    return changed;
}

void ClockCheck::confirm() {
    behind_.clear();
    for (auto& [name, server] : servers_) {
        if (!server.why.empty())
            server.excused = server.ahead;
        server.why.clear();
    }
}

bool ClockCheck::agreed() const noexcept {
    return !in_doubt() && !servers_.empty() &&
           std::all_of(servers_.begin(), servers_.end(),
                       [](const auto& one) { return one.second.why.empty(); });
}

const std::string& ClockCheck::trouble(std::string_view name) const {
    const auto server = servers_.find(name);
    if (server != servers_.end() && !server->second.why.empty())
        return server->second.why;
    return behind_;
}

} // namespace crier
