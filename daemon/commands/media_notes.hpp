#pragma once

#include "core/delivery/reply.hpp"
#include "core/failure.hpp"
#include "core/post.hpp"

#include <optional>
#include <string>

namespace crier::commands {

/// Why a file would not be uploaded to that server, found out by looking at it; nothing: it would be, or is
/// at an address, or cannot be read here (which is said elsewhere).
/// `alone`: its post has no other.
[[nodiscard]] std::optional<Failure> media_trouble(const Media& media, const ServerProfile& server,
                                                   bool alone);

/// For a preview: what is to be said of the post's files goes behind the note.
void add_media_note(std::string& note, const PostContent& content, const ServerProfile& server);

} // namespace crier::commands
