#pragma once

#include "core/post.hpp"
#include "core/settings.hpp"
#include "engine/compose.hpp"

#include <optional>
#include <string>

namespace crier::engine {

/// What is the same for all posts of one acceptance.
struct Acceptance {
    Origin origin;
    Priority priority = Priority::item;
    Instant now{};
    Instant due{};
    std::optional<Instant> expires;
};

/// The row of a composed post: waiting, ready or held by what composing found.
[[nodiscard]] Post accept(const AccountSettings& account, const Acceptance& acceptance, Composed composed);

/// "mastodon.example" of "https://mastodon.example": the part of the post key that names the server.
[[nodiscard]] std::string server_host(std::string_view server);

} // namespace crier::engine
