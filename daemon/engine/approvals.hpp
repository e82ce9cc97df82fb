#pragma once

#include "engine/configuration.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace crier::engine {

/// Which posts a person is to let go, and for how long they wait for that: what has waited too long is not
/// sent any more. How long is what the configuration says by now, not what it said when the post was made.
///
/// Ownership: by the engine; the world outlives it.
/// Thread: the engine's. Cancellation: terminal; what was not recorded is done by the next life.
class Approvals {
public:
    Approvals(Configuration settings, World& world);

    /// Whether the post needs it: by its source or entry, else by its account. (`mode: hold` is the account's
    /// own business.)
    [[nodiscard]] bool needed(const Post& post) const;

    /// When it is not worth it any more; nothing: never.
    [[nodiscard]] std::optional<Instant> until(const Post& post) const;

    /// One is held for it, or has another time.
    void heed(const Post& post);
    /// Called for each that has waited too long.
    std::function<void(const Post&)> on_expired;

    /// There is another configuration; it counts at once.
    void follow(Configuration settings);
    [[nodiscard]] boost::asio::awaitable<void> run();
    void stop();

private:
    void index();
    [[nodiscard]] const Approval* own_of(const Origin& origin) const; ///< null: it says nothing
    void wait_for(const Post& post);
    [[nodiscard]] boost::asio::awaitable<bool> list();
    [[nodiscard]] boost::asio::awaitable<bool> expire();
    [[nodiscard]] boost::asio::awaitable<Result<std::vector<Post>>> take_due(Instant now);

    Configuration settings_;
    World& world_;
    std::unique_ptr<Alarm> alarm_;
    std::map<std::pair<OriginKind, std::string>, Approval>
        own_;                ///< of sources and entries that say something
    bool some_wait_ = false; ///< something has a `within`
    /// Held posts that do not wait for ever, by when each has waited too long: a hint, for people change
    /// posts and nobody takes those out that are no longer held. So only what is due is read.
    std::set<std::pair<Instant, PostId>> waiting_;
    bool listed_ = false; ///< those that were held before are in it
    bool stopping_ = false;
};

} // namespace crier::engine
