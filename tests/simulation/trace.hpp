#pragma once

#include "ports/log.hpp"
#include "simulation/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crier::sim {

/// What happened, for people, when somebody wants to read it; else nothing is kept.
class Trace final : public Log {
public:
    Trace(const Time& time, bool wanted)
        : time_(time)
        , wanted_(wanted) {}

    [[nodiscard]] bool wanted() const noexcept { return wanted_; }

    /// A line of the world's, put together where it is wanted: `who` is a server's name, or "plan".
    template <class... Parts>
    void say(std::string_view who, const Parts&... parts) {
        if (!wanted_)
            return;
        std::string what;
        ((what += parts), ...);
        add(who, what);
    }

    /// The engine's own log.
    [[nodiscard]] bool takes(LogLevel level) const noexcept override {
        return wanted_ && level != LogLevel::debug;
    }
    void write(LogLevel level, std::string_view event, std::string_view message,
               std::initializer_list<LogField> fields) override;

    [[nodiscard]] const std::vector<std::string>& lines() const noexcept { return lines_; }

private:
    void add(std::string_view who, std::string_view what);

    const Time& time_;
    bool wanted_;
    std::vector<std::string> lines_;
};

} // namespace crier::sim
