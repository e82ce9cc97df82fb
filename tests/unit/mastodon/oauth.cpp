#include "mastodon/oauth.hpp"

#include "answers.hpp"
#include "support/coro.hpp"
#include "support/virtual_time.hpp"

#include <boost/test/unit_test.hpp>

#include <deque>
#include <utility>
#include <vector>

using namespace crier;
using namespace crier::mastodon;
using crier::mastodon::test::html_type;
using crier::mastodon::test::json_type;
using crier::mastodon::test::response;

namespace {

const std::string oauth_server = "https://m.example";

/// Answers by a script; keeps what it was sent.
class OAuthScript final : public HttpClient {
public:
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        lines.push_back(request.method + " " + request.url);
        bodies.push_back(request.body);
        bearers.emplace_back(request.bearer.reveal());
        follows = follows || request.follow_redirects;
        BOOST_REQUIRE(!script.empty());
        HttpResult result = std::move(script.front());
        script.pop_front();
        co_return result;
    }
    void answer(int status, const char* headers, std::string body) {
        script.emplace_back(response(status, headers, std::move(body)));
    }
    void fail() {
        script.emplace_back(
            HttpFailure{HttpPhase::connect, Failure{Cause::network, "no route", "look at the cable"}, false});
    }

    std::deque<HttpResult> script;
    std::vector<std::string> lines;
    std::vector<std::string> bodies;
    std::vector<std::string> bearers;
    bool follows = false;
};

struct OAuthWorld {
    boost::asio::io_context context{1};
    crier::test::VirtualTime time{context, *from_rfc3339("2026-11-24T12:00:00Z")};
    OAuthScript http;
    OAuth oauth{oauth_server, http, time};

    template <class T>
    T run(boost::asio::awaitable<T> work) {
        return crier::test::run(context, std::move(work));
    }
    static OAuthClient client() {
        OAuthClient made;
        made.id = "id";
        made.secret = Secret{"c1ient-s3cret"};
        return made;
    }
};

using Lines = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_oauth)

BOOST_AUTO_TEST_CASE(where_oauth_is_is_asked_and_else_where_it_always_was) {
    struct Row {
        int status;
        const char* type;
        const char* body;
        bool pkce;
    };
    const Row table[] = {
        {200, json_type,
         R"({"token_endpoint":"https://m.example/oauth/token","code_challenge_methods_supported":["S256"]})",
         true},
        {200, html_type, "<html>an app in one page</html>", false},
        {404, json_type, R"({"status":404,"error":"Not Found"})", false},
        {404, html_type, "<html>", false},
        {301, "Location: https://elsewhere.example/", "", false},
        {401, json_type, R"({"error":"This method requires an authenticated user"})", false},
        {410, html_type, "", false},
    };
    for (const Row& row : table) {
        OAuthWorld world;
        world.http.answer(row.status, row.type, row.body);
        const Result<OAuthEndpoints> endpoints = world.run(world.oauth.discover());
        BOOST_TEST_CONTEXT(row.status << " " << row.body) {
            BOOST_REQUIRE(endpoints.has_value());
            BOOST_TEST(endpoints->pkce == row.pkce);
            BOOST_TEST(endpoints->token == "https://m.example/oauth/token");
            BOOST_TEST(
                (world.http.lines == Lines{"GET https://m.example/.well-known/oauth-authorization-server"}));
            BOOST_TEST(!world.http.follows);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_server_in_trouble_does_not_lose_the_challenge) {
    for (const int status : {429, 500, 502, 503}) {
        OAuthWorld world;
        world.http.answer(status, html_type, "");
        BOOST_TEST((world.run(world.oauth.discover()).error().cause == Cause::temporary));
    }
    OAuthWorld world;
    world.http.fail();
    BOOST_TEST(world.run(world.oauth.discover()).error().message == "no route");
}

BOOST_AUTO_TEST_CASE(an_application_is_registered_with_no_more_than_is_asked) {
    OAuthWorld world;
    world.http.answer(200, json_type, R"({"client_id":"id","client_secret":"c1ient-s3cret"})");
    const Result<OAuthClient> client =
        world.run(world.oauth.register_app("https://m.example/api/v1/apps", "crier",
                                           "http://127.0.0.1:9/crier", {"write:statuses", "write:media"}));
    BOOST_REQUIRE(client.has_value());
    BOOST_TEST(client->id == "id");
    BOOST_TEST((world.http.lines == Lines{"POST https://m.example/api/v1/apps"}));
    BOOST_TEST(world.http.bodies.front() ==
               "client_name=crier&redirect_uris=http%3A%2F%2F127.0.0.1%3A9%2Fcrier&scopes=write%3Astatuses%"
               "20write%3Amedia&website=https%3A%2F%2Fjoinmastodon.org");
    BOOST_TEST(!world.http.follows);
    world.http.answer(422, json_type, R"({"error":"Validation failed: Scopes doesn't match"})");
    BOOST_TEST(world.run(world.oauth.register_app("https://m.example/api/v1/apps", "crier", out_of_band, {}))
                   .error()
                   .message.find("doesn't match") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_code_becomes_a_token) {
    OAuthWorld world;
    const auto redeem = [&](const char* verifier) {
        OAuth::Redeem what;
        what.redirect_uri = out_of_band;
        what.code = Secret{"c0de-c0de"};
        what.verifier = Secret{verifier};
        what.asked = {"write:statuses"};
        return world.run(
            world.oauth.redeem("https://m.example/oauth/token", OAuthWorld::client(), std::move(what)));
    };
    world.http.answer(200, json_type,
                      R"({"access_token":"t0ken","token_type":"Bearer","scope":"write:statuses"})");
    const Result<Grant> grant = redeem("verif1er");
    BOOST_REQUIRE(grant.has_value());
    BOOST_TEST(grant->token.reveal() == "t0ken");
    BOOST_TEST(world.http.bodies.front() ==
               "grant_type=authorization_code&code=c0de-c0de&client_id=id&client_secret=c1ient-s3cret&"
               "redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob&code_verifier=verif1er");
    world.http.answer(200, json_type, R"({"access_token":"t0ken"})");
    BOOST_TEST(redeem("").has_value());
    BOOST_TEST(world.http.bodies.back().find("code_verifier") == std::string::npos);

    world.http.answer(400, json_type,
                      R"({"error":"invalid_grant","error_description":"c0de-c0de c1ient-s3cret verif1er"})");
    const Failure refused = redeem("verif1er").error();
    BOOST_TEST((refused.cause == Cause::token));
    BOOST_TEST(refused.message ==
               "https://m.example does not give a token for the code (400: invalid_grant: *** *** ***)");
    BOOST_TEST(!world.http.follows);

    // However the server wraps what it was sent.
    for (const char* echo : {
             R"(\u0063\u0030de-c0de c1ient\u002ds3cret ver\u0069f1er)",
             "c0de%2Dc0de c1ient%2ds3cret %76%65%72%69%66%31%65%72",
             R"(c0de-\u200ec0de c1ient-\u2060s3cret verif\ufeff1er)", // left out by the reader
         }) {
        world.http.answer(400, json_type,
                          std::string{R"({"error":"invalid_grant","error_description":")"} + echo + "\"}");
        BOOST_TEST_CONTEXT(echo)
        BOOST_TEST(redeem("verif1er").error().message.ends_with("invalid_grant: *** *** ***)"));
    }
}

BOOST_AUTO_TEST_CASE(a_token_is_revoked_with_its_application) {
    OAuthWorld world;
    world.http.answer(200, json_type, "{}");
    const auto revoke = [&] {
        return world.run(world.oauth.revoke("https://m.example/oauth/revoke", OAuthWorld::client(),
                                            Secret{"t0ken-t0ken"}));
    };
    BOOST_TEST(revoke().has_value());
    BOOST_TEST(world.http.bodies.front() == "client_id=id&client_secret=c1ient-s3cret&token=t0ken-t0ken");
    BOOST_TEST(world.http.bearers.front().empty());
    world.http.answer(403, json_type,
                      R"({"error":"unauthorized_client","error_description":"not t0ken-t0ken's"})");
    const Failure refused = revoke().error();
    BOOST_TEST((refused.cause == Cause::permission));
    BOOST_TEST(refused.message.find("t0ken-t0ken") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(whose_a_token_is_is_told_to_those_who_may_ask) {
    struct Row {
        int status;
        const char* body;
        const char* name;
    };
    const Row table[] = {
        {200, R"({"id":"1","username":"news","acct":"news"})", "news"},
        {200, "<html>", ""},
        {403, R"({"error":"This action is outside the authorized scopes"})", ""},
        {404, "", ""},
    };
    for (const Row& row : table) {
        OAuthWorld world;
        world.http.answer(row.status, json_type, row.body);
        const Result<std::string> name = world.run(world.oauth.owner(Secret{"t0ken"}));
        BOOST_REQUIRE(name.has_value());
        BOOST_TEST(*name == row.name);
        BOOST_TEST(world.http.bearers.front() == "t0ken");
    }
    OAuthWorld world;
    world.http.answer(401, json_type, "{}");
    BOOST_TEST((world.run(world.oauth.owner(Secret{"t0ken"})).error().cause == Cause::token));
    world.http.answer(503, json_type, "{}");
    BOOST_TEST((world.run(world.oauth.owner(Secret{"t0ken"})).error().cause == Cause::temporary));
}

BOOST_AUTO_TEST_SUITE_END()
