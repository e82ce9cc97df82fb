#include "corpus_file.hpp"
#include "harness.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace crier::feed::test;

namespace {

constexpr std::size_t fewest_cases = 400;

std::vector<std::string> values_of(std::string_view word, std::string_view lines) {
    const std::string key = std::string{word} + ": ";
    std::vector<std::string> values;
    while (!lines.empty()) {
        const std::string_view first = lines.substr(0, lines.find('\n'));
        if (first.substr(0, key.size()) == key)
            values.emplace_back(first.substr(key.size()));
        lines.remove_prefix(std::min(first.size() + 1, lines.size()));
    }
    return values;
}

std::string shown_values(const std::vector<std::string>& values) {
    return values.empty() ? "nothing" : "'" + joined(values) + "'";
}

void check_warnings(const CorpusCase& one, const Yield& yield) {
    const std::string said = joined(yield.warnings);
    for (const std::string& part : one.warnings)
        BOOST_CHECK_MESSAGE(said.find(part) != std::string::npos,
                            "no warning has '" << part << "' in it: '" << said << "'");
    if (one.warnings.empty() && !one.any_warnings)
        BOOST_CHECK_MESSAGE(said.empty(), "there should be no warning: " << said);
}

void run_case(const CorpusCase& one) {
    BOOST_TEST_CONTEXT("corpus/" << one.place << ": " << one.name) {
        BOOST_REQUIRE_MESSAGE(one.fault.empty(), one.fault);
        const Yield yield = read(one.document, Origin{one.content_type, one.base_url});
        if (!one.error.empty()) {
            BOOST_CHECK_MESSAGE(yield.error.find(one.error) != std::string::npos,
                                "no error has '" << one.error << "' in it: '" << yield.error << "'");
            return;
        }
        BOOST_REQUIRE_MESSAGE(yield.error.empty(), "it was not read: " << yield.error);
        check_warnings(one, yield);
        BOOST_CHECK_MESSAGE(one.wait.empty() || std::to_string(yield.wait.value_or(0)) == one.wait,
                            "the wait is " << yield.wait.value_or(0) << " and not " << one.wait);
        BOOST_REQUIRE_MESSAGE(yield.items.size() == one.items.size(),
                              yield.items.size() << " items and not " << one.items.size() << ": "
                                                 << joined(yield.items) << joined(yield.warnings));
        for (std::size_t i = 0; i < one.items.size(); ++i)
            for (const ExpectedField& field : one.items[i]) {
                const auto found = values_of(field.word, yield.items[i]);
                BOOST_CHECK_MESSAGE(found == field.values, field.word << " of item " << i + 1 << " is "
                                                                      << shown_values(found) << " and not "
                                                                      << shown_values(field.values));
            }
    }
}

std::vector<CorpusCase> all_cases() {
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    for (const auto& file : std::filesystem::directory_iterator{CRIER_FEED_CORPUS, error})
        if (file.path().extension() == ".txt")
            paths.push_back(file.path());
    std::sort(paths.begin(), paths.end());
    std::vector<CorpusCase> all;
    for (const auto& path : paths)
        for (CorpusCase& one : read_corpus_file(path.string(), path.filename().string()))
            all.push_back(std::move(one));
    return all;
}

/// A name that the command line can select: "dates_12_tue_24_nov".
std::string test_name(const CorpusCase& one) {
    constexpr std::size_t longest = 60;
    std::string name;
    for (const char c : one.place + " " + one.name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain)
            name += c;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    return name.substr(0, longest);
}

/// Made before main() begins, as Boost.Test's own are.
std::size_t make_tests() {
    namespace ut = boost::unit_test;
    const std::vector<CorpusCase> cases = all_cases();
    auto* suite = BOOST_TEST_SUITE("corpus");
    for (const CorpusCase& one : cases)
        suite->add(ut::make_test_case([one] { run_case(one); }, test_name(one), __FILE__, __LINE__));
    ut::framework::master_test_suite().add(suite);
    return cases.size();
}

const std::size_t made_tests = make_tests();

} // namespace

BOOST_AUTO_TEST_CASE(the_corpus_survives_any_bytes) {
    const unsigned first_seed = seed();
    BOOST_TEST_MESSAGE("CRIER_TEST_SEED=" << first_seed);
    std::mt19937 random{first_seed};
    for (const CorpusCase& one : all_cases()) {
        BOOST_TEST_INFO("CRIER_TEST_SEED=" << first_seed << ", " << one.place);
        for (int round = 0; round < 3; ++round)
            BOOST_TEST(read(with_other_bytes(one.document, random), Origin{one.content_type, one.base_url})
                           .items.size() < 100U);
    }
}

BOOST_AUTO_TEST_CASE(the_corpus_is_all_there) {
    BOOST_TEST(made_tests >= fewest_cases);
}
