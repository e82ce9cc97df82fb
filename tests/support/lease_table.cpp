#include "support/lease_table.hpp"

#include <algorithm>

namespace crier::test {

bool LeaseTable::is_free(const std::string& thing, Instant now) const {
    const std::uint64_t by = holder(thing);
    if (by == 0)
        return true;
    const auto life = lives_.find(by);
    return life == lives_.end() || life->second.over || life->second.until <= now;
}

void LeaseTable::take(const Share& share, std::uint64_t life) {
    for (const std::string& thing : share.things) {
        std::uint64_t& by = leases_[thing];
        if (const auto before = lives_.find(by); before != lives_.end() && by != life)
            before->second.over = true;
        by = life;
    }
}

LeaseTerm LeaseTable::order(std::uint64_t& life, const LeaseOrder& order, Instant now) {
    LeaseTerm term;
    if (life == 0)
        lives_[life = ++last_].until = now;
    else if (const Life& mine = lives_[life]; mine.over || mine.until <= now) {
        lives_.erase(std::exchange(life, 0));
        term.over = true;
        return term;
    }
    lives_[life].until = now + length_;
    for (const std::string& thing : order.hand_back)
        if (holder(thing) == life)
            leases_.erase(thing);
    const auto is_mine = [&](const std::string& thing) { return holder(thing) == life; };
    std::size_t held = 0;
    for (const Share& share : *order.shares)
        held += std::all_of(share.things.begin(), share.things.end(), is_mine) ? 1U : 0U;
    term.daemons = static_cast<std::size_t>(std::count_if(lives_.begin(), lives_.end(), [&](const auto& one) {
        return !one.second.over && one.second.until > now;
    }));
    term.fair = (order.shares->size() + term.daemons - 1) / term.daemons;
    term.look_again = length_;
    for (const auto& [number, one] : lives_)
        if (number != life && !one.over && one.until > now)
            term.look_again = std::min(term.look_again, one.until - now);
    for (std::size_t i = 0; i < order.shares->size(); ++i) {
        const Share& share = (*order.shares)[i];
        const bool mine = std::all_of(share.things.begin(), share.things.end(), is_mine);
        const auto mine_or_free = [&](const std::string& thing) {
            return is_mine(thing) || is_free(thing, now);
        };
        if (!mine && order.claim && held < term.fair &&
            std::all_of(share.things.begin(), share.things.end(), mine_or_free)) {
            take(share, life);
            ++held;
            term.held.push_back(i);
        } else if (mine) {
            term.held.push_back(i);
        }
    }
    return term;
}

void LeaseTable::leave(std::uint64_t& life) {
    std::erase_if(leases_, [life](const auto& lease) { return lease.second == life; });
    lives_.erase(std::exchange(life, 0));
}

bool LeaseTable::allows(std::uint64_t life, const std::vector<std::string>& things) const {
    if (things.empty())
        return true;
    const auto mine = lives_.find(life);
    return mine != lives_.end() && !mine->second.over &&
           std::all_of(things.begin(), things.end(), [&](const std::string& thing) {
               const std::uint64_t by = holder(thing);
               return by == 0 || by == life;
           });
}

std::uint64_t LeaseTable::holder(const std::string& thing) const {
    const auto lease = leases_.find(thing);
    return lease == leases_.end() ? 0 : lease->second;
}

} // namespace crier::test
