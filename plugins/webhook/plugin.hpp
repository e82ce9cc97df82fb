#pragma once

#include "sdk/crier_plugin.h"

namespace crier::webhook {

/// What others send: GitHub, GitLab, Gitea, Forgejo, and whoever sends JSON.
[[nodiscard]] const crier_plugin& table() noexcept;

} // namespace crier::webhook
