#pragma once

#include "core/rates/news.hpp"
#include "core/rates/table.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string_view>

namespace crier::test {

using namespace crier::rates;
using namespace std::chrono_literals;

inline const Instant noon = *from_rfc3339("2026-11-24T12:00:00Z");

/// The books of one account on a server of some kind.
struct Books {
    Ledger own{Scope::own};
    Ledger address{Scope::address};

    explicit Books(std::string_view software) {
        own.use(table_of(software));
        address.use(table_of(software));
    }
    void call(Call call, Outcome outcome, Instant now) {
        const Needs needs = Needs{}.add(call);
        for (Ledger* ledger : {&own, &address}) {
            ledger->debit(needs, now);
            ledger->settle(needs, outcome, now, 150s);
        }
    }
    [[nodiscard]] Instant earliest(const Needs& needs, Instant now, const Reserve& reserve = {}) const {
        return std::max(own.earliest(needs, reserve, now).when, address.earliest(needs, reserve, now).when);
    }
    [[nodiscard]] Instant earliest(Call call, Instant now) const { return earliest(Needs{}.add(call), now); }
    Heard hear(Call call, std::optional<int> limit, std::optional<int> remaining,
               std::optional<Instant> reset, Instant now, bool limited = false) {
        RateNews news;
        news.limit = limit;
        news.remaining = remaining;
        news.reset = reset;
        return rates::hear(own, address, call, news, limited, now);
    }
    [[nodiscard]] int left(std::string_view name, Instant now) {
        const Bucket* bucket = own.find(name) != nullptr ? own.find(name) : address.find(name);
        return bucket == nullptr ? -1 : bucket->left(now);
    }
};
} // namespace crier::test
