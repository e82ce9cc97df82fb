#include "support/coro.hpp"
#include "sys/clock.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

using namespace crier;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

struct World {
    asio::io_context context{1};
    std::unique_ptr<Clock> clock = sys::make_system_clock(context.get_executor(), 1);
    std::string order;

    void wait(Alarm& alarm, Duration duration, char name) {
        asio::co_spawn(context, waiting(alarm, duration, name), asio::detached);
    }
    asio::awaitable<void> waiting(Alarm& alarm, Duration duration, char name) {
        co_await alarm.wait_for(duration);
        order += name;
    }
    asio::awaitable<void> until(Alarm& alarm, Instant when, char name) {
        co_await alarm.wait_until(when);
        order += name;
    }
    asio::awaitable<void> for_ever(Alarm& alarm, char name) {
        co_await alarm.wait();
        order += name;
    }
};

/// Every test ends long before this one does, or it hangs.
constexpr Duration long_time = std::chrono::hours{1};

} // namespace

BOOST_AUTO_TEST_SUITE(alarms)

BOOST_AUTO_TEST_CASE(now_is_the_wall_clock_and_mono_counts_suspend) {
    World world;
    const auto wall = std::chrono::system_clock::now();
    BOOST_TEST((world.clock->now() - wall < 1s && wall - world.clock->now() < 1s));
    timespec boot{};
    clock_gettime(CLOCK_BOOTTIME, &boot);
    const Duration since = world.clock->mono().time_since_epoch();
    BOOST_TEST((since - std::chrono::seconds{boot.tv_sec} < 2s));
    BOOST_TEST((since >= std::chrono::seconds{boot.tv_sec}));
}

BOOST_AUTO_TEST_CASE(waits_end_in_the_order_of_their_times_and_never_early) {
    World world;
    auto a = world.clock->make_alarm();
    auto b = world.clock->make_alarm();
    auto c = world.clock->make_alarm();
    auto d = world.clock->make_alarm();
    const Mono begin = world.clock->mono();
    const Instant wall = world.clock->now();
    world.wait(*a, 30ms, 'a');
    world.wait(*b, 10ms, 'b');
    world.wait(*c, 20ms, 'c');
    asio::co_spawn(world.context, world.until(*d, wall + 5ms, 'd'), asio::detached);
    world.context.run();
    BOOST_TEST(world.order == "dbca");
    BOOST_TEST((world.clock->mono() - begin >= 30ms));
    BOOST_TEST((world.clock->now() - wall >= 5ms));
}

BOOST_AUTO_TEST_CASE(waits_for_the_same_moment_end_in_the_order_in_which_they_began) {
    World world;
    std::vector<std::unique_ptr<Alarm>> alarms;
    const Instant when = world.clock->now() + 10ms;
    for (char name = 'a'; name <= 'e'; ++name) {
        alarms.push_back(world.clock->make_alarm());
        asio::co_spawn(world.context, world.until(*alarms.back(), when, name), asio::detached);
    }
    world.context.run();
    BOOST_TEST(world.order == "abcde");
}

BOOST_AUTO_TEST_CASE(what_is_past_or_now_ends_at_once) {
    World world;
    auto a = world.clock->make_alarm();
    const Mono begin = world.clock->mono();
    test::run(world.context, world.until(*a, world.clock->now() - 10h, 'a'));
    test::run(world.context, world.until(*a, Instant{}, 'b'));
    test::run(world.context, world.until(*a, Instant::min(), 'c'));
    test::run(world.context, world.waiting(*a, 0us, 'd'));
    test::run(world.context, world.waiting(*a, -1h, 'e'));
    test::run(world.context, world.waiting(*a, Duration::min(), 'f'));
    BOOST_TEST(world.order == "abcdef");
    BOOST_TEST((world.clock->mono() - begin < 1s));
}

BOOST_AUTO_TEST_CASE(a_ring_ends_every_kind_of_wait) {
    World world;
    auto a = world.clock->make_alarm();
    auto b = world.clock->make_alarm();
    auto c = world.clock->make_alarm();
    auto d = world.clock->make_alarm();
    auto e = world.clock->make_alarm();
    world.wait(*a, long_time, 'a');
    world.wait(*d, Duration::max(), 'd');
    asio::co_spawn(world.context, world.until(*b, Instant::max(), 'b'), asio::detached);
    asio::co_spawn(world.context, world.for_ever(*c, 'c'), asio::detached);
    asio::co_spawn(world.context, world.until(*e, world.clock->now() + long_time, 'e'), asio::detached);
    world.context.poll();
    BOOST_TEST(world.order == "");
    for (Alarm* alarm : {a.get(), b.get(), c.get(), d.get(), e.get()})
        alarm->ring();
    BOOST_TEST(world.order == ""); // never inside the call
    world.context.run();           // and nothing keeps the context alive when nobody waits
    BOOST_TEST(world.order == "abcde");
}

BOOST_AUTO_TEST_CASE(a_ring_without_a_waiter_ends_the_next_wait_and_only_that) {
    World world;
    auto a = world.clock->make_alarm();
    a->ring();
    a->ring();
    test::run(world.context, world.for_ever(*a, 'a'));
    BOOST_TEST(world.order == "a");
    asio::co_spawn(world.context, world.for_ever(*a, 'b'), asio::detached);
    world.context.restart();
    world.context.poll();
    BOOST_TEST(world.order == "a");
    a->ring();
    world.context.run();
    BOOST_TEST(world.order == "ab");
}

BOOST_AUTO_TEST_CASE(a_ring_between_the_end_of_a_wait_and_its_return_is_not_lost) {
    World world;
    auto a = world.clock->make_alarm();
    asio::co_spawn(world.context, world.for_ever(*a, 'a'), asio::detached);
    world.context.poll();
    a->ring();
    a->ring(); // the first has ended the wait already
    world.context.run();
    test::run(world.context, world.for_ever(*a, 'b'));
    BOOST_TEST(world.order == "ab");
}

BOOST_AUTO_TEST_CASE(a_cancelled_coroutine_stops_waiting) {
    World world;
    auto a = world.clock->make_alarm();
    auto b = world.clock->make_alarm();
    asio::cancellation_signal first;
    asio::cancellation_signal second;
    int ended = 0;
    const auto count = [&](std::exception_ptr) { ++ended; };
    asio::co_spawn(world.context, world.waiting(*a, long_time, 'a'),
                   asio::bind_cancellation_slot(first.slot(), count));
    asio::co_spawn(world.context, world.for_ever(*b, 'b'),
                   asio::bind_cancellation_slot(second.slot(), count));
    world.context.poll();
    first.emit(asio::cancellation_type::terminal);
    second.emit(asio::cancellation_type::terminal);
    world.context.run();
    BOOST_TEST(ended == 2);
}

BOOST_AUTO_TEST_CASE(a_cancelled_wait_does_not_disturb_the_next_one_on_the_alarm) {
    World world;
    auto a = world.clock->make_alarm();
    asio::cancellation_signal signal;
    asio::co_spawn(world.context, world.for_ever(*a, 'a'),
                   asio::bind_cancellation_slot(signal.slot(), asio::detached));
    world.context.poll();
    signal.emit(asio::cancellation_type::terminal);
    world.context.run();
    asio::co_spawn(world.context, world.for_ever(*a, 'b'), asio::detached);
    world.context.restart();
    world.context.poll();
    signal.emit(asio::cancellation_type::terminal); // meant for the first, long over
    world.context.poll();
    BOOST_TEST(world.order.find('b') == std::string::npos);
    a->ring();
    world.context.run();
    BOOST_TEST(world.order.find('b') != std::string::npos);
}

BOOST_AUTO_TEST_CASE(one_alarm_serves_wait_after_wait) {
    World world;
    auto a = world.clock->make_alarm();
    for (char name = 'a'; name <= 'e'; ++name)
        test::run(world.context, world.waiting(*a, 1ms, name));
    BOOST_TEST(world.order == "abcde");
}

BOOST_AUTO_TEST_CASE(an_earlier_wait_that_comes_later_ends_first) {
    World world;
    auto a = world.clock->make_alarm();
    auto b = world.clock->make_alarm();
    world.wait(*a, 60ms, 'a');
    world.context.poll();
    world.wait(*b, 5ms, 'b');
    world.context.run();
    BOOST_TEST(world.order == "ba");
}

BOOST_AUTO_TEST_CASE(when_the_first_is_rung_the_second_still_comes_at_its_time) {
    World world;
    auto a = world.clock->make_alarm();
    auto b = world.clock->make_alarm();
    world.wait(*a, 1ms, 'a');
    world.wait(*b, 20ms, 'b');
    world.context.poll();
    a->ring();
    world.context.run();
    BOOST_TEST(world.order == "ab");
}

BOOST_AUTO_TEST_CASE(ten_thousand_alarms_are_cheap) {
    World world;
    std::vector<std::unique_ptr<Alarm>> alarms;
    constexpr int many = 10'000;
    int done = 0;
    const auto one = [](Alarm& alarm, Instant when, int& count) -> asio::awaitable<void> {
        co_await alarm.wait_until(when);
        ++count;
    };
    const auto begin = std::chrono::steady_clock::now();
    const Instant when = world.clock->now() + 50ms;
    for (int i = 0; i < many; ++i) {
        alarms.push_back(world.clock->make_alarm());
        // Latest first, so that each insertion is the new front.
        asio::co_spawn(world.context, one(*alarms.back(), when - i * 1us, done), asio::detached);
    }
    world.context.run();
    BOOST_TEST(done == many);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 5s)); // sanitizers included; 0.1 s without
}

BOOST_AUTO_TEST_CASE(whoever_still_waits_when_the_clock_goes_is_unwound_without_a_leak) {
    struct Mark {
        explicit Mark(int& c)
            : count(c) {}
        Mark(const Mark&) = delete;
        Mark& operator=(const Mark&) = delete;
        ~Mark() { ++count; }
        int& count;
    };
    int unwound = 0;
    const auto waiting = [](Clock& clock, int& count, bool timed) -> asio::awaitable<void> {
        const Mark mark{count};
        auto alarm = clock.make_alarm();
        if (timed)
            co_await alarm->wait_for(long_time);
        else
            co_await alarm->wait();
    };
    {
        World world;
        asio::co_spawn(world.context, waiting(*world.clock, unwound, true), asio::detached);
        asio::co_spawn(world.context, waiting(*world.clock, unwound, false), asio::detached);
        world.context.poll();
        world.clock.reset();
        world.context.poll();
    }
    BOOST_TEST(unwound == 2);
}

BOOST_AUTO_TEST_SUITE_END()
