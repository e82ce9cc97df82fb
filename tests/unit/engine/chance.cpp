// What chance gives in posts: the same for the same occurrence or item, and each text by itself.

#include "engine/compose.hpp"
#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

const std::string one_of_a_thousand = "{{ random(0, 999) }}";

/// An entry of two parts, in which everything that may be a template throws the dice.
EntrySettings& dice(Harness& h) {
    EntrySettings& entry = h.entry("dice", *schedule::Cron::parse("0 13 * * *"), "");
    auto post = Harness::text(one_of_a_thousand);
    post->spoiler_text = *text::Template::parse(one_of_a_thousand, {});
    MediaTemplate picture;
    picture.file = "/pictures/dice.png";
    picture.alt = *text::Template::parse(one_of_a_thousand, {});
    post->media = {picture};
    post->replies = {*post};
    entry.targets[0].post = post;
    return entry;
}

std::string said_in(const engine::Composed& part) {
    return part.content.status + " " + part.content.spoiler_text + " " + part.content.media.at(0).alt;
}

std::vector<engine::Composed> thrown(Harness& h, const char* nominal, const char* zone = "UTC") {
    const EntrySettings& entry = h.settings.schedule.back();
    const schedule::Zone in = schedule::Zone::find(zone).value();
    return engine::compose_parts({entry, in, from_rfc3339(nominal).value()}, entry.targets[0],
                                 h.server.server);
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_chance)

// Computed elsewhere: these must never change.
BOOST_AUTO_TEST_CASE(an_occurrence_throws_what_it_always_threw) {
    Harness h;
    dice(h);
    const auto parts = thrown(h, "2026-11-24T13:00:00Z");
    BOOST_REQUIRE_EQUAL(parts.size(), 2U);
    BOOST_TEST(said_in(parts[0]) == "285 663 68");
    BOOST_TEST(said_in(parts[1]) == "405 997 334");
    BOOST_TEST(thrown(h, "2026-11-25T13:00:00Z")[0].content.status == "799");
    // The zone is how a moment is shown, not which one it is; nor does the account matter.
    h.settings.schedule.back().targets[0].account = "other";
    BOOST_TEST(said_in(thrown(h, "2026-11-24T13:00:00Z", "Europe/Berlin")[0]) == "285 663 68");
    h.settings.schedule.back().name = "cards";
    BOOST_TEST(said_in(thrown(h, "2026-11-24T13:00:00Z")[0]) != "285 663 68");
}

BOOST_AUTO_TEST_CASE(an_item_throws_by_its_id_or_link_or_title) {
    Harness h;
    const SourceSettings& source = h.source("blog");
    PostTarget target = source.targets[0];
    target.post = Harness::text(one_of_a_thousand);
    const auto status_of = [&](const Item& item, const char* now) {
        return engine::compose_item(source, target, item, {}, from_rfc3339(now).value(), h.server.server)
            .front()
            .content.status;
    };
    Item item;
    item.id = "id-1";
    item.link = "https://blog.example/a";
    item.title = "Title";
    BOOST_TEST(status_of(item, "2026-11-24T13:00:00Z") == "567");
    item.title = "Corrected";
    BOOST_TEST(status_of(item, "2026-11-25T13:00:00Z") == "567");
    item.id.clear();
    BOOST_TEST(status_of(item, "2026-11-24T13:00:00Z") == "376");
    item.link.clear();
    item.title = "Title";
    BOOST_TEST(status_of(item, "2026-11-24T13:00:00Z") == "251");
}

BOOST_AUTO_TEST_CASE(days_are_counted_from_the_nominal_moment_in_the_entrys_zone) {
    Harness h;
    h.entry("countdown", *schedule::Cron::parse("0 0 * * *"),
            "{{ days_until('12-24') | plural('day', 'days') }}");
    BOOST_TEST(thrown(h, "2026-11-24T23:30:00Z")[0].content.status == "30 days");
    BOOST_TEST(thrown(h, "2026-11-24T23:30:00Z", "Europe/Berlin")[0].content.status == "29 days");
}

BOOST_AUTO_TEST_SUITE_END()
