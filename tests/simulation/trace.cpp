#include "simulation/trace.hpp"

namespace crier::sim {

void Trace::say(std::string_view who, const std::string& what) {
    if (!wanted_)
        return;
    std::string line = to_rfc3339(time_.world());
    if (time_.set_by() != Duration::zero())
        line += " (wall " + to_rfc3339(time_.now()) + ")";
    lines_.push_back(line + "  " + std::string{who} + ": " + what);
}

void Trace::write(LogLevel level, std::string_view event, std::string_view message,
                  std::initializer_list<LogField>) {
    if (wanted_ && level != LogLevel::debug)
        say("crier", std::string{event} + ": " + std::string{message});
}

} // namespace crier::sim
