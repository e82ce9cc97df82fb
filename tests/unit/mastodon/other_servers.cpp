#include "answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;
using namespace crier::mastodon::test;

BOOST_AUTO_TEST_SUITE(mastodon_other_servers)

BOOST_AUTO_TEST_CASE(gotosocial) {
    check({
        {"no token, a bad one, a revoked one", publish, 401, json_type,
         R"({"error":"Unauthorized: token not supplied"})", Verdict::unauthorized,
         "Unauthorized: token not supplied", "access token"},
        {"scope", publish, 403, json_type,
         R"({"error":"Forbidden: token has insufficient scope permission"})", Verdict::forbidden,
         "Forbidden: token has insufficient scope permission", "tick write:statuses"},
        {"empty", publish, 400, json_type,
         R"({"error":"Bad Request: no text, content warning, or media provided"})", Verdict::refused,
         "Bad Request: no text, content warning, or media provided"},
        {"attached", publish, 400, json_type,
         R"({"error":"Bad Request: media already attached to status: 01HX"})", Verdict::refused,
         "Bad Request: media already attached to status: 01HX", "look at the account"},
        {"no such media", publish, 400, json_type, R"({"error":"Bad Request: media not found: 01HX"})",
         Verdict::refused, "Bad Request: media not found: 01HX"},
        {"wrong type", publish, 406, json_type, R"({"error":"Not Acceptable"})", Verdict::refused,
         "Not Acceptable", "another form of request"},
        {"no User-Agent", publish, 418, json_type, R"({"error":"I'm a teapot: no user-agent sent"})",
         Verdict::refused, "I'm a teapot: no user-agent sent", "User-Agent"},
        {"scheduled", publish, 501, json_type, R"({"error":"Not Implemented"})", Verdict::unknown,
         "Not Implemented"},
        {"limiter", publish, 429,
         "Content-Type: application/json\nX-Ratelimit-Limit: 300\nX-Ratelimit-Remaining: "
         "0\nX-Ratelimit-Reset: 2026-11-24T12:05:00.000Z",
         R"({"error":"rate limit reached"})", Verdict::limited, "rate limit reached"},
        {"overload", publish, 503, "Content-Type: application/json\nRetry-After: 30",
         R"({"error":"server capacity exceeded"})", Verdict::limited, "server capacity exceeded",
         "did not look at the post"},
        {"overload, the other way", publish, 429, "Content-Type: application/json\nRetry-After: 30",
         R"({"error":"server capacity exceeded"})", Verdict::limited, "server capacity exceeded"},
        {"its error", publish, 500, json_type, R"({"error":"Internal Server Error"})", Verdict::unknown,
         "Internal Server Error"},
        {"media over its limit", upload, 400, json_type,
         R"({"error":"Bad Request: file size limit exceeded"})", Verdict::media_failed,
         "Bad Request: file size limit exceeded", "its size in bytes"},
        {"junk", upload, 422, json_type, R"({"error":"Unprocessable Entity: error processing media"})",
         Verdict::media_failed, "Unprocessable Entity: error processing media", "does not take this file"},
    });
}

BOOST_AUTO_TEST_CASE(snac) {
    check({
        {"token: an empty body of type HTML", publish, 401, html_type, "", Verdict::unauthorized, "",
         "access token"},
        {"published", publish, 200, json_type,
         R"({"id":"1732449600.123456","uri":"https://s.example/news/p/1","url":"https://s.example/news/p/1",)"
         R"("content":"x","visibility":"public","account":{"id":"a","username":"news","acct":"news"}})",
         Verdict::published, ""},
        {"published, and the connection closed before a word", publish, 200, "", "", Verdict::unknown,
         "an answer without a status in it"},
        {"upload", upload, 200, json_type,
         R"({"id":"post-0123abcd.png","url":"https://s.example/news/s/post-0123abcd.png",)"
         R"("preview_url":"https://s.example/p.png","remote_url":"https://s.example/p.png","type":"image"})",
         Verdict::media_ready, ""},
        {"a look at an upload", Endpoint::media_state, 404, html_type, "<h1>404 Not Found</h1>",
         Verdict::media_gone, ""},
    });
}

BOOST_AUTO_TEST_CASE(pleroma_and_akkoma) {
    check({
        {"limit", publish, 429, json_type, R"({"error":"Throttled"})", Verdict::limited, "Throttled"},
        {"too long", publish, 422, json_type, R"({"error":"The status is over the character limit"})",
         Verdict::refused, "The status is over the character limit"},
        {"a stored error", publish, 422,
         "Content-Type: application/json\nidempotent-replayed: true\nidempotency-key: k", R"({"error":"x"})",
         Verdict::unknown, "x", "first answer to this key"},
        {"a stored limit", publish, 429, "Content-Type: application/json\nidempotent-replayed: true",
         R"({"error":"Throttled"})", Verdict::unknown, "Throttled", "first answer to this key"},
        {"a stored 401", publish, 401, "Idempotent-Replayed: true", R"({"error":"Invalid credentials."})",
         Verdict::unknown, "Invalid credentials.", "first answer to this key"},
        {"a stored 500", publish, 500, "idempotent-replayed: true", "", Verdict::unknown, "",
         "first answer to this key"},
        {"the first request still runs", publish, 409, json_type, R"({"error":"Conflict"})", Verdict::busy,
         "Conflict"},
        {"no credentials", publish, 403, json_type, R"({"error":"Invalid credentials."})", Verdict::forbidden,
         "Invalid credentials.", "look at the account"},
    });
}

BOOST_AUTO_TEST_CASE(others) {
    check({
        {"Pixelfed: Laravel's validation", publish, 422, json_type,
         R"({"message":"The given data was invalid.","errors":{"status":["The status is too long."]}})",
         Verdict::refused, "The given data was invalid."},
        {"only `errors`", publish, 422, json_type, R"({"errors":{"status":["The status is too long."]}})",
         Verdict::refused, "The status is too long."},
        {"Pixelfed without v2", upload, 404, html_type, "<title>Not Found</title>", Verdict::unknown,
         "Not Found", "no Mastodon API"}, // v1 is asked by the code
        {"Misskey's family", publish, 400, json_type,
         R"({"error":{"message":"Note is too long","code":"MAX_LENGTH","id":"1","kind":"client"}})",
         Verdict::refused, "Note is too long"},
        {"Friendica", publish, 401, json_type,
         R"({"error":"Unauthorized","error_description":"No user or application."})", Verdict::unauthorized,
         "Unauthorized: No user or application.", "access token"},
        {"errors that are only a text", publish, 400, json_type, R"({"errors":"Something is wrong"})",
         Verdict::refused, "Something is wrong"},
        {"Pleroma's detail", publish, 400, json_type, R"({"errors":{"detail":"Bad request"}})",
         Verdict::refused, "Bad request"},
    });
}

BOOST_AUTO_TEST_SUITE_END()
