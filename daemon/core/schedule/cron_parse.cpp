#include "core/nearest.hpp"
#include "core/schedule/cron.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

namespace crier::schedule {
namespace {

using Names = std::vector<std::string_view>;

struct FieldKind {
    std::string_view name;
    int least;
    int most;
    Names names; ///< in capitals; the first stands for `first_name`
    int first_name;
    std::string_view hint;
};

const FieldKind& kind_of(std::size_t field) {
    static const std::vector<FieldKind> kinds{
        {"seconds", 0, 59, {}, 0, "0 to 59, *, lists (0,30), ranges (0-9) and steps (*/15)"},
        {"minute", 0, 59, {}, 0, "0 to 59, *, lists (0,30), ranges (0-9) and steps (*/15)"},
        {"hour", 0, 23, {}, 0, "0 to 23, *, lists (9,17), ranges (9-17) and steps (*/2)"},
        {"day", 1, 31, {}, 0, "1 to 31, *, lists (1,15), ranges (1-7) and steps (*/2)"},
        {"month",
         1,
         12,
         {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"},
         1,
         "1 to 12 or JAN to DEC, *, lists, ranges and steps"},
        {"weekday",
         0,
         7,
         {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"},
         0,
         "0 to 7 (0 and 7 are Sunday) or SUN to SAT, *, lists, ranges (MON-FRI) and steps"}};
    return kinds[field];
}

constexpr std::size_t weekday_field = 5;

std::string upper(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; });
    return out;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty() || text.front() == '-')
        return std::nullopt;
    return value;
}

/// Reads one field into a set of numbers.
class FieldParser {
public:
    FieldParser(std::string_view cron, std::size_t field, std::string_view text)
        : cron_(cron)
        , field_(field)
        , kind_(kind_of(field))
        , text_(text) {}

    Result<std::bitset<64>> parse() {
        for (const std::string_view part : split(text_, ","))
            if (auto failure = add(part))
                return std::move(*failure);
        // Sunday has two numbers.
        if (field_ == weekday_field && set_[7]) {
            set_.reset(7);
            set_.set(0);
        }
        return set_;
    }

private:
    using Problem = std::optional<Failure>;

    [[nodiscard]] Failure wrong(std::string_view part, const std::string& what, std::string hint = {}) const {
        return {Cause::config,
                "cron '" + std::string{cron_} + "': " + std::string{kind_.name} + " '" + std::string{part} +
                    "': " + what,
                hint.empty() ? "there may stand: " + std::string{kind_.hint} : std::move(hint)};
    }

    Problem add(std::string_view part) {
        if (part.empty())
            return wrong(part, "nothing between two commas");
        const std::size_t slash = part.find('/');
        const std::string_view range = part.substr(0, slash);
        int step = 1;
        if (slash != std::string_view::npos) {
            const auto read = number(part.substr(slash + 1));
            if (!read || *read == 0)
                return wrong(part, "the step is no number above 0");
            step = *read;
        }
        int from = kind_.least;
        int to = field_ == weekday_field ? 6 : kind_.most;
        if (range != "*")
            if (auto problem = read_range(part, range, slash != std::string_view::npos, from, to))
                return problem;
        if (step > 1 && step > (range == "*" ? to - from : kind_.most))
            return wrong(part, "a step of " + std::to_string(step) + " leaves only the first value",
                         "a rhythm that does not divide the field is `every:`, such as `every: 90m`");
        if (from > to) // only a weekday of 7 that goes on
            return wrong(part, "nothing of the week comes after 7",
                         "Sunday alone is 7; steps from Sunday on begin at 0, such as 0/2");
        for (int value = from; value <= to; value += step)
            set_.set(static_cast<std::size_t>(value));
        return std::nullopt;
    }

    Problem read_range(std::string_view part, std::string_view range, bool stepped, int& from, int& to) {
        const std::size_t dash = range.find('-');
        if (auto problem = read_value(part, range.substr(0, dash), from))
            return problem;
        if (dash == std::string_view::npos) {
            if (!stepped)
                to = from;
            return std::nullopt;
        }
        if (auto problem = read_value(part, range.substr(dash + 1), to))
            return problem;
        if (field_ == weekday_field && to == 0 && from > 0)
            to = 7; // FRI-SUN
        if (from > to)
            return wrong(part, "the range runs backwards",
                         "write it as two: " + std::string{range.substr(0, dash)} + "-" +
                             std::to_string(field_ == weekday_field ? 6 : kind_.most) + "," +
                             std::to_string(kind_.least) + "-" + std::string{range.substr(dash + 1)});
        return std::nullopt;
    }

    Problem read_value(std::string_view part, std::string_view word, int& value) {
        if (const auto read = number(word)) {
            value = *read;
            if (value < kind_.least || value > kind_.most)
                return wrong(part, std::to_string(value) + " is not within " + std::to_string(kind_.least) +
                                       " to " + std::to_string(kind_.most));
            return std::nullopt;
        }
        const std::string name = upper(word);
        for (std::size_t i = 0; i < kind_.names.size(); ++i) {
            if (name == kind_.names[i]) {
                value = kind_.first_name + static_cast<int>(i);
                return std::nullopt;
            }
        }
        if (auto problem = refuse_extension(part, name))
            return problem;
        const std::string near = nearest(name, kind_.names);
        return wrong(part, "'" + std::string{word} + "' is no " + std::string{kind_.name},
                     near.empty() ? "" : "did you mean " + near + "?");
    }

    /// What other crons have and this one has not.
    [[nodiscard]] Problem refuse_extension(std::string_view part, std::string_view name) const {
        if (name.find('?') != std::string_view::npos)
            return wrong(part, "? is not understood", "write * where the field does not matter");
        if (name.find('#') != std::string_view::npos)
            return wrong(part, "# (the n-th weekday of the month) is not understood",
                         "the first Monday is a Monday of the days 1-7; until then use `at:`");
        const bool digits_before = name.size() > 1 && std::all_of(name.begin(), name.end() - 1, [](char c) {
                                       return c >= '0' && c <= '9';
                                   });
        if (name == "L" || name == "LW" || (digits_before && name.back() == 'L') ||
            (name.size() > 1 && name.substr(0, 2) == "L-"))
            return wrong(part, "L (the last of the month) is not understood", "use `at:` for such days");
        if (name == "W" || (digits_before && name.back() == 'W'))
            return wrong(part, "W (the nearest working day) is not understood", "use `at:` for such days");
        return std::nullopt;
    }

    std::string_view cron_;
    std::size_t field_;
    const FieldKind& kind_;
    std::string_view text_;
    std::bitset<64> set_;
};

Result<std::string_view> expand_shortcut(std::string_view text) {
    struct Shortcut {
        std::string_view name;
        std::string_view fields;
    };
    static constexpr Shortcut shortcuts[] = {{"@hourly", "0 * * * *"},   {"@daily", "0 0 * * *"},
                                             {"@midnight", "0 0 * * *"}, {"@weekly", "0 0 * * 0"},
                                             {"@monthly", "0 0 1 * *"},  {"@yearly", "0 0 1 1 *"},
                                             {"@annually", "0 0 1 1 *"}};
    const std::string name = upper(text);
    std::vector<std::string_view> names;
    for (const Shortcut& shortcut : shortcuts) {
        if (name == upper(shortcut.name))
            return shortcut.fields;
        names.push_back(shortcut.name);
    }
    if (name == "@REBOOT")
        return Failure{Cause::config,
                       "cron '" + std::string{text} + "': a start of the daemon is no time to post",
                       "use `crier post` in a unit that runs at boot"};
    const std::string near = nearest(text, names);
    return Failure{Cause::config, "cron '" + std::string{text} + "': there is no such name",
                   near.empty()
                       ? "names are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually"
                       : "did you mean " + near + "?"};
}

template <std::size_t N>
std::bitset<N> narrowed(const std::bitset<64>& set) {
    return std::bitset<N>(set.to_ullong());
}

} // namespace

Result<Cron> Cron::parse(std::string_view text) {
    std::string_view whole = text;
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!whole.empty() && is_blank(whole.front()))
        whole.remove_prefix(1);
    while (!whole.empty() && is_blank(whole.back()))
        whole.remove_suffix(1);
    std::string_view expanded = whole;
    if (!whole.empty() && whole.front() == '@') {
        auto fields = expand_shortcut(whole);
        if (!fields)
            return fields.error();
        expanded = *fields;
    }
    std::vector<std::string_view> fields = split(expanded, " \t\n\r");
    fields.erase(std::remove(fields.begin(), fields.end(), std::string_view{}), fields.end());
    if (fields.size() == 5)
        fields.insert(fields.begin(), "0");
    if (fields.size() != 6)
        return Failure{Cause::config,
                       "cron '" + std::string{whole} + "' has " + std::to_string(fields.size()) +
                           (fields.size() == 1 ? " field" : " fields"),
                       "five fields are minute hour day month weekday; six have seconds first"};
    std::array<std::bitset<64>, 6> sets;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto set = FieldParser{whole, i, fields[i]}.parse();
        if (!set)
            return set.error();
        sets[i] = *set;
    }
    Cron cron;
    cron.seconds = narrowed<60>(sets[0]);
    cron.minutes = narrowed<60>(sets[1]);
    cron.hours = narrowed<24>(sets[2]);
    cron.days = narrowed<32>(sets[3]);
    cron.months = narrowed<13>(sets[4]);
    cron.weekdays = narrowed<7>(sets[5]);
    cron.hours_star = fields[2].front() == '*';
    cron.days_star = fields[3].front() == '*';
    cron.weekdays_star = fields[5].front() == '*';
    cron.text = std::string{whole};
    return cron;
}

} // namespace crier::schedule
