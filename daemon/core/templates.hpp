#pragma once

#include "core/settings.hpp"

#include <functional>
#include <string>

namespace crier {

/// A template of a configuration and what posts by it. Refers to the settings that it was found in.
struct TemplateUse {
    const PostTemplate& post;
    const Interned& account;
    const Place& place;     ///< of the entry or source
    const std::string& key; ///< "schedule.NAME", "sources.NAME"
};

/// Every template that entries and sources post by, those of a thread's further parts and those that take
/// turns among them. Not what an account's defaults give `crier post`.
void each_template(const Settings& settings, const std::function<void(const TemplateUse&)>& see);

} // namespace crier
