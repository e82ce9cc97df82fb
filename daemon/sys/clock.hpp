#pragma once

#include "ports/clock.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace crier::sys {

/// The machine's clocks: CLOCK_REALTIME for the wall, CLOCK_BOOTTIME (which counts while the machine sleeps)
/// for the monotonic one. All waits share two timerfds, armed for the earliest of them and disarmed when
/// there is none. A step of the wall clock and the end of a suspend are noticed at once.
[[nodiscard]] std::unique_ptr<Clock> make_system_clock(boost::asio::any_io_executor executor);

} // namespace crier::sys
