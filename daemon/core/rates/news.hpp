#pragma once

#include "core/delivery/reply.hpp"
#include "core/rates/ledger.hpp"

#include <string>

namespace crier::rates {

/// What a reply's headers changed.
struct Heard {
    std::string bucket;  ///< the one that they describe; empty: none of ours
    bool closed = false; ///< that one is used up: nothing more of its calls before its end
    std::string note;    ///< for people, where the server's limits are not what was known; else empty

    Heard() = default;
};

/// Corrects the books by the headers of a reply to `call`, after it was settled there. They describe only the
/// limit nearest to exhaustion, which is told by its size and its end; it is never corrected upwards.
/// `news.reset` is by the server's clock here, as is `now`.
[[nodiscard]] Heard hear(Ledger& own, Ledger& address, Call call, const RateNews& news, bool limited,
                         Instant now);

} // namespace crier::rates
