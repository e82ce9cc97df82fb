#include "sys/worker_pool.hpp"

#include "support/coro.hpp"

#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <latch>
#include <pthread.h>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

using namespace crier;
namespace asio = boost::asio;

namespace {

std::ptrdiff_t threads_of_this_process() {
    const std::filesystem::directory_iterator tasks{"/proc/self/task"};
    return std::distance(begin(tasks), end(tasks));
}

} // namespace

BOOST_AUTO_TEST_SUITE(worker_pool)

BOOST_AUTO_TEST_CASE(threads_come_with_work_that_needs_them) {
    asio::io_context context{1};
    const auto before = threads_of_this_process();
    const auto pool = sys::make_worker_pool(context.get_executor(), 1, "idle");
    BOOST_TEST(threads_of_this_process() == before);
    test::run(context, pool->run([] {}));
    const auto after = threads_of_this_process();
    BOOST_TEST(after > before);
    test::run(context, pool->run([] {}));
    BOOST_TEST(threads_of_this_process() == after); // it stays
}

BOOST_AUTO_TEST_CASE(work_runs_elsewhere_and_the_coroutine_goes_on_here) {
    asio::io_context context{1};
    const auto pool = sys::make_worker_pool(context.get_executor(), 2, "crier-work-with-a-long-name");
    std::thread::id there;
    std::string name;
    const auto whole = [&](std::thread::id& here) -> asio::awaitable<void> {
        std::function<void()> work = [&] {
            there = std::this_thread::get_id();
            std::array<char, 16> buffer{};
            pthread_getname_np(pthread_self(), buffer.data(), buffer.size());
            name = buffer.data();
        };
        co_await pool->run(std::move(work));
        here = std::this_thread::get_id();
    };
    std::thread::id here;
    test::run(context, whole(here));
    BOOST_TEST((here == std::this_thread::get_id()));
    BOOST_TEST((there != here));
    BOOST_TEST(name == "crier-work-with");
}

BOOST_AUTO_TEST_CASE(what_the_work_throws_comes_out_of_run) {
    asio::io_context context{1};
    const auto pool = sys::make_worker_pool(context.get_executor(), 1, "throws");
    BOOST_CHECK_EXCEPTION(test::run(context, pool->run([] { throw std::runtime_error("broken"); })),
                          std::runtime_error,
                          [](const auto& error) { return error.what() == std::string{"broken"}; });
    bool ran = false;
    test::run(context, pool->run([&] { ran = true; }));
    BOOST_TEST(ran);
}

BOOST_AUTO_TEST_CASE(as_many_run_at_a_time_as_there_may_be_threads) {
    asio::io_context context{1};
    const auto pool = sys::make_worker_pool(context.get_executor(), 3, "meet");
    test::run(context, pool->run([] {})); // one is free now, and must not be counted on three times
    context.restart();
    // Each waits for the others: with fewer threads than that this never ends.
    std::latch together{3};
    int done = 0;
    for (int i = 0; i < 3; ++i)
        asio::co_spawn(context, pool->run([&] { together.arrive_and_wait(); }),
                       [&](std::exception_ptr) { ++done; });
    context.run(); // and run() does not end while work is away
    BOOST_TEST(done == 3);
}

BOOST_AUTO_TEST_CASE(never_more_than_so_many_at_a_time) {
    asio::io_context context{1};
    const auto pool = sys::make_worker_pool(context.get_executor(), 2, "few");
    std::atomic<int> now{0};
    std::atomic<int> most{0};
    int done = 0;
    for (int i = 0; i < 200; ++i)
        asio::co_spawn(context, pool->run([&] {
            const int running = ++now;
            int seen = most;
            while (running > seen && !most.compare_exchange_weak(seen, running)) {
            }
            --now;
        }),
                       [&](std::exception_ptr) { ++done; });
    context.run();
    BOOST_TEST(done == 200);
    BOOST_TEST(most <= 2);
}

BOOST_AUTO_TEST_CASE(its_threads_take_no_signals) {
    asio::io_context context{1};
    const auto pool = sys::make_worker_pool(context.get_executor(), 1, "deaf");
    bool blocked = false;
    test::run(context, pool->run([&] {
        sigset_t mask;
        pthread_sigmask(SIG_SETMASK, nullptr, &mask);
        blocked = sigismember(&mask, SIGTERM) == 1 && sigismember(&mask, SIGCHLD) == 1;
    }));
    BOOST_TEST(blocked);
    sigset_t mine;
    pthread_sigmask(SIG_SETMASK, nullptr, &mine);
    BOOST_TEST(sigismember(&mine, SIGTERM) == 0);
}

BOOST_AUTO_TEST_CASE(the_end_waits_for_the_work_that_runs) {
    asio::io_context context{1};
    auto pool = sys::make_worker_pool(context.get_executor(), 1, "ends");
    std::latch begun{1};
    std::atomic<bool> finished{false};
    asio::co_spawn(context, pool->run([&] {
        begun.count_down();
        std::this_thread::yield();
        finished = true;
    }),
                   asio::detached);
    context.poll();
    begun.wait();
    pool.reset();
    BOOST_TEST(finished);
    context.run();
}

BOOST_AUTO_TEST_SUITE_END()
