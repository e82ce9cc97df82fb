#include "core/rates/bucket.hpp"

#include "core/floor_div.hpp"

#include <algorithm>

namespace crier::rates {
namespace {

/// By so much a server's reset may stand beside the end of the window that it means: whole seconds of Date,
/// the margin that the reader of the headers adds, and the way of the reply.
constexpr Duration beside = std::chrono::seconds{10};

} // namespace

std::string in_words(int limit, const Rule& rule) {
    return std::to_string(limit) + " " + std::string{rule.what} + " in " + to_text(rule.window);
}

std::int64_t window_number(Instant when, Duration length) {
    return floor_div(when.time_since_epoch().count(), length.count());
}

/// The old window is held to be current until the new one has begun for certain.
std::int64_t Bucket::window_at(Instant now) const {
    return window_number(now - edge, rule_->window);
}

bool Bucket::near_edge(Instant now, Duration running) const {
    return now + running >= Instant{rule_->window * (window_ + 1)} - edge;
}

void Bucket::roll(std::int64_t window) {
    if (window == window_)
        return;
    // A window from the past: the clock was corrected. What was counted stays for the rest of it.
    if (window > window_) {
        used_ = window == window_ + 1 ? spill_ + open_ - open_spilled_ : open_;
        spill_ = 0;
        open_spilled_ = 0;
    }
    window_ = window;
}

Bucket Bucket::at(Instant now) const {
    Bucket copy = *this;
    // The server may have said already that its next window has begun.
    const std::int64_t window = window_at(now);
    if (!(window == window_ - 1 && window_at(now + 2 * edge) == window_))
        copy.roll(window);
    return copy;
}

int Bucket::left(Instant now) const {
    const Bucket current = at(now);
    int left = limit_ - current.used_;
    if (current.near_edge(now, Duration::zero()))
        left = std::min(left, limit_ - current.spill_ - current.open_ + current.open_spilled_);
    return std::max(left, 0);
}

Instant Bucket::end(Instant now) const {
    return Instant{rule_->window * (at(now).window_ + 1)} + edge;
}

int Bucket::taken_by(const Needs& needs, Instant now) const {
    const int count = needs.among(rule_->calls);
    return is_repeat(needs) && window_at(*needs.counted) == at(now).window_ ? count - 1 : count;
}

bool Bucket::is_repeat(const Needs& needs) const {
    return rule_->successes && needs.counted && needs.of(Call::publish) > 0;
}

void Bucket::debit(const Needs& needs, Instant now) {
    *this = at(now);
    const int count = taken_by(needs, now);
    const bool spills = near_edge(now, Duration::zero());
    used_ += count;
    spill_ += spills ? count : 0;
    if (is_repeat(needs))
        return;
    open_ += count;
    open_spilled_ += spills ? count : 0;
}

void Bucket::settle(const Needs& call, Outcome outcome, Instant now, Duration running) {
    *this = at(now);
    const int count = is_repeat(call) ? 0 : taken_by(call, now); // of a repeat nothing is given back
    open_ = std::max(open_ - count, 0);
    const int spilled = std::min(open_spilled_, count);
    open_spilled_ -= spilled;
    if (outcome == Outcome::unsent || (outcome == Outcome::nothing && rule_->successes))
        used_ = std::max(used_ - count, 0);
    else if (near_edge(now, outcome == Outcome::doubt ? running : Duration::zero()))
        spill_ += count - spilled;
}

bool Bucket::ends_at(Instant reset, Instant now) const {
    const std::int64_t window = at(now).window_;
    for (const std::int64_t next : {window + 1, window + 2}) {
        // The one after is only meant where the server may have begun it already.
        if (next == window + 2 && !at(now).near_edge(now, Duration::zero()))
            continue;
        const Duration apart = reset - Instant{rule_->window * next};
        if (apart > -beside && apart < beside)
            return true;
    }
    return false;
}

void Bucket::correct(int left, Instant reset, Instant now) {
    *this = at(now);
    roll(window_number(reset + beside, rule_->window) - 1);
    // Never upwards: replies overtake each other, and what is in doubt may still come to count.
    used_ = std::max(used_, limit_ - left + open_);
}

void Bucket::merge(const Count& other) noexcept {
    if (other.window > window_) {
        window_ = other.window;
        used_ = other.used + open_;
        spill_ = other.spill;
    } else if (other.window == window_) {
        used_ = std::max(used_, other.used);
        spill_ = std::max(spill_, other.spill);
    }
}

} // namespace crier::rates
