#pragma once

#include "ports/http_client.hpp"
#include "world.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace crier::test {

struct Expected {
    HttpPhase phase;
    Cause cause;
    bool sent_whole;
    std::string words; ///< in the message
    std::string hint;  ///< in the hint
};

/// Never prints a secret: "s3cr3t" stands for one in all tests here.
inline void check_failure(const HttpResult& result, const Expected& expected) {
    BOOST_REQUIRE(result.has_error());
    const HttpFailure failure = result.error();
    BOOST_TEST_CONTEXT(failure.failure.message + " / " + failure.failure.hint) {
        BOOST_TEST(static_cast<int>(failure.phase) == static_cast<int>(expected.phase));
        BOOST_TEST(static_cast<int>(failure.failure.cause) == static_cast<int>(expected.cause));
        BOOST_TEST(failure.sent_whole == expected.sent_whole);
        BOOST_TEST(contains(failure.failure.message, expected.words));
        BOOST_TEST(contains(failure.failure.hint, expected.hint));
        BOOST_TEST(!failure.failure.hint.empty());
        BOOST_TEST(!contains(failure.failure.message + failure.failure.hint, "s3cr3t"));
    }
}

inline void check_response(const HttpResult& result, int status, const std::string& body) {
    if (result.has_error())
        BOOST_TEST_MESSAGE(result.error().failure.message);
    BOOST_REQUIRE(result.has_value());
    BOOST_TEST(result->status == status);
    BOOST_TEST(result->body == body);
}

} // namespace crier::test
