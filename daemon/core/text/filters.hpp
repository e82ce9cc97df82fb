#pragma once

#include "core/text/arguments.hpp"
#include "core/text/template.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The filters of templates: `{{ title | truncate(80) }}`.
namespace crier::text {

/// What an expression yields, as far as it is known before it runs.
enum class ValueType { any, text, list, moment, number };

/// A value on its way through filters, with where it came from.
struct Flow {
    Value value;
    PieceKind kind = PieceKind::fixed;
};

struct FilterKind : Signature {
    ValueType takes; ///< any: all
    ValueType gives; ///< any: what it took
    void (*apply)(Flow& flow, const Arguments& arguments, std::string_view language);
};

[[nodiscard]] const FilterKind* find_filter(std::string_view name);
[[nodiscard]] std::vector<std::string_view> filter_names();

/// What is wrong with the content of arguments that are of the right form, for the filters that look into
/// it; nothing when it is right.
[[nodiscard]] std::optional<CallProblem> content_problem(const FilterKind& filter,
                                                         const Arguments& arguments);

/// What comes out when a `before` goes in.
[[nodiscard]] ValueType type_after(const FilterKind& filter, const Arguments& arguments, ValueType before);

/// The value as it stands in a text: lists with ", " between, moments as "2026-11-24 09:00".
[[nodiscard]] std::string to_text(const Value& value, std::string_view language);

[[nodiscard]] bool is_empty(const Value& value);

} // namespace crier::text
