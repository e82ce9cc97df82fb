#include "feed/loose_date.hpp"

#include "feed/date_signs.hpp"
#include "feed/month_names.hpp"
#include "kit/ascii.hpp"
#include "kit/date_parts.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace crier::feed {
namespace {

// Between the parts of a date, folded.
constexpr std::string_view fillers[] = {
    "at", "um",   "uhr",  "of",  "the", "on", "de",  "del", "la", "las",  "le",  "les",
    "a",  "as",   "el",   "den", "der", "kl", "klo", "om",  "il", "alle", "ore", "г",
    "в",  "года", "στις", "st",  "nd",  "rd", "th",  "er",  "e",  "r",
};

/// English ones, that stand somewhere else than in front; cut to three letters or more.
bool is_weekday(std::string_view name) {
    constexpr std::string_view days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday"};
    return name.size() >= 3 && std::any_of(std::begin(days), std::end(days), [name](std::string_view day) {
               return day.substr(0, name.size()) == name;
           });
}

/// A number of a date, and what stands right behind it.
struct DateNumber {
    int value = 0;
    std::size_t digits = 0;
    char behind = ' ';
};

/// Takes a date to pieces, in whatever order they come.
class LooseDate {
public:
    /// `offset`: of its zone, where it says a time and no zone.
    LooseDate(std::string_view text, int offset)
        : scanner_(text)
        , offset_(offset) {}

    std::optional<std::int64_t> read() {
        while (!scanner_.rest().empty() && !done_)
            if (!piece())
                return std::nullopt;
        if (!put_together() || !put_half())
            return std::nullopt;
        if (has_time_ && !done_)
            parts_.offset = offset_;
        return kit::likely_instant(parts_);
    }

private:
    bool piece() {
        const char c = scanner_.rest().front();
        if (kit::is_digit(c))
            return number();
        if (scanner_.at_word())
            return word();
        if (has_time_ && (c == '+' || c == '-'))
            return rest_is_zone();
        if (c == '(')
            return remark();
        // Separators stand at the numbers that they follow.
        return scanner_.skip_blanks() || scanner_.take('.') || scanner_.take('/') || scanner_.take('-') ||
               scanner_.take('@');
    }

    bool number() {
        kit::DateScanner ahead = scanner_;
        DateNumber found;
        const auto value = ahead.number(1, 4, &found.digits);
        found.value = value.value_or(0);
        found.behind = ahead.rest().empty() ? ' ' : kit::lowered(ahead.rest().front());
        if (found.digits <= 2 &&
            (found.behind == ':' || is_french_time(ahead) || is_time_with_a_dot(ahead))) {
            if (has_time_)
                return false;
            has_time_ = true;
            return time(found.behind == 'h');
        }
        scanner_ = ahead;
        if (scanner_.at_digit() || numbers_.size() == most_numbers)
            return false;
        numbers_.push_back(found);
        // "2026-11-24T12:00"
        if (found.behind == 't' && scanner_.rest().size() > 1 && kit::is_digit(scanner_.rest()[1]))
            (void)(scanner_.take('T') || scanner_.take('t'));
        return true;
    }

    static bool is_french_time(const kit::DateScanner& behind_hour) {
        const std::string_view rest = behind_hour.rest();
        return rest.size() > 2 && kit::lowered(rest[0]) == 'h' && kit::is_digit(rest[1]) &&
               kit::is_digit(rest[2]);
    }

    /// "16.21", where all of the date is known already.
    [[nodiscard]] bool is_time_with_a_dot(const kit::DateScanner& behind_hour) const {
        const std::string_view rest = behind_hour.rest();
        const bool year_known = std::any_of(numbers_.begin(), numbers_.end(),
                                            [](const DateNumber& one) { return one.digits == 4; });
        return year_known && numbers_.size() == (month_ == 0 ? 3U : 2U) && rest.size() > 2 &&
               rest[0] == '.' && kit::is_digit(rest[1]) && kit::is_digit(rest[2]);
    }

    bool time(bool french) {
        if (!french)
            return scanner_.time(parts_);
        parts_.hour = scanner_.number(1, 2).value_or(0);
        (void)(scanner_.take('h') || scanner_.take('H'));
        parts_.minute = scanner_.number(2, 2).value_or(0);
        return true;
    }

    bool word() {
        kit::DateScanner before = scanner_;
        const std::string name = folded(scanner_.word());
        const bool first = std::exchange(first_word_, false) && numbers_.empty();
        if ((name == "am" || name == "pm") &&
            !(first && name == "am")) { // German's "am" is not the morning's
            half_ = name;
            return has_time_ || hour_by_itself();
        }
        if (name == "t" || std::find(std::begin(fillers), std::end(fillers), name) != std::end(fillers))
            return true;
        // "mar." is Tuesday in some languages, if another word says the month.
        if (const int month = month_by_name(name); month != 0 && (month_ == 0 || month_was_first_)) {
            month_ = month;
            month_was_first_ = first;
            return true;
        }
        if (has_time_ && !is_weekday(name)) {
            scanner_ = before;
            return rest_is_zone();
        }
        return first || is_weekday(name); // in front it may be one of any language
    }

    /// "8 pm", or a word in front of the time.
    bool hour_by_itself() {
        const bool last = scanner_.rest().find_first_of("0123456789") == kit::npos;
        if (!last || numbers_.size() < 2 || numbers_.back().digits > 2)
            return !last;
        parts_.hour = numbers_.back().value;
        numbers_.pop_back();
        has_time_ = true;
        return true;
    }

    bool rest_is_zone() {
        done_ = true;
        return scanner_.zone(parts_);
    }

    bool remark() {
        const auto end = scanner_.rest().find(')');
        const std::string_view inside = scanner_.rest().substr(0, end);
        if (has_time_ && (end == kit::npos || kit::trimmed(scanner_.rest().substr(end + 1)).empty()))
            return rest_is_zone();
        if (end == kit::npos || inside.find_first_of("0123456789") != kit::npos)
            return false;
        scanner_ = kit::DateScanner{scanner_.rest().substr(end + 1)};
        return true;
    }

    bool put_half() {
        if (half_.empty())
            return true;
        if (parts_.hour > 12)
            return false;
        parts_.hour = parts_.hour % 12 + (half_ == "pm" ? 12 : 0);
        return true;
    }

    bool put_together() {
        const std::size_t count = numbers_.size();
        if (month_ != 0) {
            if (count == 0 || count > 2 || (count == 1 && numbers_[0].digits != 4))
                return false;
            const bool year_first = count == 2 && numbers_[0].digits == 4;
            const DateNumber& year = year_first ? numbers_[0] : numbers_[count - 1];
            return put(year, month_, count == 1 ? 1 : numbers_[year_first ? 1 : 0].value);
        }
        if (count != 3)
            return false;
        if (numbers_[0].digits == 4)
            return put(numbers_[0], numbers_[1].value, numbers_[2].value);
        const int one = numbers_[0].value;
        const int two = numbers_[1].value;
        const bool dots = numbers_[0].behind == '.' && numbers_[1].behind == '.';
        if (numbers_[2].digits != 4 && !(dots && numbers_[2].digits == 2))
            return false;
        if (dots || one > 12 || one == two) // with dots the day comes first, wherever they are used
            return put(numbers_[2], two, one);
        return two > 12 && put(numbers_[2], one, two);
    }

    bool put(const DateNumber& year, int month, int day) {
        if (year.digits != 4 && year.digits != 2)
            return false;
        parts_.year = year.digits == 4 ? year.value : year.value + (year.value < 50 ? 2000 : 1900);
        parts_.month = month;
        parts_.day = day;
        return month >= 1 && month <= 12;
    }

    static constexpr std::size_t most_numbers = 4;

    kit::DateScanner scanner_;
    kit::DateParts parts_;
    int offset_;
    std::vector<DateNumber> numbers_;
    int month_ = 0;
    bool month_was_first_ = false;
    bool first_word_ = true;
    bool has_time_ = false;
    bool done_ = false;
    std::string half_;
};

} // namespace

std::optional<std::int64_t> read_loose_date(std::string_view text) {
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    const std::string plain = ascii ? std::string{text} : with_plain_signs(text);
    return LooseDate{plain, ascii ? 0 : offset_by_signs(text)}.read();
}

} // namespace crier::feed
