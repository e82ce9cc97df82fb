#include "simulation/trace.hpp"

#include <utility>

namespace crier::sim {

void Trace::add(std::string_view who, std::string_view what) {
    std::string line = to_rfc3339(time_.world());
    if (time_.set_by() != Duration::zero())
        line += " (wall " + to_rfc3339(time_.now()) + ")";
    line += "  ";
    line += who;
    line += ": ";
    line += what;
    lines_.push_back(std::move(line));
}

void Trace::write(LogLevel level, std::string_view event, std::string_view message,
                  std::initializer_list<LogField>) {
    if (takes(level))
        say("crier", event, ": ", message);
}

} // namespace crier::sim
