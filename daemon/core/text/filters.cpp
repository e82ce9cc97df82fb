#include "core/text/filters.hpp"

#include "core/text/date_format.hpp"
#include "core/text/plain.hpp"

#include <array>
#include <limits>
#include <utility>

namespace crier::text {
namespace {

using Arguments = std::vector<Argument>;

const std::string& string_at(const Arguments& arguments, std::size_t i) {
    return std::get<std::string>(arguments[i]);
}

std::size_t number_at(const Arguments& arguments, std::size_t i) {
    return std::get<std::size_t>(arguments[i]);
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
    flow.value = shorten(to_text(flow.value, language), number_at(arguments, 0));
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
    const auto* number = std::get_if<std::size_t>(&arguments[0]);
    flow.value = number == nullptr ? string_at(arguments, 0) : std::to_string(*number);
    flow.kind = PieceKind::literal; // the template itself says it
}

void apply_urlencode(Flow& flow, const Arguments&, std::string_view language) {
    flow.value = url_encode(to_text(flow.value, language));
    flow.kind = PieceKind::fixed;
}

void apply_hashtags(Flow& flow, const Arguments& arguments, std::string_view language) {
    const std::size_t most =
        arguments.empty() ? std::numeric_limits<std::size_t>::max() : number_at(arguments, 0);
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

constexpr std::array<FilterKind, 12> filters{{
    {"date", "date('%A, %-d %B')", "s", "", ValueType::moment, ValueType::text, apply_date},
    {"default", "default('none')", "b", "", ValueType::any, ValueType::any, apply_default},
    {"first", "first", "", "", ValueType::list, ValueType::text, apply_first},
    {"hashtags", "hashtags or hashtags(3)", "", "n", ValueType::list, ValueType::text, apply_hashtags},
    {"join", "join(', ')", "s", "", ValueType::list, ValueType::text, apply_join},
    {"lower", "lower", "", "", ValueType::text, ValueType::text, change_text<lower>},
    {"oneline", "oneline", "", "", ValueType::text, ValueType::text, change_text<one_line>},
    {"replace", "replace('a', 'b')", "ss", "", ValueType::text, ValueType::text, apply_replace},
    {"strip", "strip", "", "", ValueType::text, ValueType::text, change_text<strip>},
    {"truncate", "truncate(80)", "n", "", ValueType::text, ValueType::text, apply_truncate},
    {"upper", "upper", "", "", ValueType::text, ValueType::text, change_text<upper>},
    {"urlencode", "urlencode", "", "", ValueType::text, ValueType::text, apply_urlencode},
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
    for (const FilterKind& filter : filters)
        names.push_back(filter.name);
    return names;
}

std::optional<std::string> argument_problem(const FilterKind& filter,
                                            const std::vector<Argument>& arguments) {
    if (filter.name == "date")
        return date_format_problem(string_at(arguments, 0));
    if (filter.name == "replace" && string_at(arguments, 0).empty())
        return "there is nothing to replace";
    return std::nullopt;
}

std::string to_text(const Value& value, std::string_view language) {
    if (const auto* text = std::get_if<std::string>(&value))
        return *text;
    if (const auto* moment = std::get_if<Moment>(&value))
        return format_date(*moment, "%Y-%m-%d %H:%M", language);
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
