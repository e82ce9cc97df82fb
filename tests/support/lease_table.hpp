#pragma once

#include "ports/leases.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace crier::test {

/// What a database does with the leases of several daemons, in memory and at once: the model that the one on
/// PostgreSQL is held against. All times are the database's.
class LeaseTable {
public:
    explicit LeaseTable(Duration length)
        : length_(length) {}

    [[nodiscard]] Duration length() const noexcept { return length_; }

    /// `life` is 0 for a daemon that has none yet, and 0 again where it is over. LeaseTerm::until is the
    /// caller's affair.
    [[nodiscard]] LeaseTerm order(std::uint64_t& life, const LeaseOrder& order, Instant now);
    void leave(std::uint64_t& life);

    /// May what is about these things be written under that life?
    [[nodiscard]] bool allows(std::uint64_t life, const std::vector<std::string>& things) const;
    /// 0: nobody.
    [[nodiscard]] std::uint64_t holder(const std::string& thing) const;

private:
    struct Life {
        Instant until{};
        bool over = false; ///< somebody has taken something from it
    };
    [[nodiscard]] bool is_free(const std::string& thing, Instant now) const;
    void take(const Share& share, std::uint64_t life);

    Duration length_;
    std::map<std::uint64_t, Life> lives_;
    std::map<std::string, std::uint64_t> leases_;
    std::uint64_t last_ = 0;
};

} // namespace crier::test
