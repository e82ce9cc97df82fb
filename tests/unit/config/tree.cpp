#include "config/tree.hpp"

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::config;
using namespace crier::config::testing;

namespace {

struct Parsed {
    std::vector<Problem> problems;
    std::unique_ptr<Document> document;

    explicit Parsed(std::string yaml)
        : document(Document::parse("f", std::move(yaml), problems)) {}

    [[nodiscard]] Ref root() const { return document->root(); }
    [[nodiscard]] std::string said() const {
        std::string text;
        for (const Problem& problem : problems)
            text += format(problem) + '\n';
        return text;
    }
};

Ref child(Ref map, std::string_view key) {
    for (const Ref at : map)
        if (at.key() == key)
            return at;
    throw std::runtime_error("no key " + std::string{key});
}

std::string at(Position position) {
    return std::to_string(position.line) + ':' + std::to_string(position.column);
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_tree)

BOOST_AUTO_TEST_CASE(values_and_keys_know_their_places_in_characters) {
    const Parsed parsed{"# c\n\xC3\xA4: {b: [1, \"two\"]}\n"};
    const Ref map = child(parsed.root(), "\xC3\xA4");
    BOOST_TEST(at(map.key_position()) == "2:1");
    BOOST_TEST(at(map.position()) == "2:4");
    const Ref list = child(map, "b");
    BOOST_TEST(list.size() == 2U);
    const Ref second = *++list.begin();
    BOOST_TEST(second.text() == "two");
    BOOST_TEST(!second.plain());
    BOOST_TEST(at(second.position()) == "2:12");
}

BOOST_AUTO_TEST_CASE(aliases_share_what_they_are_an_alias_of) {
    const Parsed parsed{"a: &x {k: v}\nb: *x\nc: &y text\n*y : d\n"};
    BOOST_TEST(parsed.said() == "");
    BOOST_TEST(child(child(parsed.root(), "b"), "k").text() == "v");
    BOOST_TEST(at(child(parsed.root(), "b").position()) == "2:4");
    BOOST_TEST(child(parsed.root(), "text").text() == "d");
}

BOOST_AUTO_TEST_CASE(merge_keys_fill_in_what_is_not_there) {
    const Parsed parsed{
        "base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\none: {<<: *b, y: 5}\nboth: {<<: [*b, *o]}\n"};
    BOOST_TEST(parsed.said() == "");
    const Ref one = child(parsed.root(), "one");
    BOOST_TEST(one.size() == 2U);
    BOOST_TEST(child(one, "x").text() == "1");
    BOOST_TEST(child(one, "y").text() == "5");
    const Ref both = child(parsed.root(), "both");
    BOOST_TEST(both.size() == 3U);
    BOOST_TEST(child(both, "y").text() == "2");
    BOOST_TEST(child(both, "z").text() == "4");
}

BOOST_AUTO_TEST_CASE(a_merge_key_wants_mappings) {
    BOOST_TEST(Parsed{"a: {<<: text}"}.said() ==
               "f:1:9: a: `<<` merges a mapping, or a list of mappings, into this one\n"
               "    hint: for example <<: *name\n");
}

BOOST_AUTO_TEST_CASE(keys_that_stand_twice_name_both_places) {
    BOOST_TEST(Parsed{"a:\n  b: 1\n  c: 2\n  b: 3\n"}.said() ==
               "f:4:3: a.b: this key stands twice in the same mapping\n"
               "    hint: the first one is at line 2, column 3\n");
}

BOOST_AUTO_TEST_CASE(keys_that_stand_twice_are_found_among_many) {
    std::string yaml;
    for (int i = 0; i < 100; ++i)
        yaml += "key" + std::to_string(i) + ": 1\n";
    yaml += "key7: 2\n";
    BOOST_TEST(Parsed{yaml}.said() == "f:101:1: key7: this key stands twice in the same mapping\n"
                                      "    hint: the first one is at line 8, column 1\n");
}

BOOST_AUTO_TEST_CASE(aliases_that_expand_beyond_measure_are_refused) {
    std::string yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 10; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j)
            yaml += (j > 0 ? ", " : "") + before;
        yaml += "]\n";
    }
    const Parsed parsed{yaml};
    BOOST_TEST(!parsed.document);
    BOOST_TEST(parsed.said() == "f:7:20: a6: the file has more values than a configuration may have\n"
                                "    hint: aliases count as often as they stand\n");
}

BOOST_AUTO_TEST_CASE(an_alias_inside_its_own_anchor_is_refused) {
    BOOST_TEST(Parsed{"a: &x [1, *x]"}.said() ==
               "f:1:11: a: this alias stands inside what it is an alias of\n");
}

BOOST_AUTO_TEST_CASE(a_second_document_is_refused) {
    BOOST_TEST(
        Parsed{"a: 1\n---\nb: 2\n"}.said() ==
        "f:2:1: a second document begins here\n"
        "    hint: a configuration is one document: put further parts into files of their own and name "
        "them under include\n");
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_refused) {
    const Parsed parsed{"a: " + std::string(40, '[') + std::string(40, ']')};
    BOOST_TEST(!parsed.document);
    BOOST_TEST(parsed.problems.size() == 1U);
    BOOST_TEST(parsed.problems[0].message == "this is nested deeper than a configuration may be");
    BOOST_TEST(parsed.problems[0].column == 35);
}

BOOST_AUTO_TEST_CASE(what_is_no_utf8_text_is_refused) {
    BOOST_TEST(Parsed{"a: \xFF\n"}.said() ==
               "f:1:4: the file is no UTF-8 text from here on\n    hint: save it as UTF-8\n");
    const std::string with_nul{"a: 1\nb\0: 2\n", 11};
    BOOST_TEST(Parsed{with_nul}.said() ==
               "f:2:2: the file is no UTF-8 text from here on\n    hint: save it as UTF-8\n");
    BOOST_TEST(Parsed{std::string{"\xFF\xFE"} + "a"}.said() ==
               "f:1:1: the file is no UTF-8 text from here on\n    hint: save it as UTF-8\n");
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_and_windows_lines_are_fine) {
    const Parsed parsed{"\xEF\xBB\xBF"
                        "a: 1\r\nb: \"two\"\r\n"};
    BOOST_TEST(parsed.said() == "");
    BOOST_TEST(child(parsed.root(), "b").text() == "two");
    BOOST_TEST(at(child(parsed.root(), "b").position()) == "2:4");
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_a_null) {
    BOOST_TEST((Parsed{""}.root().kind() == Kind::null));
    BOOST_TEST((Parsed{"# nothing\n"}.root().kind() == Kind::null));
}

BOOST_AUTO_TEST_CASE(tags_are_refused) {
    BOOST_TEST(Parsed{"a: !env FOO"}.said() ==
               "f:1:4: a: a tag (a word that begins with !) means nothing here\n"
               "    hint: if the text is meant to begin with !, put it in quotes\n");
    BOOST_TEST(Parsed{"a: !s3cr3t b"}.said().find("s3cr3t") == std::string::npos);
    BOOST_TEST(Parsed{"a: !!str 12"}.said() == "");
}

BOOST_AUTO_TEST_CASE(places_inside_a_text_are_found_in_every_style) {
    struct Case {
        std::string yaml;
        std::string part;
        std::string place;
    };
    const std::vector<Case> cases{
        {"a: plain X", "X", "1:10"},
        {"a: 'it''s X'", "X", "1:11"},
        {"a: \"x\\n\\u00e4\\\"\\x41 X\"", "X", "1:21"},
        {"a: \"\xC3\xA4 X\"", "X", "1:7"},
        {"a: |\n  one\n    two\n\n  X\n", "X", "5:3"},
        {"a: |\n\n  one X\n", "X", "3:7"},
        {"a: |2\n   one\n  X\n", "X", "3:3"},
        {"a: |\r\n  one\r\n  X\r\n", "X", "3:3"},
        {"a: &anchor \"\\t X\"", "X", "1:16"},
        {"a: >\n  folded\n  X\n", "X", "1:4"},
        {"a: \"two\n  lines X\"", "X", "1:4"},
    };
    for (const Case& test : cases) {
        BOOST_TEST_CONTEXT(test.yaml) {
            const Parsed parsed{test.yaml};
            BOOST_REQUIRE(parsed.document);
            const Ref text = child(parsed.root(), "a");
            BOOST_TEST(at(text.position_in(text.text().find(test.part))) == test.place);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
