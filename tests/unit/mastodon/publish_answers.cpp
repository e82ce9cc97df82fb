#include "answers.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using namespace crier::mastodon;
using namespace crier::mastodon::test;

namespace {

/// As a Mastodon 4.6 answers, with what a poster does not read left out.
const char* const status =
    R"({"id":"115602113862457341","created_at":"2026-11-24T12:00:00.123Z","in_reply_to_id":null,)"
    R"("sensitive":false,"spoiler_text":"","visibility":"public","language":"en",)"
    R"("uri":"https://m.example/users/news/statuses/115602113862457341",)"
    R"("url":"https://m.example/@news/115602113862457341","content":"<p>Hello</p>","reblog":null,)"
    R"("account":{"id":"109","username":"news","acct":"news","display_name":"News"},)"
    R"("media_attachments":[{"id":"7","type":"image","url":"https://m.example/7.png"}],"mentions":[],)"
    R"("tags":[],"emojis":[],"application":{"name":"crier","website":null},"card":null,"poll":null})";

const char* const scheduled =
    R"({"id":"3221","scheduled_at":"2026-11-25T12:00:00.000Z","params":{"text":"Hello","media_ids":null,)"
    R"("sensitive":null,"spoiler_text":null,"visibility":"public","idempotency":null},)"
    R"("media_attachments":[]})";

const char* const mastodon_502 = "<!DOCTYPE html>\n<html><head><title>We're sorry, but something went wrong "
                                 "(500)</title></head><body></body></html>";

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_publish_answers)

BOOST_AUTO_TEST_CASE(a_status_is_read_with_all_that_is_kept) {
    const Reply reply = classify(publish, response(200, "Date: Tue, 24 Nov 2026 12:00:00 GMT", status), false,
                                 *from_rfc3339("2026-11-24T12:00:00Z"));
    BOOST_TEST(reply.verdict == Verdict::published);
    BOOST_TEST(reply.text == "");
    BOOST_REQUIRE(reply.status);
    BOOST_TEST(reply.status->id == "115602113862457341");
    BOOST_TEST(reply.status->url == "https://m.example/@news/115602113862457341");
    BOOST_TEST(reply.status->account_id == "109");
    BOOST_TEST(reply.status->account_name == "news");
    BOOST_TEST(reply.status->application == "crier");
    BOOST_TEST(reply.status->visibility == "public");
    BOOST_TEST(reply.status->media == 1U);
    BOOST_TEST(to_rfc3339(reply.status->created.value()) == "2026-11-24T12:00:00.123Z");
    BOOST_TEST(to_rfc3339(reply.server_date.value()) == "2026-11-24T12:00:00Z");
}

BOOST_AUTO_TEST_CASE(a_success_counts_only_with_a_status_in_it) {
    const char* const none = "an answer without a status in it";
    check({
        {"Status", publish, 200, json_type, status, Verdict::published, ""},
        {"Status under 201", publish, 201, json_type, status, Verdict::published, ""},
        {"Status in text/html", publish, 200, html_type, status, Verdict::published, ""},
        {"a private status has no url", publish, 200, json_type,
         R"({"id":"1","uri":"https://m.example/1","url":null,"content":"","visibility":"private"})",
         Verdict::published, ""},
        {"an id that is a number", publish, 200, json_type, R"({"id":9007199254740993,"uri":"u"})",
         Verdict::published, ""},
        {"bytes that are not UTF-8", publish, 200, json_type,
         "{\"id\":\"1\",\"uri\":\"u\",\"content\":\"caf\xe9\"}", Verdict::published, ""},
        {"a repeat that Pleroma answers from memory", publish, 200, "idempotent-replayed: true", status,
         Verdict::published, ""},
        {"ScheduledStatus", publish, 200, json_type, scheduled, Verdict::unknown, none},
        {"no body (GoToSocial, unknown visibility; snac, chunked)", publish, 200, "", "", Verdict::unknown,
         none},
        {"a page of a captive portal", publish, 200, html_type,
         "<html><head><title>Log in</title></head></html>", Verdict::unknown, none},
        {"an empty object", publish, 200, json_type, "{}", Verdict::unknown, none},
        {"null", publish, 200, json_type, "null", Verdict::unknown, none},
        {"a list", publish, 200, json_type, "[]", Verdict::unknown, none},
        {"an empty id", publish, 200, json_type, R"({"id":"","uri":"u"})", Verdict::unknown, none},
        {"an id that is null", publish, 200, json_type, R"({"id":null,"uri":"u"})", Verdict::unknown, none},
        {"an error under 200", publish, 200, json_type, R"({"error":"no"})", Verdict::unknown, none},
        {"cut off", publish, 200, json_type, R"({"id":"1","uri":)", Verdict::unknown, none},
        {"202", publish, 202, json_type, "{}", Verdict::unknown, none},
        {"204", publish, 204, "", "", Verdict::unknown, none},
    });
}

BOOST_AUTO_TEST_CASE(a_token_that_is_not_accepted) {
    const char* const hint = "client key or the client secret instead of the access token";
    const char* const doorkeeper =
        "Content-Type: application/json\nCache-Control: no-store\nWWW-Authenticate: Bearer "
        "realm=\"Doorkeeper\", error=\"invalid_token\", error_description=\"The access token is invalid\"";
    check({
        {"invalid", publish, 401, doorkeeper, R"({"error":"The access token is invalid"})",
         Verdict::unauthorized, "The access token is invalid", hint},
        {"revoked", publish, 401, doorkeeper, R"({"error":"The access token was revoked"})",
         Verdict::unauthorized, "The access token was revoked", "Preferences > Development"},
        {"none, on a server of limited federation", publish, 401, json_type,
         R"({"error":"This method requires an authenticated user"})", Verdict::unauthorized,
         "This method requires an authenticated user", hint},
        {"with a description", publish, 401, json_type,
         R"({"error":"invalid_token","error_description":"The access token expired"})", Verdict::unauthorized,
         "invalid_token: The access token expired", hint},
        {"a proxy's own password", publish, 401,
         "Content-Type: text/html\nWWW-Authenticate: Basic realm=\"staging\"",
         "<html><head><title>401 Authorization Required</title></head></html>", Verdict::unauthorized,
         "401 Authorization Required", "asks for a password of its own"},
    });
}

BOOST_AUTO_TEST_CASE(an_account_that_may_not) {
    check({
        {"scope", publish, 403, json_type, R"({"error":"This action is outside the authorized scopes"})",
         Verdict::forbidden, "This action is outside the authorized scopes",
         "tick write:statuses and write:media"},
        {"disabled, suspended, memorial or moved", publish, 403, json_type,
         R"({"error":"Your login is currently disabled"})", Verdict::forbidden,
         "Your login is currently disabled", "disabled or suspended, has moved"},
        {"unconfirmed", publish, 403, json_type,
         R"({"error":"Your login is missing a confirmed e-mail address"})", Verdict::forbidden,
         "Your login is missing a confirmed e-mail address", "confirm the account's e-mail address"},
        {"pending", publish, 403, json_type, R"({"error":"Your login is currently pending approval"})",
         Verdict::forbidden, "Your login is currently pending approval", "approval of the server's"},
        {"policy", publish, 403, json_type, R"({"error":"This action is not allowed"})", Verdict::forbidden,
         "This action is not allowed", "look at the account in a browser"},
        {"Mastodon's block of an address, plain text", publish, 403, "Content-Type: text/plain",
         "Forbidden\n", Verdict::forbidden, "Forbidden", "block of this machine's address"},
        {"a firewall's page", publish, 403, html_type,
         "<html><head><title>Attention Required! | Cloudflare</title></head></html>", Verdict::forbidden,
         "Attention Required! | Cloudflare", "a firewall before the server"},
        {"nothing at all", publish, 403, "", "", Verdict::forbidden, "", "a firewall before the server"},
    });
}

BOOST_AUTO_TEST_CASE(what_is_not_there) {
    check({
        {"a replay of a deleted post", publish, 404, json_type, R"({"error":"Record not found"})",
         Verdict::not_found, "Record not found", "published and has been deleted since"},
        {"what it answers to", publish, 404, json_type,
         R"({"error":"The post you are trying to reply to does not appear to exist."})", Verdict::not_found,
         "The post you are trying to reply to does not appear to exist.", "no longer there"},
        {"self-destruct", publish, 410, json_type, R"({"error":"Gone"})", Verdict::not_found, "Gone",
         "shut down for good"},
        // Were it not_found, a repeat in doubt would be taken for published and deleted.
        {"a page: no API here", publish, 404, html_type,
         "<html><head><title>404 Not Found</title></head></html>", Verdict::forbidden, "404 Not Found",
         "compare `server:`"},
        {"nothing", publish, 404, "", "", Verdict::forbidden, "", "compare `server:`"},
        {"a parked domain", publish, 410, html_type, "<TITLE lang=en>Gone &amp; away</TITLE>",
         Verdict::forbidden, "Gone & away", "compare `server:`"},
        {"405", publish, 405, html_type, "<title>405 Not Allowed</title>", Verdict::forbidden,
         "405 Not Allowed", "compare `server:`"},
    });
}

BOOST_AUTO_TEST_CASE(a_post_that_will_never_be_accepted) {
    check({
        {"blank", publish, 422, json_type, R"({"error":"Validation failed: Text can't be blank"})",
         Verdict::refused, "Validation failed: Text can't be blank"},
        {"too long", publish, 422, json_type,
         R"({"error":"Validation failed: Text character limit of 500 exceeded"})", Verdict::refused,
         "Validation failed: Text character limit of 500 exceeded"},
        {"hashtag", publish, 422, json_type,
         R"({"error":"Validation failed: Text contained a disallowed hashtag: x"})", Verdict::refused,
         "Validation failed: Text contained a disallowed hashtag: x"},
        {"too many files", publish, 422, json_type, R"({"error":"Cannot attach more than 4 files"})",
         Verdict::refused, "Cannot attach more than 4 files"},
        {"media used", publish, 422, json_type,
         R"({"error":"Media 1, 2 not found or already attached to another post"})", Verdict::refused,
         "Media 1, 2 not found or already attached to another post", "look at the account"},
        {"a video among pictures", publish, 422, json_type,
         R"({"error":"Cannot attach a video to a post that already contains images"})", Verdict::refused,
         "Cannot attach a video to a post that already contains images"},
        {"not processed, though the server said so", publish, 422, json_type,
         R"({"error":"Cannot attach files that have not finished processing. Try again in a moment!"})",
         Verdict::refused, "Cannot attach files that have not finished processing. Try again in a moment!",
         "`crier outbox retry` later"},
        {"a token of an application", publish, 422, json_type,
         R"({"error":"This method requires an authenticated user"})", Verdict::forbidden,
         "This method requires an authenticated user", "belongs to an application"},
        {"duplicate record", publish, 422, json_type, R"({"error":"Duplicate record"})", Verdict::refused,
         "Duplicate record"},
        {"visibility", publish, 422, json_type,
         R"({"error":"Validation failed: Visibility is not included in the list"})", Verdict::refused,
         "Validation failed: Visibility is not included in the list"},
        {"parameter missing", publish, 400, json_type,
         R"({"error":"param is missing or the value is empty: status"})", Verdict::refused,
         "param is missing or the value is empty: status"},
        {"nginx: too large", publish, 413, html_type,
         "<html><head><title>413 Request Entity Too Large</title></head></html>", Verdict::refused,
         "413 Request Entity Too Large", "larger than the server or its proxy takes"},
        {"422 without a body", publish, 422, "", "", Verdict::refused, ""},
        {"451", publish, 451, "", "", Verdict::refused, ""},
    });
}

BOOST_AUTO_TEST_CASE(media_that_nobody_called_processed_are_waited_for_whatever_the_words) {
    check({
        {"English", publish, 422, json_type,
         R"({"error":"Cannot attach files that have not finished processing. Try again in a moment!"})",
         Verdict::not_ready, "Cannot attach files that have not finished processing. Try again in a moment!",
         "", true},
        {"without words", publish, 422, json_type, "{}", Verdict::not_ready, "", "", true},
        {"another code is another matter", publish, 400, json_type, R"({"error":"Bad Request"})",
         Verdict::refused, "Bad Request", "", true},
    });
}

BOOST_AUTO_TEST_CASE(limits) {
    check({
        {"Mastodon", publish, 429,
         "Content-Type: application/json\nDate: Tue, 24 Nov 2026 12:00:00 GMT\nX-RateLimit-Limit: "
         "300\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: 2026-11-24T15:00:00.123456Z",
         R"({"error":"Too many requests"})", Verdict::limited, "Too many requests"},
        {"without any header", publish, 429, "", "", Verdict::limited, ""},
        {"Cloudflare", publish, 429, "Content-Type: text/html\nRetry-After: 10",
         "<title>Access denied | Error 1015</title>", Verdict::limited, "Access denied | Error 1015"},
        {"for longer than a day", publish, 429, "Retry-After: 864000", "", Verdict::limited, "",
         "a pause of more than a day"},
    });
}

BOOST_AUTO_TEST_CASE(errors_after_which_nobody_knows) {
    check({
        {"nginx 502", publish, 502, html_type,
         "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>", Verdict::unknown,
         "502 Bad Gateway"},
        {"nginx 504", publish, 504, html_type,
         "<html>\r\n<head><title>504 Gateway Time-out</title></head>\r\n</html>", Verdict::unknown,
         "504 Gateway Time-out"},
        {"Mastodon's own page", publish, 500, html_type, mastodon_502, Verdict::unknown,
         "We're sorry, but something went wrong (500)"},
        {"Rails in JSON (4.6: a repeat of a post that exists)", publish, 500, json_type,
         R"({"status":500,"error":"Internal Server Error"})", Verdict::unknown, "Internal Server Error"},
        {"the lock of another request, 4.6", publish, 503, json_type,
         R"({"error":"There was a temporary problem serving your request, please try again"})", Verdict::busy,
         "There was a temporary problem serving your request, please try again"},
        {"a mention's server", publish, 503, json_type, R"({"error":"Remote data could not be fetched"})",
         Verdict::busy, "Remote data could not be fetched"},
        {"a page", publish, 503, html_type, "<title>503 Service Unavailable</title>", Verdict::unknown,
         "503 Service Unavailable"},
        {"a page with Retry-After", publish, 503, "Content-Type: text/html\nRetry-After: 120",
         "<title>Down for maintenance</title>", Verdict::unknown, "Down for maintenance"},
        {"JSON of a proxy with Retry-After", publish, 503, "Content-Type: application/json\nRetry-After: 120",
         R"({"error":"origin timed out"})", Verdict::unknown, "origin timed out"},
        {"problem+json", publish, 503, "Content-Type: application/problem+json",
         R"({"type":"about:blank","title":"Origin error","status":503})", Verdict::unknown, "Origin error"},
        {"Cloudflare 520", publish, 520, html_type, "", Verdict::unknown, ""},
        {"Cloudflare 524", publish, 524, "Content-Type: text/plain", "error code: 524", Verdict::unknown,
         "error code: 524"},
        {"a deadline of the proxy", publish, 408, html_type, "<title>408 Request Time-out</title>",
         Verdict::unknown, "408 Request Time-out"},
        {"too early", publish, 425, "", "", Verdict::not_sent, ""},
        {"no code at all", publish, 42, "", "", Verdict::unknown, ""},
    });
}

BOOST_AUTO_TEST_CASE(a_redirect_stops_the_account_and_names_the_other_host) {
    check({
        {"http to https", publish, 301, "Location: https://m.example/api/v1/statuses", "", Verdict::forbidden,
         "a redirect to https://m.example", "is it https://m.example? The token was not"},
        {"to www", publish, 302, "Location: https://www.m.example:8443/x?y=https://evil.example/", "",
         Verdict::forbidden, "a redirect to https://www.m.example:8443", "`server:` is probably not"},
        {"without a path", publish, 308, "Location: https://other.example", "", Verdict::forbidden,
         "a redirect to https://other.example", "is it https://other.example?"},
        {"on the same host", publish, 302, "Location: /auth/sign_in", "", Verdict::forbidden, "a redirect",
         "`server:` is probably not"},
        {"with a name in it", publish, 307, "Location: https://m.example@evil.example/", "",
         Verdict::forbidden, "a redirect to https://evil.example", "https://evil.example"},
        {"to nowhere", publish, 308, "", "", Verdict::forbidden, "a redirect", "The token was not sent"},
    });
}

BOOST_AUTO_TEST_CASE(see_other_may_come_after_the_post_was_published) {
    check({
        {"elsewhere", publish, 303, "Location: https://www.m.example/@me/1", "", Verdict::unknown,
         "a redirect to https://www.m.example", "The token was not sent"},
        {"nowhere", publish, 303, "", "", Verdict::unknown, "a redirect", "`server:` is probably not"},
    });
}

BOOST_AUTO_TEST_SUITE_END()
