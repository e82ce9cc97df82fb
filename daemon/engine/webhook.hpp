#pragma once

#include "ports/alerter.hpp"
#include "ports/http_client.hpp"
#include "ports/token_source.hpp"

#include <memory>
#include <string>

namespace crier::engine {

/// Sends each alert as JSON to an address. `token` may be null. Any answer of the 200s is a delivery;
/// redirects are not followed.
///
/// Ownership: `http` outlives it.
[[nodiscard]] std::unique_ptr<Alerter> make_webhook(HttpClient& http, std::string url,
                                                    std::unique_ptr<TokenSource> token);

/// "https://hooks.example": an address as it may be shown, for its path may be a secret.
[[nodiscard]] std::string host_of(const std::string& url);

} // namespace crier::engine
