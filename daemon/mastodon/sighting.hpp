#pragma once

#include "core/delivery/sighting.hpp"
#include "ports/http_client.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What everybody may read of an account, from the wire. Pure.
namespace crier::mastodon {

/// An Account's number, when its name on this server is `handle` (without regard to case).
[[nodiscard]] std::optional<std::string> read_account(std::string_view body, std::string_view handle);

/// A Status; nothing when it is none.
[[nodiscard]] std::optional<SeenStatus> read_seen_status(std::string_view body);

/// A list of Statuses; nothing when it is none. What does not read in it is left out, and `whole` is false.
struct SeenList {
    std::vector<SeenStatus> statuses;
    bool whole = true;

    SeenList() = default;
};
[[nodiscard]] std::optional<SeenList> read_seen_list(std::string_view body);

/// A cache's copy that may be older than a minute: by Age, by a Date long past, or because the cache says
/// that it is stale. One that is younger shows what the server knew a minute ago.
[[nodiscard]] bool is_stale(const HttpResponse& response, Instant now);

/// The server's clock less ours: nothing where it does not say, or a cache may have said it.
[[nodiscard]] std::optional<Duration> clock_ahead(const HttpResponse& response, Instant now);

/// What an answer to a look without the posting token is worth. `seen` for 200 alone, which is to be read.
[[nodiscard]] LookResult look_of(const HttpResponse& response, Instant now);
[[nodiscard]] LookResult look_of(const HttpFailure& failure);

} // namespace crier::mastodon
