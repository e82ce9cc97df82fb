#include "sys/repeat_guard.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using namespace std::chrono_literals;

namespace {

struct Guarded {
    sys::RepeatGuard guard;
    Instant now = *from_rfc3339("2026-11-24T09:00:00Z");
    std::vector<std::string> written;

    void write(const std::string& message, const std::string& field = "x") {
        sys::LogLine line;
        line.time = now;
        line.event = "source.failed";
        line.message = message;
        line.fields = {{"source", field}};
        keep(guard.admit(std::move(line)));
    }
    void keep(std::vector<sys::LogLine> lines) {
        for (sys::LogLine& line : lines)
            written.push_back(std::move(line.message));
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(log_repeats)

BOOST_AUTO_TEST_CASE(ten_in_a_minute_are_written_and_the_others_counted) {
    Guarded log;
    for (int i = 0; i < 25; ++i)
        log.write("down");
    BOOST_TEST(log.written.size() == 10U);
    log.now += 1min;
    log.write("something else");
    BOOST_REQUIRE(log.written.size() == 12U);
    BOOST_TEST(log.written[10] == "down (repeated 15 more times)");
    BOOST_TEST(log.written[11] == "something else");
    log.write("down"); // a new minute, a new count
    BOOST_TEST(log.written.back() == "down");
}

BOOST_AUTO_TEST_CASE(lines_that_differ_in_a_field_are_different) {
    Guarded log;
    for (int i = 0; i < 10; ++i) {
        log.write("down", "blog");
        log.write("down", "news");
    }
    BOOST_TEST(log.written.size() == 20U);
    log.write("down", "blog");
    BOOST_TEST(log.written.size() == 20U);
}

BOOST_AUTO_TEST_CASE(what_is_owed_comes_at_the_end) {
    Guarded log;
    for (int i = 0; i < 11; ++i)
        log.write("down");
    log.keep(log.guard.finish(log.now));
    BOOST_TEST(log.written.back() == "down (repeated 1 more times)");
    log.keep(log.guard.finish(log.now));
    BOOST_TEST(log.written.size() == 11U);
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_mutes_nothing_for_longer) {
    Guarded log;
    for (int i = 0; i < 20; ++i)
        log.write("down");
    log.now -= 48h;
    log.write("down");
    BOOST_REQUIRE(log.written.size() == 12U);
    BOOST_TEST(log.written[10] == "down (repeated 10 more times)");
    BOOST_TEST(log.written[11] == "down");
}

BOOST_AUTO_TEST_CASE(a_flood_of_different_lines_is_neither_held_back_nor_remembered_for_ever) {
    Guarded log;
    for (int i = 0; i < 5000; ++i)
        log.write("line " + std::to_string(i));
    BOOST_TEST(log.written.size() == 5000U);
}

BOOST_AUTO_TEST_SUITE_END()
