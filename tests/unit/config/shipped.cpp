#include "config/table.hpp"
#include "harness.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

using namespace crier;
using namespace crier::config::testing;

namespace {

const std::string root = CRIER_SOURCE_DIR;

std::string text_of(const std::string& path) {
    std::ifstream stream{root + '/' + path, std::ios::binary};
    BOOST_REQUIRE_MESSAGE(stream, path);
    return {std::istreambuf_iterator<char>{stream}, {}};
}

config::Loaded load_shipped(const std::string& name) {
    config::LoadContext context;
    context.plugins.push_back({"feed", {}, Supply::address});
    return config::load(root + "/config/" + name, context);
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_shipped)

BOOST_AUTO_TEST_CASE(shipped_files_load_without_a_word) {
    for (const std::string name : {"minimal.yaml", "crier.yaml", "demo.yaml"}) {
        const auto loaded = load_shipped(name);
        BOOST_TEST(problems_of(loaded) == "");
        BOOST_TEST(loaded.settings.has_value());
    }
}

BOOST_AUTO_TEST_CASE(the_full_example_has_every_key) {
    const std::string example = text_of("config/crier.yaml");
    for (const config::Section* section : config::all_sections())
        for (const config::Row& row : section->rows)
            if (!row.later)
                BOOST_TEST(example.find(std::string{row.key} + ":") != std::string::npos,
                           section->where << ": " << row.key);
}

BOOST_AUTO_TEST_CASE(the_demo_is_due_in_any_run) {
    const auto loaded = load_shipped("demo.yaml");
    BOOST_REQUIRE(loaded.settings);
    BOOST_TEST(loaded.settings->accounts.at("demo").server == "http://127.0.0.1:8421");
    const EntrySettings& once = loaded.settings->schedule.at(2);
    const Instant at = std::get<schedule::At>(once.when.rules.at(0)).instants.at(0);
    BOOST_TEST((at < from_rfc3339("2020-01-02T00:00:00Z").value()));
    BOOST_TEST((at + once.missed.within > from_rfc3339("2100-01-01T00:00:00Z").value()));
    BOOST_TEST(loaded.settings->sources.at(0).first_run.publish.value() == 3);
}

BOOST_AUTO_TEST_CASE(the_shipped_schema_is_that_of_the_table) {
    BOOST_TEST(text_of("config/crier.schema.json") == config::json_schema());
}

BOOST_AUTO_TEST_CASE(the_reference_is_that_of_the_table) {
    const std::string page = text_of("docs/CONFIG.md");
    const std::size_t begin = page.find("<!-- begin");
    const std::size_t end = page.find("<!-- end -->");
    BOOST_REQUIRE((begin != std::string::npos && end != std::string::npos));
    const std::size_t after = page.find('\n', begin) + 1;
    BOOST_TEST(page.substr(after, end - after) == config::reference_markdown());
}

BOOST_AUTO_TEST_CASE(the_schema_is_json_with_every_section) {
    namespace json = boost::json;
    const json::value schema = json::parse(config::json_schema());
    const json::object& definitions = schema.at("$defs").as_object();
    BOOST_TEST(definitions.size() + 1 == config::all_sections().size());
    // Every reference leads somewhere.
    const std::string text = json::serialize(schema);
    for (std::size_t at = text.find("#/$defs/"); at != std::string::npos;
         at = text.find("#/$defs/", at + 1)) {
        const std::size_t begin = at + 8;
        const std::string name = text.substr(begin, text.find('"', begin) - begin);
        BOOST_TEST(definitions.contains(name), name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
