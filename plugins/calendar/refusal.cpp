#include "calendar/refusal.hpp"

#include "kit/ascii.hpp"
#include "kit/text.hpp"

namespace crier::calendar {

std::string why_no_calendar(std::string_view bytes) {
    const std::string_view text = kit::trimmed(bytes);
    const std::string begin = kit::capitals(text.substr(0, 1000));
    if (text.empty())
        return "this is no calendar: it is empty";
    if (text.front() == '<' && begin.find("<HTML") != std::string::npos)
        return "this is no calendar: it is a web page; url must be the address of the .ics file itself, "
               "which "
               "such a page often has behind \"subscribe\" or \"iCal\"";
    if (text.front() == '<')
        return "this is no calendar: it is XML; ask for the calendar as an .ics file";
    if (text.front() == '{' || text.front() == '[')
        return "this is no calendar: it is JSON; ask for the calendar as an .ics file";
    return "this is no calendar: there is no BEGIN:VCALENDAR in it; url must be the address of an .ics file";
}

} // namespace crier::calendar
