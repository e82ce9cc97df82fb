#include "core/schedule/cron/field.hpp"

#include "core/ascii.hpp"
#include "core/schedule/cron/floating.hpp"

#include <optional>

namespace crier::schedule {
namespace {

using Problem = std::optional<Failure>;

/// The numbers from `from` to `to`, both included.
struct Span {
    int from;
    int to;
};

Problem read_span(const CronPart& part, std::string_view range, bool stepped, Span& span) {
    const std::size_t dash = range.find('-');
    const Result<int> from = part.value(range.substr(0, dash));
    if (!from)
        return from.error();
    span.from = *from;
    if (dash == std::string_view::npos) {
        if (!stepped) // with a step, up to the field's end
            span.to = span.from;
        return std::nullopt;
    }
    const Result<int> to = part.value(range.substr(dash + 1));
    if (!to)
        return to.error();
    const bool weekday = part.kind == FieldKind::weekday;
    span.to = weekday && *to == 0 && span.from > 0 ? 7 : *to; // FRI-SUN
    if (span.from > span.to)
        return part.wrong("the range runs backwards",
                          "write it as two: " + std::string{range.substr(0, dash)} + "-" +
                              std::to_string(weekday ? 6 : range_of(part.kind).most) + "," +
                              std::to_string(range_of(part.kind).least) + "-" +
                              std::string{range.substr(dash + 1)});
    return std::nullopt;
}

/// A number, a name, a range or *, with or without a step.
Problem add_numbers(const CronPart& part, std::bitset<64>& set) {
    const FieldRange& whole = range_of(part.kind);
    const std::size_t slash = part.text.find('/');
    const bool stepped = slash != std::string_view::npos;
    const std::string_view range = part.text.substr(0, slash);
    const int step = stepped ? cron_number(part.text.substr(slash + 1)) : 1;
    if (step < 1)
        return part.wrong("the step is no number above 0");
    Span span{whole.least, part.kind == FieldKind::weekday ? 6 : whole.most};
    if (range != "*")
        if (auto problem = read_span(part, range, stepped, span))
            return problem;
    if (step > 1 && step > (range == "*" ? span.to - span.from : whole.most))
        return part.wrong("a step of " + std::to_string(step) + " leaves only the first value",
                          "a rhythm that does not divide the field is `every:`, such as `every: 90m`");
    if (span.from > span.to) // only a weekday of 7 that goes on
        return part.wrong("nothing of the week comes after 7",
                          "Sunday alone is 7; steps from Sunday on begin at 0, such as 0/2");
    for (int value = span.from; value <= span.to; value += step)
        set.set(static_cast<std::size_t>(value));
    return std::nullopt;
}

} // namespace

Result<std::bitset<64>> parse_cron_field(std::string_view cron, FieldKind kind, std::string_view text,
                                         FloatingDays& floating) {
    std::bitset<64> set;
    for (const std::string_view piece : ascii::split(text, ",")) {
        const CronPart part{cron, kind, piece};
        if (piece.empty())
            return part.wrong("nothing between two commas");
        const Result<bool> floats = add_floating(part, floating);
        if (!floats)
            return floats.error();
        if (*floats)
            continue;
        if (auto problem = add_numbers(part, set))
            return std::move(*problem);
    }
    // Sunday has two numbers.
    if (kind == FieldKind::weekday && set[7]) {
        set.reset(7);
        set.set(0);
    }
    return set;
}

} // namespace crier::schedule
