// What a program writes besides new items: what is gone, when items are due, and what it wants of the host.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::exec::test;

BOOST_AUTO_TEST_SUITE(exec_controls)

BOOST_AUTO_TEST_CASE(times_at_which_an_item_is_due) {
    BOOST_TEST(told(R"({"id":1,"due":"1970-01-01T00:00:01Z","expires":"1970-01-01T00:00:02Z"})") ==
               "- id=1 due=1000000 expires=2000000\n");
    // Posted at once, it would be posted at a wrong time.
    BOOST_TEST(told("{\"id\":1,\"due\":\"tomorrow\"}\n{\"id\":2}") ==
               "- id=2\n! line 1: \"due\" must be a time such as \"2026-11-24T12:00:00Z\"; the item was "
               "passed over\n");
}

BOOST_AUTO_TEST_CASE(what_is_gone_is_told_by_its_id) {
    BOOST_TEST(told(R"({"id":"a","gone":true,"title":"t"})") == "- id=a gone=yes\n");
    BOOST_TEST(told(R"({"id":"a","gone":false})") == "- id=a\n");
    BOOST_TEST(told("{\"link\":\"https://e.org/\",\"gone\":true}\n{\"id\":2}") ==
               "- id=2\n! line 1: what is gone is told by its \"id\", and there is none; the item was passed "
               "over\n");
    BOOST_TEST(told("{\"id\":1,\"gone\":\"yes\"}\n{\"id\":2}") ==
               "- id=2\n! line 1: \"gone\" must be true or false; the item was passed over\n");
}

BOOST_AUTO_TEST_CASE(files_are_named_by_their_path) {
    BOOST_TEST(
        told(R"({"id":1,"media":[{"file":"/srv/p.png","alt":"a dot"},{"file":"/srv/p"}]})") ==
        "- id=1 media=file:/srv/p.png,image/png,a dot,enclosure media=file:/srv/p,image/*,,enclosure\n");
}

BOOST_AUTO_TEST_CASE(an_object_may_ask_for_something) {
    BOOST_TEST(told("{\"cursor\":\"page 2\"}\n{\"id\":1}\n{\"wait\":90}\n{\"fetch\":\"https://e.org/2\"}\n"
                    "{\"warning\":\"old data\"}") ==
               "- id=1\n! old data\n? cursor page 2\n? wait 90\n? fetch https://e.org/2\n");
    // Beside what an item has, they are keys like any others.
    BOOST_TEST(told(R"({"title":"t","wait":90,"error":"x"})") == "- title=t\n");
    BOOST_TEST(told(R"({"wait":"soon"})") == "! line 1: \"wait\" must be a whole number of seconds; it was "
                                             "passed over\n");
    BOOST_TEST(told(R"({"fetch":"/etc/passwd"})") == "! line 1: \"fetch\" must be an http or https address; "
                                                     "it was passed over\n");
}

BOOST_AUTO_TEST_CASE(an_error_fails_the_look) {
    BOOST_TEST(told("{\"id\":1}\n{\"error\":\"the shop is shut; try after nine\"}\n{\"id\":2}") ==
               "- id=1\nerror: the shop is shut; try after nine\n");
}

BOOST_AUTO_TEST_SUITE_END()
