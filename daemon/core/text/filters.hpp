#pragma once

#include "core/text/template.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// The filters of templates: `{{ title | truncate(80) }}`.
namespace crier::text {

/// What an expression yields, as far as it is known before it runs.
enum class ValueType { any, text, list, moment };

using Argument = std::variant<std::string, std::size_t>;

/// A value on its way through filters, with where it came from.
struct Flow {
    Value value;
    PieceKind kind = PieceKind::fixed;
};

struct FilterKind {
    std::string_view name;
    std::string_view usage;  ///< "truncate(80)": for messages
    std::string_view needed; ///< one letter an argument: s text, n number above 0, b both
    std::string_view more;   ///< arguments that may follow
    ValueType takes;         ///< any: all
    ValueType gives;         ///< any: what it took
    void (*apply)(Flow& flow, const std::vector<Argument>& arguments, std::string_view language);
};

[[nodiscard]] const FilterKind* find_filter(std::string_view name);
[[nodiscard]] std::vector<std::string_view> filter_names();

/// What is wrong with an argument's content, for the filters that look into it; nothing when it is right.
[[nodiscard]] std::optional<std::string> argument_problem(const FilterKind& filter,
                                                          const std::vector<Argument>& arguments);

/// The value as it stands in a text: lists with ", " between, moments as "2026-11-24 09:00".
[[nodiscard]] std::string to_text(const Value& value, std::string_view language);

[[nodiscard]] bool is_empty(const Value& value);

} // namespace crier::text
