#include "net/pool.hpp"

#include "fake_stream.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <set>
#include <string>

using namespace crier;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

/// Says of itself when it goes.
class Counted final : public net::ByteStream {
public:
    Counted(std::set<int>& alive, int number)
        : alive_(alive)
        , number_(number) {
        alive_.insert(number);
    }
    ~Counted() override { alive_.erase(number_); }
    asio::awaitable<std::size_t> read_some(char*, std::size_t, boost::system::error_code&) override {
        co_return 0U;
    }
    asio::awaitable<std::size_t> write_some(const char*, std::size_t, boost::system::error_code&) override {
        co_return 0U;
    }
    void close() override {}
    bool stale() override { return is_stale; }
    [[nodiscard]] int number() const noexcept { return number_; }

    bool is_stale = false;

private:
    std::set<int>& alive_;
    int number_;
};

struct Pooling {
    explicit Pooling(net::PoolLimits limits)
        : pool(context.get_executor(), limits) {}
    Counted& give(const std::string& key, int number, std::optional<Duration> server_says = std::nullopt) {
        auto stream = std::make_unique<Counted>(alive, number);
        Counted& kept = *stream;
        pool.give(key, std::move(stream), server_says);
        return kept;
    }
    /// Its number, or 0. It goes.
    int take(const std::string& key) {
        const auto stream = pool.take(key);
        return stream ? dynamic_cast<Counted&>(*stream).number() : 0;
    }

    asio::io_context context{1};
    std::set<int> alive;
    net::Pool pool;
};

net::PoolLimits limits(std::size_t per_key, std::size_t all, Duration idle_for) {
    net::PoolLimits most;
    most.per_key = per_key;
    most.all = all;
    most.idle_for = idle_for;
    return most;
}

using Numbers = std::set<int>;

} // namespace

BOOST_AUTO_TEST_SUITE(pool)

BOOST_AUTO_TEST_CASE(what_was_used_last_is_used_next) {
    Pooling f{limits(4, 32, 1h)};
    f.give("a", 1);
    f.give("b", 2);
    f.give("a", 3);
    BOOST_TEST(f.take("c") == 0);
    BOOST_TEST(f.take("a") == 3);
    BOOST_TEST(f.take("a") == 1);
    BOOST_TEST(f.take("a") == 0);
    BOOST_TEST(f.take("b") == 2);
}

BOOST_AUTO_TEST_CASE(what_its_server_has_closed_is_passed_over) {
    Pooling f{limits(4, 32, 1h)};
    f.give("a", 1);
    f.give("a", 2).is_stale = true;
    f.give("a", 3).is_stale = true;
    BOOST_TEST(f.take("a") == 1);
    BOOST_TEST(f.alive.empty());
}

BOOST_AUTO_TEST_CASE(of_too_many_the_one_that_waits_longest_goes) {
    Pooling f{limits(2, 3, 1h)};
    f.give("a", 1);
    f.give("a", 2);
    f.give("a", 3); // of its key
    BOOST_TEST((f.alive == Numbers{2, 3}));
    f.give("b", 4);
    f.give("c", 5); // of all
    BOOST_TEST((f.alive == Numbers{3, 4, 5}));
    BOOST_TEST(f.take("a") == 3);
    Pooling none{limits(0, 3, 1h)};
    none.give("a", 1);
    BOOST_TEST(none.alive.empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_kept_longer_than_its_server_keeps_it) {
    Pooling f{limits(4, 32, 1h)};
    f.give("a", 1, 0s);
    f.give("a", 2, 1s); // it might go at any moment
    BOOST_TEST(f.alive.empty());
    f.give("a", 3, 2s);
    f.give("a", 4, 100h);
    BOOST_TEST((f.alive == Numbers{3, 4}));
}

BOOST_AUTO_TEST_CASE(what_is_over_is_closed_and_then_nothing_runs_any_more) {
    Pooling f{limits(4, 32, 5ms)};
    f.give("a", 1);
    f.give("b", 2);
    f.give("a", 3, 1001ms); // shorter than those before it
    f.context.run();
    BOOST_TEST(f.alive.empty());
    BOOST_TEST(f.take("a") == 0);
}

BOOST_AUTO_TEST_CASE(what_is_over_is_not_taken_though_nobody_has_looked) {
    Pooling f{limits(4, 32, 1us)};
    f.give("a", 1);
    const auto over = std::chrono::steady_clock::now() + 2us;
    while (std::chrono::steady_clock::now() < over) {
    }
    BOOST_TEST(f.take("a") == 0);
}

BOOST_AUTO_TEST_CASE(clear_closes_all_and_lets_the_loop_end) {
    Pooling f{limits(4, 32, 1h)};
    f.give("a", 1);
    f.give("b", 2);
    f.pool.clear();
    BOOST_TEST(f.alive.empty());
    f.context.run(); // ends
    f.give("a", 3);  // and the pool goes on
    BOOST_TEST(f.take("a") == 3);
}

BOOST_AUTO_TEST_CASE(the_pool_may_go_before_its_loop) {
    asio::io_context context{1};
    std::set<int> alive;
    {
        net::Pool pool{context.get_executor(), limits(4, 32, 1h)};
        pool.give("a", std::make_unique<Counted>(alive, 1), std::nullopt);
    }
    BOOST_TEST(alive.empty());
    context.run(); // ends
}

BOOST_AUTO_TEST_SUITE_END()
