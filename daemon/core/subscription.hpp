#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace crier {

/// Where what changes in a document is pushed from (WebSub, W3C Recommendation 2018, 4): the document says
/// so, in its words or in a header beside it.
struct Hub {
    std::string url;   ///< of the hub; empty: there is none
    std::string topic; ///< the address by which the hub knows the document

    Hub() = default;
    Hub(std::string where, std::string what)
        : url(std::move(where))
        , topic(std::move(what)) {}
    [[nodiscard]] bool none() const noexcept { return url.empty() || topic.empty(); }
    friend bool operator==(const Hub&, const Hub&) = default;
};

/// What the path begins with at which a hub is answered; the subscription's id ends it.
inline constexpr std::string_view hub_path = "/websub/";

/// What is asked of a hub for one source, and what it said. Each has a path of its own at which the hub is
/// answered, and a secret that it signs with.
struct Subscription {
    enum class State {
        asked,   ///< the hub has not confirmed it yet
        active,  ///< until `until`
        denied,  ///< the hub does not want to
        leaving, ///< the hub is asked to end it: the source has gone, or has another hub
    };
    std::string id; ///< 32 hexadecimal digits that nobody guesses: the end of the path
    std::string source;
    Hub hub;
    std::string callback; ///< the address that the hub was told; another one is another subscription
    std::string secret;   ///< 64 hexadecimal digits
    State state = State::asked;
    Instant since{};     ///< in this state
    Instant until{};     ///< what the hub has granted; zero: nothing yet
    Instant next{};      ///< when the hub is asked the next time
    int tries = 0;       ///< in a row that brought nothing
    Instant last_push{}; ///< zero: none so far
    std::string note;    ///< what the hub said last, for people
};

/// Is the hub bound to push now?
[[nodiscard]] bool pushes(const Subscription& subscription, Instant now) noexcept;

/// "asked", "active", "denied", "leaving": the store's words and people's.
[[nodiscard]] std::string_view to_text(Subscription::State state) noexcept;
[[nodiscard]] std::optional<Subscription::State> parse_subscription_state(std::string_view text) noexcept;

/// What is asked for; hubs grant what they like.
inline constexpr Duration lease_wanted = std::chrono::hours{24 * 10};

/// No hub is believed for longer.
inline constexpr Duration longest_lease = std::chrono::hours{24 * 366};

/// What a hub's number of seconds means: nothing or nonsense is a day, and more than a year is a year.
[[nodiscard]] Duration lease_of(std::string_view seconds) noexcept;

/// When a lease is to be asked for anew: so early that a hub that is down for hours costs nothing, and
/// whatever it has granted, after some days: it may have forgotten.
[[nodiscard]] Instant renewal_of(Instant granted, Instant until) noexcept;

/// After so many tries that brought nothing: from five minutes to half a day.
[[nodiscard]] Duration pause_after(int tries) noexcept;

} // namespace crier
