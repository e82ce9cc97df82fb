// The schedule's commands, as somebody at a terminal uses them.

#include "bot.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <libical/ical.h>

#include <array>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

using namespace crier::test;

namespace json = boost::json;

namespace {

std::vector<json::object> lines_of(const std::string& text) {
    std::vector<json::object> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        lines.push_back(json::parse(line).as_object());
    return lines;
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size()))
        ++found;
    return found;
}

/// A moment so far from now, in RFC 3339.
std::string utc(std::chrono::seconds from_now) {
    const std::time_t when =
        std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() + from_now);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&when)); // NOLINT: one thread
    return text.data();
}

/// What a calendar program shows of a file: the events' beginnings and descriptions, in its order. Checks
/// that the file keeps to the rules of RFC 5545.
std::vector<std::pair<std::string, std::string>> read_by_libical(const std::string& text) {
    const std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> calendar{
        icalparser_parse_string(text.c_str()), icalcomponent_free};
    BOOST_REQUIRE(calendar);
    BOOST_TEST(icalrestriction_check(calendar.get()) != 0);
    BOOST_TEST(icalcomponent_count_errors(calendar.get()) == 0);
    std::vector<std::pair<std::string, std::string>> events;
    for (icalcomponent* event = icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
         event != nullptr; event = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT)) {
        const char* const words = icalcomponent_get_description(event);
        events.emplace_back(icaltime_as_ical_string(icalcomponent_get_dtstart(event)),
                            words == nullptr ? "" : words);
    }
    return events;
}

void write_script(const std::string& path, const std::string& text) {
    std::ofstream{path} << "#!/bin/sh\n" << text << '\n';
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

} // namespace

BOOST_AUTO_TEST_SUITE(calendar_commands)

BOOST_AUTO_TEST_CASE(a_year_ahead_as_text_table_json_and_calendar) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox,
            "schedule:\n"
            "  - {name: daily, account: news, cron: '0 12 * * *', except: 01-01, post: {in_turn: [{status: "
            "'No. {{ "
            "counter }}'}, {status: 'A, b; c: {{ days_until(''12-24'') }}'}]}}\n"
            "  - {name: night, account: news, cron: '30 3 * * *', quiet: {from: '03:00', to: '04:00'}, "
            "when_quiet: "
            "skip, post: {status: never}}\n",
            ""};
    const Finished json = bot.crier({"preview", "--days", "365", "--json"});
    BOOST_TEST(json.code == 0, json.err);
    const std::vector<json::object> year = lines_of(json.out);
    BOOST_TEST(year.size() > 725U);
    std::size_t first = 0;
    while (year.at(first).at("entry").as_string() != "daily")
        ++first;
    BOOST_TEST(year.at(first).at("text").as_string() == "No. 1");
    BOOST_TEST(year.at(first).at("leaves").as_string() == year.at(first).at("due").as_string());
    for (const json::object& one : year)
        if (one.at("entry").as_string() == "night")
            BOOST_TEST(one.at("leaves").is_null());
        else
            BOOST_TEST(one.at("due").as_string().find("-01-01T") == json::string::npos);
    const Finished table = bot.crier({"preview", "--days", "30", "--table"});
    BOOST_TEST(count(table.out, "\n") > 55U);
    BOOST_TEST(table.out.find("left out: it falls into quiet hours or a blackout") != std::string::npos);
    const Finished ics = bot.crier({"preview", "--days", "30", "--ics"});
    BOOST_TEST(ics.out.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    BOOST_TEST(ics.out.ends_with("END:VCALENDAR\r\n"));
    BOOST_TEST(count(ics.out, "BEGIN:VEVENT\r\n") == count(ics.out, "END:VEVENT\r\n"));
    BOOST_TEST(ics.out.find("DESCRIPTION:A\\, b\\; c: ") != std::string::npos);
    std::istringstream in{ics.out};
    for (std::string line; std::getline(in, line);)
        BOOST_TEST(line.size() <= 76U, line); // with the CR
    const Finished few = bot.crier({"preview", "--days", "365", "--limit", "5", "--json"});
    BOOST_TEST(lines_of(few.out).size() == 5U);
    BOOST_TEST(few.err.find("and more after these") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(another_program_reads_the_calendar) {
    const TempDir directory;
    Sandbox sandbox{directory};
    const std::string words =
        "Gr\u00fc\u00dfe, ein l\u00e4ngerer Text; er geht \u00fcber mehr als eine Zeile \xF0\x9F\x8C\xB3 "
        "und hat einen R\u00fcckstrich \\ darin.";
    Bot bot{directory, sandbox,
            "schedule:\n  - {name: long, account: news, cron: '0 12 * * *', timezone: Europe/Berlin, post: "
            "{status: '" +
                words + "'}}\n",
            ""};
    const std::vector<json::object> told = lines_of(bot.crier({"preview", "--days", "20", "--json"}).out);
    const auto events = read_by_libical(bot.crier({"preview", "--days", "20", "--ics"}).out);
    BOOST_REQUIRE(events.size() == told.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        std::string when{told[i].at("leaves").as_string()};
        std::erase_if(when, [](char c) { return c == '-' || c == ':'; });
        BOOST_TEST(events[i].first == when);
        BOOST_TEST(events[i].second == words);
    }
}

BOOST_AUTO_TEST_CASE(entries_that_do_not_do_what_they_seem_to_are_warned_of) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{
        directory, sandbox,
        "schedule:\n"
        "  - {name: past, account: news, at: 2020-01-01 09:00, post: {status: x}}\n"
        "  - {name: never, account: news, cron: '0 0 29 2 *', only_if: {dates: 03-01}, post: {status: x}}\n"
        "  - {name: quiet, account: news, cron: '30 3 * * *', quiet: {from: '03:00', to: '04:00'}, post: "
        "{status: x}}\n"
        "  - {name: late, account: news, every: 10m, offset: 0s, expires_after: 5m, post: {status: x}}\n",
        "    limits: {min_gap: 20m}\n"};
    const Finished checked = bot.crier({"check"});
    BOOST_TEST(checked.code == 0, checked.err);
    for (const char* says :
         {"schedule.past: it fires no more: the last time was 2020-01-01T09:00:00Z",
          "schedule.never: it never fires",
          "schedule.quiet: it always falls into quiet hours or a blackout (on news), and leaves at their end",
          "schedule.late: ", "would expire before the account's limits let them leave"})
        BOOST_TEST(checked.err.find(says) != std::string::npos, says << " in " << checked.err);
}

BOOST_AUTO_TEST_CASE(a_command_and_a_draw_make_posts) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_script(directory.file("weather.sh"), "echo 'Sun over Kiel'; echo and no wind");
    write_script(directory.file("open.sh"), "test \"$CRIER_ENTRY\" = sale && exit 0; exit 1");
    write_script(directory.file("closed.sh"), "echo shut >&2; exit 1");
    std::ofstream{directory.file("art.json")}
        << R"({"version": "https://jsonfeed.org/version/1.1", "title": "Art", "items": [)"
           R"({"id": "2", "content_text": "b", "title": "Second"}, {"id": "1", "content_text": "a", "title": "First"}]})";
    const std::string dir = directory.file("");
    // A minute ago, which a first run posts, and tomorrow, which a preview shows.
    const std::string when = "[" + utc(-std::chrono::minutes{1}) + ", " + utc(std::chrono::hours{20}) + "]";
    const auto entry = [&](const std::string& name, const std::string& rest) {
        return "  - {name: " + name + ", account: news, at: " + when + ", " + rest + "}\n";
    };
    Bot bot{directory, sandbox,
            "schedule:\n" +
                entry("weather", "run: {command: [" + dir + "weather.sh]}, post: {status: '{{ content }}'}") +
                entry("sale", "only_if: {command: [" + dir + "open.sh]}, post: {status: open}") +
                entry("shut", "only_if: {command: [" + dir + "closed.sh]}, post: {status: shut}") +
                entry("art", "draw: {from: art}, post: {status: '{{ title }}'}") +
                "sources:\n  art: {plugin: feed, url: " + dir + "art.json, on_demand: true}\nfuse: off\n"};
    const Finished ahead = bot.crier({"preview", "--days", "1", "--limit", "8", "--online", "--json"});
    BOOST_TEST(ahead.out.find("Sun over Kiel") != std::string::npos, ahead.out << ahead.err);
    BOOST_TEST(ahead.out.find("First") != std::string::npos, ahead.out);
    const Finished once = bot.crier({"run", "--once"});
    BOOST_TEST(once.code == 0, once.err);
    std::string texts;
    for (const std::string& text : sandbox.timeline())
        texts += text + "|";
    BOOST_TEST(texts.find("Sun over Kiel") != std::string::npos, texts);
    BOOST_TEST(texts.find("open") != std::string::npos, texts);
    BOOST_TEST(texts.find("First") != std::string::npos, texts);
    BOOST_TEST(texts.find("shut") == std::string::npos, texts);
}

BOOST_AUTO_TEST_SUITE_END()
