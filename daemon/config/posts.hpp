#pragma once

#include "config/material.hpp"
#include "config/scope.hpp"

#include <memory>
#include <string_view>

namespace crier::config {

/// Compiles what one layer says. `path` is the layer's.
[[nodiscard]] Layer read_layer(Scope& scope, const PostDraft& said, const Material& material,
                               const Path& path);

/// What `over` says goes over `base`; lists replace.
void overlay(Layer& base, const Layer& over);

/// The post of a target. Null, with a problem, when the layers together do not make one. `at` is the entry
/// or source, `account` whose defaults took part.
[[nodiscard]] std::shared_ptr<const PostTemplate> make_post(Scope& scope, const Layer& layer, Ref at,
                                                            const Path& path, std::string_view account);

/// The same of an account's defaults, for posts by hand: null when no visibility is stated.
[[nodiscard]] std::shared_ptr<const PostTemplate> make_defaults(const Layer& layer);

} // namespace crier::config
