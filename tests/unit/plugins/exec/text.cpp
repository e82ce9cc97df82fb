// Output that is no JSON: one item.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::exec::test;

BOOST_AUTO_TEST_SUITE(exec_text)

BOOST_AUTO_TEST_CASE(text_is_one_item) {
    const struct {
        std::string output;
        std::string told;
    } cases[] = {
        {"", ""},
        {" \r\n\t\n", ""},
        {"\xef\xbb\xbf", ""},
        {"Good morning!", "- title=Good morning! content=Good morning!\n"},
        {"\n  Good morning! \r\nIt is \ncold.\n\n",
         "- title=Good morning! content=Good morning! \r|It is |cold.\n"},
        {"\xef\xbb\xbfYes", "- title=Yes content=Yes\n"},
        {"not {\"title\": 1}", "- title=not {\"title\": 1} content=not {\"title\": 1}\n"},
        {"42", "- title=42 content=42\n"},
    };
    for (const auto& [output, expected] : cases)
        BOOST_TEST(told(output) == expected);
}

BOOST_AUTO_TEST_SUITE_END()
