#include "manual/page.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;

namespace {

bool page_has(const std::string& page, const std::string& part) {
    return page.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(manual_page)

BOOST_AUTO_TEST_CASE(marks_are_filled_with_what_the_program_knows) {
    const auto page = manual::page(".TH X 1 \"@VERSION@\"\n"
                                   ".\\\" a remark\n"
                                   ".\\\" @more post\nOnly here.\n.\\\" @end\n"
                                   ".SH COMMANDS\n.\\\" @commands\n.SH END\n",
                                   "1.2.3");
    BOOST_REQUIRE(page);
    BOOST_TEST(page->starts_with(".TH X 1 \"1.2.3\"\n.\\\" a remark\n.SH COMMANDS\n.SS \"crier run\"\n"));
    BOOST_TEST(page_has(*page, ".SS \"crier post \\fITEXT\\fR\"\nPut one post into the outbox"));
    BOOST_TEST(page_has(*page, "\\fB\\-\\-media\\fR \\fIFILE\\fR\n"));
    BOOST_TEST(page_has(*page, ".PP\nOnly here.\n.SS \"crier outbox"));
    BOOST_TEST(!page_has(*page, "crier picture")); // --help hides it
    BOOST_TEST(page->ends_with(".SH END\n"));
}

BOOST_AUTO_TEST_CASE(settings_come_from_the_table) {
    const auto page = manual::page(".\\\" @settings\n", "");
    BOOST_REQUIRE(page);
    BOOST_TEST(page->starts_with(".SS \"The file\"\n"));
    BOOST_TEST(page_has(*page, ".TP\n\\fBsocket\\fR\nPath. Default: \\fB/run/crier/admin.sock\\fR.\n"));
    BOOST_TEST(page_has(*page, "A change counts at restart.\n"));
    const auto plugins = manual::page(".\\\" @plugins\n", "");
    BOOST_REQUIRE(plugins);
    BOOST_TEST(page_has(*plugins, ".TP\n\\fBcalendar\\fR\n"));
}

BOOST_AUTO_TEST_CASE(what_is_gone_is_a_failure_with_its_line) {
    const auto command = manual::page("\n.\\\" @more frobnicate\n", "");
    BOOST_REQUIRE(!command);
    BOOST_TEST(command.error().message == "line 2: there is no command frobnicate");
    BOOST_TEST(!manual::page(".\\\" @comands\n", ""));
}

BOOST_AUTO_TEST_SUITE_END()
