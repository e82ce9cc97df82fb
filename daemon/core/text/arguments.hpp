#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What stands in the parentheses of a template's filters and functions.
namespace crier::text {

using Argument = std::variant<std::string, std::int64_t>;
using Arguments = std::vector<Argument>;

/// How a filter or function is called. One letter an argument:
///   s text             n number above 0      i whole number           b text or number
///   d day              y day with its year   t day and time of day    p span of time
struct Signature {
    std::string_view name;
    std::string_view usage;  ///< "truncate(80)": for messages
    std::string_view needed; ///< letters of those that must be given
    std::string_view more;   ///< letters of those that may follow; "*": further ones like the last needed
};

/// What is wrong with a call, and what to do about it.
struct CallProblem {
    std::string message;
    std::string hint;
};

/// Whether there are as many arguments as the signature says, each of its form. Nothing: all is well.
[[nodiscard]] std::optional<CallProblem> call_problem(const Signature& signature, const Arguments& arguments);

/// Of arguments that have passed call_problem().
[[nodiscard]] const std::string& string_at(const Arguments& arguments, std::size_t i);
[[nodiscard]] std::int64_t number_at(const Arguments& arguments, std::size_t i);

} // namespace crier::text
