#include "desk.hpp"
#include "sandbox/api/params.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* oob = "urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob";
// RFC 7636, appendix B
constexpr const char* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

struct Application : Desk {
    explicit Application(Kind kind = Kind::mastodon_4_6)
        : Desk(kind) {
        token.clear();
        const Response app =
            ask("POST", "/api/v1/apps",
                std::string{"client_name=crier&scopes=write:statuses+write:media&redirect_uris="} + oob);
        id = field(app, "client_id");
        secret = field(app, "client_secret");
    }
    /// The consent's page, sent off; the code that it shows.
    std::string code(const std::string& more = "") {
        const Response shown = ask("POST", "/oauth/authorize", asked() + more);
        const auto at = shown.body.find("<code>");
        return at == std::string::npos ? "" : shown.body.substr(at + 6, shown.body.find("</code>") - at - 6);
    }
    [[nodiscard]] std::string asked() const {
        return "response_type=code&client_id=" + id + "&redirect_uri=" + oob +
               "&scope=write:statuses+write:media&account=bot";
    }
    Response redeem(const std::string& with, const std::string& more = "") {
        return ask("POST", "/oauth/token",
                   "grant_type=authorization_code&client_id=" + id + "&client_secret=" + secret +
                       "&redirect_uri=" + oob + "&code=" + with + more);
    }
    std::string id;
    std::string secret;
};

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_oauth)

BOOST_AUTO_TEST_CASE(a_challenge_is_the_digest_of_its_verifier) {
    BOOST_TEST(s256(verifier) == challenge);
}

BOOST_AUTO_TEST_CASE(from_consent_to_a_token_that_posts) {
    Application client;
    const Response form = client.ask("GET", "/oauth/authorize?" + client.asked());
    BOOST_TEST(form.body.find("write:media") != std::string::npos);
    BOOST_TEST(form.body.find("<form method=\"post\"") != std::string::npos);
    const Response granted = client.redeem(client.code());
    BOOST_TEST(granted.status == 200);
    BOOST_TEST(field(granted, "token_type") == "Bearer");
    BOOST_TEST(field(granted, "scope") == "write:statuses write:media");
    BOOST_TEST(parsed(granted).at("created_at").is_int64());
    BOOST_TEST(!parsed(granted).as_object().contains("expires_in"));
    client.token = field(granted, "access_token");
    const Response posted = client.post("status=a");
    BOOST_TEST(posted.status == 200);
    BOOST_TEST(parsed(posted).at("application").at("name").as_string() == "crier");
    BOOST_TEST(field(client.redeem(client.code()), "access_token") == client.token); // the same again
}

BOOST_AUTO_TEST_CASE(a_code_works_once_for_ten_minutes) {
    Application client;
    const std::string code = client.code();
    BOOST_TEST(client.redeem(code).status == 200);
    const Response again = client.redeem(code);
    BOOST_TEST(again.status == 400);
    BOOST_TEST(error_of(again) == "invalid_grant");
    const std::string old = client.code();
    client.now += 10min;
    BOOST_TEST(error_of(client.redeem(old)) == "invalid_grant");
}

BOOST_AUTO_TEST_CASE(pkce_wants_the_verifier_and_a_wrong_one_uses_the_code_up) {
    Application client;
    const std::string with = std::string{"&code_challenge_method=S256&code_challenge="} + challenge;
    BOOST_TEST(client.redeem(client.code(with), std::string{"&code_verifier="} + verifier).status == 200);
    BOOST_TEST(error_of(client.redeem(client.code(with))) == "invalid_grant");
    const std::string code = client.code(with);
    BOOST_TEST(error_of(client.redeem(code, "&code_verifier=wrong")) == "invalid_grant");
    BOOST_TEST(error_of(client.redeem(code, std::string{"&code_verifier="} + verifier)) == "invalid_grant");
    BOOST_TEST(client.code(std::string{"&code_challenge_method=plain&code_challenge="} + challenge).empty());
}

BOOST_AUTO_TEST_CASE(the_secret_is_needed_always) {
    Application client;
    const std::string code = client.code();
    client.secret = "wrong";
    const Response refused = client.redeem(code);
    BOOST_TEST(refused.status == 401);
    BOOST_TEST(error_of(refused) == "invalid_client");
}

BOOST_AUTO_TEST_CASE(consent_is_asked_for_what_was_registered_only) {
    Application client;
    BOOST_TEST(client.ask("GET", "/oauth/authorize?" + client.asked() + "&scope=read").status == 400);
    BOOST_TEST(client.ask("GET", "/oauth/authorize?" + client.asked() + "&redirect_uri=https://evil.example/")
                   .status == 400);
    BOOST_TEST(client.ask("GET", "/oauth/authorize?" + client.asked() + "&client_id=x").status == 400);
}

BOOST_AUTO_TEST_CASE(a_redirect_carries_code_and_state) {
    Application client;
    const Response app =
        client.ask("POST", "/api/v1/apps", "client_name=x&redirect_uris=http://localhost:9/cb");
    const Response sent =
        client.ask("POST", "/oauth/authorize",
                   "response_type=code&redirect_uri=http://localhost:9/cb&state=a%26b&client_id=" +
                       field(app, "client_id"));
    BOOST_TEST(sent.status == 302);
    BOOST_TEST(sent.header("Location").substr(0, 30) ==
               "http://localhost:9/cb?code=" + std::string{sent.header("Location").substr(27, 3)});
    BOOST_TEST(sent.header("Location").find("&state=a%26b") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(revoking_may_be_repeated_and_is_for_the_owner) {
    Application client;
    const std::string token = field(client.redeem(client.code()), "access_token");
    const std::string who = "client_id=" + client.id + "&client_secret=" + client.secret;
    BOOST_TEST(client.ask("POST", "/oauth/revoke", who + "&token=" + token).body == "{}");
    BOOST_TEST(client.ask("POST", "/oauth/revoke", who + "&token=" + token).body == "{}");
    client.token = token;
    BOOST_TEST(error_of(client.post("status=a")) == "The access token was revoked");
    client.token.clear();
    const Response foreign = client.ask("POST", "/oauth/revoke", who + "&token=sandbox-token");
    BOOST_TEST(foreign.status == 403);
    BOOST_TEST(error_of(foreign) == "unauthorized_client");
}

BOOST_AUTO_TEST_CASE(an_application_s_own_token_is_nobody) {
    Application client;
    const Response granted =
        client.ask("POST", "/oauth/token",
                   "grant_type=client_credentials&scope=write:statuses&client_id=" + client.id +
                       "&client_secret=" + client.secret);
    client.token = field(granted, "access_token");
    const Response posted = client.post("status=a");
    BOOST_TEST(posted.status == 422);
    BOOST_TEST(error_of(posted) == "This method requires an authenticated user");
    const Response app = client.ask("GET", "/api/v1/apps/verify_credentials");
    BOOST_TEST(app.status == 200);
    BOOST_TEST(parsed(app).at("scopes").as_array().size() == 2U); // the application's, not the token's
}

BOOST_AUTO_TEST_CASE(wrong_requests_are_named) {
    Application client;
    const auto error = [&](const std::string& body) {
        return error_of(client.ask("POST", "/oauth/token", body));
    };
    BOOST_TEST(error("code=1") == "invalid_request");
    BOOST_TEST(error("grant_type=password") == "unsupported_grant_type");
    BOOST_TEST(error("grant_type=client_credentials") == "invalid_client");
    BOOST_TEST(client.ask("POST", "/api/v1/apps", "client_name=x&redirect_uris=nonsense").status == 422);
    BOOST_TEST(client.ask("POST", "/api/v1/apps", "client_name=x&redirect_uris=a:b&scopes=x").status == 422);
    BOOST_TEST(client.ask("GET", "/.well-known/oauth-authorization-server").status == 200);
    BOOST_TEST(Desk{Kind::mastodon_4_2}.ask("GET", "/.well-known/oauth-authorization-server").status == 404);
}

BOOST_AUTO_TEST_CASE(token_replies_differ) {
    const struct {
        Kind kind;
        const char* scope; ///< "(none)": it is not told
        bool created;
        bool expires;
        bool me;
    } cases[] = {
        {Kind::mastodon_4_6, "write:statuses write:media", true, false, false},
        {Kind::mastodon_3_5, "write:statuses write:media", true, false, false},
        {Kind::gotosocial, "write:statuses write:media", true, false, false},
        {Kind::pleroma, "write:statuses write:media", true, true, true},
        {Kind::akkoma, "write:statuses write:media", true, true, true},
        {Kind::friendica, "write", true, false, false},
        {Kind::snac, "(none)", true, false, false},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind)) {
            Application client{one.kind};
            const Response granted = client.redeem(client.code());
            BOOST_TEST(granted.status == 200);
            const auto body = parsed(granted).as_object();
            BOOST_TEST(field(granted, "scope") == one.scope);
            BOOST_TEST(body.contains("created_at") == one.created);
            BOOST_TEST(body.contains("expires_in") == one.expires);
            BOOST_TEST(body.contains("me") == one.me);
            client.token = field(granted, "access_token");
            BOOST_TEST(client.post("status=a").status == 200);
        }
    }
    // Pixelfed knows families of scopes only, and tells none.
    Desk desk{Kind::pixelfed};
    desk.token.clear();
    const Response app =
        desk.ask("POST", "/api/v1/apps",
                 std::string{"client_name=x&scopes=read+write+write:media&redirect_uris="} + oob);
    const std::string who = "client_id=" + field(app, "client_id") + "&redirect_uri=" + oob;
    const std::string asked = "response_type=code&account=bot&" + who + "&scope=";
    BOOST_TEST(desk.ask("POST", "/oauth/authorize", asked + "write:media").status == 400);
    const std::string shown = desk.ask("POST", "/oauth/authorize", asked + "read+write").body;
    const auto at = shown.find("<code>") + 6;
    const Response granted =
        desk.ask("POST", "/oauth/token",
                 "grant_type=authorization_code&" + who + "&client_secret=" + field(app, "client_secret") +
                     "&code=" + shown.substr(at, shown.find("</code>") - at));
    BOOST_TEST(field(granted, "access_token") != "(none)");
    BOOST_TEST(field(granted, "scope") == "(none)");
    BOOST_TEST(field(granted, "refresh_token") != "(none)");
}

BOOST_AUTO_TEST_CASE(what_can_be_discovered) {
    const struct {
        Kind kind;
        int status;
        bool pkce;
    } cases[] = {
        {Kind::mastodon_4_6, 200, true},  {Kind::mastodon_4_5, 200, true},  {Kind::glitch, 200, true},
        {Kind::mastodon_4_2, 404, false}, {Kind::mastodon_3_5, 404, false}, {Kind::hometown, 404, false},
        {Kind::gotosocial, 404, false},   {Kind::pleroma, 404, false},      {Kind::akkoma, 404, false},
        {Kind::pixelfed, 404, false},     {Kind::friendica, 404, false},    {Kind::snac, 404, false},
        {Kind::sharkey, 404, false},      {Kind::iceshrimp, 200, false}};
    for (const auto& one : cases) {
        Desk desk{one.kind};
        const Response found = desk.ask("GET", "/.well-known/oauth-authorization-server");
        BOOST_TEST(found.status == one.status, name_of(one.kind));
        BOOST_TEST((found.body.find("S256") != std::string::npos) == one.pkce, name_of(one.kind));
    }
}

BOOST_AUTO_TEST_CASE(a_program_on_the_same_machine_listens_where_it_can) {
    const struct {
        const char* registered;
        const char* asked;
        int mastodon;
        int others;
    } cases[] = {
        {"http://127.0.0.1/cb", "http://127.0.0.1:4711/cb", 302, 400},
        {"http://127.0.0.1:1/cb", "http://127.0.0.1:4711/cb", 302, 400},
        {"http://[::1]:1/cb", "http://[::1]:4711/cb", 302, 400},
        {"http://127.0.0.1:4711/cb", "http://127.0.0.1:4711/cb", 302, 302},
        {"http://127.0.0.1:4711/cb", "http://127.0.0.1:4711/other", 400, 400},
        {"http://localhost:1/cb", "http://localhost:2/cb", 400, 400},
        {"http://127.0.0.1.evil.example/cb", "http://127.0.0.1.evil.example:8/cb", 400, 400},
    };
    for (const auto& one : cases) {
        for (const Kind kind : {Kind::mastodon_4_6, Kind::gotosocial}) {
            Desk desk{kind};
            desk.token.clear();
            const Response app =
                desk.ask("POST", "/api/v1/apps",
                         "client_name=x&scopes=write:statuses&redirect_uris=" + encode_url(one.registered));
            const Response sent = desk.ask(
                "POST", "/oauth/authorize",
                "response_type=code&scope=write:statuses&state=s1&client_id=" + field(app, "client_id") +
                    "&redirect_uri=" + encode_url(one.asked));
            BOOST_TEST(sent.status == (kind == Kind::mastodon_4_6 ? one.mastodon : one.others), one.asked);
            if (sent.status == 302)
                BOOST_TEST(sent.header("Location").substr(0, std::string{one.asked}.size()) == one.asked);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_person_may_say_no) {
    Desk desk;
    desk.token.clear();
    const Response app =
        desk.ask("POST", "/api/v1/apps",
                 "client_name=x&scopes=write:accounts+profile&redirect_uris=http://127.0.0.1/cb");
    const std::string asked =
        "response_type=code&scope=write:accounts+profile&state=s1&client_id=" + field(app, "client_id") +
        "&redirect_uri=http://127.0.0.1:9/cb";
    BOOST_TEST(desk.ask("GET", "/oauth/authorize?" + asked).body.find("<code>profile</code>") !=
               std::string::npos);
    const Response no = desk.ask("POST", "/oauth/authorize", asked + "&decision=deny");
    BOOST_TEST(no.status == 302);
    BOOST_TEST(no.header("Location").find("error=access_denied") != std::string::npos);
    BOOST_TEST(no.header("Location").find("&state=s1") != std::string::npos);
    Desk old{Kind::mastodon_4_2}; // it came with 4.3
    BOOST_TEST(old.ask("POST", "/api/v1/apps", "client_name=x&scopes=profile&redirect_uris=a:b").status ==
               422);
    BOOST_TEST(old.ask("POST", "/api/v1/apps", "client_name=x&scopes=read:media&redirect_uris=a:b").status ==
               422);
    BOOST_TEST(Desk{Kind::akkoma}
                   .ask("POST", "/api/v1/apps", "client_name=x&scopes=read:media&redirect_uris=a:b")
                   .status == 200);
    BOOST_TEST(!parsed(old.ask("POST", "/api/v1/apps", "client_name=x&scopes=read&redirect_uris=a:b"))
                    .as_object()
                    .contains("redirect_uris"));
}

BOOST_AUTO_TEST_SUITE_END()
