#pragma once

#include "core/failure.hpp"
#include "core/post.hpp"
#include "core/settings.hpp"
#include "engine/compose.hpp"
#include "ports/publisher.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What a person changes of a post before it first goes out (delivery rule 5), and after it is published. The
/// key stays: it is of nothing that may change.
namespace crier::engine {

/// `crier outbox edit` and `reschedule`: what is given replaces what is there.
struct PostEdit {
    std::optional<std::string> status;
    std::optional<std::string> spoiler_text; ///< empty: none
    std::optional<Visibility> visibility;
    std::optional<std::string> language;                   ///< empty: none
    std::vector<std::pair<std::size_t, std::string>> alts; ///< of which picture, from 1 on; empty: none
    std::optional<Instant> due;
    std::optional<std::int64_t>
        version; ///< of what the person saw (shown_version); nothing: whatever it says now

    PostEdit() = default;
    [[nodiscard]] bool empty() const noexcept {
        return !status && !spoiler_text && !visibility && !language && alts.empty() && !due;
    }
};

/// The post as the edit leaves it, or why it may not be changed. Pure. `account` null: it is no longer in the
/// configuration.
[[nodiscard]] Result<Post> edited(Post post, const PostEdit& edit, const AccountSettings* account,
                                  const ServerProfile& server, Instant now);

/// What a person wants a published post to say, or why that cannot be. `asked`: what is asked of it already.
/// Pure.
[[nodiscard]] Result<Amendment> edited_there(const Post& post, const std::optional<Amendment>& asked,
                                             const PostEdit& edit, const AccountSettings* account,
                                             const ServerProfile& server, Instant now);

/// Durable when it returns. What is published is edited by its lane. What was changed at the same moment, by
/// a lane's attempt above all, or since it was shown, stays as it is: Cause::conflict.
[[nodiscard]] boost::asio::awaitable<Result<Post>>
edit_post(Store& store, const Settings& settings, ProfileOf profile, Instant now, PostId id, PostEdit edit);

} // namespace crier::engine
