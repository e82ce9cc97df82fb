#include "core/rates/learnt.hpp"

#include "core/rates/bucket.hpp"

#include <algorithm>

namespace crier::rates {
namespace {

/// The same window is told of in whole seconds.
constexpr Duration same = std::chrono::seconds{10};

/// No limit known lasts longer.
constexpr Duration longest = std::chrono::hours{24};

} // namespace

std::optional<int> Learnt::left(Instant now) const {
    if (now < reset_ + edge && reset_ - now <= longest)
        return std::max(left_, 0);
    return limit_;
}

Instant Learnt::end(Instant now) const {
    return now < reset_ + edge ? reset_ + edge : now + std::max<Duration>(length_, std::chrono::minutes{1});
}

void Learnt::debit(const Needs& needs, Instant now) {
    const int count = needs.among(calls_);
    if (count == 0)
        return;
    if (now >= reset_ + edge || reset_ - now > longest) {
        if (!limit_)
            return;
        left_ = *limit_;
        reset_ = end(now) - edge; // until a reply says so better
    }
    left_ -= count;
}

void Learnt::give_back(const Needs& needs, Instant now) {
    if (now < reset_ + edge)
        left_ += needs.among(calls_);
}

bool Learnt::is(std::optional<int> limit, Instant reset, Instant now) const {
    if (limit != limit_)
        return false;
    const Duration apart = reset - reset_;
    return !limit_ || now >= reset_ - same || (apart > -same && apart < same);
}

void Learnt::heard(int left, Instant reset, Instant now) {
    const Duration apart = reset - reset_;
    const bool known = apart > -same && apart < same;
    left_ = known ? std::min(left_, left) : left;
    reset_ = known ? std::max(reset_, reset) : reset;
    length_ = std::min(std::max(length_, reset - now), longest);
}

} // namespace crier::rates
