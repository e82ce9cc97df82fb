#include "core/text/filters.hpp"

#include "core/ascii.hpp"
#include "core/text/date_format.hpp"
#include "core/text/number_words.hpp"
#include "core/text/plain.hpp"
#include "core/text/span.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace crier::text {
namespace {

/// More digits than 64 bits hold.
constexpr std::int64_t widest_number = 20;

std::size_t count_at(const Arguments& arguments, std::size_t i) {
    return static_cast<std::size_t>(number_at(arguments, i)); // above 0, by its form
}

/// A number, or the text of one ("05"), with so few digits that sums do not overflow.
std::optional<std::int64_t> as_number(const Value& value) {
    constexpr std::size_t most_digits = 18;
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return *number;
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr)
        return std::nullopt;
    const std::string_view digits = std::string_view{*text}.substr(text->starts_with('-') ? 1 : 0);
    if (digits.empty() || digits.size() > most_digits ||
        !std::all_of(digits.begin(), digits.end(), ascii::is_digit))
        return std::nullopt;
    return std::stoll(*text);
}

std::vector<std::string> as_list(const Value& value, std::string_view language) {
    if (const auto* list = std::get_if<std::vector<std::string>>(&value))
        return *list;
    std::string text = to_text(value, language);
    return text.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::move(text)};
}

template <std::string (*change)(std::string_view)>
void change_text(Flow& flow, const Arguments&, std::string_view language) {
    flow.value = change(to_text(flow.value, language));
}

void apply_date(Flow& flow, const Arguments& arguments, std::string_view language) {
    const auto* moment = std::get_if<Moment>(&flow.value);
    flow.value = moment == nullptr ? Value{} : Value{format_date(*moment, string_at(arguments, 0), language)};
    flow.kind = PieceKind::fixed;
}

void apply_truncate(Flow& flow, const Arguments& arguments, std::string_view language) {
    flow.value = shorten(to_text(flow.value, language), count_at(arguments, 0));
}

void apply_replace(Flow& flow, const Arguments& arguments, std::string_view language) {
    const std::string text = to_text(flow.value, language);
    const std::string& from = string_at(arguments, 0);
    const std::string& to = string_at(arguments, 1);
    std::string out;
    std::size_t at = 0;
    for (std::size_t found = text.find(from); found != std::string::npos; found = text.find(from, at)) {
        out.append(text, at, found - at);
        out += to;
        at = found + from.size();
    }
    out.append(text, at);
    flow.value = std::move(out);
}

void apply_default(Flow& flow, const Arguments& arguments, std::string_view) {
    if (!is_empty(flow.value))
        return;
    const auto* number = std::get_if<std::int64_t>(&arguments[0]);
    flow.value = number == nullptr ? Value{string_at(arguments, 0)} : Value{*number};
    flow.kind = PieceKind::literal; // the template itself says it
}

void apply_urlencode(Flow& flow, const Arguments&, std::string_view language) {
    flow.value = url_encode(to_text(flow.value, language));
    flow.kind = PieceKind::fixed;
}

void apply_hashtags(Flow& flow, const Arguments& arguments, std::string_view language) {
    const std::size_t most =
        arguments.empty() ? std::numeric_limits<std::size_t>::max() : count_at(arguments, 0);
    flow.value = hashtags(as_list(flow.value, language), most);
    flow.kind = PieceKind::fixed;
}

void apply_join(Flow& flow, const Arguments& arguments, std::string_view language) {
    std::string out;
    for (const std::string& part : as_list(flow.value, language))
        out += (out.empty() ? "" : string_at(arguments, 0)) + part;
    flow.value = std::move(out);
}

void apply_first(Flow& flow, const Arguments&, std::string_view language) {
    const std::vector<std::string> list = as_list(flow.value, language);
    flow.value = list.empty() ? Value{} : Value{list.front()};
}

void apply_add(Flow& flow, const Arguments& arguments, std::string_view) {
    const auto* moment = std::get_if<Moment>(&flow.value);
    if (moment == nullptr) {
        flow.value = {};
        return;
    }
    auto there =
        moved(*moment, read_span(string_at(arguments, 0)).value()); // read once already, by the parser
    flow.value = there ? Value{*there} : Value{};
}

/// What is no number becomes nothing, like what is no moment in apply_date().
template <Value (*change)(std::int64_t, const Arguments&, std::string_view)>
void change_number(Flow& flow, const Arguments& arguments, std::string_view language) {
    const auto number = as_number(flow.value);
    flow.value = number ? change(*number, arguments, language) : Value{};
}

Value with_ordinal(std::int64_t number, const Arguments&, std::string_view language) {
    return ordinal(number, language);
}

Value with_noun(std::int64_t number, const Arguments& words, std::string_view language) {
    const std::size_t form = std::min<std::size_t>(plural_form(number, language), words.size() - 1);
    return std::to_string(number) + " " + string_at(words, form);
}

Value with_zeros(std::int64_t number, const Arguments& arguments, std::string_view) {
    std::string digits = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    const std::size_t width = count_at(arguments, 0) + sign;
    if (digits.size() < width)
        digits.insert(sign, width - digits.size(), '0');
    return digits;
}

Value sum(std::int64_t number, const Arguments& arguments, std::string_view) {
    std::int64_t out = 0;
    return __builtin_add_overflow(number, number_at(arguments, 0), &out) ? Value{} : Value{out};
}

constexpr std::array<FilterKind, 17> filters{{
    {{"add", "add('7d')", "p", ""}, ValueType::moment, ValueType::moment, apply_add},
    {{"date", "date('%A, %-d %B')", "s", ""}, ValueType::moment, ValueType::text, apply_date},
    {{"default", "default('none')", "b", ""}, ValueType::any, ValueType::any, apply_default},
    {{"first", "first", "", ""}, ValueType::list, ValueType::text, apply_first},
    {{"hashtags", "hashtags or hashtags(3)", "", "n"}, ValueType::list, ValueType::text, apply_hashtags},
    {{"join", "join(', ')", "s", ""}, ValueType::list, ValueType::text, apply_join},
    {{"lower", "lower", "", ""}, ValueType::text, ValueType::text, change_text<lower>},
    {{"oneline", "oneline", "", ""}, ValueType::text, ValueType::text, change_text<one_line>},
    {{"ordinal", "ordinal", "", ""}, ValueType::number, ValueType::text, change_number<with_ordinal>},
    {{"pad", "pad(3)", "n", ""}, ValueType::number, ValueType::text, change_number<with_zeros>},
    {{"plural", "plural('day', 'days')", "ss", "s"},
     ValueType::number,
     ValueType::text,
     change_number<with_noun>},
    {{"plus", "plus(1)", "i", ""}, ValueType::number, ValueType::number, change_number<sum>},
    {{"replace", "replace('a', 'b')", "ss", ""}, ValueType::text, ValueType::text, apply_replace},
    {{"strip", "strip", "", ""}, ValueType::text, ValueType::text, change_text<strip>},
    {{"truncate", "truncate(80)", "n", ""}, ValueType::text, ValueType::text, apply_truncate},
    {{"upper", "upper", "", ""}, ValueType::text, ValueType::text, change_text<upper>},
    {{"urlencode", "urlencode", "", ""}, ValueType::text, ValueType::text, apply_urlencode},
}};

} // namespace

const FilterKind* find_filter(std::string_view name) {
    for (const FilterKind& filter : filters)
        if (filter.name == name)
            return &filter;
    return nullptr;
}

std::vector<std::string_view> filter_names() {
    std::vector<std::string_view> names;
    names.reserve(std::size(filters));
    for (const FilterKind& filter : filters)
        names.push_back(filter.name);
    return names;
}

std::optional<CallProblem> content_problem(const FilterKind& filter, const Arguments& arguments) {
    const auto wrong = [&](std::string what) {
        return CallProblem{std::move(what), "it is written " + std::string{filter.usage}};
    };
    if (filter.name == "date")
        if (auto bad = date_format_problem(string_at(arguments, 0)))
            return wrong(std::move(*bad));
    if (filter.name == "replace" && string_at(arguments, 0).empty())
        return wrong("there is nothing to replace");
    if (filter.name == "pad" && number_at(arguments, 0) > widest_number)
        return wrong("'pad' takes at most " + std::to_string(widest_number));
    return std::nullopt;
}

ValueType type_after(const FilterKind& filter, const Arguments& arguments, ValueType before) {
    // "%-d" is as good as a number, "%B" is not.
    if (filter.name == "date" && as_number(format_date(Moment{}, string_at(arguments, 0), "en")))
        return ValueType::number;
    if (filter.gives != ValueType::any)
        return filter.gives;
    return before == ValueType::text ? before : ValueType::any; // default: what it was, or text
}

std::string to_text(const Value& value, std::string_view language) {
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    if (const auto* moment = std::get_if<Moment>(&value))
        return format_date(*moment, "%Y-%m-%d %H:%M", language);
    if (const auto* number = std::get_if<std::int64_t>(&value))
        return std::to_string(*number);
    std::string out;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value))
        for (const std::string& part : *list)
            out += (out.empty() ? "" : ", ") + part;
    return out;
}

bool is_empty(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value))
        return text->empty();
    if (const auto* list = std::get_if<std::vector<std::string>>(&value))
        return list->empty();
    return std::holds_alternative<std::monostate>(value);
}

} // namespace crier::text
