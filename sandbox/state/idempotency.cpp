#include "sandbox/state/idempotency.hpp"

#include <algorithm>
#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::size_t sweep_above = 10'000;

} // namespace

const IdempotencyMap::Known* IdempotencyMap::find(const std::string& account, const std::string& key,
                                                  Time now) const {
    const auto found = known_.find(Key{account, key});
    return found == known_.end() || now >= found->second.until ? nullptr : &found->second;
}

void IdempotencyMap::keep(const std::string& account, const std::string& key, Known known, Time now) {
    if (known_.size() >= sweep_above)
        std::erase_if(known_, [&](const auto& entry) { return now >= entry.second.until; });
    known_.insert_or_assign(Key{account, key}, std::move(known));
}

void IdempotencyMap::begin(const std::string& account, const std::string& key, std::uint64_t request) {
    flights_.insert_or_assign(request, Flight{Key{account, key}, std::nullopt});
}

bool IdempotencyMap::in_flight(const std::string& account, const std::string& key) const {
    return std::any_of(flights_.begin(), flights_.end(), [&](const auto& flight) {
        return flight.second.key.first == account && flight.second.key.second == key;
    });
}

void IdempotencyMap::keep_when_over(std::uint64_t request, Known known) {
    if (const auto flight = flights_.find(request); flight != flights_.end())
        flight->second.made = std::move(known);
}

void IdempotencyMap::over(std::uint64_t request, Time now) {
    auto flight = flights_.extract(request);
    if (flight.empty() || !flight.mapped().made)
        return;
    const Key key = flight.mapped().key;
    keep(key.first, key.second, std::move(*flight.mapped().made), now);
}

void IdempotencyMap::clear() {
    known_.clear();
    flights_.clear();
}

} // namespace crier::sandbox
