#include "manual/roff.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;

BOOST_AUTO_TEST_SUITE(manual_roff)

BOOST_AUTO_TEST_CASE(what_would_be_a_request_or_an_escape_is_shown) {
    BOOST_TEST(manual::literal(".TP") == "\\&.TP");
    BOOST_TEST(manual::literal("'/\\d+/'") == "\\(aq/\\ed+/\\(aq");
    BOOST_TEST(manual::literal("--at") == "\\-\\-at");
    BOOST_TEST(manual::literal("a\nb") == "a b");
}

BOOST_AUTO_TEST_CASE(prose_has_hyphens_and_options_have_dashes) {
    BOOST_TEST(manual::prose("a self-made one (--key too, -n/-m)") ==
               "a self-made one (\\-\\-key too, \\-n/\\-m)");
    BOOST_TEST(manual::prose("say `--yes`, or `it's`") == "say \\fB\\-\\-yes\\fR, or \\fBit\\(aqs\\fR");
    BOOST_TEST(manual::prose("one ` alone") == "one \\(ga alone");
}

BOOST_AUTO_TEST_CASE(a_description_becomes_a_sentence) {
    BOOST_TEST(manual::sentence("list them") == "List them.");
    BOOST_TEST(manual::sentence("is it good?") == "Is it good?");
    BOOST_TEST(manual::sentence("`live`, `hold`") == "\\fBlive\\fR, \\fBhold\\fR.");
    BOOST_TEST(manual::sentence("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
