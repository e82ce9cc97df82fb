// Files may come from anywhere, too.

#include "directory/markdown.hpp"
#include "reading.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

using namespace crier::directory::test;
using crier::directory::plain_text;

namespace {

const std::string good = "---\ntitle: &t 'A'\ntags: [a, *t]\nmedia: [{file: a.png, alt: A}]\n---\n# H *e* `c`\n\n"
                         "> q [l](https://e.org/ \"t\") ![i](j.png)\n- x\n  1. y\\\n<!-- c -->\n```\nf\n```\n"
                         "[r]: <https://e.org/r>\n[r] <https://e.org/> &amp; @a_b_ ~~s~~\nT\n===\n| a | b |\n";

} // namespace

BOOST_AUTO_TEST_SUITE(directory_hostile)

BOOST_AUTO_TEST_CASE(cut_off_after_every_byte) {
    for (std::size_t size = 0; size <= good.size(); ++size) {
        const std::string text = good.substr(0, size);
        (void)read_file("a.md", text);
        (void)read_file("a.txt", text);
        (void)read_file("a.png", "", {{"a.md", text}});
        (void)plain_text(std::string_view{good}.substr(good.size() - size));
    }
}

BOOST_AUTO_TEST_CASE(bytes_changed_by_chance_do_no_harm) {
    std::mt19937_64 random{crier::plugin_test::test_seed()};
    for (int round = 0; round < 5000; ++round) {
        std::string text = good;
        for (std::size_t changes = 1 + random() % 4; changes > 0; --changes)
            text[random() % text.size()] = static_cast<char>(random());
        (void)read_file("a.md", text);
        (void)read_file("a.png", "", {{"a.md", text}});
    }
}

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
        {"*",    "*a ",  "a* ",   "*a",     "_a_ ",   "**a*",    "~~a",     "`",       "`a",        "``a`",
         "[",    "]",    "[a",    "[]",     "[a](",   "[a](b ",  "[a](<",   "[a](b \"", "![a](b",    "![a",
         "[a](b)", "![a](b)", "[a][", "[a][a]", "<",   "<a",      "<br ",    "<!--",    "<!---->",   "<!-- -->\n",
         "`<!--", "&",   "@",     "@a",     "#",      "# ",      "# a\n",   "https://", "https://a_", "> ",
         ">",    ">a\n", "- ",    "- a\n",  "1. ",    "---\n",   "===\n",   "a\n",     "a\\\n",     "\\",
         "```\n", "~~~",  "|",     "| a\n",  "[a]: b\n", "[a]: b",  "\n",      " ",       "\t",        "a  \n"},
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

BOOST_AUTO_TEST_CASE(a_head_is_bounded) {
    crier::plugin_test::many_times({"a: b\n", "--- \n", "---", "a\n", "- a\n", "*a", "title: a\n"}, "---\n", "\n---\nbody",
                                   [](const std::string& text) { (void)read_file("a.md", text); });
}

BOOST_AUTO_TEST_SUITE_END()
