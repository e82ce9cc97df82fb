#include "core/schedule/rrule/instances.hpp"

#include <algorithm>
#include <numeric>

namespace crier::schedule {

std::chrono::seconds DayTimes::operator[](std::size_t i) const {
    const std::size_t minute = i / seconds.size();
    return std::chrono::hours{hours[minute / minutes.size()]} +
           std::chrono::minutes{minutes[minute % minutes.size()]} +
           std::chrono::seconds{seconds[i % seconds.size()]};
}

LocalTime Instances::operator[](int i) const {
    const auto index = static_cast<std::size_t>(i);
    return days[index / times.size()] + times[index % times.size()];
}

std::optional<LocalTime> Instances::at_or_after(LocalTime from) const {
    const auto size = static_cast<int>(days.size() * times.size()); // at most a year's seconds
    int first = 0;
    for (int end = size; first < end;) {
        const int middle = std::midpoint(first, end);
        if ((*this)[middle] < from)
            first = middle + 1;
        else
            end = middle;
    }
    int found = positions.empty() ? first : size;
    for (const int position : positions)
        if (const int i = position > 0 ? position - 1 : size + position; i >= first)
            found = std::min(found, i);
    return found == size ? std::nullopt : std::optional{(*this)[found]};
}

} // namespace crier::schedule
