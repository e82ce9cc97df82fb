#include "net/race.hpp"

#include "silent_port.hpp"
#include "support/coro.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>

#include <optional>
#include <vector>

using namespace crier;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

namespace {

/// Loopback has many addresses: each server here has one of its own, and all the same port.
struct Track {
    explicit Track(const char* address = "127.0.0.1")
        : acceptor(context, Tcp::endpoint{asio::ip::make_address(address), 0})
        , port(acceptor.local_endpoint().port()) {}

    /// Nobody listens there.
    [[nodiscard]] Tcp::endpoint refuses(const char* address = "127.0.0.77") const {
        return {asio::ip::make_address(address), port};
    }
    [[nodiscard]] Tcp::endpoint answers() const { return acceptor.local_endpoint(); }

    Tcp::socket run(std::vector<Tcp::endpoint> endpoints, Duration stagger, Duration time = 1h) {
        std::optional<Tcp::socket> socket;
        test::run(context, connect(std::move(endpoints), stagger, net::Steady::now() + time, socket));
        return std::move(*socket);
    }
    asio::awaitable<void> connect(std::vector<Tcp::endpoint> endpoints, Duration stagger,
                                  net::Steady::time_point until, std::optional<Tcp::socket>& socket) {
        socket.emplace(
            co_await net::connect_first(context.get_executor(), std::move(endpoints), until, error, stagger));
    }

    asio::io_context context{1};
    Tcp::acceptor acceptor;
    std::uint16_t port;
    boost::system::error_code error = asio::error::in_progress;
};

Tcp::endpoint of(const test::SilentPort& silent) {
    return {asio::ip::address_v4::loopback(), silent.port()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(race)

BOOST_AUTO_TEST_CASE(the_first_that_answers_is_taken) {
    Track track;
    const Tcp::socket socket = track.run({track.answers(), track.refuses()}, 1h);
    BOOST_TEST(!track.error);
    BOOST_TEST(socket.remote_endpoint() == track.answers());
    Tcp::no_delay no_delay;
    socket.get_option(no_delay);
    BOOST_TEST(no_delay.value());
}

BOOST_AUTO_TEST_CASE(after_one_that_refuses_the_next_is_tried_at_once) {
    Track track;
    const Tcp::socket socket = track.run({track.refuses(), track.refuses("127.0.0.78"), track.answers()}, 1h);
    BOOST_TEST(!track.error);
    BOOST_TEST(socket.remote_endpoint() == track.answers());
}

BOOST_AUTO_TEST_CASE(beside_one_that_is_silent_the_next_is_tried_after_a_while) {
    Track track;
    const test::SilentPort first;
    const test::SilentPort second;
    const Tcp::socket socket = track.run({of(first), of(second), track.answers()}, 1ms);
    BOOST_TEST(!track.error);
    BOOST_TEST(socket.remote_endpoint() == track.answers());
}

BOOST_AUTO_TEST_CASE(both_families_run) {
    Track track{"::1"};
    const test::SilentPort silent;
    const Tcp::socket socket = track.run({of(silent), track.answers()}, 1ms);
    BOOST_TEST(!track.error);
    BOOST_TEST(socket.remote_endpoint().address().is_v6());
}

BOOST_AUTO_TEST_CASE(all_refuse) {
    Track track;
    const Tcp::socket socket = track.run({track.refuses(), track.refuses("127.0.0.78")}, 1ms);
    BOOST_TEST(track.error == asio::error::connection_refused);
    BOOST_TEST(!socket.is_open());
}

BOOST_AUTO_TEST_CASE(one_that_refuses_late_does_not_end_the_wait_for_the_others) {
    Track track;
    const test::SilentPort silent;
    (void)track.run({of(silent), track.refuses()}, 1ms, 20ms);
    BOOST_TEST(track.error == asio::error::timed_out);
}

BOOST_AUTO_TEST_CASE(all_are_silent_until_the_time_is_over) {
    Track track;
    const test::SilentPort silent;
    const Tcp::socket socket = track.run({of(silent), of(silent)}, 1ms, 20ms);
    BOOST_TEST(track.error == asio::error::timed_out);
    BOOST_TEST(!socket.is_open());
    track.context.run();                           // what was begun ends with it
    (void)track.run({track.answers()}, 1ms, -1ms); // and nothing begins when it is over before
    BOOST_TEST(track.error == asio::error::timed_out);
}

BOOST_AUTO_TEST_CASE(no_address_and_too_many) {
    Track track;
    (void)track.run({}, 1h);
    BOOST_TEST(track.error == asio::error::host_not_found);
    std::vector<Tcp::endpoint> many(8, track.refuses());
    many.push_back(track.answers());
    (void)track.run(many, 1h);
    BOOST_TEST(track.error == asio::error::connection_refused);
    many.erase(many.begin());
    (void)track.run(many, 1h);
    BOOST_TEST(!track.error);
}

BOOST_AUTO_TEST_SUITE_END()
