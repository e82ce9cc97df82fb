#include "kit/loose.hpp"
#include "kit/text.hpp"

#include <algorithm>

namespace crier::kit {
namespace {

constexpr std::size_t date_size = 10; // 2026-11-24

/// "Z", "+01:00" of what people write.
std::string zone_of(std::string_view text) {
    const std::string zone = lowered(text);
    if (zone.empty() || zone == "utc" || zone == "gmt")
        return "Z";
    if ((zone.front() == '+' || zone.front() == '-') && zone.size() == 5)
        return zone.substr(0, 3) + ":" + zone.substr(3);
    return std::string{text};
}

} // namespace

std::string loosened_time(std::string_view text) {
    if (text.size() < date_size)
        return std::string{text};
    std::string_view rest = text.substr(date_size);
    if (!rest.empty() && (rest.front() == 'T' || rest.front() == 't' || rest.front() == ' '))
        rest.remove_prefix(1);
    else if (!rest.empty())
        return std::string{text};
    rest = trimmed(rest);
    const std::size_t end = std::min(rest.find_first_not_of("0123456789:."), rest.size());
    std::string time{rest.substr(0, end)};
    if (time.empty())
        time = "00:00";
    if (time.size() == 4 && time[1] == ':') // 9:00
        time.insert(0, 1, '0');
    if (time.size() == 5)
        time += ":00";
    return std::string{text.substr(0, date_size)} + "T" + time + zone_of(trimmed(rest.substr(end)));
}

} // namespace crier::kit
