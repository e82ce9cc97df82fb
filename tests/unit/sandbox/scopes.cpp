// Which token may do what, and how a refusal looks.
#include "desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;

BOOST_AUTO_TEST_SUITE(sandbox_scopes)

BOOST_AUTO_TEST_CASE(a_parent_includes_its_children_and_write_no_reading) {
    const Scopes scopes = parse_scopes("write read:accounts+profile write");
    BOOST_TEST(join_scopes(scopes) == "write read:accounts profile");
    BOOST_TEST(includes(scopes, "write:media"));
    BOOST_TEST(includes(scopes, "read:accounts"));
    BOOST_TEST(!includes(scopes, "read:statuses"));
    BOOST_TEST(!includes(scopes, "read"));
    BOOST_TEST(!includes(parse_scopes("write:media"), "write"));
    BOOST_TEST(known_scope("admin:write:reports"));
    BOOST_TEST(!known_scope("write:everything"));
}

BOOST_AUTO_TEST_CASE(each_endpoint_asks_for_its_scope) {
    const struct {
        const char* method;
        const char* path;
        const char* scope; ///< with it the answer is neither 401 nor 403
        bool open;         ///< to those without a token
    } cases[] = {
        {"POST", "/api/v1/statuses", "write:statuses", false},
        {"PUT", "/api/v1/statuses/1", "write:statuses", false},
        {"DELETE", "/api/v1/statuses/1", "write:statuses", false},
        {"POST", "/api/v2/media", "write:media", false},
        {"POST", "/api/v1/media", "write:media", false},
        {"GET", "/api/v1/media/1", "write:media", false},
        {"PUT", "/api/v1/media/1", "write:media", false},
        {"DELETE", "/api/v1/media/1", "write:media", false},
        {"GET", "/api/v1/scheduled_statuses", "read:statuses", false},
        {"PUT", "/api/v1/scheduled_statuses/1", "write:statuses", false},
        {"GET", "/api/v1/accounts/verify_credentials", "profile", false},
        {"GET", "/api/v1/accounts/verify_credentials", "read:accounts", false},
        {"GET", "/api/v1/accounts/lookup?acct=bot", "read:accounts", true},
        {"GET", "/api/v1/accounts/109000000000000001/statuses", "read:statuses", true},
        {"GET", "/api/v1/statuses/1", "read:statuses", true},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(one.method << ' ' << one.path) {
            Desk desk;
            desk.control("PUT", "/sandbox/tokens",
                         R"({"account":"bot","token":"right","scopes":[")" + std::string{one.scope} +
                             R"("]})");
            desk.control("PUT", "/sandbox/tokens",
                         R"({"account":"bot","token":"wrong","scopes":["write:lists"]})");
            desk.token = "right";
            const int right = desk.ask(one.method, one.path).status;
            BOOST_TEST((right != 401 && right != 403), right);
            desk.token = "wrong";
            const Response wrong = desk.ask(one.method, one.path);
            BOOST_TEST(wrong.status == 403);
            BOOST_TEST(error_of(wrong) == "This action is outside the authorized scopes");
            BOOST_TEST(wrong.header("WWW-Authenticate").empty());
            desk.token.clear();
            const int nobody = desk.ask(one.method, one.path).status;
            BOOST_TEST((one.open ? nobody == 200 || nobody == 404 : nobody == 401), nobody);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_dead_token_says_how_it_died) {
    Desk desk;
    desk.control("DELETE", "/sandbox/tokens", R"({"token":"sandbox-token","how":"revoked"})");
    const Response revoked = desk.post("status=a");
    BOOST_TEST(revoked.status == 401);
    BOOST_TEST(error_of(revoked) == "The access token was revoked");
    BOOST_TEST(
        revoked.header("WWW-Authenticate") ==
        R"(Bearer realm="Doorkeeper", error="invalid_token", error_description="The access token was revoked")");
    desk.control("DELETE", "/sandbox/tokens", R"({"token":"sandbox-token","how":"deleted"})");
    BOOST_TEST(error_of(desk.post("status=a")) == "The access token is invalid");
    desk.control("PUT", "/sandbox/tokens", R"({"account":"bot","token":"sandbox-token"})");
    BOOST_TEST(desk.post("status=a").status == 200);
}

BOOST_AUTO_TEST_CASE(the_application_is_asked_with_any_token_since_4_3) {
    Desk desk;
    BOOST_TEST(desk.ask("GET", "/api/v1/apps/verify_credentials").status == 200);
    Desk old{Kind::mastodon_4_2};
    BOOST_TEST(old.ask("GET", "/api/v1/apps/verify_credentials").status == 403);
    old.token = "reading-token";
    BOOST_TEST(old.ask("GET", "/api/v1/apps/verify_credentials").status == 200);
    old.token = "no-such-token";
    BOOST_TEST(old.ask("GET", "/api/v1/apps/verify_credentials").status == 401);
}

BOOST_AUTO_TEST_CASE(limited_federation_shows_nothing_to_nobody) {
    Desk desk;
    desk.control("PUT", "/sandbox/settings", R"({"limited_federation":true})");
    desk.token.clear();
    const Response nobody = desk.ask("GET", "/api/v1/accounts/lookup?acct=bot");
    BOOST_TEST(nobody.status == 401);
    BOOST_TEST(error_of(nobody) == "This method requires an authenticated user");
    BOOST_TEST(desk.ask("GET", "/api/v2/instance").status == 200);
}

BOOST_AUTO_TEST_CASE(the_token_may_stand_in_the_parameters) {
    Desk desk;
    desk.token.clear();
    BOOST_TEST(desk.post("status=a&access_token=sandbox-token").status == 200);
    BOOST_TEST(desk.world.log.entries().back().body.find("sandbox-token") == std::string::npos);
    BOOST_TEST(desk.world.log.entries().back().token_account == "bot");
}

BOOST_AUTO_TEST_SUITE_END()
