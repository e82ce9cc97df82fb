#include "mastodon/rates.hpp"

#include "answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;
using namespace std::chrono_literals;
using crier::mastodon::test::response;

namespace {

/// The local clock is 100 s fast: what a server names by its own is later by so much here.
const Instant server_noon = *from_rfc3339("2026-11-24T12:00:00Z");
const Instant here = server_noon + 100s;
const std::string date = "Date: Tue, 24 Nov 2026 12:00:00 GMT";

RateNews news(const std::string& headers) {
    return read_rates(response(429, headers.c_str(), ""), here);
}

/// How long from now, for a reset; -1 when there is none.
std::int64_t reset_in(const std::string& value) {
    const RateNews read = news(date + "\nX-RateLimit-Reset: " + value);
    return read.reset ? std::chrono::duration_cast<std::chrono::milliseconds>(*read.reset - here).count()
                      : -1;
}

std::int64_t retry_in(const std::string& value) {
    const RateNews read = news(date + "\nRetry-After: " + value);
    return read.retry_after ? std::chrono::duration_cast<std::chrono::milliseconds>(*read.retry_after).count()
                            : -1;
}

constexpr std::int64_t margin = 1000;
constexpr std::int64_t day = 86'400'000;

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_rates)

BOOST_AUTO_TEST_CASE(every_form_of_reset_is_a_distance_from_the_servers_date) {
    BOOST_TEST(reset_in("2026-11-24T12:05:00.123456Z") == 300'123 + margin); // Mastodon
    BOOST_TEST(reset_in("2026-11-24T12:05:00.000Z") == 300'000 + margin);    // GoToSocial
    BOOST_TEST(reset_in("2026-11-24T12:05:00Z") == 300'000 + margin);
    BOOST_TEST(reset_in("2026-11-24T13:05:00+01:00") == 300'000 + margin);
    BOOST_TEST(reset_in("1795521900") == 300'000 + margin);    // Unix seconds
    BOOST_TEST(reset_in("1795521900.5") == 301'000 + margin);  // rounded up
    BOOST_TEST(reset_in("1795521900250") == 300'250 + margin); // Unix milliseconds
    BOOST_TEST(reset_in("300") == 300'000 + margin);           // seconds from now
}

BOOST_AUTO_TEST_CASE(what_does_not_read_is_no_reset) {
    for (const char* value : {"", "soon", "-5", "2026-11-24", "1e9", "99999999999999999",
                              "9223372036854775808", "Tue, 24 Nov 2026 12:05:00 GMT", "3 0", "0x10"})
        BOOST_TEST_CONTEXT(value) {
            BOOST_TEST(reset_in(value) == -1);
        }
    BOOST_TEST(!news(date).reset);
    BOOST_TEST(!news("").reset);
}

BOOST_AUTO_TEST_CASE(what_is_not_ahead_says_nothing_of_when_to_come_again) {
    // A refusal with such a header would else be repeated every second, for ever.
    BOOST_TEST(reset_in("0") == -1);
    BOOST_TEST(reset_in("2026-11-24T11:00:00.000000Z") == -1);
    BOOST_TEST(reset_in("2026-11-24T12:00:00Z") == -1);
    BOOST_TEST(reset_in("1000000001") == -1);
    BOOST_TEST(retry_in("0") == -1);
    BOOST_TEST(retry_in("Tue, 24 Nov 2026 11:00:00 GMT") == -1);
    BOOST_TEST(retry_in("0.5") == 1000 + margin);
    const RateNews both = news(date + "\nRetry-After: 0\nX-RateLimit-Reset: 2026-11-24T12:05:00Z");
    BOOST_TEST(!both.retry_after);
    BOOST_TEST((both.reset.value() == here + 301s));
}

BOOST_AUTO_TEST_CASE(a_day_is_the_most) {
    BOOST_TEST(reset_in("2027-01-01T00:00:00Z") == day + margin);
    BOOST_TEST(reset_in("99999999999") == day + margin);
    BOOST_TEST(retry_in("31536000") == day + margin);
    BOOST_TEST(retry_in("9223372036854775807") == day + margin);
    BOOST_TEST(retry_in("9223372036854775807.5") == day + margin);
}

BOOST_AUTO_TEST_CASE(a_pause_of_more_than_a_day_is_told) {
    const auto note = [](const std::string& headers) {
        return rate_note(response(429, (date + "\n" + headers).c_str(), ""), here);
    };
    BOOST_TEST(note("Retry-After: 30") == "");
    BOOST_TEST(note("X-RateLimit-Reset: 2026-11-25T12:00:00Z") == "");
    BOOST_TEST(note("X-RateLimit-Reset: 2026-11-25T12:00:01Z").find("more than a day") != std::string::npos);
    BOOST_TEST(note("Retry-After: 86401").find("more than a day") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(retry_after_is_seconds_or_a_date) {
    BOOST_TEST(retry_in("30") == 30'000 + margin);
    BOOST_TEST(retry_in("29.7") == 30'000 + margin);
    BOOST_TEST(retry_in("Tue, 24 Nov 2026 12:02:00 GMT") == 120'000 + margin);
    BOOST_TEST(retry_in("-1") == -1);
    BOOST_TEST(retry_in("a while") == -1);
    BOOST_TEST(retry_in("") == -1);
}

BOOST_AUTO_TEST_CASE(without_a_date_the_local_clock_has_to_do) {
    const RateNews read = news("X-RateLimit-Reset: 2026-11-24T12:05:00Z");
    BOOST_TEST((read.reset.value() - here == 200s + 1s));
}

BOOST_AUTO_TEST_CASE(limit_and_remaining_are_counts_in_any_spelling_of_the_name) {
    const RateNews read = news("X-Ratelimit-Limit: 300\nx-ratelimit-remaining: 0");
    BOOST_TEST(read.limit.value() == 300);
    BOOST_TEST(read.remaining.value() == 0);
    const RateNews junk = news("X-RateLimit-Limit: many\nX-RateLimit-Remaining: -1");
    BOOST_TEST(!junk.limit);
    BOOST_TEST(!junk.remaining);
    BOOST_TEST(news("X-RateLimit-Limit: 99999999999").limit.value() == 1'000'000'000);
}

BOOST_AUTO_TEST_CASE(successes_have_rates_too) {
    const RateNews read = classify(Endpoint::publish,
                                   response(200,
                                            (date + "\nX-RateLimit-Limit: 300\nX-RateLimit-Remaining: "
                                                    "1\nX-RateLimit-Reset: 2026-11-24T15:00:00.5Z")
                                                .c_str(),
                                            R"({"id":"1","uri":"u"})"),
                                   false, here)
                              .rate;
    BOOST_TEST(read.remaining.value() == 1);
    BOOST_TEST((read.reset.value() == here + 3h + 500ms + 1s));
}

BOOST_AUTO_TEST_SUITE_END()
