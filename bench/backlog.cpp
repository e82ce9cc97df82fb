// crier-bench-backlog: how long 3,000 posts take that wait for an account, at a server that allows 300 in
// three hours, while its schedule goes on. In virtual time; the engine is the real one.

#include "bench/report.hpp"
#include "support/engine_harness.hpp"

#include <algorithm>
#include <string>

using namespace crier;
using namespace crier::test;

namespace {

constexpr int waiting_posts = 3000;
constexpr int allowed = 300; ///< in each `window`
constexpr Duration window = 3h;

const std::string of_backlog = "item ";

void fill(Harness& h) {
    Batch batch;
    for (int i = 0; i < waiting_posts; ++i) {
        Post post;
        post.key = digest_of("backlog " + std::to_string(i));
        post.account = "news";
        post.origin.kind = OriginKind::source;
        post.origin.name = "blog";
        post.state = PostState::ready;
        post.priority = Priority::item;
        post.created = post.due = post.next = h.time.now();
        post.content.status = of_backlog + std::to_string(i);
        batch.insert.push_back(std::move(post));
    }
    h.put(std::move(batch));
}

struct Drained {
    int posts = 0;
    Instant last{};
};

Drained drained(const Harness& h) {
    Drained drained;
    for (const ModelServer::Status& status : h.server.statuses)
        if (status.text.starts_with(of_backlog)) {
            ++drained.posts;
            drained.last = std::max(drained.last, status.created);
        }
    return drained;
}

schedule::Rule every(Duration period) {
    schedule::Every rule;
    rule.period = period;
    return rule;
}

double hours(Duration duration) {
    return std::chrono::duration<double, std::ratio<3600>>(duration).count();
}

} // namespace

BOOST_AUTO_TEST_CASE(backlog) {
    Harness h; // noon: the beginning of a window
    h.server.limits.limits = ModelLimits::mastodon();
    h.entry("clock", every(10min), "clock {{ due }}");
    h.entry("hourly", every(1h), "hour {{ due }}");
    constexpr int scheduled = window / 10min + window / 1h; // in each window
    const Instant start = h.time.now();
    fill(h);
    h.start();
    while (drained(h).posts < waiting_posts && h.time.now() < start + 48h)
        h.time.run_for(5min);
    const Drained all = drained(h);
    BOOST_REQUIRE(all.posts == waiting_posts);
    // The last window's share takes minutes, and is not counted as needed.
    const Duration least = waiting_posts / (allowed - scheduled) * window;
    bench::print_at_most("backlog: 3,000 posts, at 300 in three hours and a schedule of 7 an hour",
                         hours(all.last - start), "h", 1.05 * hours(least),
                         "the least that the server's limits allow", hours(least));
    bench::print_at_most("backlog: 3,000 posts, answered with 429",
                         static_cast<double>(h.server.limits.refused), "requests", 0);
}
