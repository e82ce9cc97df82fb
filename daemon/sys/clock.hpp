#pragma once

#include "ports/clock.hpp"
#include "sys/environment.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>

namespace crier::sys {

/// The machine's clocks: CLOCK_REALTIME for the wall, CLOCK_BOOTTIME (which counts while the machine sleeps)
/// for the monotonic one. All waits share two timerfds, armed for the earliest of them and disarmed when
/// there is none. A step of the wall clock and the end of a suspend are noticed at once.
/// `boot`: what Clock::boot() says.
[[nodiscard]] std::unique_ptr<Clock> make_system_clock(boost::asio::any_io_executor executor,
                                                       std::int64_t boot);

/// A number for this boot of the machine, from the kernel's boot id; 0 when that cannot be had. A service
/// that may not see /proc/sys is told it by the service manager, in CRIER_BOOT_ID.
[[nodiscard]] std::int64_t boot_of_machine(const Environment& environment);

} // namespace crier::sys
