#pragma once

#include "config/scope.hpp"

#include <optional>

namespace crier::config {

/// The way in for browsers and for scripts on TCP; nothing: there is none, or what is said of it is wrong.
[[nodiscard]] std::optional<AdminWeb> read_admin_web(Scope& scope, const Given<AdminDraft>& given);

} // namespace crier::config
