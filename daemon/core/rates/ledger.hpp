#pragma once

#include "core/rates/bucket.hpp"
#include "core/rates/learnt.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::rates {

/// What is due from the schedule until a moment (of the server's clock): capacity that others leave alone,
/// but for a tenth of a window that it alone would more than fill.
using Reserve = std::function<Needs(Instant until)>;

/// How much of a window a call may use up. `half`: it can wait, and the other half is for what cannot.
enum class Share { all, half };

/// When something may be done, and what it waits for until then.
struct Turn {
    Instant when{};   ///< not after `now`: at once
    std::string why;  ///< for people; empty when it need not wait
    bool own = false; ///< it waits for what the account's own settings say, and for no server's limit

    /// The later of two.
    void add(Instant at, std::string_view reason, bool by_settings = false) {
        if (at <= when)
            return;
        when = at;
        why = reason;
        own = by_settings;
    }
};

/// One limit as people see it.
struct BucketView {
    std::string bucket;
    int limit = 0;
    int remaining = 0;
    std::optional<Instant> reset;
};

/// The buckets of one scope: those of one token, or those of one (server, own address). All times are the
/// server's.
class Ledger {
public:
    explicit Ledger(Scope scope) noexcept
        : scope_(scope) {}

    /// The limits of this kind of server from now on; what was counted under a name that stays, stays.
    void use(const std::vector<Rule>& table);

    /// When all of `needs` fits in. `reserve` may be empty.
    [[nodiscard]] Turn earliest(const Needs& needs, const Reserve& reserve, Instant now,
                                Share share = Share::all) const;
    /// When the last of so many calls of a kind may be made, if nothing else takes of its limits.
    [[nodiscard]] Instant when_done(Call call, int count, Instant now) const;
    void debit(const Needs& needs, Instant now);
    void settle(const Needs& call, Outcome outcome, Instant now, Duration running);

    [[nodiscard]] std::vector<BucketView> views(Instant now) const;

    [[nodiscard]] Scope scope() const noexcept { return scope_; }
    [[nodiscard]] std::vector<Bucket>& buckets() noexcept { return buckets_; }
    [[nodiscard]] const std::vector<Bucket>& buckets() const noexcept { return buckets_; }
    [[nodiscard]] std::vector<Learnt>& learnt() noexcept { return learnt_; }
    [[nodiscard]] const std::vector<Learnt>& learnt() const noexcept { return learnt_; }
    [[nodiscard]] Bucket* find(std::string_view name) noexcept;

    /// Two books of the same thing: the greater use wins.
    void merge(const Ledger& other);

private:
    Scope scope_;
    std::vector<Bucket> buckets_;
    std::vector<Learnt> learnt_;
};

} // namespace crier::rates
