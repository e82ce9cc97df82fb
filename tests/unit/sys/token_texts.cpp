#include "sys/token_source.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace crier;

namespace {

struct Good {
    std::string text;
    std::string token;
};
std::ostream& operator<<(std::ostream& out, const Good& good) {
    return out << good.token;
}

const Good good[] = {
    {"ZA-Yj3aBD8U8Cm7lKUp-lm9O9BmDgdhHzDeqsY8tlL0", "ZA-Yj3aBD8U8Cm7lKUp-lm9O9BmDgdhHzDeqsY8tlL0"},
    {"abcdef\n", "abcdef"},
    {"abcdef\r\n\r\n", "abcdef"},
    {"  abcdef \t\n", "abcdef"},
    {"abc/def+g==", "abc/def+g=="},
    {"ABC=", "ABC="},
    {"ABC==", "ABC=="},
};

struct Bad {
    std::string text;
    std::string message; ///< what it must say
    std::string hint;
};
std::ostream& operator<<(std::ostream& out, const Bad& bad) {
    return out << bad.message;
}

const Bad bad[] = {
    {"", "is empty", "Preferences"},
    {" \n\t\n", "is empty", "Preferences"},
    {"Bearer s3cr3t-value", "begins with the word \"Bearer\"", "leave that word out"},
    {"bearer\ts3cr3t-value\n", "begins with the word \"Bearer\"", "leave that word out"},
    {"MASTODON_ACCESS_TOKEN=s3cr3t-value", "holds a line NAME=VALUE", "only the value"},
    {"\"s3cr3t-value\"", "is in quotation marks", "leave the quotation marks out"},
    {"'s3cr3t-value'\n", "is in quotation marks", "leave the quotation marks out"},
    {"s3cr3t\nvalue", "more than one line", "only the token"},
    {"s3cr3t value", "holds a blank", "copy the access token again"},
    {std::string{"s3cr3t\0value", 12}, "control character", "copy the access token again"},
    {"s3cr3t\x1b[31mvalue", "control character", "copy the access token again"},
    {"s3cr3t\xc3\xa9value", "outside ASCII", "copy the access token again"},
    {"\xef\xbb\xbfs3cr3t", "outside ASCII", "copy the access token again"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(token_texts)

BOOST_DATA_TEST_CASE(a_token_is_taken_without_what_stands_around_it, good) {
    const auto token = sys::parse_token(sample.text, "X");
    BOOST_REQUIRE(token.has_value());
    BOOST_TEST(token->reveal() == sample.token);
}

BOOST_DATA_TEST_CASE(what_is_no_token_is_refused_in_words_that_do_not_show_it, bad) {
    const auto token = sys::parse_token(sample.text, "/etc/crier/token");
    BOOST_REQUIRE(token.has_error());
    const Failure& failure = token.error();
    BOOST_TEST((failure.cause == Cause::token));
    BOOST_TEST(failure.message.rfind("/etc/crier/token ", 0) == 0U);
    BOOST_TEST(failure.message.find(sample.message) != std::string::npos);
    BOOST_TEST(failure.hint.find(sample.hint) != std::string::npos);
    BOOST_TEST((failure.message + failure.hint).find("s3cr3t") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
