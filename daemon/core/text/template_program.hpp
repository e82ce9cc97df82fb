#pragma once

#include "core/text/filters.hpp"
#include "core/text/functions.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

/// A parsed template: what template_parse.cpp makes and template.cpp runs.
namespace crier::text {

struct Variable {
    std::string name;
};

struct Call {
    const FunctionKind* function = nullptr;
    Arguments arguments;
    std::int64_t turn = 0; ///< of functions by chance: the how many-th of the template, from 0
};

struct AppliedFilter {
    const FilterKind* filter = nullptr;
    Arguments arguments;
};

/// Literal text, a variable or a function, through filters.
struct Node {
    std::variant<std::string, Variable, Call> head;
    PieceKind kind = PieceKind::literal;
    std::vector<AppliedFilter> filters;
};

struct Template::Program {
    std::string source;
    std::vector<Node> nodes;
};

} // namespace crier::text
