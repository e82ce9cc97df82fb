#pragma once

#include "core/failure.hpp"
#include "core/post.hpp"
#include "core/settings.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What people ask of the outbox. They work on a store: the running daemon's, or a stopped one's that a
/// command has opened.
namespace crier::engine {

/// What is asked for now was so a moment ago: the way from a command takes one.
inline constexpr Duration late_by_moment = std::chrono::minutes{1};

/// `crier post`.
struct PostOrder {
    std::string account; ///< empty: the only one there is
    std::string status;
    std::vector<std::string> further; ///< texts of the posts of a thread behind it, in order
    std::string spoiler_text;
    std::optional<bool> sensitive;
    std::optional<Visibility> visibility; ///< default: the account's
    std::optional<std::string> language;
    std::optional<std::string> content_type; ///< default: the account's; empty: plain text
    std::optional<QuotePolicy> quote_policy;
    std::optional<bool> local_only;
    std::optional<Poll> poll;
    std::string in_reply_to; ///< a status by its id, or by its address on the account's server
    std::string quote;       ///< the same
    bool pin = false;
    std::vector<Media> media; ///< files by absolute path, or addresses, with their alt text
    std::vector<std::pair<std::size_t, std::string>>
        uploads; ///< places in `media` whose file was sent before, and by which token (engine/uploads)
    std::optional<Instant> at;
    std::string key; ///< the same key never makes two posts
    /// Given when a person posts one item of a source by hand: `name` the source, `item` the item's identity.
    /// The post's key is then the one that the source itself would give it.
    std::optional<Origin> origin;
    std::string identity; ///< what that origin's posts are known by; set by the engine, as is
    int edition = 0;

    PostOrder() = default;
};

struct Accepted {
    PostId id = 0; ///< 0: `known`, and its row has been trimmed; how it ended is not known any more
    PostState state = PostState::ready;
    std::vector<PostId> further; ///< of a thread, in order: `id` is the first one's
    bool known = false;          ///< the key was there already: this is the post from then

    Accepted() = default;
};

/// Puts one post into the outbox, durably, or a thread: one that was given as such, or one that a text needs
/// which is too long, where the account's `defaults` say so.
[[nodiscard]] boost::asio::awaitable<Result<Accepted>> order_post(Store& store, MediaFetcher& media,
                                                                  const Settings& settings,
                                                                  const ServerProfile& server, Instant now,
                                                                  PostOrder order);

/// The account that an order means: the named one, or the only one.
[[nodiscard]] Result<const AccountSettings*> account_of(const Settings& settings, std::string_view name);

/// One row; Cause::not_found where there is none, with the newest that there is.
[[nodiscard]] boost::asio::awaitable<Result<Post>> find_post(Store& store, PostId id);

/// Somebody else was quicker: nothing was written.
[[nodiscard]] Failure changed_meanwhile(PostId id);

enum class OutboxAction { hold, release, retry, cancel, approve };
[[nodiscard]] std::optional<OutboxAction> parse_outbox_action(std::string_view text) noexcept;
[[nodiscard]] std::string_view word_of(OutboxAction action) noexcept;

/// Is a person to approve this post before it goes out, and has not? Then `approve` alone counts as that.
using NeedsApproval = std::function<bool(const Post&)>;

/// `anyway`: send again although an earlier attempt may have published it. A double is then possible.
/// `version`: of what the person saw (shown_version); another one by now: Cause::conflict.
[[nodiscard]] boost::asio::awaitable<Result<Post>> act_on_post(Store& store, Instant now, PostId id,
                                                               OutboxAction action, bool anyway,
                                                               NeedsApproval needs_approval,
                                                               std::optional<std::int64_t> version);

/// What became of an action on many posts.
struct Acted {
    std::size_t done = 0;
    std::vector<std::string> accounts;            ///< of those
    std::vector<std::pair<PostId, Failure>> left; ///< on which it could not be done, and why

    Acted() = default;
};

/// The action on all posts that `query` finds; without states in it, on all that are in a state that the
/// action is for. Each batch of them is one transaction; what is done stays done when a later one fails.
[[nodiscard]] boost::asio::awaitable<Result<Acted>> act_on_posts(Store& store, Instant now, PostQuery query,
                                                                 OutboxAction action, bool anyway,
                                                                 NeedsApproval needs_approval);

} // namespace crier::engine
