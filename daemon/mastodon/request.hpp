#pragma once

#include "core/post.hpp"
#include "mastodon/servers.hpp"
#include "ports/http_client.hpp"

#include <string>
#include <string_view>

/// What goes over the wire (docs.joinmastodon.org/methods/statuses#create, methods/media#v2). Pure.
namespace crier::mastodon {

/// The JSON body of POST /api/v1/statuses: every server known takes JSON. The visibility always stands in it:
/// servers differ in their default. `media_ids` is always an array: a scalar is dropped in silence, and the
/// post goes out without its pictures.
/// What is said in other words to some is said so by `kind`.
[[nodiscard]] std::string status_body(const PostContent& content, const ServerKind& kind);

/// POST /api/v1/statuses, without the token.
[[nodiscard]] HttpRequest status_request(const std::string& server, const PostContent& content,
                                         const std::string& key, const ServerKind& kind);

/// PUT of /api/v1/statuses/:id: what is left out is taken away, so nothing is: the descriptions and focal
/// points of the attachments go along, and the poll, whose `open` is here what is left of it
/// (docs.joinmastodon.org/methods/statuses#edit). No visibility: it cannot change.
[[nodiscard]] HttpRequest edit_request(const std::string& server, const std::string& status_id,
                                       const PostContent& content, const ServerKind& kind);

/// POST of /api/v1/statuses/:id/pin, or /unpin.
[[nodiscard]] HttpRequest pin_request(const std::string& server, const std::string& status_id, bool pin);

/// DELETE of /api/v1/statuses/:id.
[[nodiscard]] HttpRequest remove_request(const std::string& server, const std::string& status_id);

/// POST of one file to `path` (/api/v2/media or /api/v1/media) as multipart/form-data, without the token.
[[nodiscard]] HttpRequest media_request(const std::string& server, const std::string& path,
                                        const Media& media);

/// GET of one upload; the id, which is the server's, cannot lead to another path.
[[nodiscard]] HttpRequest media_state_request(const std::string& server, const std::string& media_id);

/// A GET that asks for JSON.
[[nodiscard]] HttpRequest get_request(const std::string& server, const std::string& path);

/// By the file's name; application/octet-stream for one that is not known.
[[nodiscard]] std::string media_type_of(std::string_view filename);

} // namespace crier::mastodon
