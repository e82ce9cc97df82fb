#pragma once

#include "core/settings.hpp"
#include "ports/clock.hpp"
#include "ports/http_client.hpp"
#include "ports/publisher.hpp"
#include "ports/token_source.hpp"

#include <memory>

namespace crier::mastodon {

/// An account on a server that speaks the Mastodon API. The token is read for each call.
///
/// Ownership: settings, client, token source and clock outlive it.
[[nodiscard]] std::unique_ptr<Publisher> make_publisher(const AccountSettings& account, HttpClient& http,
                                                        TokenSource& token, Clock& clock);

} // namespace crier::mastodon
