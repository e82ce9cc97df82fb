// The plugin that docs/PLUGINS.md shows, tested as it says: on bytes, through the table.

#include "example/example.hpp"

#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

using namespace crier;

namespace {

struct Got {
    std::vector<std::pair<std::string, std::string>> items; ///< title and link
    std::vector<std::string> warnings;
    std::string error;
};

Got parse(std::string_view bytes, std::vector<crier_setting> settings = {}) {
    Got got;
    crier_sink sink{};
    sink.size = sizeof sink;
    sink.host = &got;
    sink.item = [](void* host, const crier_item* item) {
        static_cast<Got*>(host)->items.emplace_back(sdk::view(item->title), sdk::view(item->link));
        return 1;
    };
    sink.warning = [](void* host, crier_text message) {
        static_cast<Got*>(host)->warnings.emplace_back(sdk::view(message));
    };
    crier_input input{};
    input.size = sizeof input;
    input.bytes = sdk::text(bytes);

    const crier_plugin& plugin = example::table();
    char error[256] = "";
    void* instance = plugin.open(settings.data(), settings.size(), error, sizeof error);
    if (instance == nullptr || plugin.parse(instance, &input, &sink, error, sizeof error) != 0)
        got.error = error;
    if (instance != nullptr)
        plugin.close(instance);
    return got;
}

std::string file(const std::string& name) {
    std::ifstream stream{std::string{CRIER_SOURCES} + "/" + name};
    BOOST_REQUIRE_MESSAGE(stream.good(), name);
    return {std::istreambuf_iterator<char>{stream}, {}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(example_plugin)

BOOST_AUTO_TEST_CASE(reads_lines) {
    const Got got =
        parse("# two of them\nOne\thttps://example.org/1\r\n\nno tab\nTwo\thttps://example.org/2");
    BOOST_TEST(got.error == "");
    BOOST_REQUIRE_EQUAL(got.items.size(), 2U);
    BOOST_TEST(got.items[0].first == "One");
    BOOST_TEST(got.items[0].second == "https://example.org/1");
    BOOST_TEST(got.items[1].first == "Two");
    BOOST_REQUIRE_EQUAL(got.warnings.size(), 1U);
    BOOST_TEST(got.warnings[0] == "a line without a tab was passed over: no tab");
}

BOOST_AUTO_TEST_CASE(takes_its_option) {
    BOOST_TEST(parse("; x\ty\n# x\ty", {{sdk::text("comment"), sdk::text(";")}}).items.size() == 1U);
    BOOST_TEST(parse("", {{sdk::text("comment"), sdk::text("")}}).error ==
               "comment must not be empty: every line begins with nothing");
}

BOOST_AUTO_TEST_CASE(says_what_it_is_not) {
    BOOST_TEST(parse("<html>").error == "this is HTML or XML, and no list of lines \"title <tab> link\"");
}

// What people copy from the guide is what is compiled here.
BOOST_AUTO_TEST_CASE(stands_in_the_guide_word_for_word) {
    const std::string guide = file("docs/PLUGINS.md");
    for (const char* name : {"example.cpp", "example.hpp", "CMakeLists.txt"})
        BOOST_TEST((guide.find(file(std::string{"plugins/example/"} + name)) != std::string::npos), name);
}

BOOST_AUTO_TEST_SUITE_END()
