#include "core/ascii.hpp"
#include "core/schedule/zone/rule.hpp"

#include <string>

namespace crier::schedule {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Takes the parts of a rule off its front. What is wrong is remembered once, with the place; after that all
/// parts are empty, and whoever asks looks at the end.
class RuleReader {
public:
    explicit RuleReader(std::string_view text)
        : text_(text)
        , rest_(text) {}

    ZoneRule rule() {
        ZoneRule read;
        read.standard.abbreviation = abbreviation();
        read.standard.offset = -time(24);
        if (rest_.empty())
            return read;
        ZoneRule::Daylight& daylight = read.daylight.emplace();
        daylight.setting.abbreviation = abbreviation();
        daylight.setting.offset = next_is_time() ? -time(24) : read.standard.offset + hours{1};
        expect(',', "a comma and when summer time begins");
        daylight.begin = moment();
        expect(',', "a comma and when summer time ends");
        daylight.end = moment();
        if (!rest_.empty())
            wrong("nothing more");
        return read;
    }

    /// What should have stood where; empty when all was well.
    [[nodiscard]] const std::string& problem() const { return problem_; }

private:
    void wrong(std::string_view wanted) {
        if (problem_.empty())
            problem_ = "the rule '" + std::string{text_} + "' should have " + std::string{wanted} + " at '" +
                       std::string{rest_} + "'";
        rest_ = {};
    }

    [[nodiscard]] bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }

    bool take(char c) {
        const bool there = next_is(c);
        if (there)
            rest_.remove_prefix(1);
        return there;
    }

    void expect(char c, std::string_view wanted) {
        if (!take(c))
            wrong(wanted);
    }

    [[nodiscard]] bool next_is_time() const {
        return next_is('+') || next_is('-') || (!rest_.empty() && ascii::is_digit(rest_.front()));
    }

    /// Letters; between < and > digits and signs as well.
    std::string abbreviation() {
        const bool quoted = take('<');
        std::size_t size = 0;
        for (; size < rest_.size(); ++size) {
            const char c = rest_[size];
            const bool letter = ascii::lower(c) >= 'a' && ascii::lower(c) <= 'z';
            if (!letter && !(quoted && (ascii::is_digit(c) || c == '+' || c == '-')))
                break;
        }
        if (size < 3) {
            wrong("an abbreviation of three letters or more");
            return {};
        }
        std::string name{rest_.substr(0, size)};
        rest_.remove_prefix(size);
        if (quoted)
            expect('>', "a >");
        return name;
    }

    int number(int least, int most, std::string_view wanted) {
        const std::string_view before = rest_;
        int value = 0;
        std::size_t digits = 0;
        for (; !rest_.empty() && ascii::is_digit(rest_.front()) && digits < 3; ++digits) {
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        if (digits > 0 && value >= least && value <= most)
            return value;
        rest_ = before;
        wrong(wanted);
        return least;
    }

    /// [+-]hours[:minutes[:seconds]]
    seconds time(int most_hours) {
        const bool negative = take('-');
        if (!negative)
            take('+');
        seconds sum = hours{number(0, most_hours, "hours of 0 to " + std::to_string(most_hours))};
        if (take(':'))
            sum += minutes{number(0, 59, "minutes of 0 to 59")};
        if (take(':'))
            sum += seconds{number(0, 59, "seconds of 0 to 59")};
        return negative ? -sum : sum;
    }

    YearlyMoment moment() {
        YearlyMoment read;
        if (take('J')) {
            read.day = number(1, 365, "a day of 1 to 365");
        } else if (take('M')) {
            read.form = YearlyMoment::Form::weekday;
            read.month = static_cast<unsigned>(number(1, 12, "a month of 1 to 12"));
            expect('.', "a dot and a week");
            read.week = static_cast<unsigned>(number(1, 5, "a week of 1 to 5"));
            expect('.', "a dot and a weekday");
            read.day = number(0, 6, "a weekday of 0 to 6");
        } else {
            read.form = YearlyMoment::Form::count;
            read.day = number(0, 365, "a date (Mm.w.d, Jn or n)");
        }
        // POSIX has 0 to 24 hours; RFC 8536 more, for days that no other form can name.
        read.time = take('/') ? time(167) : hours{2};
        return read;
    }

    std::string_view text_;
    std::string_view rest_;
    std::string problem_;
};

} // namespace

Result<ZoneRule> ZoneRule::parse(std::string_view text) {
    RuleReader reader{text};
    ZoneRule rule = reader.rule();
    if (!reader.problem().empty())
        return Failure{Cause::corrupt, reader.problem()};
    return rule;
}

} // namespace crier::schedule
