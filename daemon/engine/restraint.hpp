#pragma once

#include "core/settings.hpp"

#include <string>
#include <string_view>

/// What the configuration itself keeps from going out, before anything has been tried. `own`: what the entry
/// or source says of approval; null, or nothing in it: the account's counts.
namespace crier::engine {

[[nodiscard]] bool needs_approval(const AccountSettings* account, const Approval* own) noexcept;

/// "waits for approval", "in mode: dry, not sent"; empty: it goes out by itself.
[[nodiscard]] std::string restraint_of(const Settings& settings, std::string_view account,
                                       const Approval* own);

} // namespace crier::engine
