#include "mastodon/oauth_text.hpp"

#include "answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;
using crier::mastodon::test::html_type;
using crier::mastodon::test::json_type;
using crier::mastodon::test::response;

namespace {

const std::string oauth_base = "https://m.example";

class Counting final : public Random {
public:
    std::uint64_t next() override { return value_ += 0x0123456789abcdefULL; }

private:
    std::uint64_t value_ = 0;
};

std::string document(const std::string& token_endpoint) {
    return R"({"issuer":"https://m.example/","authorization_endpoint":"https://m.example/oauth/authorize",)"
           R"("token_endpoint":")" +
           token_endpoint +
           R"(","revocation_endpoint":"https://m.example/oauth/revoke",)"
           R"("app_registration_endpoint":"https://m.example/api/v1/apps",)"
           R"("scopes_supported":["read","write","write:statuses"],)"
           R"("code_challenge_methods_supported":["S256"]})";
}

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_oauth_text)

BOOST_AUTO_TEST_CASE(the_challenge_is_the_one_of_rfc_7636) {
    BOOST_TEST(code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") ==
               "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

BOOST_AUTO_TEST_CASE(random_texts_are_as_long_as_a_verifier_must_be_and_fit_an_address) {
    Counting random;
    const std::string one = random_text(random, 4);
    const std::string other = random_text(random, 4);
    BOOST_TEST(one.size() == 43U);
    BOOST_TEST(one != other);
    BOOST_TEST(one.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_state_is_the_same_or_it_is_not) {
    BOOST_TEST(same_text("abc", "abc"));
    BOOST_TEST(same_text("", ""));
    for (const auto& [a, b] :
         {std::pair{"abc", "abd"}, {"abc", "ab"}, {"ab", "abc"}, {"", "a"}, {"xbc", "abc"}})
        BOOST_TEST(!same_text(a, b));
}

BOOST_AUTO_TEST_CASE(the_address_to_allow_it_at) {
    Authorization asked;
    asked.client_id = "id&1";
    asked.scopes = {"write:statuses", "write:media"};
    asked.state = "st";
    OAuthEndpoints endpoints = classic_endpoints(oauth_base);
    BOOST_TEST(authorization_address(endpoints, asked) ==
               "https://m.example/oauth/authorize?response_type=code&client_id=id%261&redirect_uri="
               "urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob&scope=write%3Astatuses%20write%3Amedia&state=st");
    asked.redirect_uri = "http://127.0.0.1:8765/crier";
    asked.challenge = "ch";
    asked.force_login = true;
    endpoints.authorize = "https://login.example/page?tenant=1";
    BOOST_TEST(authorization_address(endpoints, asked) ==
               "https://login.example/page?tenant=1&response_type=code&client_id=id%261&redirect_uri="
               "http%3A%2F%2F127.0.0.1%3A8765%2Fcrier&scope=write%3Astatuses%20write%3Amedia&state=st"
               "&code_challenge=ch&code_challenge_method=S256&force_login=true");
}

BOOST_AUTO_TEST_CASE(what_a_server_says_of_its_oauth) {
    const auto read = read_endpoints(oauth_base, document("https://m.example/oauth/token"));
    BOOST_REQUIRE(read);
    BOOST_TEST(read->authorize == "https://m.example/oauth/authorize");
    BOOST_TEST(read->token == "https://m.example/oauth/token");
    BOOST_TEST(read->revoke == "https://m.example/oauth/revoke");
    BOOST_TEST(read->apps == "https://m.example/api/v1/apps");
    BOOST_TEST(read->pkce);
    BOOST_TEST(read->notes.empty());
    BOOST_TEST((read->scopes == Scopes{"read", "write", "write:statuses"}));

    // Whatever is missing is Mastodon's own; without S256 there is no challenge.
    const auto little = read_endpoints(
        oauth_base,
        R"({"token_endpoint":"https://m.example/t","code_challenge_methods_supported":["plain"]})");
    BOOST_REQUIRE(little);
    BOOST_TEST(little->token == "https://m.example/t");
    BOOST_TEST(little->apps == "https://m.example/api/v1/apps");
    BOOST_TEST(!little->pkce);

    for (const char* none :
         {"", "<html>", "[]", "{}", "null", R"({"token_endpoint":7})", R"({"error":"Not Found"})"})
        BOOST_TEST(!read_endpoints(oauth_base, none).has_value());
}

BOOST_AUTO_TEST_CASE(secrets_go_to_the_server_itself_and_over_tls_whatever_it_says) {
    const char* const good[] = {"https://m.example/oauth/token", "https://M.EXAMPLE:443/x",
                                "https://m.example/a?b=c"};
    const char* const bad[] = {"http://m.example/oauth/token",
                               "https://evil.example/oauth/token",
                               "https://m.example.evil.example/token",
                               "https://m.example@evil.example/token",
                               "https://m.example:8443/token",
                               "https://m.example",
                               "//m.example/token",
                               "/oauth/token",
                               "ftp://m.example/token",
                               "https://m.example/to#ken",
                               "https://m.example/to ken",
                               "nonsense"};
    for (const char* address : good)
        BOOST_TEST_CONTEXT(address) {
            const auto read = read_endpoints(oauth_base, document(address));
            BOOST_REQUIRE(read);
            BOOST_TEST(read->notes.empty());
            BOOST_TEST(read->token.starts_with("https://m.example/"));
        }
    for (const char* address : bad)
        BOOST_TEST_CONTEXT(address) {
            const auto read = read_endpoints(oauth_base, document(address));
            BOOST_REQUIRE(read);
            BOOST_TEST(read->token == "https://m.example/oauth/token");
            BOOST_REQUIRE(read->notes.size() == 1U);
            BOOST_TEST(read->notes.front().find("token_endpoint") != std::string::npos);
        }
    // A sandbox on this machine speaks plain http, and is its own.
    const auto local = read_endpoints("http://127.0.0.1:8421",
                                      R"({"token_endpoint":"http://127.0.0.1:8421/t",
                                          "authorization_endpoint":"http://127.0.0.1:8421/a"})");
    BOOST_REQUIRE(local);
    BOOST_TEST(local->token == "http://127.0.0.1:8421/t");
    BOOST_TEST(local->authorize == "http://127.0.0.1:8421/a");
}

BOOST_AUTO_TEST_CASE(the_page_to_allow_it_on_may_be_elsewhere_but_over_tls) {
    const auto page = [](const std::string& address) {
        return read_endpoints(oauth_base,
                              R"({"token_endpoint":"https://m.example/t","authorization_endpoint":")" +
                                  address + "\"}")
            ->authorize;
    };
    BOOST_TEST(page("https://login.example/allow") == "https://login.example/allow");
    for (const char* bad :
         {"http://login.example/allow", "https://", "https:///allow", "https://m.example@evil.example/",
          "javascript:alert(1)", "https://x.example/\\u001b[2J"})
        BOOST_TEST(page(bad) == "https://m.example/oauth/authorize", bad);
}

BOOST_AUTO_TEST_CASE(a_code_is_pasted_in_many_ways) {
    struct Row {
        const char* pasted;
        const char* code; ///< null: none
    };
    const Row table[] = {
        {"abc123", "abc123"},
        {"  abc123\r\n", "abc123"},
        {"https://m.example/oauth/authorize/native?code=abc123", "abc123"},
        {"http://127.0.0.1:1/crier?state=s&code=a%2Fb%3D#x", "a/b="},
        {"http://127.0.0.1:1/crier?code=abc&state=s", "abc"},
        {"", nullptr},
        {"   ", nullptr},
        {"two words", nullptr},
        {"gr\xc3\xbc\xc3\x9f", nullptr},
        {"https://m.example/?code=%0a", nullptr},
        {"https://m.example/?code=", nullptr},
    };
    for (const Row& row : table) {
        const auto code = code_in(row.pasted);
        BOOST_TEST_CONTEXT(row.pasted) {
            BOOST_TEST(code.has_value() == (row.code != nullptr));
            if (code && row.code != nullptr)
                BOOST_TEST(code->reveal() == row.code);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_application_has_an_id_and_a_secret) {
    const auto client =
        read_client(oauth_base, response(200, json_type, R"({"client_id":"i","client_secret":"s"})"));
    BOOST_REQUIRE(client.has_value());
    BOOST_TEST(client->id == "i");
    BOOST_TEST(client->secret.reveal() == "s");
    for (const char* body :
         {"", "<html>", "{}", R"({"client_id":"i"})", R"({"client_secret":"s"})",
          R"({"client_id":"i","client_secret":"s s"})", R"({"client_id":"i\n","client_secret":"s"})"})
        BOOST_TEST((read_client(oauth_base, response(200, json_type, body)).error().cause == Cause::server));
}

BOOST_AUTO_TEST_CASE(a_token_comes_with_what_it_may_do) {
    const Scopes asked{"write:statuses"};
    const auto grant = [&](const char* body) {
        return read_grant(oauth_base, response(200, json_type, body), asked);
    };
    const auto full = grant(R"({"access_token":"t0","token_type":"Bearer","scope":"write:statuses profile",
                                "created_at":1573979017})");
    BOOST_REQUIRE(full.has_value());
    BOOST_TEST(full->token.reveal() == "t0");
    BOOST_TEST((full->scopes == Scopes{"write:statuses", "profile"}));
    BOOST_TEST(to_rfc3339(*full->created) == "2019-11-17T08:23:37Z");
    // Nothing said of scopes: those that were asked (RFC 6749, 5.1).
    const auto brief = grant(R"({"access_token":"t0","token_type":"bearer","created_at":-1})");
    BOOST_REQUIRE(brief.has_value());
    BOOST_TEST((brief->scopes == asked));
    BOOST_TEST(!brief->created.has_value());
    for (const char* body : {"", "{}", R"({"access_token":""})", R"({"access_token":"a b"})",
                             R"({"access_token":"a","token_type":"mac"})", R"({"access_token":["a"]})"})
        BOOST_TEST((grant(body).error().cause == Cause::server), body);
}

BOOST_AUTO_TEST_CASE(refusals_say_how_to_mend_them) {
    struct Row {
        OAuthStep step;
        int status;
        const char* headers;
        const char* body;
        Cause cause;
        const char* hint; ///< a part
    };
    const auto redeeming = OAuthStep::redeeming;
    const auto registering = OAuthStep::registering;
    const auto revoking = OAuthStep::revoking;
    const Row table[] = {
        {redeeming, 400, json_type, R"({"error":"invalid_grant","error_description":"is invalid, expired"})",
         Cause::token, "a code is good once"},
        {redeeming, 401, json_type, R"({"error":"invalid_client"})", Cause::token, "run `crier login` again"},
        {redeeming, 400, json_type, R"({"error":"invalid_scope"})", Cause::token, "--scopes"},
        {redeeming, 400, json_type, R"({"error":"unsupported_grant_type"})", Cause::server, "by hand"},
        {redeeming, 404, html_type, "<title>Not here</title>", Cause::server, "by hand"},
        {redeeming, 503, html_type, "<title>busy</title>", Cause::server, "later"},
        {redeeming, 302, "Location: https://other.example/x", "", Cause::server, "redirect"},
        {registering, 422, json_type, R"({"error":"Validation failed: Scopes"})", Cause::server, "--scopes"},
        {registering, 404, html_type, "", Cause::server, "no Mastodon API"},
        {registering, 403, json_type, R"({"error":"no"})", Cause::permission, "by hand"},
        {registering, 429, "X-RateLimit-Reset: 2026-11-24T12:10:00.5Z\nDate: Tue, 24 Nov 2026 12:00:00 GMT",
         R"({"error":"Too many requests"})", Cause::temporary, "2026-11-24T12:10:02Z"},
        {registering, 429, json_type, "{}", Cause::temporary, "ten minutes"},
        {revoking, 403, json_type, R"({"error":"unauthorized_client"})", Cause::permission,
         "delete the application"},
        {revoking, 401, json_type, R"({"error":"invalid_client"})", Cause::permission,
         "delete the application"},
        {revoking, 418, json_type, "{}", Cause::server, "delete the application"},
    };
    const Instant now = *from_rfc3339("2026-11-24T12:00:00Z");
    for (const Row& row : table) {
        const Failure failure =
            oauth_failure(row.step, oauth_base, response(row.status, row.headers, row.body), now, {});
        BOOST_TEST_CONTEXT(failure.message << " | " << failure.hint) {
            BOOST_TEST((failure.cause == row.cause));
            BOOST_TEST(failure.hint.find(row.hint) != std::string::npos);
            BOOST_TEST(failure.message.starts_with(oauth_base));
            BOOST_TEST(failure.message.find(std::to_string(row.status)) != std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_repeats_a_secret_does_not_bring_it_into_a_message) {
    const Failure failure = oauth_failure(
        OAuthStep::redeeming, oauth_base,
        response(400, json_type,
                 R"({"error":"invalid_grant","error_description":"code c0de-c0de of s3cret-s3cret"})"),
        Instant{}, {"c0de-c0de", "s3cret-s3cret"});
    BOOST_TEST(failure.message.find("c0de-c0de") == std::string::npos);
    BOOST_TEST(failure.message.find("s3cret-s3cret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_code_because_nobody_allowed_it) {
    const Failure failure =
        denied(oauth_base, "access_denied", "The resource owner denied\x1b[2J the request.");
    BOOST_TEST((failure.cause == Cause::token));
    BOOST_TEST(failure.message ==
               "https://m.example gives no code: access_denied (The resource owner denied [2J the request.)");
    BOOST_TEST(failure.hint.find("not allowed in the browser") != std::string::npos);
    BOOST_TEST(denied(oauth_base, "invalid_scope", "").hint.find("--scopes") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
