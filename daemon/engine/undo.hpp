#pragma once

#include "core/delivery/reply.hpp"
#include "core/failure.hpp"
#include "core/post.hpp"
#include "core/settings.hpp"
#include "engine/target.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a person takes back of what was posted, and asks of what is published. All of it is recorded in the
/// store; the lanes do it, at their server's pace, whenever they run.
namespace crier::engine {

/// `crier undo`: what was posted since then, and what waits of those that made it.
struct UndoOrder {
    Instant since{};
    std::string account;            ///< empty: all
    std::optional<OriginKind> kind; ///< of the origin; nothing: all
    std::string origin;             ///< with `kind`

    UndoOrder() = default;
};

/// What there is to be taken back. Whole threads.
struct UndoPlan {
    std::vector<Post> removed;   ///< published: in the order in which they are deleted, the last one first
    std::vector<Post> cancelled; ///< nothing of them has left
    std::vector<Post> sought;    ///< may be there: never sent again, looked for, deleted where they are found
    std::vector<std::pair<Post, std::string>> left; ///< with which nothing can be done, and why
    std::vector<Target> origins;                    ///< that made them: sources and entries, to be paused

    UndoPlan() = default;
};

/// Reads only.
[[nodiscard]] boost::asio::awaitable<Result<UndoPlan>> plan_undo(Store& store, const Settings& settings,
                                                                 UndoOrder order, Instant now);

/// The plan for posts that are named: each with the parts of its thread that are behind it.
[[nodiscard]] boost::asio::awaitable<Result<UndoPlan>> plan_removal(Store& store, const Settings& settings,
                                                                    std::vector<Post> posts);

/// Makes it durable, a few hundred posts at a time: a repeat completes what a death cut off. What changed at
/// the same moment is planned anew.
[[nodiscard]] boost::asio::awaitable<Result<>> carry_out(Store& store, UndoPlan& plan, Instant now);

/// When an account's deletions are made.
struct Deletions {
    std::string account;
    std::size_t count = 0;
    Instant until{};   ///< the last of them, if nothing comes between
    std::string waits; ///< why none is made now, for people; empty: they are made

    Deletions() = default;
};

struct Undone {
    UndoPlan plan;
    std::vector<Target> paused; ///< by this order
    std::vector<Deletions> deletions;

    Undone() = default;
};

/// What a person asks of one published post, or takes back of what was asked.
enum class PublishedAction {
    keep, ///< what waits to be done with it (a deletion, an edit) is not done
    pin,
    unpin,
};
[[nodiscard]] std::optional<PublishedAction> parse_published_action(std::string_view text) noexcept;

/// Durable when it returns; the post as it is then. `server`: what its account's server can do.
[[nodiscard]] boost::asio::awaitable<Result<Post>> act_on_published(Store& store, const Settings& settings,
                                                                    const ServerProfile& server, Instant now,
                                                                    PostId id, PublishedAction action);

} // namespace crier::engine
