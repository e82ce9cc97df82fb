#pragma once

#include "core/rates/ledger.hpp"
#include "core/rates/pace.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::rates {

/// What an account's lane keeps over a restart (AccountState::rate), in a form of our own: records between
/// blanks, fields between commas.
struct Saved {
    struct Count {
        Scope scope = Scope::own;
        std::string name;
        std::optional<int> limit; ///< where it is not the table's
        Duration window{};
        Bucket::Count count;
    };
    struct Limit {
        Scope scope = Scope::own;
        unsigned calls = 0;
        std::optional<int> limit;
        Learnt::Count count;
    };
    Duration server_ahead{};
    std::vector<Count> buckets;
    std::vector<Limit> learnt;
    std::vector<Pace::Leave> leaves;

    Saved() = default;

    void add(const Ledger& ledger);
    /// Into the buckets that the ledger's table has under the same name and length.
    void put_into(Ledger& ledger) const;
};

[[nodiscard]] std::string to_text(const Saved& saved);

/// Nothing when it does not read whole: then the counts start anew. Empty text is an empty book.
[[nodiscard]] std::optional<Saved> parse_saved(std::string_view text);

} // namespace crier::rates
