#include "core/ascii.hpp"
#include "core/nearest.hpp"
#include "core/schedule/cron/field.hpp"
#include "core/schedule/cron/foreign.hpp"

#include <array>

namespace crier::schedule {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words = ascii::split(text, " \t\n\r");
    std::erase(words, std::string_view{});
    return words;
}

struct Shortcut {
    std::string_view name;
    std::string_view fields;
};
constexpr Shortcut shortcuts[] = {
    {"@hourly", "0 * * * *"},  {"@daily", "0 0 * * *"},  {"@midnight", "0 0 * * *"}, {"@weekly", "0 0 * * 0"},
    {"@monthly", "0 0 1 * *"}, {"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}};

/// Null when there is none of this name, which may be in any case.
const Shortcut* find_shortcut(std::string_view name) {
    for (const Shortcut& shortcut : shortcuts)
        if (ascii::same(name, shortcut.name))
            return &shortcut;
    return nullptr;
}

Failure no_such_shortcut(std::string_view name) {
    std::vector<std::string_view> names;
    for (const Shortcut& shortcut : shortcuts)
        names.push_back(shortcut.name);
    const std::string near = nearest(name, names);
    return {Cause::config, "cron '" + std::string{name} + "': there is no such name",
            near.empty() ? "names are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually"
                         : "did you mean " + near + "?"};
}

Failure wrong_count(std::string_view cron, std::size_t fields) {
    const Shortcut* meant = find_shortcut("@" + std::string{cron});
    return {Cause::config,
            "cron '" + std::string{cron} + "' has " + std::to_string(fields) +
                (fields == 1 ? " field" : " fields"),
            meant != nullptr ? "did you mean " + std::string{meant->name} + "?"
                             : "five fields are minute hour day month weekday; six have seconds first"};
}

template <std::size_t N>
std::bitset<N> narrowed(const std::bitset<64>& set) {
    return std::bitset<N>(set.to_ullong());
}

} // namespace

Result<Cron> Cron::parse(std::string_view text) {
    const std::string_view whole = ascii::trimmed(text);
    std::vector<std::string_view> fields = words_of(whole);
    if (auto failure = refuse_foreign(whole, fields))
        return std::move(*failure);
    if (!whole.empty() && whole.front() == '@') {
        const Shortcut* shortcut = find_shortcut(whole);
        if (shortcut == nullptr)
            return no_such_shortcut(whole);
        fields = words_of(shortcut->fields);
    }
    if (fields.size() == 5)
        fields.insert(fields.begin(), "0");
    if (fields.size() != 6)
        return wrong_count(whole, fields.size());
    Cron cron;
    std::array<std::bitset<64>, 6> sets;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const auto set = parse_cron_field(whole, static_cast<FieldKind>(i), fields[i], cron.floating);
        if (!set)
            return set.error();
        sets[i] = *set;
    }
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
