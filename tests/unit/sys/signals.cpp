#include "sys/signals.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <csignal>
#include <optional>
#include <unistd.h>
#include <vector>

using namespace crier;

BOOST_AUTO_TEST_SUITE(signals)

BOOST_AUTO_TEST_CASE(each_signal_is_a_call_until_stop) {
    boost::asio::io_context context{1};
    std::vector<int> seen;
    std::optional<sys::Signals> signals;
    signals.emplace(context.get_executor(), [&](int signal) {
        seen.push_back(signal);
        if (signal == SIGTERM)
            signals->stop();
        else
            std::raise(signal == SIGHUP ? SIGINT : SIGTERM);
    });
    std::raise(SIGHUP);
    context.run(); // ends, because the last call stopped it
    BOOST_TEST(seen == (std::vector<int>{SIGHUP, SIGINT, SIGTERM}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_broken_pipe_is_an_error_and_no_death) {
    boost::asio::io_context context{1};
    sys::Signals signals{context.get_executor(), [](int) {}};
    int ends[2] = {-1, -1};
    BOOST_REQUIRE(::pipe(ends) == 0);
    ::close(ends[0]);
    BOOST_TEST(::write(ends[1], "x", 1) == -1);
    BOOST_TEST(errno == EPIPE);
    ::close(ends[1]);
}

BOOST_AUTO_TEST_SUITE_END()
