#include "core/rates/ledger.hpp"

#include <algorithm>
#include <utility>

namespace crier::rates {
namespace {

/// What of a window stays free for others.
struct Kept {
    int calls = 0;
    bool too_much = false; ///< the schedule alone wants more than there is
};

/// Where the schedule wants more than is left, some of it waits for the next window in any case. Then a tenth
/// of each window is for the rest, which would else wait for ever.
Kept kept_for_schedule(const Reserve& reserve, Instant until, unsigned calls, int left, int limit) {
    Kept kept;
    // The schedule posts and uploads, and to ask how much may mean to ask of each account on a server.
    constexpr unsigned scheduled = mask(Call::publish) | mask(Call::upload);
    if (!reserve || (calls & scheduled) == 0)
        return kept;
    kept.calls = reserve(until).among(calls);
    if (kept.calls > left) {
        kept.too_much = true;
        kept.calls = std::min(kept.calls, limit - (limit + 9) / 10);
    }
    return kept;
}

int kept_for_all(int limit, Share share) {
    return share == Share::half ? limit / 2 : 0;
}

} // namespace

void Ledger::use(const std::vector<Rule>& table) {
    std::vector<Bucket> before = std::exchange(buckets_, {});
    for (const Rule& rule : table) {
        if (rule.scope != scope_)
            continue;
        const auto known = std::find_if(before.begin(), before.end(), [&](const Bucket& bucket) {
            return bucket.rule().name == rule.name && bucket.rule().window == rule.window;
        });
        buckets_.push_back(known == before.end() ? Bucket{rule} : *known);
    }
}

Turn Ledger::earliest(const Needs& needs, const Reserve& reserve, Instant now, Share share) const {
    Turn turn;
    turn.when = now;
    for (const Bucket& bucket : buckets_) {
        // What is more than a whole window takes what there is, again and again.
        const int count = std::min(bucket.taken_by(needs, now), bucket.limit());
        if (count <= 0)
            continue;
        const int left = bucket.left(now);
        const Instant end = bucket.end(now);
        if (left < count) {
            turn.add(end, "the server's " + in_words(bucket.limit(), bucket.rule()) + " are used up");
            continue;
        }
        const Kept kept = kept_for_schedule(reserve, end, bucket.rule().calls, left, bucket.limit());
        if (left - kept_for_all(bucket.limit(), share) - kept.calls < count)
            turn.add(end, kept.too_much
                              ? "the schedule alone wants more than is left of the server's " +
                                    in_words(bucket.limit(), bucket.rule())
                              : "what is left of the server's " + in_words(bucket.limit(), bucket.rule()) +
                                    " is kept for the schedule");
    }
    for (const Learnt& limit : learnt_) {
        const std::optional<int> left = limit.left(now);
        if (!left || needs.among(limit.calls()) == 0)
            continue;
        const int most = std::max(limit.limit().value_or(1), 1);
        int count = std::min(needs.among(limit.calls()), most);
        if (*left >= count)
            count += kept_for_all(most, share) +
                     kept_for_schedule(reserve, limit.end(now), limit.calls(), *left, most).calls;
        if (*left < count)
            turn.add(limit.end(now), "what the server allows is used up");
    }
    return turn;
}

namespace {

/// From the end of the current window on, so many in each.
Instant after_windows(int beyond, int limit, Instant end, Duration window) {
    return end + window * ((beyond - 1) / std::max(limit, 1));
}

} // namespace

Instant Ledger::when_done(Call call, int count, Instant now) const {
    Instant done = now;
    for (const Bucket& bucket : buckets_)
        if (const int beyond = count - bucket.left(now); bucket.covers(call) && beyond > 0)
            done =
                std::max(done, after_windows(beyond, bucket.limit(), bucket.end(now), bucket.rule().window));
    for (const Learnt& limit : learnt_) {
        const std::optional<int> left = limit.left(now);
        if ((limit.calls() & mask(call)) == 0 || !left || count <= *left)
            continue;
        const Duration window = std::max<Duration>(limit.count().length, std::chrono::minutes{1});
        done =
            std::max(done, after_windows(count - *left, limit.limit().value_or(1), limit.end(now), window));
    }
    return done;
}

void Ledger::debit(const Needs& needs, Instant now) {
    for (Bucket& bucket : buckets_)
        bucket.debit(needs, now);
    for (Learnt& limit : learnt_)
        limit.debit(needs, now);
}

void Ledger::settle(const Needs& call, Outcome outcome, Instant now, Duration running) {
    for (Bucket& bucket : buckets_)
        if (call.among(bucket.rule().calls) > 0)
            bucket.settle(call, outcome, now, running);
    if (outcome == Outcome::unsent)
        for (Learnt& limit : learnt_)
            limit.give_back(call, now);
}

std::vector<BucketView> Ledger::views(Instant now) const {
    std::vector<BucketView> views;
    for (const Bucket& bucket : buckets_)
        views.push_back({std::string{bucket.rule().name}, bucket.limit(), bucket.left(now), bucket.end(now)});
    for (const Learnt& limit : learnt_)
        if (const auto left = limit.left(now); left && limit.reset() > now)
            views.push_back({"learnt", limit.limit().value_or(*left), *left, limit.reset()});
    return views;
}

Bucket* Ledger::find(std::string_view name) noexcept {
    const auto found = std::find_if(buckets_.begin(), buckets_.end(),
                                    [&](const Bucket& bucket) { return bucket.rule().name == name; });
    return found == buckets_.end() ? nullptr : &*found;
}

void Ledger::merge(const Ledger& other) {
    for (const Bucket& bucket : other.buckets_)
        if (Bucket* mine = find(bucket.rule().name)) {
            mine->merge(bucket.count());
            mine->set_limit(std::min(mine->limit(), bucket.limit()));
        }
    for (const Learnt& limit : other.learnt_) {
        const auto alike = std::find_if(learnt_.begin(), learnt_.end(), [&](const Learnt& mine) {
            return mine.calls() == limit.calls() && mine.limit() == limit.limit();
        });
        if (alike == learnt_.end())
            learnt_.push_back(limit);
        else if (alike->reset() < limit.reset() ||
                 (alike->reset() == limit.reset() && alike->count().left > limit.count().left))
            alike->set(limit.count());
    }
}

} // namespace crier::rates
