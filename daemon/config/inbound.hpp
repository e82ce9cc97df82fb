#pragma once

#include "config/scope.hpp"

#include <map>
#include <optional>
#include <string>

namespace crier::config {

/// Where what others send arrives; nothing: nowhere.
[[nodiscard]] std::optional<InboundSettings> read_inbound(Scope& scope, const Given<InboundDraft>& given,
                                                          const Path& path);

/// Where a source hears, and by what it knows that a sender may. `at`: the source's place. Reports keys that
/// make no sense for one to which others send.
[[nodiscard]] SourceHook read_hook(Scope& scope, const std::string& name, const SourceDraft& said, Ref at,
                                   const Path& path);

/// Two sources do not hear at one path, and none is drawn from; without a source that hears nothing listens.
void check_hooks(Scope& scope, const Settings& settings, const Given<InboundDraft>& given);

} // namespace crier::config
