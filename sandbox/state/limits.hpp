#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace crier::sandbox {

/// What a server of one kind begins with, and what can be switched while it runs. The defaults are Mastodon
/// 4.6's.
struct Limits {
    std::size_t characters = 500;
    std::size_t characters_per_url = 23;
    std::size_t media_limit = 4;
    std::size_t description_limit = 10'000;
    bool tell_description_limit = true; ///< in the instance document (4.4 and later)
    std::size_t poll_options = 4;
    std::size_t poll_option_characters = 50;
    std::int64_t poll_least_seconds = 300;
    std::int64_t poll_most_seconds = 2'629'746;
    std::size_t image_bytes = 16'777'216;
    std::size_t video_bytes = 103'809'024; ///< of sounds too
    std::int64_t image_pixels = 33'177'600;
    std::int64_t gif_pixels = 921'600; ///< of moving ones; told nowhere
    std::int64_t video_pixels = 8'294'400;
    std::int64_t frame_rate = 120;
    std::int64_t processing_seconds = 2;  ///< of what is not ready at once, on the server's clock
    std::size_t body_bytes = 104'857'600; ///< of any request; more is 413, from the proxy
    std::size_t pins = 5;                 ///< pinned statuses; 0: no limit
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

    /// Nothing is limited: for tests that post a lot.
    void lift_rate_limits();
};

} // namespace crier::sandbox
