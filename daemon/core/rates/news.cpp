#include "core/rates/news.hpp"

#include <algorithm>
#include <utility>

namespace crier::rates {
namespace {

/// A server that makes up a limit for each reply must not fill the memory.
constexpr std::size_t most_learnt = 8;

std::vector<Bucket*> ending_at(Ledger& own, Ledger& address, Call call, Instant reset, Instant now) {
    std::vector<Bucket*> found;
    for (Ledger* ledger : {&own, &address})
        for (Bucket& bucket : ledger->buckets())
            if (bucket.covers(call) && bucket.ends_at(reset, now))
                found.push_back(&bucket);
    return found;
}

/// Where a limit belongs that no table has: to the address where the server is known to count by that.
Ledger& home_of(Ledger& own, Ledger& address, Call call) {
    const auto covers = [call](const Bucket& bucket) { return bucket.covers(call); };
    const bool by_address = call == Call::profile || call == Call::look_up || call == Call::page ||
                            std::any_of(address.buckets().begin(), address.buckets().end(), covers);
    return by_address ? address : own;
}

unsigned like(Call call) {
    constexpr unsigned without_token = mask(Call::profile) | mask(Call::look_up) | mask(Call::page);
    return (mask(call) & without_token) != 0 ? without_token : ~without_token & ((1U << call_count) - 1);
}

void learn(Ledger& ledger, Call call, std::optional<int> limit, int left, Instant reset, Instant now) {
    std::vector<Learnt>& list = ledger.learnt();
    const auto known = std::find_if(list.begin(), list.end(), [&](const Learnt& learnt) {
        return learnt.calls() == like(call) && learnt.is(limit, reset, now);
    });
    if (known != list.end()) {
        known->heard(left, reset, now);
        return;
    }
    if (list.size() >= most_learnt)
        list.erase(std::min_element(list.begin(), list.end(),
                                    [](const Learnt& a, const Learnt& b) { return a.reset() < b.reset(); }));
    list.emplace_back(like(call), limit).heard(left, reset, now);
}

Heard corrected(Bucket& bucket, int left, Instant reset, Instant now) {
    bucket.correct(left, reset, now);
    Heard heard;
    heard.bucket = bucket.rule().name;
    heard.closed = left <= 0;
    return heard;
}

} // namespace

Heard hear(Ledger& own, Ledger& address, Call call, const RateNews& news, bool limited, Instant now) {
    Heard heard;
    if (!news.reset || (!news.remaining && !limited))
        return heard; // a Retry-After alone names no limit: the lane obeys it
    const int left = limited ? 0 : *news.remaining;
    std::vector<Bucket*> ending = ending_at(own, address, call, *news.reset, now);
    const auto same_size = std::partition(ending.begin(), ending.end(), [&](const Bucket* bucket) {
        return news.limit && bucket->limit() == *news.limit;
    });
    if (same_size != ending.begin()) {
        // Several may end together. It is about the one with the fewest left.
        Bucket* nearest = *std::min_element(ending.begin(), same_size, [&](const Bucket* a, const Bucket* b) {
            return a->left(now) < b->left(now);
        });
        return corrected(*nearest, left, *news.reset, now);
    }
    if (news.limit && *news.limit > 0 && ending.size() == 1) {
        Bucket& bucket = *ending.front();
        std::string note = "the server allows " + in_words(*news.limit, bucket.rule()) + ", not " +
                           std::to_string(bucket.limit());
        bucket.set_limit(*news.limit);
        heard = corrected(bucket, left, *news.reset, now);
        heard.note = std::move(note);
        return heard;
    }
    learn(home_of(own, address, call), call, news.limit, left, *news.reset, now);
    if (news.limit) {
        heard.bucket = "learnt";
        heard.closed = left <= 0;
    }
    return heard;
}

} // namespace crier::rates
