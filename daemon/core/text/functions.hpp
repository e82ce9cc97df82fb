#pragma once

#include "core/text/arguments.hpp"
#include "core/text/filters.hpp"
#include "core/text/template.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

/// The functions of templates: `{{ days_until('12-24') }}`.
namespace crier::text {

struct FunctionKind : Signature {
    ValueType gives;
    PieceKind kind; ///< of what it gives
    bool by_chance; ///< goes by the seed: each call is a turn
    /// Pure. `turn` counts the calls of functions by chance in the template, from 0; 0 for all others.
    Value (*call)(const Arguments& arguments, const RenderContext& context, std::int64_t turn);
};

[[nodiscard]] const FunctionKind* find_function(std::string_view name);
[[nodiscard]] std::vector<std::string_view> function_names();

} // namespace crier::text
