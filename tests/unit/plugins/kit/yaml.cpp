#include "kit/yaml.hpp"

#include "sdk/crier_plugin.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using crier::kit::read_yaml;

namespace {

/// The value as JSON, then warnings, or the error.
std::string yaml(std::string_view text) {
    try {
        const crier::kit::Yaml read = read_yaml(text);
        std::string out = boost::json::serialize(read.value);
        for (const std::string& warning : read.warnings)
            out += " ! " + warning;
        return out;
    } catch (const crier::sdk::Error& error) {
        return error.what();
    }
}

std::string repeated(const std::string& part, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += part;
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(kit_yaml)

BOOST_AUTO_TEST_CASE(texts_are_texts) {
    BOOST_TEST(yaml("a: 1\nb: true\nc: 2026-11-24 12:00\nd:\ne: ~\nf: 'null'\n") ==
               R"({"a":"1","b":"true","c":"2026-11-24 12:00","d":null,"e":null,"f":"null"})");
    BOOST_TEST(yaml("- a\n- [b, {c: d}]\n- |\n  x\n  y\n") == R"(["a",["b",{"c":"d"}],"x\ny\n"])");
    BOOST_TEST(yaml("") == "null");
    BOOST_TEST(yaml("--- \na: b\n...\n") == R"({"a":"b"})");
}

BOOST_AUTO_TEST_CASE(the_lines_of_a_list_are_known) {
    const std::vector<std::size_t> lines{11, 13, 15};
    BOOST_TEST(read_yaml("- a: 1\n  b: 2\n- c\n-\n  - d\n", 10).lines == lines,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(aliases_are_copies) {
    BOOST_TEST(yaml("- &x {a: 1}\n- *x\n") == R"([{"a":"1"},{"a":"1"}])");
    BOOST_TEST(yaml("- &x {a: 1, b: 2}\n- {<<: *x, b: 3}\n- {b: 3, <<: *x}\n") ==
               R"([{"a":"1","b":"2"},{"b":"3","a":"1"},{"b":"3","a":"1"}])");
    BOOST_TEST(yaml("- &x a\n- {*x : b}\n") == R"(["a",{"a":"b"}])");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_its_line) {
    BOOST_TEST(yaml("a: 1\na: 2\n") == R"({"a":"2"} ! line 2: a stands twice; the last one counts)");
    BOOST_TEST(
        yaml("a: !important news\n") ==
        R"({"a":"news"} ! line 1: '!important' was taken for a mark of YAML's and left out: put a text )"
        "that begins with ! in quotes");
    BOOST_TEST(yaml("a: b\nc: d: e\n") ==
               "line 2: this is no YAML (illegal map value); a text with a colon, or one that begins with a "
               "sign, must be in quotes");
    BOOST_TEST(yaml("a: {{ title }}\n") ==
               "line 1: a key must be a text: put what begins with { or [ in quotes");
    BOOST_TEST(yaml("- a\nb\n").substr(0, 45) == "line 2: this is no part of what stands above ");
    BOOST_TEST(
        yaml("- a\n---\n- b\n") ==
        "line 2: this is no part of what stands above it: check its indentation, and whether there is a "
        "second \"---\"");
    BOOST_TEST(yaml("- *x\n").substr(0, 8) == "line 1: ");
    BOOST_TEST(yaml("&x [*x]") == "line 1: this alias stands inside what it is an alias of");
}

BOOST_AUTO_TEST_CASE(nothing_grows_beyond_its_text) {
    std::string bomb = "- &a0 [lol,lol,lol,lol,lol,lol,lol,lol]\n";
    for (int i = 1; i < 20; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "- &a" + std::to_string(i) + " [" + before + repeated("," + before, 8) + "]\n";
    }
    BOOST_TEST(yaml(bomb).find("stand for far more text than the file has") != std::string::npos);
    const std::string wide = "- &a '" + std::string(10'000, 'x') + "'\n" + repeated("- *a\n", 1000);
    BOOST_TEST(yaml(wide).find("stand for far more text than the file has") != std::string::npos);
    std::string chain = "- &a0 [x]\n";
    for (int i = 1; i < 40; ++i)
        chain += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    chain += "- '" + std::string(100'000, 'x') + "'\n";
    BOOST_TEST(yaml(chain) == "line 32: this is nested deeper than 32 levels");
}

BOOST_AUTO_TEST_CASE(depth_is_bounded) {
    const std::string too_deep = "line 1: this is nested deeper than 32 levels";
    BOOST_TEST(yaml(std::string(100'000, '[')) == too_deep);
    BOOST_TEST(yaml(repeated("{a: ", 100'000)) == too_deep);
    BOOST_TEST(yaml(repeated("- ", 100'000)) == too_deep);
    BOOST_TEST(yaml(repeated("? ", 100'000)).substr(0, 8) == "line 1: ");
}

// Where the time grows with the square of the size, these take minutes, and CTest ends them.
BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    for (const char* part :
         {"a",    "a ",       "a: ",    "- a\n",  "a\n",        "'",    "''",       "\"",
          "\\",   "#",        "# a\n",  "&a ",    "*a ",        "!a ",  "!",        "|\n",
          "%",    "% a\n",    "---\n",  "...\n",  "\n",         " ",    "\t",       ": ",
          ":",    "? a\n",    "[],",    "{},",    "a,",         "]",    "}",        "[\n",
          "{a\n", "- &a b\n", "- *a\n", "- [a\n", "- {a: b}\n", "\x04", "\xc2\x85", "\xe2\x80\xa8",
          "@",    "`",        "\r"}) {
        BOOST_TEST_MESSAGE(part);
        const std::string many = repeated(part, 300'000);
        for (const char* before : {"", "["})
            (void)yaml(before + many);
    }
}

BOOST_AUTO_TEST_SUITE_END()
