#pragma once

#include "core/post.hpp"
#include "core/settings.hpp"
#include "engine/compose.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crier::engine {

/// What is the same for all posts of one acceptance.
struct Acceptance {
    Origin origin;
    std::string identity; ///< what the key goes by in the place of origin.name; empty: that
    int part = 0;
    int revision = 0; ///< the origin's edition
    Priority priority = Priority::item;
    Instant now{};
    Instant due{};
    std::optional<Instant> expires;
};

/// The key that the post has or would have.
[[nodiscard]] Digest key_of(const AccountSettings& account, const Acceptance& acceptance);

/// The row of a composed post: waiting, ready or held by what composing found.
[[nodiscard]] Post accept(const AccountSettings& account, const Acceptance& acceptance, Composed composed);

/// The rows of a thread's parts, in order; of a single post the one.
[[nodiscard]] std::vector<Post> accept_thread(const AccountSettings& account, Acceptance acceptance,
                                              std::vector<Composed> parts);

/// "mastodon.example" of "https://mastodon.example": the part of the post key that names the server.
[[nodiscard]] std::string server_host(std::string_view server);

} // namespace crier::engine
