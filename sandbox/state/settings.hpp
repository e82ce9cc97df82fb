#pragma once

#include "sandbox/state/kinds.hpp"

#include <optional>
#include <string_view>

namespace crier::sandbox {

/// The kind of server, and what of it can be switched while it runs.
struct Settings : Limits {
    Kind kind = Kind::mastodon_4_6;
    ReplayMode replay = ReplayMode::wait_503;

    [[nodiscard]] const Facts& facts() const { return facts_of(kind); }
    /// Mastodon or a fork of it, of at least this version: 403 for 4.3.
    [[nodiscard]] bool mastodon(int since = 0) const {
        return facts().mastodon != 0 && facts().mastodon >= since;
    }
};

[[nodiscard]] Settings settings_for(Kind kind);

/// "wait_503", "inflight_duplicate", "500", "ignore", "errors", "refused".
[[nodiscard]] std::optional<ReplayMode> replay_named(std::string_view name);
[[nodiscard]] std::string_view name_of(ReplayMode mode);

} // namespace crier::sandbox
