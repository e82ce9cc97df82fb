#include "core/subscription.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace crier {

namespace {

constexpr std::array<std::string_view, 4> subscription_words{"asked", "active", "denied", "leaving"};

constexpr Duration usual_lease = std::chrono::hours{24};
/// One that is over before it could be renewed would be asked for all the time.
constexpr Duration shortest_lease = std::chrono::minutes{5};

constexpr Duration first_pause = std::chrono::minutes{5};
constexpr Duration longest_pause = std::chrono::hours{12};

} // namespace

bool pushes(const Subscription& subscription, Instant now) noexcept {
    return subscription.state == Subscription::State::active && now < subscription.until;
}

std::string_view to_text(Subscription::State state) noexcept {
    return subscription_words[static_cast<std::size_t>(state)];
}

std::optional<Subscription::State> parse_subscription_state(std::string_view text) noexcept {
    const auto* const found = std::find(subscription_words.begin(), subscription_words.end(), text);
    if (found == subscription_words.end())
        return std::nullopt;
    return static_cast<Subscription::State>(found - subscription_words.begin());
}

Duration lease_of(std::string_view seconds) noexcept {
    std::int64_t value = 0;
    const auto [at, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
    if (error == std::errc::result_out_of_range)
        return seconds.starts_with('-') ? usual_lease : longest_lease;
    if (error != std::errc{} || value <= 0)
        return usual_lease;
    if (value >= std::chrono::duration_cast<std::chrono::seconds>(longest_lease).count())
        return longest_lease;
    return std::max<Duration>(std::chrono::seconds{value}, shortest_lease);
}

Instant renewal_of(Instant granted, Instant until) noexcept {
    return granted + std::min(until - granted, lease_wanted) / 5 * 4;
}

Duration pause_after(int tries) noexcept {
    return std::min<Duration>(first_pause * (1LL << std::clamp(tries - 1, 0, 10)), longest_pause);
}

} // namespace crier
