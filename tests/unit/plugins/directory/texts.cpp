// Files that are texts, with a head and without.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::directory::test;

BOOST_AUTO_TEST_SUITE(directory_texts)

BOOST_AUTO_TEST_CASE(texts_are_items) {
    BOOST_TEST(told("a.txt", "Good *morning*!\r\nIt is cold.\r\n") ==
               "- title=Good *morning*! content=Good *morning*!|It is cold.\n");
    BOOST_TEST(told("sub/a.md", "# Good *morning*!\n\nIt is\ncold.\n") ==
               "- title=Good morning! content=Good morning!||It is cold.\n");
    BOOST_TEST(told("A.Markdown", "\xef\xbb\xbfNo title") == "- content=No title\n");
    BOOST_TEST(
        told("a.txt", "gr\xfc\xdf") ==
        "- title=gr\xc3\xbc\xc3\x9f content=gr\xc3\xbc\xc3\x9f\n! the text is not UTF-8 and was read as "
        "windows-1252: save it as UTF-8 if signs look wrong\n");
}

BOOST_AUTO_TEST_CASE(a_head_has_the_fields) {
    BOOST_TEST(
        told("a.md", "---\nid: 7\ntitle: T\nlink: https://e.org/\nauthor: Jo\nlang: de\nsummary: S\n"
                     "tags: [a, '#b']\ndate: 1970-01-01\nat: 1970-01-01 00:01 +00:00\nexpires: 1970-01-02\n"
                     "image: dot one.png\nalt: A dot\n---\n# H\n\nbody ![B](b.jpg)\n") ==
        "- id=7 title=T link=https://e.org/ summary=S content=H||body author=Jo language=de published=0 "
        "due=60000000 expires=86400000000 category=a category=b media=file:dot "
        "one.png,image/png,A dot,enclosure media=file:b.jpg,image/jpeg,B,enclosure\n");
    BOOST_TEST(told("a.txt", "---\ncontent: |\n  a\n  b\n...\n\n") == "- content=a|b\n");
    BOOST_TEST(told("a.md", "---\n---\nbody") == "- content=body\n");
    BOOST_TEST(told("my-dots_1.md",
                    "---\nmedia:\n- {file: sub/a.png, alt: A}\n- {url: 'https://e.org/b', alt: B}\n---\n") ==
               "- title=my dots 1 media=file:sub/a.png,image/png,A,enclosure "
               "media=https://e.org/b,image/*,B,enclosure\n");
    BOOST_TEST(told("a.md", "---\nlayout: post\n---\nbody") ==
               "- content=body\n! the head's key 'layout' means nothing here\n");
}

BOOST_AUTO_TEST_CASE(a_draft_is_not_posted) {
    BOOST_TEST(told("a.md", "---\ndraft: true\n---\nbody") ==
               "! it is a draft: it is not posted as long as its head says so\n");
    BOOST_TEST(told("a.md", "---\ndraft: false\n---\nbody") == "- content=body\n");
    BOOST_TEST(told("p.png", "", {{"p.md", "---\ndraft: true\n---\nA dot"}}) == "");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_a_file_fails_it) {
    const struct {
        const char* text;
        const char* error;
    } cases[] = {
        {"", "the file is empty: write into it what is to be posted"},
        {"\xef\xbb\xbf \n", "the file is empty: write into it what is to be posted"},
        {"+++\ntitle = \"a\"\n+++\nb", "line 1: a head between +++ is TOML, which is not read: write it as "
                                       "YAML between --- (title: ... in the place "
                                       "of title = \"...\")"},
        {"---\ntitle: a\n", "line 1: the head that begins here does not end: put a line --- behind it (or a "
                            "blank line before the first "
                            "---, if it is a line across the text)"},
        {"---\n- a\n---\nb",
         "line 2: the head between the lines --- must be keys with values, such as \"title: ...\""},
        {"---\ntitle: a: b\n---\nc", "line 2: this is no YAML (illegal map value); a text with a colon, or "
                                     "one that begins with a sign, must be in "
                                     "quotes"},
        {"---\nlink: /a\n---\nb", "\"link\" must be an http or https address"},
        {"---\nat: tomorrow\n---\nb", "\"due\" must be a time such as \"2026-11-24T12:00:00Z\""},
        {"---\nalt: A\n---\nb", "\"alt\" must describe a medium that is there ('A')"},
        {"---\ncontent: a\n---\nb",
         "there are words in the head (content) and below it: leave one of them out"},
        {"---\nauthor: Jo\n---\n", "there is nothing in it to post: no text, no link, no picture"},
        {"---\nimage: ../a.png\n---\nb", "the file '../a.png' must not lead out of the folder by ..: put the "
                                         "file beside the one that names it"},
        {"---\nmedia: [{file: /etc/passwd}]\n---\nb",
         "the file '/etc/passwd' must not be an absolute path: name it as it is called beside the file"},
        {"![a](..%2fb.png)", "the file '../b.png' must not lead out of the folder by ..: put the file beside "
                             "the one that names it"},
        {"![a](b\\\\c.png)", "the file 'b\\c.png' must not have a backslash: folders are separated by /"},
        {"![a]()", "the file '' must not be empty"},
    };
    for (const auto& [text, error] : cases)
        BOOST_TEST(told("a.md", text) == "error: " + std::string{error} + "\n");
    BOOST_TEST(told("a.pdf", "x") == "error: 'a.pdf' cannot be posted: texts end in .md or .txt, pictures, "
                                     "videos and sounds as their kind "
                                     "does; `match` keeps other files out\n");
    BOOST_TEST(told("a.txt", std::string_view{"a\0b", 3}) ==
               "error: this is no text: there are zero bytes in it\n");
}

BOOST_AUTO_TEST_SUITE_END()
