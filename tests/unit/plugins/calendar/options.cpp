// The settings of a source, and what is said of wrong ones.

#include "calendar/plugin.hpp"
#include "harness.hpp"
#include "sdk/crier_plugin.h"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace crier::calendar::test;

namespace {

std::string refused(const std::string& name, const std::string& value) {
    return Instance{{{name, value}}}.refused();
}

} // namespace

BOOST_AUTO_TEST_SUITE(calendar_options)

BOOST_AUTO_TEST_CASE(good_settings_are_taken) {
    for (const auto& [name, value] : Settings{{"leads", "0"},
                                              {"leads", "30m"},
                                              {"leads", "2h"},
                                              {"leads", "1w"},
                                              {"leads", "1d12h"},
                                              {"leads", "-10m"},
                                              {"leads", "+1d"},
                                              {"leads", "366d"},
                                              {"at", "09:00"},
                                              {"at", "9:05"},
                                              {"at", "23:59"},
                                              {"timezone", "Europe/Berlin"},
                                              {"horizon", "90d"},
                                              {"end", "true"},
                                              {"private", "false"}})
        BOOST_TEST(refused(name, value) == "", name << " " << value);
}

BOOST_AUTO_TEST_CASE(wrong_ones_are_refused_in_words) {
    for (const char* lead :
         {"", "1", "d", "-", "1x", "1d 2h", "1.5h", "--1h", "1D", "367d", "9999999999999d", "1h-10m"})
        BOOST_TEST(
            refused("leads", lead) ==
            "leads: \"" + std::string{lead} +
                "\" is no time before an event: write 30m, 2h, 1d, 1w or a sum such as 1d12h, up to 366d; 0 "
                "for when it begins, -10m for ten minutes later");
    for (const char* time : {"", "9", "24:00", "09:60", "09:00:00", "nine", "-1:00", ":"})
        BOOST_TEST(refused("at", time) ==
                   "at: \"" + std::string{time} + "\" is no time of day such as \"09:00\"");
    for (const char* zone : {"", "Europe/Berlim", "../../etc/passwd"})
        BOOST_TEST(
            refused("timezone", zone) ==
            "timezone: \"" + std::string{zone} +
                "\" is no zone that this system knows: write a name such as Europe/Berlin (timedatectl "
                "list-timezones shows all), and see that tzdata is installed");
    for (const char* horizon : {"0", "59m", "-8d", "367d", "soon"})
        BOOST_TEST(refused("horizon", horizon) ==
                   "horizon: \"" + std::string{horizon} + "\" is no time from 1h to 366d, such as 8d");
    BOOST_TEST(refused("end", "yes") == "end: \"yes\" is neither true nor false");
    BOOST_TEST(refused("private", "") == "private: \"\" is neither true nor false");
    Settings many;
    for (int i = 1; i <= 33; ++i)
        many.emplace_back("leads", std::to_string(i) + "h");
    BOOST_TEST(Instance{many}.refused() ==
               "leads: there are more than 32; each is a post of its own for each event");
}

BOOST_AUTO_TEST_CASE(the_table_names_them) {
    const crier_plugin& plugin = crier::calendar::table();
    std::set<std::string> names;
    for (std::size_t i = 0; i < plugin.option_count; ++i)
        names.insert(plugin.options[i].name);
    BOOST_TEST(names == (std::set<std::string>{"at", "end", "horizon", "leads", "private", "timezone"}),
               boost::test_tools::per_element());
    BOOST_TEST(plugin.name == std::string{"calendar"});
    BOOST_TEST(plugin.capabilities == (CRIER_PLUGIN_FETCHES | CRIER_PLUGIN_CLOCK | CRIER_PLUGIN_OWN));
}

BOOST_AUTO_TEST_SUITE_END()
