#include "moving/ini.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::moving;

BOOST_AUTO_TEST_SUITE(moving_ini)

BOOST_AUTO_TEST_CASE(values_are_what_pythons_configparser_makes_of_them) {
    const Result<Ini> ini = Ini::parse("[DEFAULT]\n"
                                       "home = /srv\n"
                                       "; a comment\n"
                                       "[rss]\r\n"
                                       "URI: https://example.org/a=b\r\n"
                                       "toot={title}  \n"
                                       "  {link}\n"
                                       "\n"
                                       "# another\n"
                                       "cache = %(home)s/x and 100%%\n"
                                       "flag = On\n"
                                       "odd = maybe\n"
                                       "empty =\n",
                                       "x.ini");
    BOOST_REQUIRE(ini);
    BOOST_TEST(*ini->get("rss", "uri") == "https://example.org/a=b");
    BOOST_TEST(*ini->get("rss", "toot") == "{title}\n{link}");
    BOOST_TEST(*ini->get("rss", "cache") == "/srv/x and 100%");
    BOOST_TEST(*ini->get("rss", "home") == "/srv");
    BOOST_TEST(ini->get("rss", "empty")->empty());
    BOOST_TEST(*ini->flag("rss", "flag"));
    BOOST_TEST(!ini->flag("rss", "odd").has_value());
    BOOST_TEST(!ini->get("rss", "none").has_value());
    BOOST_TEST(ini->has("rss"));
    BOOST_TEST(!ini->has("media"));
}

BOOST_AUTO_TEST_CASE(what_is_no_such_file_is_refused_with_its_line) {
    const struct {
        const char* text;
        const char* says;
    } cases[] = {
        {"a = b\n", "x.ini:1: a line before the first [section]"},
        {"[a]\nwords\n", "x.ini:2: neither a section nor `name = value`"},
        {"\n[a\n", "x.ini:2: a section without its closing bracket"},
    };
    for (const auto& one : cases) {
        const Result<Ini> ini = Ini::parse(one.text, "x.ini");
        BOOST_REQUIRE(!ini);
        BOOST_TEST(ini.error().message == one.says);
    }
    // What names itself ends.
    const Result<Ini> ini = Ini::parse("[a]\nb = x%(b)s\n", "x.ini");
    BOOST_REQUIRE(ini);
    BOOST_TEST(ini->get("a", "b")->size() < 100U);
}

BOOST_AUTO_TEST_SUITE_END()
