#pragma once

#include "core/fuse.hpp"
#include "core/post.hpp"
#include "engine/alerts.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>
#include <vector>

/// How planner and pollers ask the fuse before what they made becomes durable.
namespace crier::engine {

/// What one origin wants on one account.
struct FuseCheck {
    OriginKind kind = OriginKind::source;
    std::string name;
    std::string account;
    Fuse limits;
    Duration within{};       ///< the limits' own, or longer where it was not looked at for so long
    Instant after{};         ///< what was made until then does not count (first run)
    bool one_link = false;   ///< many items may have one link: that tells nothing
    bool fixed_text = false; ///< its text is the same by intention
    std::vector<Post> posts; ///< by time; held where the fuse says so
    fuse::Past past;

    FuseCheck() = default;
};

/// "source:blog": what `crier resume` takes.
[[nodiscard]] std::string origin_text(OriginKind kind, std::string_view name);

/// Asks the store what they have made lately: once for all, and once more for those that want more than
/// their limits, which is rare.
[[nodiscard]] boost::asio::awaitable<Result<>> read_pasts(Store& store, std::vector<FuseCheck>& checks);

/// Holds those of `check.posts` that the fuse does not let through, all of them where it has tripped before,
/// and notes in `state` that it trips. True: it has tripped now. Waits for nothing, so that what it decides
/// and what is written go together.
[[nodiscard]] bool heed_fuse(FuseCheck& check, fuse::State& state, Instant now);

/// As long as the fuse is open.
void hold_by_fuse(Post& post, OriginKind kind, const std::string& name, const fuse::State& state);

/// Into the log, and as an alert.
void tell_tripped(Log& log, Alerts& alerts, OriginKind kind, const std::string& name,
                  const fuse::State& state);
void raise_fuse(Alerts& alerts, OriginKind kind, const std::string& name, const fuse::State& state);

/// What a person is told of a fuse that has tripped.
[[nodiscard]] std::string fuse_action(OriginKind kind, std::string_view name);

} // namespace crier::engine
