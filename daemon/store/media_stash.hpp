#pragma once

#include "ports/http_client.hpp"
#include "ports/media_fetcher.hpp"

#include <memory>
#include <string>

namespace crier::store {

/// Keeps what it fetched as files of `directory` (made 0700 at the first use) until they are forgotten.
///
/// Ownership: the client outlives it.
[[nodiscard]] std::unique_ptr<MediaFetcher> make_media_stash(HttpClient& http, std::string directory);

/// The MIME type that the first bytes speak for, of the kinds that servers take; empty when they speak for
/// none.
[[nodiscard]] std::string sniff_media_type(std::string_view bytes) noexcept;

} // namespace crier::store
