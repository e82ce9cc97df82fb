#pragma once

#include "sdk/crier_plugin.hpp"
#include "webhook/options.hpp"

#include <string_view>

namespace crier::webhook {

/// Who sent a request, by its headers.
[[nodiscard]] Form form_of(const sdk::Input& input);

/// What happened, in the sender's words. Throws sdk::Error where a request of that form must say it.
[[nodiscard]] std::string_view event_of(const sdk::Input& input, Form form);

} // namespace crier::webhook
