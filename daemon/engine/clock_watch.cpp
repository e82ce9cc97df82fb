#include "engine/clock_watch.hpp"

namespace crier::engine {

void ClockWatch::begin(Instant last_alive) {
    check_.begin(clock_.now(), last_alive);
    if (check_.in_doubt())
        log_.error("clock.in_doubt",
                   check_.trouble({}) +
                       " Nothing is sent before a server agrees with it, or `crier resume` says that it is");
}

void ClockWatch::heard(const std::string& server, const std::optional<Instant>& date) {
    if (!date || !check_.heard(server, *date, clock_.now()))
        return;
    const std::string trouble = check_.trouble(server);
    if (trouble.empty())
        log_.info("clock.right", "the clock agrees with " + server, {{"server", server}});
    else
        log_.error("clock.wrong",
                   server + ": " + trouble +
                       ". Nothing is sent there until they agree; set the clock (`timedatectl`), or `crier "
                       "resume` when the server's is wrong",
                   {{"server", server}});
    if (on_change)
        on_change();
}

Duration ClockWatch::until_asked(const std::string& server) {
    const Mono now = clock_.mono();
    const auto [asked, fresh] = asked_.try_emplace(server, now);
    if (!fresh && now - asked->second < look)
        return look - (now - asked->second);
    asked->second = now;
    return Duration::zero();
}

void ClockWatch::confirm() {
    check_.confirm();
    if (on_change)
        on_change();
}

} // namespace crier::engine
