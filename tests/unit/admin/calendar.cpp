#include "engine/calendar.hpp"

#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

const schedule::Rule daily_at_nine = schedule::Every{24h, 9h};

std::string text_at(const Said& said, std::size_t place, std::string_view field) {
    return std::string{said.list("items").at(place).at({field.data(), field.size()}).as_string()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_calendar)

BOOST_AUTO_TEST_CASE(the_schedule_is_shown_as_it_will_be_posted_beside_what_waits) {
    Desk desk;
    desk.entry("morning", daily_at_nine, "Good morning no. {{ counter }}, {{ now | date('%A') }}");
    desk.start();
    desk.post("by hand", "k1", *from_rfc3339("2026-11-25T12:00:00Z"));
    const Said said =
        desk.get("/v1/calendar", {{"from", "2026-11-25T00:00:00Z"}, {"to", "2026-11-27T00:00:00Z"}});
    BOOST_TEST(said.status == 200);
    BOOST_TEST(fields_of(said.body) == "items more");
    BOOST_REQUIRE_EQUAL(said.list("items").size(), 3U);
    const auto& first = said.list("items")[0].as_object();
    BOOST_TEST(fields_of(first) == "due leaves account origin entry part parts text spoiler_text visibility "
                                   "length limit state post url media note");
    BOOST_TEST(text_at(said, 0, "due") == "2026-11-25T09:00:00Z");
    BOOST_TEST(text_at(said, 0, "text") == "Good morning no. 1, Wednesday");
    BOOST_TEST(text_at(said, 0, "state") == "planned");
    BOOST_TEST(first.at("post").is_null());
    BOOST_TEST(first.at("length").as_int64() == 29);
    BOOST_TEST(text_at(said, 1, "text") == "by hand");
    BOOST_TEST(text_at(said, 1, "state") == "waiting");
    BOOST_TEST(said.list("items")[1].at("post").as_int64() == 1);
    BOOST_TEST(said.list("items")[1].at("entry").is_null());
    BOOST_TEST(text_at(said, 2, "text") == "Good morning no. 2, Thursday");
    BOOST_TEST(!said.body.at("more").as_bool());
    // And so it comes to be.
    desk.time.run_for(24h);
    BOOST_TEST(desk.timeline().front() == text_at(said, 0, "text"));
    // What left stays on its day, once.
    const Said later =
        desk.get("/v1/calendar", {{"from", "2026-11-25T00:00:00Z"}, {"to", "2026-11-27T00:00:00Z"}});
    BOOST_REQUIRE_EQUAL(later.list("items").size(), 3U);
    BOOST_TEST(text_at(later, 0, "state") == "published");
    BOOST_TEST(text_at(later, 2, "text") == "Good morning no. 2, Thursday");
}

/// At each moment around a firing there is one row for it.
BOOST_AUTO_TEST_CASE(what_is_about_to_be_due_is_shown_once_and_counted_once) {
    Desk desk;
    desk.entry("morning", daily_at_nine, "no. {{ counter }}");
    desk.start();
    desk.time.run_for(*from_rfc3339("2026-11-25T08:59:59.800Z") - desk.time.now());
    for (int i = 0; i < 40; ++i) {
        const Said said =
            desk.get("/v1/calendar", {{"from", "2026-11-25T00:00:00Z"}, {"to", "2026-11-27T00:00:00Z"}});
        BOOST_REQUIRE_EQUAL(said.list("items").size(), 2U);
        BOOST_TEST(text_at(said, 0, "text") == "no. 1");
        BOOST_TEST(text_at(said, 1, "text") == "no. 2");
        desk.time.run_for(10ms);
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_leave_by_itself_says_so) {
    Desk desk;
    desk.entry("morning", daily_at_nine, "hello");
    desk.start();
    BOOST_TEST(desk.post_to("/v1/pause", R"({"target":"entry:morning"})").status == 200);
    const Said said = desk.get("/v1/calendar", {{"account", "news"}});
    BOOST_REQUIRE_EQUAL(said.list("items").size(), 7U);
    BOOST_TEST(text_at(said, 0, "note") == "left out: its entry is paused");
}

BOOST_AUTO_TEST_CASE(more_than_is_wanted_at_once_is_cut_and_says_so) {
    Desk desk;
    desk.entry("often", schedule::Every{1min, 0s}, "tick");
    desk.start();
    const Said said =
        desk.get("/v1/calendar", {{"from", "2026-11-25T00:00:00Z"}, {"to", "2026-12-25T00:00:00Z"}});
    BOOST_TEST(said.list("items").size() == 2000U);
    BOOST_TEST(said.body.at("more").as_bool());
    BOOST_TEST(text_at(said, 0, "due") == "2026-11-25T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(times_that_make_no_sense_are_refused) {
    Desk desk;
    desk.start();
    using Query = std::vector<std::pair<std::string, std::string>>;
    const Query wrong[] = {{{"from", "yesterday"}},
                           {{"from", "2026-11-25T00:00:00Z"}, {"to", "2026-11-25T00:00:00Z"}},
                           {{"from", "2026-11-25T00:00:00Z"}, {"to", "2027-01-27T00:00:00Z"}},
                           {{"from", "2099-01-01T00:00:00Z"}},
                           {{"account", "nobody"}},
                           {{"until", "2026-11-25T00:00:00Z"}}};
    for (const Query& query : wrong)
        BOOST_TEST(desk.get("/v1/calendar", query).status == 400, query.front().first + query.front().second);
    BOOST_TEST(desk.get("/v1/calendar", {{"from", "2026-10-01T00:00:00Z"}}).list("items").empty());
}

BOOST_AUTO_TEST_SUITE_END()
