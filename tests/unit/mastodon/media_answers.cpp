#include "answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;
using namespace crier::mastodon::test;

namespace {

constexpr auto state = Endpoint::media_state;
constexpr auto probe = Endpoint::probe;

const char* const ready =
    R"({"id":"22348641","type":"image","url":"https://m.example/i.png","preview_url":"https://m.example/s.png",)"
    R"("meta":{"original":{"width":10,"height":10}},"description":"alt","blurhash":"U"})";
const char* const queued =
    R"({"id":"22348642","type":"video","url":null,"preview_url":"https://m.example/s.png","meta":null})";

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_media_answers)

BOOST_AUTO_TEST_CASE(an_upload_gives_an_id) {
    const auto id = [](int status, const char* body) {
        return classify(upload, response(status, json_type, body), false, Instant{}).media_id;
    };
    BOOST_TEST(id(200, ready) == "22348641");
    BOOST_TEST(id(202, queued) == "22348642");
    BOOST_TEST(id(422, ready) == "");
}

BOOST_AUTO_TEST_CASE(uploads) {
    const char* const hint = "the server does not take this file";
    check({
        {"an image", upload, 200, json_type, ready, Verdict::media_ready, ""},
        {"a video", upload, 202, json_type, queued, Verdict::media_pending, ""},
        {"202 with an address", upload, 202, json_type, ready, Verdict::media_ready, ""},
        {"200 without an address: look once more", upload, 200, json_type, queued, Verdict::media_pending,
         ""},
        {"200 without a body", upload, 200, "", "", Verdict::unknown,
         "an answer without an attachment in it"},
        {"200 with a page", upload, 200, html_type, "<title>Hi</title>", Verdict::unknown,
         "an answer without an attachment in it"},
        {"type", upload, 422, json_type,
         R"({"error":"Validation failed: File content type is invalid, File is invalid"})",
         Verdict::media_failed, "Validation failed: File content type is invalid, File is invalid", hint},
        {"no file", upload, 422, json_type, R"({"error":"Validation failed: File can't be blank"})",
         Verdict::media_failed, "Validation failed: File can't be blank", hint},
        {"unverified", upload, 422, json_type,
         R"({"error":"File type of uploaded media could not be verified"})", Verdict::media_failed,
         "File type of uploaded media could not be verified", hint},
        {"pixels", upload, 422, json_type, R"({"error":"9999x9999 images are not supported"})",
         Verdict::media_failed, "9999x9999 images are not supported", hint},
        {"frames", upload, 422, json_type, R"({"error":"240fps videos are not supported"})",
         Verdict::media_failed, "240fps videos are not supported", hint},
        {"alt text", upload, 422, json_type,
         R"J({"error":"Validation failed: Description is too long (maximum is 1500 characters)"})J",
         Verdict::media_failed, "Validation failed: Description is too long (maximum is 1500 characters)",
         "the length of its alt text"},
        {"nginx", upload, 413, html_type,
         "<html><head><title>413 Request Entity Too Large</title></head></html>", Verdict::media_failed,
         "413 Request Entity Too Large", "larger than the server or its proxy takes"},
        {"415", upload, 415, "", "", Verdict::media_failed, "", hint},
        {"damaged: the API's own 500", upload, 500, json_type,
         R"({"error":"Error processing thumbnail for uploaded media"})", Verdict::media_failed,
         "Error processing thumbnail for uploaded media", "could not process"},
        {"another 500 of the API", upload, 500, json_type, R"({"error":"Internal Server Error"})",
         Verdict::unknown, "Internal Server Error", "may be damaged"},
        {"a token of an application", upload, 422, json_type,
         R"({"error":"This method requires an authenticated user"})", Verdict::forbidden,
         "This method requires an authenticated user", "belongs to an application"},
        {"a page", upload, 500, html_type, "<title>500</title>", Verdict::unknown, "500"},
        {"gateway", upload, 504, html_type, "<title>504 Gateway Time-out</title>", Verdict::unknown,
         "504 Gateway Time-out"},
        {"limit", upload, 429, json_type, R"({"error":"Too many requests"})", Verdict::limited,
         "Too many requests"},
        {"later", upload, 503, "Retry-After: 60", "", Verdict::limited, ""},
        {"no v2", upload, 404, json_type, R"({"error":"Not Found"})", Verdict::not_found, "Not Found",
         "does not take media"},
        {"no v2, otherwise", upload, 405, json_type, R"({"error":"Not Found"})", Verdict::not_found,
         "Not Found", "does not take media"},
        {"no API, or no v2", upload, 404, html_type, "<title>Down</title>", Verdict::unknown, "Down",
         "out of order"},
        {"no API, otherwise", upload, 405, html_type, "", Verdict::unknown, "", "out of order"},
        {"token", upload, 401, json_type, R"({"error":"The access token is invalid"})", Verdict::unauthorized,
         "The access token is invalid", "access token"},
        {"scope", upload, 403, json_type, R"({"error":"This action is outside the authorized scopes"})",
         Verdict::forbidden, "This action is outside the authorized scopes", "write:media"},
        {"a deadline", upload, 408, "", "", Verdict::unknown, ""},
        {"a redirect", upload, 301, "Location: https://other.example/", "", Verdict::forbidden,
         "a redirect to https://other.example", "is it https://other.example?"},
        {"anything else", upload, 402, "", "", Verdict::refused, ""},
    });
}

BOOST_AUTO_TEST_CASE(looks_at_an_upload) {
    check({
        {"done", state, 200, json_type, ready, Verdict::media_ready, ""},
        {"done, by a server that says no address", state, 200, json_type, queued, Verdict::media_ready, ""},
        {"in work", state, 206, json_type, queued, Verdict::media_pending, ""},
        {"failed", state, 422, json_type, R"({"error":"Error processing thumbnail for uploaded media"})",
         Verdict::media_failed, "Error processing thumbnail for uploaded media", "could not process"},
        {"unknown, not ours, attached", state, 404, json_type, R"({"error":"Record not found"})",
         Verdict::media_gone, "Record not found"},
        {"410", state, 410, "", "", Verdict::media_gone, ""},
        {"scope", state, 403, json_type, R"({"error":"This action is outside the authorized scopes"})",
         Verdict::forbidden, "This action is outside the authorized scopes", "write:media"},
        {"token", state, 401, json_type, R"({"error":"The access token is invalid"})", Verdict::unauthorized,
         "The access token is invalid", "access token"},
        {"error", state, 502, html_type, "<title>502 Bad Gateway</title>", Verdict::unknown,
         "502 Bad Gateway"},
        {"limit", state, 429, json_type, R"({"error":"Too many requests"})", Verdict::limited,
         "Too many requests"},
        {"later", state, 503, "Retry-After: 5", "", Verdict::limited, ""},
        {"no attachment", state, 200, json_type, "{}", Verdict::unknown,
         "an answer without an attachment in it"},
    });
}

BOOST_AUTO_TEST_CASE(probes) {
    check({
        {"4.3 and later", probe, 200, json_type, R"({"id":"1","name":"crier","scopes":["write:statuses"]})",
         Verdict::alive, ""},
        {"up to 4.2, without read", probe, 403, json_type,
         R"({"error":"This action is outside the authorized scopes"})", Verdict::alive,
         "This action is outside the authorized scopes"},
        {"a firewall", probe, 403, html_type, "<title>Blocked</title>", Verdict::unknown, "Blocked",
         "a firewall before the server"},
        {"dead", probe, 401, json_type, R"({"error":"The access token was revoked"})", Verdict::unauthorized,
         "The access token was revoked", "access token"},
        {"a server that cannot be asked", probe, 404, html_type, "", Verdict::alive, ""},
        {"limit", probe, 429, json_type, R"({"error":"Too many requests"})", Verdict::limited,
         "Too many requests"},
        {"error", probe, 500, html_type, "", Verdict::unknown, ""},
        {"a redirect", probe, 302, "Location: /", "", Verdict::forbidden, "a redirect", "The token was not"},
        {"anything else", probe, 422, json_type, R"({"error":"x"})", Verdict::unknown, "x"},
    });
}

BOOST_AUTO_TEST_SUITE_END()
