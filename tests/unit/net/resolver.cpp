#include "net/resolver.hpp"

#include "support/coro.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <csignal>
#include <latch>
#include <memory>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace crier;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using net::Addresses;

namespace {

struct Asking {
    explicit Asking(net::NameLookup lookup)
        : resolver(net::make_system_resolver(context.get_executor(), std::move(lookup))) {}
    Result<Addresses> ask(const std::string& host, Duration timeout = 1h) {
        return test::run(context, resolver->resolve(host, timeout));
    }
    asio::io_context context{1};
    std::unique_ptr<net::Resolver> resolver;
};

/// A name service that is silent until it is let go; shared, because lookups outlive who asked.
struct SilentService {
    std::latch gate{1};
    std::atomic<int> asked{0};
};

net::NameLookup ask(const std::shared_ptr<SilentService>& service) {
    return [service](const std::string& host) -> Result<Addresses> {
        ++service->asked;
        if (host.find("silent") == 0)
            service->gate.wait();
        return Addresses{"192.0.2.1"};
    };
}

Result<Addresses> nothing(const std::string&) {
    return Addresses{};
}

} // namespace

BOOST_AUTO_TEST_SUITE(resolver)

BOOST_AUTO_TEST_CASE(the_families_come_by_turns) {
    const struct {
        Addresses found;
        Addresses order;
    } table[] = {
        {{}, {}},
        {{"1.1.1.1"}, {"1.1.1.1"}},
        {{"1.1.1.1", "1.1.1.1"}, {"1.1.1.1"}},
        {{"2::1", "2::2", "1.1.1.1", "1.1.1.2"}, {"2::1", "1.1.1.1", "2::2", "1.1.1.2"}},
        {{"1.1.1.1", "1.1.1.2", "2::1"}, {"1.1.1.1", "2::1", "1.1.1.2"}},
        {{"1.1.1.1", "1.1.1.2", "1.1.1.3"}, {"1.1.1.1", "1.1.1.2", "1.1.1.3"}},
    };
    for (const auto& row : table)
        BOOST_TEST(net::by_turns(row.found) == row.order, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_system_knows_this_machine) {
    asio::io_context context{1};
    const auto resolver = net::make_system_resolver(context.get_executor());
    const Result<Addresses> found = test::run(context, resolver->resolve("localhost", 1h));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(std::count(found->begin(), found->end(), "127.0.0.1") == 1);
    const Result<Addresses> none = test::run(context, resolver->resolve("no such name", 1h));
    BOOST_REQUIRE(none.has_error());
    BOOST_TEST((none.error().cause == Cause::network));
    BOOST_TEST(none.error().message.find("no such name") != std::string::npos);
    BOOST_TEST(!none.error().hint.empty());
}

BOOST_AUTO_TEST_CASE(the_question_is_asked_in_a_thread_that_takes_no_signals) {
    const auto self = std::this_thread::get_id();
    std::thread::id there = self;
    bool blocked = false;
    Asking f{[&](const std::string& host) -> Result<Addresses> {
        there = std::this_thread::get_id();
        sigset_t mask;
        pthread_sigmask(SIG_SETMASK, nullptr, &mask);
        blocked = sigismember(&mask, SIGTERM) == 1;
        return Addresses{host == "a.test" ? "192.0.2.1" : "192.0.2.2"};
    }};
    BOOST_TEST(f.ask("a.test").value() == Addresses{"192.0.2.1"}, boost::test_tools::per_element());
    BOOST_TEST((there != self));
    BOOST_TEST(blocked);
    BOOST_TEST(f.ask("b.test").value() == Addresses{"192.0.2.2"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_goes_wrong_there_comes_out_here) {
    Asking failing{[](const std::string& host) -> Result<Addresses> {
        return Failure{Cause::network, host + " is not known", "hint"};
    }};
    BOOST_TEST(failing.ask("a.test").error().message == "a.test is not known");
    Asking empty{nothing};
    BOOST_TEST(empty.ask("a.test").error().message == "the name a.test has no address");
    Asking throwing{[](const std::string&) -> Result<Addresses> { throw std::runtime_error("broken"); }};
    BOOST_TEST((throwing.ask("a.test").error().cause == Cause::internal));
}

BOOST_AUTO_TEST_CASE(a_silent_name_service_is_waited_for_so_long_and_holds_up_nobody) {
    const auto service = std::make_shared<SilentService>();
    {
        Asking f{ask(service)};
        const Result<Addresses> none = f.ask("silent.test", 10ms);
        BOOST_REQUIRE(none.has_error());
        BOOST_TEST((none.error().cause == Cause::network));
        BOOST_TEST(none.error().message == "no answer from the name service for silent.test within 10ms");
        BOOST_TEST(f.ask("other.test").has_value()); // while the first is still asked for
        BOOST_TEST(service->asked == 2);
    } // the end does not wait for it either
    service->gate.count_down();
}

BOOST_AUTO_TEST_CASE(eight_at_a_time_and_those_who_gave_up_are_not_asked_for) {
    const auto service = std::make_shared<SilentService>();
    Asking f{ask(service)};
    int answered = 0;
    for (int i = 0; i < 8; ++i)
        asio::co_spawn(
            f.context, f.resolver->resolve("silent" + std::to_string(i), 1h),
            [&](std::exception_ptr, const Result<Addresses>& found) { answered += found ? 1 : 0; });
    BOOST_TEST(f.ask("silent.too.many", 10ms).has_error());
    service->gate.count_down();
    BOOST_TEST(f.ask("next.test").has_value());
    f.context.restart();
    f.context.run();
    BOOST_TEST(answered == 8);
    BOOST_TEST(service->asked == 9);
}

BOOST_AUTO_TEST_CASE(who_asked_may_go_before_the_answer_comes) {
    const auto service = std::make_shared<SilentService>();
    {
        Asking f{ask(service)};
        asio::co_spawn(f.context, f.resolver->resolve("silent.test", 1h), asio::detached);
        f.context.poll();
    } // resolver, coroutine and loop are gone
    service->gate.count_down();
}

BOOST_AUTO_TEST_CASE(a_question_can_be_cancelled) {
    const auto service = std::make_shared<SilentService>();
    Asking f{ask(service)};
    asio::cancellation_signal cancel;
    bool ended = false;
    asio::co_spawn(f.context, f.resolver->resolve("silent.test", 1h),
                   asio::bind_cancellation_slot(
                       cancel.slot(), [&](std::exception_ptr, const Result<Addresses>&) { ended = true; }));
    f.context.poll();
    cancel.emit(asio::cancellation_type::terminal);
    f.context.restart();
    f.context.run();
    BOOST_TEST(ended);
    service->gate.count_down();
    BOOST_TEST(f.ask("next.test").has_value()); // the late answer finds nobody
}

BOOST_AUTO_TEST_SUITE_END()
