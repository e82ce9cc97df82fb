#pragma once

#include "sandbox/state/idempotency.hpp"
#include "sandbox/state/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

/// Whose manners the sandbox has.
enum class Kind { mastodon_4_6, mastodon_4_5, mastodon_4_2, gotosocial, pleroma };

/// What can be switched while it runs; each kind of server begins with its own.
struct Settings {
    Kind kind = Kind::mastodon_4_6;
    ReplayMode replay = ReplayMode::wait_503;
    std::size_t characters = 500;
    std::size_t characters_per_url = 23;
    std::size_t media_limit = 4;
    std::size_t description_limit = 10'000;
    bool tell_description_limit = true; ///< in the instance document (4.4 and later)
    bool limited_federation = false;
    bool silenced = false;           ///< `public` becomes `unlisted`
    bool drop_unknown_media = false; ///< before 4.3: the post appears without them
    bool stale_lists = false;        ///< anonymous lists stay as they were when this was switched on
    bool instance_v2 = true;
    bool media_v2 = true;
    bool polls_with_media = true;
    std::string language; ///< the accounts' own, for error texts: "de"; empty: as the request asks
    std::string default_visibility = "public";
    std::int64_t requests_per_5_minutes = 300; ///< for each token; 0: no limit, as for the others
    std::int64_t user_requests_per_5_minutes = 1500;
    std::int64_t anonymous_per_5_minutes = 300;
    std::int64_t media_per_30_minutes = 30;
    std::int64_t deletes_per_30_minutes = 30;
    std::int64_t pages_per_15_minutes = 300;
    std::int64_t statuses_per_3_hours = 300;
    std::int64_t apps_per_10_minutes = 5;

    [[nodiscard]] bool mastodon() const noexcept { return kind <= Kind::mastodon_4_2; }
    /// At least Mastodon 4.3 (4.5, 4.6): false for other servers.
    [[nodiscard]] bool since_4_3() const noexcept { return kind <= Kind::mastodon_4_5; }
    [[nodiscard]] IdStyle ids() const noexcept;
    /// Nothing is limited: for tests that post a lot.
    void lift_rate_limits();
};

[[nodiscard]] Settings settings_for(Kind kind);

/// "mastodon-4.6" and the like.
[[nodiscard]] std::optional<Kind> kind_named(std::string_view name);
[[nodiscard]] std::string_view name_of(Kind kind);
[[nodiscard]] const std::vector<std::string>& kind_names();

/// "wait_503", "inflight_duplicate", "500", "ignore", "errors".
[[nodiscard]] std::optional<ReplayMode> replay_named(std::string_view name);
[[nodiscard]] std::string_view name_of(ReplayMode mode);

/// What the server says it is.
[[nodiscard]] std::string_view version_of(Kind kind);

} // namespace crier::sandbox
