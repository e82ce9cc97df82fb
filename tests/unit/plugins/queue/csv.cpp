// Lists of CSV: what spreadsheets and people write.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::queue::test;

namespace {

struct Case {
    const char* list;
    const char* told;
};

} // namespace

BOOST_AUTO_TEST_SUITE(queue_csv)

BOOST_AUTO_TEST_CASE(rows_are_items_in_their_order) {
    const Case cases[] = {
        {"title,link\nOne,https://e.org/1\nTwo,https://e.org/2\n",
         "- title=One link=https://e.org/1\n- title=Two link=https://e.org/2\n"},
        {"title,link\r\nOne,https://e.org/1\r\nTwo,https://e.org/2",
         "- title=One link=https://e.org/1\n- title=Two link=https://e.org/2\n"},
        {"\xef\xbb\xbfTitle;Text\nOne;a, b\n", "- title=One content=a, b\n"},
        {"title\ttext\nOne\ta, b; c\n", "- title=One content=a, b; c\n"},
        {"title|text\nOne|a\n", "- title=One content=a\n"},
        {"sep=;\r\ntitle;text\r\nOne;a\r\n", "- title=One content=a\n"},
        {"# mine\n\ntitle,text\n# One,old\n\nTwo,new\n  \n\"# Three\",x\n",
         "- title=Two content=new\n- title=# Three content=x\n"},
        {"title,text\nOne\n,\n,,,\n", "- title=One\n"},
        {"title,text\n", ""},
        {"title", ""},
        {" \n\n", ""},
    };
    for (const auto& [list, expected] : cases)
        BOOST_TEST(told(list) == expected);
}

BOOST_AUTO_TEST_CASE(quotes_hold_separators_line_breaks_and_quotes) {
    const Case cases[] = {
        {"title,text\n\"a, \"\"b\"\"\",\"x\r\ny\n\nz\"\nlast,1\n",
         "- title=a, \"b\" content=x|y||z\n- title=last content=1\n"},
        {"text\n\"\"\n\"\"\"\"\n", "- content=\"\n"},
        {"title,text\na \"b\" c,\"d\" e\n", "- title=a \"b\" c content=d e\n"},
        {"\"title\",\"te\nxt\"\na,b\n", "- title=a\n"},
    };
    for (const auto& [list, expected] : cases)
        BOOST_TEST(told(list) == expected);
}

BOOST_AUTO_TEST_CASE(the_separator_shows_outside_of_quotes_or_is_stated) {
    BOOST_TEST(told("\"title, and, more\";text\na;b\n", {{"fields.title", "title, and, more"}}) ==
               "- title=a\n");
    BOOST_TEST(told("title;a,b,c\nx;y\n", {{"separator", "semicolon"}}) == "- title=x\n");
    BOOST_TEST(told("title~text\nx~y\n", {{"separator", "~"}}) == "- title=x content=y\n");
    BOOST_TEST(told("title\ttext\nx\ty\n", {{"separator", "tab"}}) == "- title=x content=y\n");
    BOOST_TEST(told("title\ttext\nx\ty\n", {{"separator", "\\t"}}) == "- title=x content=y\n");
}

BOOST_AUTO_TEST_CASE(a_broken_row_costs_itself) {
    BOOST_TEST(
        told("title,text\na,b,c\n\nd,e\n") ==
        "- title=d content=e\n! line 2: the row has 3 fields, and there are 2 columns; a text with the "
        "separator in it must be in quotes (\")\n");
    BOOST_TEST(
        told("title,text\na,b\nc,\"d\ne,f\ng,h\n") ==
        "- title=a content=b\n! line 3: a quote (\") in this row is never closed; this row and what follows "
        "was passed over\n");
    BOOST_TEST(told("title,author\n\"a\n\",x\n,Jo\n") ==
               "- title=a author=x\n! line 4: an item without id, link, title and text was "
               "passed over\n");
    BOOST_TEST(
        told("title,text\na,b,c\n") ==
        "! line 2: the row has 3 fields, and there are 2 columns; a text with the separator in it must be in "
        "quotes (\")\nerror: no row could be read; line 2: the row has 3 fields, and there are 2 columns; a "
        "text with the separator in it must be in quotes (\")\n");
}

BOOST_AUTO_TEST_CASE(a_header_without_fields_is_an_error) {
    BOOST_TEST(
        told("Hello world, it is me\nAnd again\n") ==
        "error: no column is called as a field of an item is (title, content, link ...); the first line must "
        "name the columns, and `fields` says which is what; there are: Hello world, it is me\n");
    BOOST_TEST(told("a,b\nc,d\n", {{"fields.title", "c"}}) ==
               "error: there is no column 'c' for title; the columns are: a, b\n");
}

BOOST_AUTO_TEST_SUITE_END()
