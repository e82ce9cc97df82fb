#pragma once

#include "core/settings.hpp"
#include "ports/command_runner.hpp"
#include "ports/source.hpp"
#include "simulation/random.hpp"
#include "simulation/time.hpp"
#include "simulation/trace.hpp"

#include <memory>
#include <string>
#include <vector>

namespace crier::sim {

/// What the world answers to entries that ask it before they post: programs that say yes or no, a command
/// that yields an item, a source to draw from. All of them take their time, and fail now and then.
///
/// What a condition says of an occurrence is always the same, so that the judge knows it; what goes wrong,
/// and when there was nothing to be had, is noted.
class Errands final : public CommandRunner {
public:
    Errands(Time& time, Trace& trace, std::uint64_t seed);

    /// Conditions.
    boost::asio::awaitable<Result<ProgramEnd>> run(ProgramRun program) override;
    /// Does the condition of an occurrence say yes?
    [[nodiscard]] static bool is_open(Instant due);

    /// What `draw` draws from, or the command of `run`.
    [[nodiscard]] std::unique_ptr<Source> source(const SourceSettings& settings);

    struct Span {
        Instant from{};
        Instant to{};
    };
    /// When something of it failed, with the time until it is tried again.
    [[nodiscard]] const std::vector<Span>& troubles() const noexcept { return troubles_; }
    /// When somebody asked and there was nothing.
    [[nodiscard]] const std::vector<Instant>& found_empty() const noexcept { return found_empty_; }

    /// Those that the hat has all the time, oldest first; what else is in it comes and goes.
    [[nodiscard]] static const std::vector<std::string>& always_there();

private:
    friend class HatSource;
    friend class CommandSource;

    struct Guest {
        std::string name;
        Span here;
    };
    [[nodiscard]] Duration pace();
    [[nodiscard]] bool within(const std::vector<Span>& spans) const;
    [[nodiscard]] std::vector<std::string> in_the_hat() const; ///< newest first
    Failure fails(Instant since, const char* what);

    Time& time_;
    Trace& trace_;
    Dice dice_;
    std::vector<Span> away_; ///< the hat cannot be read
    std::vector<Span> bare_; ///< it is empty, and the command yields nothing
    std::vector<Guest> guests_;
    std::vector<Span> troubles_;
    std::vector<Instant> found_empty_;
    std::uint64_t yields_ = 0;
};

} // namespace crier::sim
