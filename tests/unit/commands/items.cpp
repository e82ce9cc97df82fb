// `crier items` on its own: what somebody sees who has no configuration, and the whole corpus of feeds.

#include "commands/cli.hpp"
#include "core/time.hpp"
#include "corpus_file.hpp"
#include "harness.hpp"
#include "served_document.hpp"
#include "support/temporary.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

using namespace crier;
using namespace crier::feed::test;
namespace json = boost::json;

namespace {

struct Ended {
    int code = 0;
    std::string out;
    std::string err;
};

Ended crier_items(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), {"crier", "items"});
    const sys::Environment environment;
    std::ostringstream out;
    std::ostringstream err;
    Ended end;
    end.code = commands::cli(static_cast<int>(arguments.size()), arguments.data(), environment, out, err);
    end.out = out.str();
    end.err = err.str();
    return end;
}

std::vector<json::object> objects_in(std::istringstream lines) {
    std::vector<json::object> objects;
    for (std::string line; std::getline(lines, line);)
        objects.push_back(json::parse(line).as_object());
    return objects;
}

/// As the corpus writes values: line breaks as "|", times in seconds.
std::string corpus_value(const std::string& word, std::string value) {
    if (word == "published" || word == "updated" || word == "expires")
        if (const auto when = from_rfc3339(value))
            return std::to_string(when->time_since_epoch().count() / 1'000'000);
    std::replace(value.begin(), value.end(), '\n', '|');
    return value;
}

std::string text_in(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::vector<std::string> values_in(const json::object& item, const std::string& word) {
    std::vector<std::string> values;
    if (word == "category") {
        for (const json::value& one : item.at("categories").as_array())
            values.emplace_back(one.get_string());
    } else if (word == "media") {
        for (const json::value& one : item.at("media").as_array()) {
            std::string words = text_in(one.as_object(), "from") + " " + text_in(one.as_object(), "url");
            for (const char* more : {"type", "alt"})
                if (const std::string text = text_in(one.as_object(), more); !text.empty())
                    words += " " + corpus_value(word, text);
            values.push_back(words);
        }
    } else if (const json::value* value = item.if_contains(word)) {
        if (value->is_bool())
            values.emplace_back(value->get_bool() ? "true" : "false");
        else if (value->is_double())
            values.push_back(std::to_string(value->get_double()));
        else if (value->is_string() && !value->get_string().empty())
            values.push_back(corpus_value(word, text_in(item, word.c_str())));
    }
    return values;
}

/// A file has no Content-Type and no address that links could begin at.
bool is_for_files(const CorpusCase& one) {
    if (!one.content_type.empty())
        return false;
    const Yield there = read(one.document, feed::test::Origin{"", one.base_url});
    const Yield here = read(one.document, feed::test::Origin{"", ""});
    return there.items == here.items && there.warnings == here.warnings && there.error == here.error;
}

void check_case(const CorpusCase& one, const std::string& path) {
    BOOST_TEST_CONTEXT("corpus/" << one.place << ": " << one.name) {
        const Ended end = crier_items({"--json", path.c_str()});
        if (!one.error.empty()) {
            BOOST_TEST(end.code != 0);
            BOOST_TEST(end.out == "");
            BOOST_CHECK_MESSAGE(end.err.find(one.error) != std::string::npos, end.err);
            return;
        }
        BOOST_REQUIRE_MESSAGE(end.code == 0, end.err);
        for (const std::string& warning : one.warnings)
            BOOST_CHECK_MESSAGE(end.err.find(warning) != std::string::npos, end.err);
        const std::vector<json::object> items = objects_in(std::istringstream{end.out});
        BOOST_REQUIRE_MESSAGE(items.size() == one.items.size(), end.out);
        for (std::size_t i = 0; i < items.size(); ++i)
            for (const ExpectedField& field : one.items[i])
                BOOST_CHECK_MESSAGE(values_in(items[i], field.word) == field.values,
                                    field.word << " of item " << i + 1 << ": "
                                               << joined(values_in(items[i], field.word)) << " and not "
                                               << joined(field.values));
    }
}

/// The values of a field among the lines in which the harness shows an item.
std::vector<std::string> values_among(std::istringstream lines, const std::string& word) {
    std::vector<std::string> values;
    const std::string key = word + ": ";
    for (std::string line; std::getline(lines, line);)
        if (line.compare(0, key.size(), key) == 0)
            values.push_back(line.substr(key.size()));
    return values;
}

/// The path of the address that a document is said to have.
std::string path_of(const std::string& address) {
    const auto host = address.find("://");
    const auto path = host == std::string::npos ? host : address.find('/', host + 3);
    return path == std::string::npos ? "/" : address.substr(path, address.find('#') - path);
}

/// What is fetched is what the plugin makes of the same bytes with that Content-Type and address.
void check_served_case(const CorpusCase& one, commands::test::ServedDocument& server) {
    BOOST_TEST_CONTEXT("corpus/" << one.place << ": " << one.name) {
        server.serve(one.document, one.content_type);
        const std::string url = server.url(path_of(one.base_url));
        const Yield yield = read(one.document, feed::test::Origin{one.content_type, url});
        const Ended end = crier_items({"--json", "--plugin", "feed", url.c_str()});
        BOOST_TEST((end.code == 0) == yield.error.empty(), end.err);
        BOOST_CHECK_MESSAGE(end.err.find(yield.error) != std::string::npos, end.err);
        for (const std::string& warning : yield.warnings)
            BOOST_CHECK_MESSAGE(end.err.find(warning) != std::string::npos, end.err);
        const std::vector<json::object> items = objects_in(std::istringstream{end.out});
        BOOST_REQUIRE_MESSAGE(items.size() == yield.items.size(), end.out);
        for (std::size_t i = 0; i < items.size(); ++i)
            for (const char* word : {"id", "title", "link", "summary", "content", "author", "language",
                                     "published", "updated", "category", "media"})
                BOOST_TEST(values_in(items[i], word) ==
                               values_among(std::istringstream{yield.items[i]}, word),
                           word << " of item " << i + 1 << ": " << end.out);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(command_items)

BOOST_AUTO_TEST_CASE(the_rest_of_the_corpus_comes_from_a_server) {
    commands::test::ServedDocument server;
    std::size_t checked = 0;
    for (const auto& file : std::filesystem::directory_iterator{CRIER_FEED_CORPUS}) {
        if (file.path().extension() != ".txt")
            continue;
        for (const CorpusCase& one : read_corpus_file(file.path().string(), file.path().filename().string()))
            if (!one.base_url.empty() && !is_for_files(one)) {
                check_served_case(one, server);
                ++checked;
            }
    }
    BOOST_TEST(checked >= 60U);
}

BOOST_AUTO_TEST_CASE(the_corpus_comes_through_the_command) {
    const crier::test::TemporaryDirectory directory;
    std::size_t checked = 0;
    for (const auto& file : std::filesystem::directory_iterator{CRIER_FEED_CORPUS}) {
        if (file.path().extension() != ".txt")
            continue;
        for (const CorpusCase& one :
             read_corpus_file(file.path().string(), file.path().filename().string())) {
            if (!is_for_files(one))
                continue;
            const std::string path = directory.file("document", one.document);
            check_case(one, path);
            ++checked;
        }
    }
    BOOST_TEST(checked >= 800U);
}

BOOST_AUTO_TEST_CASE(a_file_in_this_folder_needs_no_configuration) {
    const crier::test::TemporaryDirectory directory;
    (void)directory.file("feed.xml", rss_item("<title>Hello</title>"));
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(directory.path());
    const Ended end = crier_items({"feed.xml"});
    const Ended missing = crier_items({"fed.xml"});
    std::filesystem::current_path(here);
    BOOST_TEST(end.err == "");
    BOOST_TEST(end.code == 0);
    BOOST_TEST(objects_in(std::istringstream{end.out}).at(0).at("title").as_string() == "Hello");
    BOOST_TEST(missing.code == 2);
    BOOST_TEST(missing.err.find("fed.xml is no source of the configuration, no address and no file") !=
                   std::string::npos,
               missing.err);
}

BOOST_AUTO_TEST_CASE(an_address_without_a_scheme_is_told_how_to_be_one) {
    const Ended end = crier_items({"example.org/feed.xml"});
    BOOST_TEST(end.code == 2);
    BOOST_TEST(end.err.find("an address begins with https://") != std::string::npos, end.err);
}

BOOST_AUTO_TEST_CASE(an_explanation_says_what_the_next_look_would_make_of_each_item) {
    const crier::test::TemporaryDirectory directory;
    (void)directory.file("feed.xml", rss("<item><guid>1</guid><title>An ad</title></item>"
                                         "<item><guid>2</guid><title>New" +
                                         std::string(500, '!') +
                                         "</title></item>"
                                         "<item><guid>3</guid><title>Old</title></item>"));
    const std::string config = directory.file(
        "crier.yaml",
        "version: 1\n"
        "store: crier.db\n" // there is none: nothing was seen yet
        "dedupe: {by: [link, title], within: 7d}\n"
        "accounts: {news: {server: https://m.example, defaults: {visibility: public}}}\n"
        "sources:\n"
        "  blog: {plugin: feed, url: feed.xml, account: news, first_run: {publish: 1},\n"
        "    filter: {exclude: {title: ad}}, post: {status: \"{{ title }}\", overflow: thread}}\n");
    const Ended end = crier_items({"blog", "--explain", "--config", config.c_str()});
    BOOST_REQUIRE_MESSAGE(end.code == 0, end.err);
    std::vector<std::string> decisions;
    for (const json::object& item : objects_in(std::istringstream{end.out}))
        decisions.push_back(text_in(item.at("verdicts").as_array().at(0).as_object(), "decision"));
    BOOST_REQUIRE(decisions.size() == 3U);
    BOOST_TEST(end.out.find("\"posts\":2") != std::string::npos, end.out);
    BOOST_TEST(decisions[0].find("filtered: ") == 0U, decisions[0]);
    BOOST_TEST(decisions[1] == "accepted");
    BOOST_TEST(decisions[2] == "noted: first run");
}

BOOST_AUTO_TEST_SUITE_END()
