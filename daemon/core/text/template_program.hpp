#pragma once

#include "core/text/filters.hpp"

#include <string>
#include <vector>

/// A parsed template: what template_parse.cpp makes and template.cpp runs.
namespace crier::text {

struct AppliedFilter {
    const FilterKind* filter = nullptr;
    std::vector<Argument> arguments;
};

/// Literal text, or a variable, through filters.
struct Node {
    std::string literal;
    std::string variable; ///< empty: the literal
    PieceKind kind = PieceKind::literal;
    std::vector<AppliedFilter> filters;
};

struct Template::Program {
    std::string source;
    std::vector<Node> nodes;
};

} // namespace crier::text
