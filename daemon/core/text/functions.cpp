#include "core/text/functions.hpp"

#include "core/text/chance.hpp"
#include "core/text/days.hpp"

#include <algorithm>
#include <array>

namespace crier::text {
namespace {

std::chrono::local_days today_of(const RenderContext& context) {
    return std::chrono::floor<std::chrono::days>(context.now.zone.to_local(context.now.when));
}

// What was read once, when the template was parsed, cannot fail.
std::chrono::local_days day_to_come(const Arguments& arguments, const RenderContext& context) {
    return day_ahead(read_day(string_at(arguments, 0)).value(), today_of(context));
}

std::chrono::local_days day_gone_by(const Arguments& arguments, const RenderContext& context) {
    return day_behind(read_day(string_at(arguments, 0)).value(), today_of(context));
}

Instant local_moment(const Arguments& arguments, const RenderContext& context) {
    return context.now.zone.to_instant(read_local(string_at(arguments, 0)).value()).first;
}

template <int unit>
Value call_days_until(const Arguments& arguments, const RenderContext& context, std::int64_t) {
    return (day_to_come(arguments, context) - today_of(context)).count() / unit;
}

template <int unit>
Value call_days_since(const Arguments& arguments, const RenderContext& context, std::int64_t) {
    return (today_of(context) - day_gone_by(arguments, context)).count() / unit;
}

Value call_months_until(const Arguments& arguments, const RenderContext& context, std::int64_t) {
    return std::int64_t{months_between(today_of(context), day_to_come(arguments, context))};
}

template <int unit>
Value call_months_since(const Arguments& arguments, const RenderContext& context, std::int64_t) {
    return std::int64_t{months_between(day_gone_by(arguments, context), today_of(context)) / unit};
}

Value call_hours_until(const Arguments& arguments, const RenderContext& context, std::int64_t) {
    return (local_moment(arguments, context) - context.now.when) / std::chrono::hours{1};
}

Value call_moment(const Arguments& arguments, const RenderContext& context, std::int64_t) {
    return Moment{local_moment(arguments, context), context.now.zone};
}

Value call_choose(const Arguments& arguments, const RenderContext& context, std::int64_t turn) {
    return string_at(arguments, draw(context.seed, turn, arguments.size()));
}

Value call_random(const Arguments& arguments, const RenderContext& context, std::int64_t turn) {
    const auto [least, most] = std::minmax({number_at(arguments, 0), number_at(arguments, 1)});
    return least +
           static_cast<std::int64_t>(draw(context.seed, turn, static_cast<std::uint64_t>(most - least) + 1));
}

using CallFunction = Value (*)(const Arguments&, const RenderContext&, std::int64_t);

constexpr FunctionKind counting(std::string_view name, std::string_view usage, std::string_view needed,
                                CallFunction call) {
    return {{name, usage, needed, ""}, ValueType::number, PieceKind::fixed, false, call};
}

constexpr std::array<FunctionKind, 11> functions{{
    // The template itself says what can be chosen.
    {{"choose", "choose('a', 'b', 'c')", "ss", "*"}, ValueType::text, PieceKind::literal, true, call_choose},
    counting("days_since", "days_since('2020-05-01')", "d", call_days_since<1>),
    counting("days_until", "days_until('2027-01-01')", "d", call_days_until<1>),
    counting("hours_until", "hours_until('2027-01-01 00:00')", "t", call_hours_until),
    {{"moment", "moment('2027-01-01 09:00')", "t", ""},
     ValueType::moment,
     PieceKind::fixed,
     false,
     call_moment},
    counting("months_since", "months_since('2020-05-01')", "d", call_months_since<1>),
    counting("months_until", "months_until('2027-01-01')", "d", call_months_until),
    {{"random", "random(1, 6)", "ii", ""}, ValueType::number, PieceKind::fixed, true, call_random},
    counting("weeks_since", "weeks_since('2020-05-01')", "d", call_days_since<7>),
    counting("weeks_until", "weeks_until('2027-01-01')", "d", call_days_until<7>),
    // With a day of every year it would always be 0.
    counting("years_since", "years_since('2020-05-01')", "y", call_months_since<12>),
}};

} // namespace

const FunctionKind* find_function(std::string_view name) {
    for (const FunctionKind& function : functions)
        if (function.name == name)
            return &function;
    return nullptr;
}

std::vector<std::string_view> function_names() {
    std::vector<std::string_view> names;
    names.reserve(std::size(functions));
    for (const FunctionKind& function : functions)
        names.push_back(function.name);
    return names;
}

} // namespace crier::text
