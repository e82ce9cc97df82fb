#include "config/quiet.hpp"

#include "config/days.hpp"

#include <utility>

namespace crier::config {
namespace {

QuietHours read_hours(Scope& scope, const Given<QuietDraft>& said, const std::string& timezone,
                      const Path& path) {
    const QuietDraft& quiet = said.value;
    QuietHours hours;
    hours.from = quiet.from.value;
    hours.to = quiet.to.value;
    hours.timezone = quiet.timezone ? std::string{quiet.timezone.value} : timezone;
    if (quiet.timezone && !quiet.timezone.value.empty())
        (void)scope.zone(quiet.timezone, Path{&path, "timezone"});
    // What could not be read has been told of, and is midnight here.
    const bool midnight = hours.from == std::chrono::minutes{};
    if (quiet.from && quiet.to && hours.from == hours.to && !(midnight && quiet.from.at.text() != "00:00"))
        scope.problems().error(path, said.at, "the quiet hours end when they begin",
                               "leave them out, or set the account's mode to hold");
    return hours;
}

} // namespace

QuietTimes read_quiet(Scope& scope, const Given<QuietDraft>& hours, const GivenNode& blackout,
                      const std::string& timezone, const Path& path) {
    QuietTimes quiet;
    quiet.timezone = timezone;
    if (hours) {
        quiet.hours = read_hours(scope, hours, timezone, Path{&path, "quiet"});
        quiet.timezone = quiet.hours->timezone;
    }
    if (blackout && blackout.value)
        quiet.blackout = read_dates(scope, blackout.value, Path{&path, "blackout"});
    return quiet;
}

} // namespace crier::config
