// Files may come from anywhere, too.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

using namespace crier::directory::test;

namespace {

const std::string good =
    "---\ntitle: &t 'A'\ntags: [a, *t]\nmedia: [{file: a.png, alt: A}]\n---\n# H *e* `c`\n\n"
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
        (void)read_file("a.md", good.substr(good.size() - size));
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

BOOST_AUTO_TEST_CASE(a_head_is_bounded) {
    crier::plugin_test::many_times({"a: b\n", "--- \n", "---", "a\n", "- a\n", "*a", "title: a\n"}, "---\n",
                                   "\n---\nbody",
                                   [](const std::string& text) { (void)read_file("a.md", text); });
}

BOOST_AUTO_TEST_SUITE_END()
