// Files that are pictures, and what is written beside them.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::directory::test;

namespace {

const std::string bare = "- title=red dot published=1000000 media=file:red-dot.png,image/png,";

} // namespace

BOOST_AUTO_TEST_SUITE(directory_pictures)

BOOST_AUTO_TEST_CASE(a_picture_is_an_item) {
    BOOST_TEST(told("sub/red-dot.png", "") == bare + ",enclosure\n");
    BOOST_TEST(told("clip_1.MP4", "") ==
               "- title=clip 1 published=1000000 media=file:clip_1.MP4,video/mp4,,enclosure\n");
}

BOOST_AUTO_TEST_CASE(words_beside_it_describe_it) {
    for (const char* name : {"red-dot.alt.txt", "red-dot.png.txt", "red-dot.txt", "red-dot.md"})
        BOOST_TEST(told("red-dot.png", "", {{name, " A *red* dot\n"}}) ==
                   bare + (std::string{name} == "red-dot.md" ? "A red dot" : "A *red* dot") + ",enclosure\n");
    BOOST_TEST(
        told("red-dot.png", "", {{"red-dot.md", "m"}, {"red-dot.txt", "t"}, {"red-dot.jpg.txt", "j"}}) ==
        bare + "t,enclosure\n");
    BOOST_TEST(told("red-dot.png", "", {{"red-dot.txt", ""}}) ==
               bare + ",enclosure\n! red-dot.txt was not read: it is no text, or too long\n");
}

BOOST_AUTO_TEST_CASE(a_head_beside_it_counts_too) {
    BOOST_TEST(
        told("red-dot.png", "", {{"red-dot.md", "---\ntitle: T\ntags: x\ndate: 1970-01-02\n---\nA dot"}}) ==
        "- title=T published=86400000000 category=x media=file:red-dot.png,image/png,A dot,enclosure\n");
    BOOST_TEST(told("red-dot.png", "", {{"red-dot.md", "---\nalt: A dot\n---\nSee **this**!"}}) ==
               "- title=red dot content=See this! published=1000000 media=file:red-dot.png,image/png,A "
               "dot,enclosure\n");
}

BOOST_AUTO_TEST_CASE(which_file_says_what_can_be_stated) {
    const Pairs sidecar{{"sidecar.alt", "{name}.alt"},
                        {"sidecar.alt", "{stem}.alt"},
                        {"sidecar.title", "{stem}.title.txt"},
                        {"sidecar.tags", "{stem}.tags"}};
    BOOST_TEST(
        told("a.png", "", {{"a.alt", "A"}, {"a.title.txt", "T\nT"}, {"a.tags", "#x #y"}, {"a.txt", "no"}},
             sidecar) ==
        "- title=T T published=1000000 category=x category=y media=file:a.png,image/png,A,enclosure\n");
    const struct {
        const char* name;
        const char* value;
        const char* error;
    } cases[] = {
        {"sidecar", "x",
         "sidecar must be a mapping of an item's fields to names of files, such as {alt: '{stem}.txt'}"},
        {"sidecar.media", "{stem}.x",
         "sidecar: 'media' is no field that a file can have the words of; there are alt, title, content, "
         "link, "
         "categories, summary, author, language, published, due and expires"},
        {"sidecar.alt", "alt.txt",
         "sidecar: 'alt.txt' must have {stem} or {name} in it, which stand for the picture's name without "
         "and with its "
         "extension; for example alt: '{stem}.txt'"},
        {"sidecar.alt", "../{stem}.txt",
         "sidecar: '../{stem}.txt' must be a file's name without a folder: it lies beside the picture"},
        {"alt", "x", "'alt' is no key of the plugin directory; there is sidecar"},
    };
    for (const auto& [name, value, error] : cases)
        BOOST_TEST(told("a.png", "", {}, {{name, value}}) == "error: " + std::string{error} + "\n");
}

BOOST_AUTO_TEST_CASE(words_that_belong_to_a_picture_are_no_item) {
    BOOST_TEST(told("a.txt", "A dot", {{"a.png", ""}}) == "");
    BOOST_TEST(told("a.png.txt", "A dot", {{"a.png", ""}}) == "");
    BOOST_TEST(told("a.txt", "A dot", {{"a.md", ""}}) == "- title=A dot content=A dot\n");
    BOOST_TEST(told("a.txt", "A dot", {{"a.png", ""}}, {{"sidecar.alt", "{stem}.alt"}}) ==
               "- title=A dot content=A dot\n");
}

BOOST_AUTO_TEST_CASE(a_text_that_shows_pictures_is_the_item) {
    for (const char* text : {"---\nimage: a.png\nalt: A\n---\nbody", "body\n\n![A](a.png)"}) {
        BOOST_TEST(told("a.md", text, {{"a.png", ""}}) ==
                   "- content=body media=file:a.png,image/png,A,enclosure\n");
        BOOST_TEST(told("a.png", "", {{"a.md", text}}) == "");
    }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_beside_it_fails_it) {
    BOOST_TEST(told("a.png", "", {{"a.md", "---\nat: soon\n---\nA"}}) ==
               "error: \"due\" must be a time such as \"2026-11-24T12:00:00Z\"\n");
    BOOST_TEST(told("a\\b.png", "") ==
               "error: the file 'a\\b.png' must not have a backslash: folders are separated by /\n");
}

BOOST_AUTO_TEST_SUITE_END()
