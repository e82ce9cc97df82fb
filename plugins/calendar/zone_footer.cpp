#include "calendar/zone_footer.hpp"

#include <algorithm>
#include <optional>

namespace crier::calendar {
namespace {

using namespace std::chrono;

/// Takes the line apart from the left (POSIX, TZ); what does not suit makes it bad for good.
class FooterScan {
public:
    explicit FooterScan(std::string_view text)
        : rest_(text) {}

    bool sign(char c) {
        const bool found = !rest_.empty() && rest_.front() == c;
        if (found)
            rest_.remove_prefix(1);
        return found;
    }
    void name() {
        const std::size_t size =
            sign('<') ? std::min(rest_.find('>'), rest_.size()) + 1 : rest_.find_first_of("+-,0123456789");
        rest_.remove_prefix(std::min(size, rest_.size()));
    }
    int number() {
        const std::size_t size = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
        good_ = good_ && size > 0 && size < 4;
        int value = 0;
        for (const char c : rest_.substr(0, good_ ? size : 0))
            value = value * 10 + (c - '0');
        rest_.remove_prefix(size);
        return value;
    }
    seconds time() {
        const bool back = sign('-');
        if (!back)
            (void)sign('+');
        seconds value = hours{number()};
        if (sign(':'))
            value += minutes{number()};
        if (sign(':'))
            value += seconds{number()};
        return back ? -value : value;
    }
    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

private:
    std::string_view rest_;
    bool good_ = true;
};

/// A day of each year, and the time of that day.
struct YearlyTime {
    explicit YearlyTime(FooterScan& scan) {
        if (scan.sign('M')) {
            month_number = scan.number();
            (void)scan.sign('.');
            week = scan.number();
            (void)scan.sign('.');
        } else {
            leap_day = !scan.sign('J');
        }
        day = scan.number();
        if (scan.sign('/'))
            time = scan.time();
    }

    [[nodiscard]] bool good() const {
        return month_number == 0 ? day <= 366 : month_number <= 12 && week >= 1 && week <= 5 && day <= 6;
    }

    [[nodiscard]] Wall in(year of) const {
        if (month_number == 0) {
            // "Jn" passes over 29 February and counts from 1, "n" counts it and from 0.
            const local_days first{of / 1 / 1};
            const bool after_it = !leap_day && of.is_leap() && day >= 60;
            return first + days{leap_day ? day : day - 1 + (after_it ? 1 : 0)} + time;
        }
        const year_month month = of / static_cast<int>(month_number);
        const weekday wanted{static_cast<unsigned>(day)};
        return (week == 5 ? local_days{month / wanted[last]}
                          : local_days{month / wanted[static_cast<unsigned>(week)]}) +
               time;
    }

    int month_number = 0;
    int week = 0;
    int day = 0; ///< of the week, or of the year
    bool leap_day = false;
    seconds time = hours{2};
};

} // namespace

void append_footer(std::string_view footer, year last_year, std::vector<Zone::Change>& changes) {
    while (!footer.empty() && footer.front() == '\n')
        footer.remove_prefix(1);
    FooterScan scan{footer.substr(0, footer.find('\n'))};
    scan.name();
    if (scan.at_end())
        return;
    const seconds winter = -scan.time();
    if (scan.at_end())
        return; // the last change holds
    scan.name();
    seconds summer = winter + hours{1};
    if (!scan.sign(',')) {
        summer = -scan.time();
        (void)scan.sign(',');
    }
    const YearlyTime begin{scan};
    (void)scan.sign(',');
    const YearlyTime end{scan};
    if (!scan.good() || !scan.at_end() || !begin.good() || !end.good())
        return;
    const Instant known = changes.empty() ? Instant{} : changes.back().at;
    for (year of = year_month_day{floor<days>(known)}.year(); of <= last_year; ++of) {
        const Instant to_summer{(begin.in(of)-winter).time_since_epoch()};
        const Instant to_winter{(end.in(of)-summer).time_since_epoch()};
        if (to_summer > known)
            changes.push_back({to_summer, summer});
        if (to_winter > known)
            changes.push_back({to_winter, winter});
    }
}

} // namespace crier::calendar
