#pragma once

#include "config/drafts.hpp"
#include "config/scope.hpp"

#include <string>
#include <utility>
#include <vector>

/// Where a source's bytes come from: `url`, `command`, `path` or `object`, by what its plugin is for.
namespace crier::config {

/// What of them the plugin needs and is not there, or is there in vain.
void check_supply(Scope& scope, const PluginInfo& plugin, const SourceDraft& said, Ref at, const Path& path);

/// All of them but `url`.
void read_supply(Scope& scope, SourceSettings& source, const SourceDraft& said, const Path& path);

/// What a plugin is told: lists become one option an item, mappings options with dots.
void add_option(Scope& scope, std::vector<std::pair<std::string, std::string>>& options,
                const std::string& key, Ref at, const Path& path);

} // namespace crier::config
