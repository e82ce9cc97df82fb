// Markdown as plain text.

#include "kit/markdown.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using crier::kit::plain_text;
using crier::kit::PlainText;

namespace {

struct Case {
    const char* markdown;
    const char* text;
};

void check(std::initializer_list<Case> cases) {
    for (const auto& [markdown, text] : cases)
        BOOST_TEST(plain_text(markdown).text == text,
                   "[" << markdown << "] became [" << plain_text(markdown).text << "], not [" << text << "]");
}

} // namespace

BOOST_AUTO_TEST_SUITE(kit_markdown)

BOOST_AUTO_TEST_CASE(paragraphs_and_breaks) {
    check({{"", ""},
           {"one\ntwo\n\n\n\nthree\n", "one two\n\nthree"},
           {"one  \ntwo\\\nthree\\\\\nfour", "one\ntwo\nthree\\ four"},
           {"one<br>two<br/>three<BR />four<br x>", "one\ntwo\nthree\nfour<br x>"},
           {"one\r\n\r\ntwo\r\n", "one\n\ntwo"},
           {"one\n\n***\n\ntwo\n---\n- - -", "one\n\ntwo"}});
}

BOOST_AUTO_TEST_CASE(line_ends_may_stay) {
    BOOST_TEST(plain_text("one\ntwo\n\n- a\n  b", crier::kit::LineEnds::stay).text == "one\ntwo\n\n- a\nb");
}

BOOST_AUTO_TEST_CASE(headings) {
    check({{"# One\ntext", "One\n\ntext"},
           {"text\n## Two ##\ntext", "text\n\nTwo\n\ntext"},
           {"One\n===\ntext\nTwo\n---\n", "One\n\ntext Two"},
           {"###### Six\n####### seven", "Six\n\n####### seven"},
           {"# C# and F#", "C# and F#"},
           {"#hashtag #other\n#", "#hashtag #other"},
           {"a\n\n#tag", "a\n\n#tag"},
           {"\\# no", "# no"}});
    BOOST_TEST(plain_text("text\n\n> ## A *b* [c](https://e.org/)\n\n# D").heading ==
               "A b c (https://e.org/)");
    BOOST_TEST(plain_text("#tag\n").heading == "");
    BOOST_TEST(plain_text("One\n---\n").heading == "One");
}

BOOST_AUTO_TEST_CASE(emphasis) {
    check({{"*a* _b_ **c** __d__ ***e*** ~~f~~", "a b c d e f"},
           {"**a *b* c** *a **b** c*", "a b c a b c"},
           {"snake_case_name 2 * 3 * 4 a*b*c", "snake_case_name 2 * 3 * 4 abc"},
           {"*open _ ** ~ ~~", "*open _ ** ~ ~~"},
           {"**half*", "*half"},
           {"\\*no\\* \\_ \\\\ \\a", "*no* _ \\ \\a"},
           {"*a\n\nb*", "*a\n\nb*"},
           {"\"*a*\", (_b_).", "\"a\", (b)."},
           {"*gr\xc3\xbc\xc3\x9f*", "gr\xc3\xbc\xc3\x9f"}});
}

BOOST_AUTO_TEST_CASE(code) {
    check({{"`*a*` ``b`c`` `` ` ``", "*a* b`c `"},
           {"`open *a*", "`open a"},
           {"``a`", "``a`"},
           {"text\n```sh\n# *a*\n\n  b <!-- c -->\n```\nafter", "text\n# *a*\n\n  b <!-- c -->\nafter"},
           {"~~~\n```\n~~~~\n*a*", "```\na"},
           {"```\nopen *a*\n", "open *a*"}});
}

BOOST_AUTO_TEST_CASE(links) {
    check({{"[text](https://e.org/a)", "text (https://e.org/a)"},
           {"[*te*xt](<https://e.org/a b> \"title\").", "text (https://e.org/a b)."},
           {"[https://e.org/a](https://e.org/a) [e.org](https://e.org/)", "https://e.org/a https://e.org/"},
           {"[](https://e.org/)", "https://e.org/"},
           {"[a](https://e.org/x_(y)_z) [b](\nhttps://e.org/ 'x'\n)",
            "a (https://e.org/x_(y)_z) b (https://e.org/)"},
           {"<https://e.org/a_b_c> <jo@e.org> https://e.org/a_b_c **https://e.org/**",
            "https://e.org/a_b_c jo@e.org https://e.org/a_b_c https://e.org/"},
           {"[mail](mailto:jo@e.org) [there](other.md) [up](#top)", "mail (jo@e.org) there up"},
           {"[a][1] [One] [b][] [c][2]\n\n[1]: https://e.org/1 \"t\"\n[ONE]: <https://e.org/one>\n[b]: "
            "https://e.org/b\n",
            "a (https://e.org/1) One (https://e.org/one) b (https://e.org/b) [c][2]"},
           {"[a [b](https://e.org/) c](https://e.org/2)", "[a b (https://e.org/) c](https://e.org/2)"},
           {"[a] [b](c d e) [x](https://e.org \\[y\\](z)", "[a] [b](c d e) [x](https://e.org [y](z)"},
           {"[^1] x\n\n[^1]: note", "[^1] x\n\n[^1]: note"},
           {"- [ ] do\n- [x] done", "- [ ] do\n- [x] done"}});
}

BOOST_AUTO_TEST_CASE(names_keep_their_signs) {
    check({{"@some_one_ @a_b@e_x.org #x_y_z #1 jo@e.org", "@some_one_ @a_b@e_x.org #x_y_z #1 jo@e.org"},
           {"_@them_ *@us* **#tag**", "@them @us #tag"},
           {"&amp; &lt;b&gt; &auml; &nbsp;x", "& <b> &auml; \xc2\xa0x"},
           {"a <b> 1 < 2 > 0", "a <b> 1 < 2 > 0"}});
}

BOOST_AUTO_TEST_CASE(lists_quotes_and_tables) {
    check({{"a\n- b\n  c\n* d\n+ e\n    - f\n\ng", "a\n- b c\n* d\n+ e\n    - f\n\ng"},
           {"1. a\n2) *b*\n\n3. c", "1. a\n2) b\n\n3. c"},
           {"In the year\n1984. It", "In the year 1984. It"},
           {"> a\n> b\n\n> > c", "> a b\n\n> > c"},
           {"> a  \n> b", "> a\n> b"},
           {"| a | *b* |\n|---|:-:|\n| c | d |", "| a | b |\n| c | d |"},
           {"-no\n*emphasis*", "-no emphasis"}});
}

BOOST_AUTO_TEST_CASE(comments_are_dropped) {
    check({{"a <!-- b --> c <!---->d", "a  c d"},
           {"a\n<!-- b\n\nc --> d\n", "a d"},
           {"a <!-- b", "a <!-- b"},
           {"`<!-- a -->` <!-- b -->c", "<!-- a --> c"}});
}

BOOST_AUTO_TEST_CASE(pictures_become_media) {
    const PlainText plain = plain_text("a ![A *dot*](dot%20one.png \"t\") b\n\n![](https://e.org/p)\n\n"
                                       "[![x](y.png)](https://e.org/) ![r][ref]\n\n[ref]: z.png");
    std::string media;
    for (const auto& one : plain.media)
        media += one.target + "=" + one.alt + " ";
    BOOST_TEST(media == "dot%20one.png=A dot https://e.org/p= y.png=x z.png=r ");
    BOOST_TEST(plain.text == "a  b\n\nhttps://e.org/");
}

BOOST_AUTO_TEST_SUITE_END()
