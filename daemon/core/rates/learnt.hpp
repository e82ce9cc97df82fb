#pragma once

#include "core/delivery/reply.hpp"
#include "core/rates/call.hpp"

#include <optional>

namespace crier::rates {

/// A limit that only the server's replies have told of: its size perhaps, how much is left, until when; not
/// where its windows begin. After its end all of it is there again, and the next reply says until when.
/// Replies are the only measure, so it is exact for one caller at a time. All times are the server's.
class Learnt {
public:
    Learnt(unsigned calls, std::optional<int> limit)
        : calls_(calls)
        , limit_(limit) {}

    [[nodiscard]] unsigned calls() const noexcept { return calls_; }
    [[nodiscard]] const std::optional<int>& limit() const noexcept { return limit_; }
    [[nodiscard]] Instant reset() const noexcept { return reset_; }

    /// Nothing: it holds nobody back.
    [[nodiscard]] std::optional<int> left(Instant now) const;
    [[nodiscard]] Instant end(Instant now) const;
    void debit(const Needs& needs, Instant now);
    /// A call never reached the server.
    void give_back(const Needs& needs, Instant now);

    /// Does a reply that names this limit and this end mean this one?
    [[nodiscard]] bool is(std::optional<int> limit, Instant reset, Instant now) const;
    /// At most `left` until `reset`.
    void heard(int left, Instant reset, Instant now);

    struct Count {
        int left = 0;
        Instant reset{};
        Duration length{}; ///< the longest that it has been seen to last
    };
    [[nodiscard]] Count count() const noexcept { return {left_, reset_, length_}; }
    void set(const Count& count) noexcept {
        left_ = count.left;
        reset_ = count.reset;
        length_ = count.length;
    }

private:
    unsigned calls_;
    std::optional<int> limit_;
    int left_ = 0;
    Instant reset_{};
    Duration length_{};
};

} // namespace crier::rates
