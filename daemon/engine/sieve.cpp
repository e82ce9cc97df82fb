#include "engine/sieve.hpp"

#include <algorithm>

namespace crier::engine {

void Sieve::hold_back(const rates::Turn& turn) {
    more_ = more_ || !held_any();
    if (!held_any() || turn.when < turn_.when)
        turn_ = turn;
}

void Sieve::pass_over(const Post& post, const rates::Needs& needs) {
    if (post.in_doubt)
        return; // what it waits for says nothing of new posts
    const Admit left = needs.of(rates::Call::upload) > 0 ? Admit::text : Admit::none;
    const auto close = [&](Admit& admit) {
        more_ = more_ || left < admit;
        admit = std::min(admit, left);
    };
    if (post.priority <= Priority::scheduled)
        close(scheduled_);
    close(others_);
}

bool Sieve::is_empty(Instant now) {
    if (!held_any())
        return false;
    if (turn_.when <= now) {
        start_over();
        return false;
    }
    return !moved_ && !more_;
}

void Sieve::start_over() {
    *this = Sieve{};
}

} // namespace crier::engine
