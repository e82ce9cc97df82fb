#pragma once

#include "config/material.hpp"
#include "config/scope.hpp"

namespace crier::config {

/// One medium of a post. `path` is its own.
[[nodiscard]] Layer::Medium read_medium(Scope& scope, Ref at, const Material& material, const Path& path);

/// A file that nothing describes: what will come of it.
void warn_of_missing_alt(Scope& scope, const Layer::Medium& medium);

/// A template that may name these variables; empty, with a problem, when it is wrong.
[[nodiscard]] text::Template read_template(Scope& scope, const GivenText& given,
                                           const std::vector<std::string>& variables, const Path& path);

} // namespace crier::config
