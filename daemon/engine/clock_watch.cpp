#include "engine/clock_watch.hpp"

namespace crier::engine {

void ClockWatch::begin(Instant last_alive) {
    check_.begin(clock_.now(), last_alive);
    if (check_.in_doubt())
        log_.error("clock.in_doubt",
                   check_.trouble({}) +
                       " Nothing is sent before a server agrees with it, or `crier resume` says that it is");
}

void ClockWatch::heard(const std::string& account, const std::optional<Instant>& date) {
    if (!date || !check_.heard(account, *date, clock_.now()))
        return;
    const std::string trouble = check_.trouble(account);
    if (trouble.empty())
        log_.info("clock.right", "the clock agrees with the server of " + account, {{"account", account}});
    else
        log_.error("clock.wrong",
                   account + ": " + trouble +
                       ". Nothing is sent until they agree; set the clock (`timedatectl`), or `crier resume` "
                       "when the server's is wrong",
                   {{"account", account}});
    if (on_change)
        on_change();
}

void ClockWatch::confirm() {
    check_.confirm();
    if (on_change)
        on_change();
}

} // namespace crier::engine
