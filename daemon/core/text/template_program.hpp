#pragma once

#include "core/boxed.hpp"
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

/// A text in quotes, a variable or a function, through filters.
struct Expression {
    std::variant<std::string, Variable, Call> head;
    std::vector<AppliedFilter> filters;
};

/// An expression; or, without one, a stretch of the source as it stands.
struct Node {
    PieceKind kind = PieceKind::literal;
    std::size_t begin = 0;
    std::size_t size = 0;
    Boxed<Expression> expression;
};

struct Template::Program {
    std::string source;
    std::vector<Node> nodes;
};

} // namespace crier::text
