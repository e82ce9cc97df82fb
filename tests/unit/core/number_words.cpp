#include "core/text/number_words.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace crier::text;

BOOST_AUTO_TEST_SUITE(number_words)

BOOST_AUTO_TEST_CASE(ordinals_are_the_languages_own) {
    const struct {
        const char* language;
        const char* expected; // of the numbers below
    } cases[] = {
        {"en", "0th 1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 112th -1st"},
        {"", "0th 1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 112th -1st"},
        {"EN_gb", "0th 1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 112th -1st"},
        {"de", "0. 1. 2. 3. 4. 11. 12. 13. 21. 101. 111. 112. -1."},
        {"nn", "0. 1. 2. 3. 4. 11. 12. 13. 21. 101. 111. 112. -1."},
        {"sv", "0:e 1:a 2:a 3:e 4:e 11:e 12:e 13:e 21:a 101:a 111:e 112:e -1:a"},
        {"fr", "0e 1er 2e 3e 4e 11e 12e 13e 21e 101e 111e 112e -1e"},
        {"nl", "0e 1e 2e 3e 4e 11e 12e 13e 21e 101e 111e 112e -1e"},
        {"es", "0 1 2 3 4 11 12 13 21 101 111 112 -1"},
        {"xx", "0 1 2 3 4 11 12 13 21 101 111 112 -1"},
    };
    for (const auto& c : cases) {
        std::string all;
        for (const std::int64_t number : {0, 1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 112, -1})
            all += (all.empty() ? "" : " ") + ordinal(number, c.language);
        BOOST_TEST(all == c.expected, c.language << ": " << all);
    }
    for (const char* language : {"da", "nb", "no", "pl", "de-CH"})
        BOOST_TEST(ordinal(3, language) == "3.", language);
    BOOST_TEST(ordinal(std::numeric_limits<std::int64_t>::min(), "en") == "-9223372036854775808th");
}

BOOST_AUTO_TEST_CASE(plurals_are_the_languages_own) {
    const struct {
        const char* language;
        const char* expected; // of the numbers below
    } cases[] = {
        {"en", "1 0 1 1 1 1 1 1 1 1 0"},    {"de", "1 0 1 1 1 1 1 1 1 1 0"}, {"fr", "0 0 1 1 1 1 1 1 1 1 0"},
        {"pt-BR", "0 0 1 1 1 1 1 1 1 1 0"}, {"pl", "2 0 1 1 2 2 2 1 2 2 0"}, {"", "1 0 1 1 1 1 1 1 1 1 0"},
    };
    for (const auto& c : cases) {
        std::string all;
        for (const std::int64_t number : {0, 1, 2, 4, 5, 12, 21, 22, 25, 112, -1})
            all += (all.empty() ? "" : " ") + std::to_string(plural_form(number, c.language));
        BOOST_TEST(all == c.expected, c.language << ": " << all);
    }
}

BOOST_AUTO_TEST_SUITE_END()
