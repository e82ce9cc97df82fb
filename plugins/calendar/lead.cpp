#include "calendar/lead.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace crier::calendar {
namespace {

using namespace std::chrono;

constexpr days longest_lead{366};
constexpr int most_number = 1'000'000;

/// "30m" from the front of the text.
bool take_lead_part(std::string_view& text, Span& span) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (error != std::errc{} || number < 0 || number > most_number || text.empty())
        return false;
    const char unit = text.front();
    text.remove_prefix(1);
    if (unit == 'w')
        span.days += days{7 * number};
    else if (unit == 'd')
        span.days += days{number};
    else if (unit == 'h')
        span.rest += hours{number};
    else if (unit == 'm')
        span.rest += minutes{number};
    else
        return false;
    return span.days + span.rest <= longest_lead;
}

} // namespace

std::string Lead::text() const {
    std::string out;
    const auto add = [&](auto value, char unit) {
        if (value.count() != 0)
            out += std::to_string(std::abs(value.count())) + unit;
    };
    add(span.days, 'd');
    add(duration_cast<hours>(span.rest), 'h');
    add(duration_cast<minutes>(span.rest % hours{1}), 'm');
    if (out.empty())
        return "0";
    return is_after() ? "-" + out : out;
}

std::optional<Lead> read_lead(std::string_view text) {
    if (text == "0" || text == "-0")
        return Lead{};
    const bool after = text.substr(0, 1) == "-";
    if (after || text.substr(0, 1) == "+")
        text.remove_prefix(1);
    if (text.empty() || !kit::is_digit(text.front()))
        return std::nullopt;
    Span span;
    while (!text.empty())
        if (!kit::is_digit(text.front()) || !take_lead_part(text, span))
            return std::nullopt;
    return Lead{after ? Span{-span.days, -span.rest} : span};
}

} // namespace crier::calendar
