#pragma once

#include "core/rates/call.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace crier::rates {

/// Whose calls a bucket counts.
enum class Scope {
    own,     ///< the token's, its user's, the account's: here they are one
    address, ///< all that come to the server from this machine's address
};

/// One row of a server's limits: `limit` calls of these kinds in each window. Windows are fixed and begin at
/// multiples of their length since the epoch, by the server's clock.
struct Rule {
    std::string_view name;
    int limit = 0;
    Duration window{};
    Scope scope = Scope::own;
    unsigned calls = 0;      ///< a mask of Call
    bool successes = false;  ///< counts only what was done
    std::string_view what{}; ///< for people: "posts", "uploads", ...
};

/// "300 posts in 3h"; a server may have another limit than the rule's.
[[nodiscard]] std::string in_words(int limit, const Rule& rule);

/// Which of the windows of this length, from the epoch on, a moment lies in.
[[nodiscard]] std::int64_t window_number(Instant when, Duration length);

/// The server's clock and ours may differ by so much at the edge of a window: what falls that near to it
/// counts on both sides.
inline constexpr Duration edge = std::chrono::seconds{2};

/// How many calls of the current window are used up, as far as is known. All times are the server's.
class Bucket {
public:
    explicit Bucket(const Rule& rule)
        : rule_(&rule)
        , limit_(rule.limit) {}

    [[nodiscard]] const Rule& rule() const noexcept { return *rule_; }
    [[nodiscard]] int limit() const noexcept { return limit_; }
    void set_limit(int limit) noexcept { limit_ = limit; }
    [[nodiscard]] bool covers(Call call) const noexcept { return (rule_->calls & mask(call)) != 0; }

    /// What is left of the window that is current at `now`.
    [[nodiscard]] int left(Instant now) const;
    /// When the next window begins for certain.
    [[nodiscard]] Instant end(Instant now) const;

    /// How much `needs` takes of this bucket at `now`.
    [[nodiscard]] int taken_by(const Needs& needs, Instant now) const;
    void debit(const Needs& needs, Instant now);
    /// The answer to one call of a debit. `running`: for how long the call may still be at work.
    void settle(const Needs& call, Outcome outcome, Instant now, Duration running);

    /// Does a server's word of the window that ends at `reset` mean this bucket?
    [[nodiscard]] bool ends_at(Instant reset, Instant now) const;
    /// The server says that no more than `left` are left of the window that ends at `reset`.
    void correct(int left, Instant reset, Instant now);

    /// What is kept over a restart. What is on its way may come to count in the next window.
    struct Count {
        std::int64_t window = 0; ///< which one since the epoch
        int used = 0;
        int spill = 0; ///< of those, what may count in the next window
    };
    [[nodiscard]] Count count() const noexcept { return {window_, used_, spill_ + open_ - open_spilled_}; }
    /// The greater use wins.
    void merge(const Count& other) noexcept;

private:
    [[nodiscard]] std::int64_t window_at(Instant now) const;
    [[nodiscard]] bool is_repeat(const Needs& needs) const;
    [[nodiscard]] bool near_edge(Instant now, Duration running) const;
    [[nodiscard]] Bucket at(Instant now) const;
    void roll(std::int64_t window);

    const Rule* rule_; // of a static table
    int limit_;
    std::int64_t window_ = 0;
    int used_ = 0;
    int spill_ = 0;
    int open_ = 0;         // debited and not settled: they may land in whichever window is current then
    int open_spilled_ = 0; // of those, the ones that `spill_` has already
};

} // namespace crier::rates
