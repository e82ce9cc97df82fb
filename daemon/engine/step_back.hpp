#pragma once

#include "ports/clock.hpp"
#include "ports/log.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

/// What a wall clock that stood in the future has left in the outbox, once it is right again. The schedule,
/// the sources and the accounts look after their own moments.
namespace crier::engine {

/// Notices that the wall clock was set, by the one that is never set.
class StepWatch {
public:
    explicit StepWatch(const Clock& clock)
        : clock_(clock)
        , offset_(offset()) {}

    /// By how much it was set back since it was last asked; zero: it was not, or by no more than clocks are
    /// put right by in passing.
    [[nodiscard]] Duration set_back();

private:
    [[nodiscard]] Duration offset() const {
        return clock_.now().time_since_epoch() - clock_.mono().time_since_epoch();
    }

    const Clock& clock_;
    Duration offset_;
};

/// Posts of an account (empty: of all that are not elsewhere) whose next step was reckoned on a clock that
/// stood in the future. What was to leave at once then leaves at once now; what was tried and waits for its
/// next try does not wait for that time to come. Moments of the schedule stay what they are.
///
/// Errors: the store's; what was written before stands, and a repeat goes on with the rest.
[[nodiscard]] boost::asio::awaitable<Result<>> heed_step_back(const Settings& settings, Store& store,
                                                              Clock& clock, Log& log, std::string account);

} // namespace crier::engine
