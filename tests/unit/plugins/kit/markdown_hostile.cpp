// Markdown of strangers.

#include "harness.hpp"
#include "kit/markdown.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

using crier::kit::plain_text;

BOOST_AUTO_TEST_SUITE(kit_markdown_hostile)

BOOST_AUTO_TEST_CASE(signs_in_any_order_do_no_harm) {
    std::mt19937_64 random{crier::plugin_test::test_seed()};
    const std::string signs = "*_~`[]()!<>#-+\n\n  \\&@:=|1.a\"'";
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (std::size_t size = random() % 40; size > 0; --size)
            text += signs[random() % signs.size()];
        (void)plain_text(text);
    }
}

BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    crier::plugin_test::many_times(
        {"*",        "*a ",      "a* ",        "*a",      "_a_ ", "**a*",   "~~a",    "`",     "`a",
         "``a`",     "[",        "]",          "[a",      "[]",   "[a](",   "[a](b ", "[a](<", "[a](b \"",
         "![a](b",   "![a",      "[a](b)",     "![a](b)", "[a][", "[a][a]", "<",      "<a",    "<br ",
         "<!--",     "<!---->",  "<!-- -->\n", "`<!--",   "&",    "@",      "@a",     "#",     "# ",
         "# a\n",    "https://", "https://a_", "> ",      ">",    ">a\n",   "- ",     "- a\n", "1. ",
         "---\n",    "===\n",    "a\n",        "a\\\n",   "\\",   "```\n",  "~~~",    "|",     "| a\n",
         "[a]: b\n", "[a]: b",   "\n",         " ",       "\t",   "a  \n"},
        "x\n\n[a]: https://e.org/\n\n", "", [](const std::string& text) { (void)plain_text(text); });
    crier::plugin_test::many_times({"`", "[a](b)", "]", "*a"}, std::string(40, '['), "](b)",
                                   [](const std::string& text) { (void)plain_text(text); });
    std::string nested;
    for (int i = 0; i < 100'000; ++i)
        nested += "![b";
    for (int i = 0; i < 100'000; ++i)
        nested += "](u)";
    (void)plain_text(nested);
    std::string ticks; // runs of all sizes, none of which is closed
    for (std::size_t i = 1; i < 2000; ++i)
        ticks += std::string(i, '`') + " ";
    (void)plain_text(ticks + ticks.substr(1));
}

BOOST_AUTO_TEST_SUITE_END()
