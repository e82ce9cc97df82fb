#pragma once

#include "core/settings.hpp"
#include "ports/log.hpp"
#include "ports/store.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

/// Which memory each source and entry of the configuration has: a name may change, what was posted may not be
/// posted again for it (delivery rule 1).
namespace crier::engine {

/// The sources and entries of the configuration by their names, for who asks of many of them. The settings
/// outlive it.
class Configured {
public:
    explicit Configured(const Settings& settings);

    /// Null: there is none here.
    [[nodiscard]] const EntrySettings* entry(std::string_view name) const;
    /// Is there such an entry or source, here or elsewhere? Posts by hand belong to none.
    [[nodiscard]] bool has(const Origin& origin) const;

private:
    std::unordered_map<std::string_view, const EntrySettings*> entries_;
    std::unordered_set<std::string_view> sources_;
};

/// What the sources and entries are known by.
class Origins {
public:
    Origins() = default;
    Origins(const std::vector<OriginState>& known, const Configured& configured);

    /// In the place of the name in a post's key.
    [[nodiscard]] std::string identity(OriginKind kind, std::string_view name) const;
    /// The sources and entries that once were and are not in the configuration; `item` is empty.
    [[nodiscard]] const std::vector<Origin>& gone() const noexcept { return gone_; }

private:
    std::map<std::pair<OriginKind, std::string>, std::string> identities_; ///< where it is not the name
    std::vector<Origin> gone_;
};

struct Resolved {
    Origins origins;
    Batch changes; ///< what the store does not know yet: before anything else is written

    Resolved() = default;
};

/// Finds renamed sources and entries: by `was`, and a source that is gone by a new one that reads the same.
/// `states` are renamed at once, as the store's rows will be by `changes`.
[[nodiscard]] Resolved resolve_origins(const Settings& settings, States& states, Log& log);

/// What tells one source's content from another's: its plugin, and its address or its options.
[[nodiscard]] std::string what_it_reads(const SourceSettings& source);

} // namespace crier::engine
