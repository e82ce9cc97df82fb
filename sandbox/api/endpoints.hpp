#pragma once

#include "sandbox/api/call.hpp"
#include "sandbox/http/message.hpp"

namespace crier::sandbox {

/// What answers a request when all checks before it are passed. One file each, or one for what belongs
/// together.

// post_status.cpp
[[nodiscard]] Response post_status(Call& call);
// statuses.cpp
[[nodiscard]] Response get_status(Call& call);
[[nodiscard]] Response get_statuses(Call& call);
[[nodiscard]] Response get_source(Call& call);
[[nodiscard]] Response put_status(Call& call);
[[nodiscard]] Response delete_status(Call& call);
[[nodiscard]] Response pin_status(Call& call);
[[nodiscard]] Response unpin_status(Call& call);
// media.cpp
[[nodiscard]] Response post_media_v1(Call& call);
[[nodiscard]] Response post_media_v2(Call& call);
[[nodiscard]] Response get_media(Call& call);
[[nodiscard]] Response put_media(Call& call);
[[nodiscard]] Response delete_media(Call& call);
// scheduled.cpp
[[nodiscard]] Response get_scheduled_list(Call& call);
[[nodiscard]] Response get_scheduled(Call& call);
[[nodiscard]] Response put_scheduled(Call& call);
[[nodiscard]] Response delete_scheduled(Call& call);
// instance.cpp
[[nodiscard]] Response get_instance_v1(Call& call);
[[nodiscard]] Response get_instance_v2(Call& call);
// accounts.cpp
[[nodiscard]] Response lookup_account(Call& call);
[[nodiscard]] Response get_account(Call& call);
[[nodiscard]] Response account_statuses(Call& call);
[[nodiscard]] Response verify_account(Call& call);
[[nodiscard]] Response verify_app(Call& call);
// oauth.cpp, oauth_page.cpp
[[nodiscard]] Response post_app(Call& call);
[[nodiscard]] Response post_token(Call& call);
[[nodiscard]] Response post_revoke(Call& call);
[[nodiscard]] Response get_metadata(Call& call);
[[nodiscard]] Response get_authorize(Call& call);
[[nodiscard]] Response post_authorize(Call& call);
// pages.cpp: feeds, pictures, the timeline
[[nodiscard]] Response get_feed_rss(Call& call);
[[nodiscard]] Response get_feed_atom(Call& call);
[[nodiscard]] Response get_feed_json(Call& call);
[[nodiscard]] Response get_picture(Call& call);
[[nodiscard]] Response get_media_file(Call& call);
[[nodiscard]] Response get_timeline(Call& call);
[[nodiscard]] Response get_profile_page(Call& call); ///< /@NAME/ID: its place on the timeline

} // namespace crier::sandbox
