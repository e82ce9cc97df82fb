#include "answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;
using namespace crier::mastodon::test;

namespace {

constexpr auto editing = Endpoint::edit;
constexpr auto removing = Endpoint::remove;
constexpr auto pinning = Endpoint::pin;

const char* const not_there = R"({"error":"Record not found"})";
const char* const page = "<html><head><title>404 Not Found</title></head></html>";

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_amend_answers)

/// None of these stops an account: its posts go on.
BOOST_AUTO_TEST_CASE(what_is_answered_to_an_edit) {
    check({
        {"the status", editing, 200, json_type, R"({"id":"1","uri":"u"})", Verdict::published, ""},
        {"no status", editing, 200, json_type, "{}", Verdict::unknown, "an answer without a status in it"},
        {"gone, or another account's", editing, 404, json_type, not_there, Verdict::not_found,
         "Record not found"},
        {"a server without edits", editing, 404, html_type, page, Verdict::refused, "404 Not Found",
         "cannot edit what is published"},
        {"a server without edits, in other words", editing, 405, json_type,
         R"({"error":"method not allowed"})", Verdict::refused, "method not allowed",
         "cannot edit what is published"},
        {"too long", editing, 422, json_type, R"({"error":"Validation failed: Text is too long"})",
         Verdict::refused, "Validation failed: Text is too long"},
        {"a server in trouble", editing, 502, html_type, page, Verdict::unknown, "404 Not Found"},
        {"a lock", editing, 409, json_type, R"({"error":"busy"})", Verdict::busy, "busy"},
    });
}

BOOST_AUTO_TEST_CASE(what_is_answered_to_a_deletion) {
    check({
        {"the status, with its source", removing, 200, json_type, R"({"id":"1","text":"x"})",
         Verdict::removed, ""},
        {"nothing", removing, 204, "", "", Verdict::removed, ""},
        {"gone", removing, 404, json_type, not_there, Verdict::not_found, "Record not found"},
        {"gone for good", removing, 410, json_type, R"({"error":"Gone"})", Verdict::not_found, "Gone"},
        {"a server in trouble", removing, 500, html_type, page, Verdict::unknown, "404 Not Found"},
    });
}

/// internal/processing/status/edit.go: after a lost reply the same edit changes nothing.
BOOST_AUTO_TEST_CASE(an_edit_that_was_made_already_is_made) {
    const auto verdict = [](const char* words) {
        return classify(editing, response(422, json_type, std::string{R"({"error":")"} + words + "\"}"),
                        false, Instant{})
            .verdict;
    };
    BOOST_TEST(verdict("Unprocessable Entity: status was not changed") == Verdict::published);
    BOOST_TEST(verdict("Unprocessable Entity: status was empty") == Verdict::refused);
}

/// docs.joinmastodon.org/methods/statuses#pin
BOOST_AUTO_TEST_CASE(what_is_answered_to_a_pin) {
    check({
        {"the status", pinning, 200, json_type, R"({"id":"1","pinned":true})", Verdict::pinned, ""},
        {"nothing", pinning, 204, "", "", Verdict::pinned, ""},
        {"a token without the scope", pinning, 403, json_type,
         R"({"error":"This action is outside the authorized scopes"})", Verdict::refused,
         "This action is outside the authorized scopes", "write:accounts"},
        {"too many", pinning, 422, json_type,
         R"({"error":"Validation failed: You have already pinned the maximum number of posts"})",
         Verdict::refused, "Validation failed: You have already pinned the maximum number of posts",
         "crier outbox unpin"},
        {"gone", pinning, 404, json_type, not_there, Verdict::refused, "Record not found"},
        {"a server without pins", pinning, 404, html_type, page, Verdict::refused, "404 Not Found",
         "no pinned posts"},
        {"a server in trouble", pinning, 502, html_type, page, Verdict::unknown, "404 Not Found"},
        {"a repeat, as Mastodon has it", pinning, 422, json_type, R"({"error":"Duplicate record"})",
         Verdict::pinned, ""},
        {"a repeat, as GoToSocial has it", pinning, 422, json_type,
         R"({"error":"Unprocessable Entity: status already pinned"})", Verdict::pinned, ""},
        {"a lock", pinning, 409, json_type, R"({"error":"busy"})", Verdict::busy, "busy"},
    });
}

BOOST_AUTO_TEST_CASE(a_token_that_is_not_accepted_stops_the_account_as_ever) {
    for (const Endpoint endpoint : {editing, removing, pinning})
        BOOST_TEST(classify(endpoint, response(401, json_type, R"({"error":"The access token is invalid"})"),
                            false, Instant{})
                       .verdict == Verdict::unauthorized);
}

BOOST_AUTO_TEST_SUITE_END()
