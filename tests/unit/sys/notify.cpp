#include "sys/notify.hpp"

#include "support/temporary.hpp"
#include "sys/clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace crier;
using namespace std::chrono_literals;

namespace {

/// Where systemd would listen.
class Manager {
public:
    Manager()
        : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), path.size());
        BOOST_REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;
    ~Manager() { ::close(socket_); }

    [[nodiscard]] std::optional<std::string> next() const {
        std::array<char, 512> buffer{};
        const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
        if (size < 0)
            return std::nullopt;
        return std::string{buffer.data(), static_cast<std::size_t>(size)};
    }

    test::TemporaryDirectory directory;
    std::string path = directory / "notify";

private:
    int socket_;
};

sys::Environment environment(const Manager& manager, const std::string& watchdog = {},
                             const std::string& pid = {}) {
    sys::Environment::Values values{{"NOTIFY_SOCKET", manager.path}};
    if (!watchdog.empty())
        values.emplace("WATCHDOG_USEC", watchdog);
    if (!pid.empty())
        values.emplace("WATCHDOG_PID", pid);
    return sys::Environment{std::move(values)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(notify)

BOOST_AUTO_TEST_CASE(the_states_are_told_as_systemd_reads_them) {
    const Manager manager;
    const sys::Notify notify{environment(manager)};
    notify.ready("posting");
    BOOST_TEST(manager.next().value() == "READY=1\nSTATUS=posting");
    notify.status("3 posts wait\nREADY=0");
    BOOST_TEST(manager.next().value() == "STATUS=3 posts wait");
    notify.reloading();
    const std::string reloading = manager.next().value();
    BOOST_TEST(reloading.rfind("RELOADING=1\nMONOTONIC_USEC=", 0) == 0U);
    BOOST_TEST(std::stoll(reloading.substr(27)) > 0);
    notify.stopping();
    BOOST_TEST(manager.next().value().rfind("STOPPING=1\n", 0) == 0U);
}

BOOST_AUTO_TEST_CASE(without_a_manager_nothing_happens) {
    boost::asio::io_context context{1};
    const auto clock = sys::make_system_clock(context.get_executor(), 1);
    sys::Notify notify{sys::Environment{{{"WATCHDOG_USEC", "1000"}}}};
    notify.ready("posting");
    notify.feed_watchdog(context.get_executor(), *clock);
    BOOST_TEST(context.run() == 0U);
    notify.end_watchdog();
    // A manager that has gone is no reason to fail either.
    const sys::Notify gone{sys::Environment{{{"NOTIFY_SOCKET", "/nowhere/at/all"}}}};
    gone.stopping();
}

BOOST_AUTO_TEST_CASE(the_watchdog_is_for_this_process_or_for_nobody) {
    const Manager manager;
    BOOST_TEST((sys::Notify{environment(manager, "30000000")}.watchdog() == 30s));
    BOOST_TEST((sys::Notify{environment(manager, "30000000", std::to_string(::getpid()))}.watchdog() == 30s));
    BOOST_TEST(!sys::Notify{environment(manager, "30000000", "1")}.watchdog());
    for (const char* odd : {"0", "-5", "soon", "5s"})
        BOOST_TEST(!sys::Notify{environment(manager, odd)}.watchdog());
}

BOOST_AUTO_TEST_CASE(the_watchdog_is_fed_from_the_loop_until_the_end) {
    const Manager manager;
    boost::asio::io_context context{1};
    const auto clock = sys::make_system_clock(context.get_executor(), 1);
    sys::Notify notify{environment(manager, "20000")};
    notify.feed_watchdog(context.get_executor(), *clock);
    for (int fed = 0; fed < 3;) {
        context.run_one();
        while (const auto text = manager.next()) {
            BOOST_TEST(*text == "WATCHDOG=1");
            ++fed;
        }
    }
    notify.end_watchdog();
    notify.end_watchdog();
    context.run(); // ends: nobody waits any more
    BOOST_TEST(!manager.next());
}

BOOST_AUTO_TEST_SUITE_END()
