#pragma once

#include "engine/why.hpp"

#include <string_view>

/// The parts of `crier why`, one kind of thing each. They add to a chain what the store, the lanes and the
/// planner say; they decide nothing.
namespace crier::engine {

/// For whom a chain is made.
struct Asked {
    Engine& engine;
    bool running = false; ///< by a daemon, which will go on by itself
};

[[nodiscard]] boost::asio::awaitable<Result<>> tell_post(Asked asked, Post post, Why& why);
/// The post and what it came from: the whole chain.
[[nodiscard]] boost::asio::awaitable<Result<>> tell_post_from_origin(Asked asked, Post post, Why& why);
/// Nothing is added where no source has seen such an item.
[[nodiscard]] boost::asio::awaitable<Result<>> tell_item(Asked asked, std::string about, Why& why);
[[nodiscard]] boost::asio::awaitable<Result<>> tell_account(Asked asked, std::string name, Why& why);
[[nodiscard]] boost::asio::awaitable<Result<>> tell_entry(Asked asked, std::string name, Why& why);
[[nodiscard]] boost::asio::awaitable<Result<>> tell_source(Asked asked, std::string name, Why& why);

/// What keeps the account's posts from leaving, by the lane and, where there is none, by the lack of it.
void tell_obstacles(Asked asked, const std::string& account, Why& why);

WhyStep& add_step(Why& why, std::string_view what, std::optional<Instant> at, std::string text);
WhyStep& add_step(Why& why, const Obstacle& obstacle);

/// What a person can do about a post in this state; empty: nothing need be done. Of words alone.
[[nodiscard]] std::string advice(const Post& post);

/// The verdict on an item as it was stored (engine/intake), for people.
[[nodiscard]] std::string verdict_words(const SeenItem& seen);

/// "post 5: the first words of its text".
[[nodiscard]] std::string shown(const Post& post);

} // namespace crier::engine
