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
/// `evidence`: a second token, which may read; null: what everybody may read is all there is.
///
/// Ownership: settings, client, token sources and clock outlive it.
[[nodiscard]] std::unique_ptr<Publisher> make_publisher(const AccountSettings& account, HttpClient& http,
                                                        TokenSource& token, Clock& clock,
                                                        TokenSource* evidence = nullptr);

} // namespace crier::mastodon
