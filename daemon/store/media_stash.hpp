#pragma once

#include "ports/http_client.hpp"
#include "ports/media_fetcher.hpp"
#include "store/media_vault.hpp"

#include <memory>
#include <string>

namespace crier::store {

/// Keeps what it fetched, and copies of local files, as files of `directory` (made 0700 at the first use)
/// until they are forgotten. What is kept is not fetched again: a picture that changes or goes between two
/// tries of a post does not change the post. At most 128 MiB are fetched, and one file at a time: the others
/// wait.
///
/// What is put by lies in `directory`/shown, so that a person can be shown what went out: files of up to 2
/// MiB, the newest 64 MiB of them.
///
/// With a `vault`, what is kept is in there as well: a post that was made on one machine has its files on
/// another that comes to send it. A path in a post is of the machine that made it; its base name is the
/// file's everywhere. What is not on the disk here is brought from the vault when it is needed, what is
/// forgotten or put by is gone from it, and what the vault cannot do for now is not kept.
///
/// Ownership: the client outlives it. Nothing else may write to the directory.
/// Thread: the engine's; files are written on a thread of its own.
[[nodiscard]] std::unique_ptr<MediaFetcher> make_media_stash(HttpClient& http, std::string directory,
                                                             std::unique_ptr<MediaVault> vault = nullptr);

} // namespace crier::store
