#include "commands/forms_text.hpp"

#include "admin/forms_json.hpp"
#include "commands/table.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace crier;
using namespace crier::commands;

BOOST_AUTO_TEST_SUITE(forms_in_words)

/// As `outbox show` and `preview` have it: the one reads JSON, the other the post itself.
BOOST_AUTO_TEST_CASE(a_medium_is_shown_with_all_that_goes_along) {
    Media media;
    BOOST_TEST(media_text(media).empty());
    media.focus = Focus{0.5, -0.25};
    media.thumbnail = "/srv/small.png";
    media.strip_metadata = true;
    const std::string expected = " (focus 0.5 -0.25, thumbnail /srv/small.png, stripped of what it tells)";
    BOOST_TEST(media_text(media) == expected);
    boost::json::object json;
    admin::add_media_forms(json, media);
    BOOST_TEST(media_text(json) == expected);
}

BOOST_AUTO_TEST_CASE(what_a_post_is_not_is_not_said) {
    boost::json::object post;
    post["pin"] = false;
    post["local_only"] = false;
    BOOST_TEST(forms_text(post).empty());
    post["pin"] = true;
    BOOST_TEST(forms_text(post) == "↪ is pinned\n");
}

/// A long list is printed as it comes: one head, columns that only grow.
BOOST_AUTO_TEST_CASE(a_table_may_come_in_pieces) {
    Table table({"ID", "TEXT"});
    std::ostringstream out;
    table.add({"1", "one"});
    table.print_piece(out);
    BOOST_TEST(out.str() == "ID  TEXT\n1   one\n");
    table.add({"10000", "two"});
    table.print_piece(out);
    table.add({"2", "three"});
    table.print_piece(out);
    BOOST_TEST(out.str() == "ID  TEXT\n1   one\n10000  two\n2      three\n");
}

BOOST_AUTO_TEST_SUITE_END()
