// What tells one kind of server from another, as its client sees it.
#include "desk.hpp"
#include "sandbox/content/picture.hpp"

#include <boost/test/unit_test.hpp>

#include <regex>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

json::object object_of(const Response& response) {
    return parsed(response).as_object();
}

/// Kinds that want a picture in every post get one.
std::string fields(Desk& desk, const std::string& text) {
    return text + (desk.world.settings.facts().empty_post != 0 ? "&media_ids[]=" + desk.upload() : "");
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_kinds)

BOOST_AUTO_TEST_CASE(every_kind_can_be_named_and_posts) {
    BOOST_TEST(kind_names().size() == 14U);
    for (const std::string& name : kind_names()) {
        BOOST_TEST_CONTEXT(name) {
            Desk desk;
            BOOST_TEST(desk.control("PUT", "/sandbox/settings", R"({"kind":")" + name + R"("})").status ==
                       200);
            BOOST_TEST(field(desk.control("GET", "/sandbox/settings"), "kind") == name);
            const Response made = desk.post(fields(desk, "status=hello&visibility=public"));
            BOOST_TEST(made.status == 200);
            BOOST_TEST(field(made, "content") == "<p>hello</p>");
            BOOST_TEST(field(made, "visibility") == "public");
            desk.token.clear();
            BOOST_TEST(field(desk.ask("GET", "/api/v1/statuses/" + field(made, "id")), "id") ==
                       field(made, "id"));
        }
    }
}

BOOST_AUTO_TEST_CASE(instance_documents_are_each_as_they_are) {
    const struct {
        Kind kind;
        const char* version; ///< a part of it
        int v2;              ///< status
        int api;             ///< api_versions.mastodon; 0: not there
        std::size_t characters;
        std::size_t media;
        std::size_t per_url;
        std::int64_t options;
    } cases[] = {
        {Kind::mastodon_4_6, "4.6.", 200, 10, 500, 4, 23, 4},
        {Kind::mastodon_4_5, "4.5.", 200, 7, 500, 4, 23, 4},
        {Kind::mastodon_4_2, "4.2.", 200, 0, 500, 4, 23, 4},
        {Kind::mastodon_3_5, "3.5.", 404, 0, 500, 4, 23, 4},
        {Kind::glitch, "+glitch", 200, 10, 500, 4, 23, 5},
        {Kind::hometown, "+hometown-", 200, 0, 500, 4, 23, 4},
        {Kind::gotosocial, "0.19.2+git-", 200, 0, 5000, 6, 25, 6},
        {Kind::pleroma, "2.7.2 (compatible; Pleroma 2.", 200, 0, 5000, 1000, 0, 20},
        {Kind::akkoma, "2.7.2 (compatible; Akkoma 3.", 404, 0, 5000, 0, 0, 0},
        {Kind::pixelfed, "3.5.3 (compatible; Pixelfed 0.", 200, 0, 500, 4, 23, 4},
        {Kind::friendica, "2.8.0 (compatible; Friendica 2024.12)", 200, 0, 200'000, 20, 23, 4},
        {Kind::snac, "4.0.0 (not true; really snac/2.94)", 404, 0, 100'000, 4, 32, 8},
        {Kind::sharkey, "3.0.0 (compatible; Sharkey 2025.", 200, 0, 3000, 16, 14, 10},
        {Kind::iceshrimp, "4.2.1 (compatible; Iceshrimp.NET/", 200, 0, 8192, 16, 23, 10},
    };
    BOOST_TEST(std::size(cases) == kind_names().size());
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind)) {
            Desk desk{one.kind};
            desk.token.clear();
            const Response first = desk.ask("GET", "/api/v1/instance");
            const Response second = desk.ask("GET", "/api/v2/instance");
            BOOST_TEST(first.status == 200);
            BOOST_TEST(second.status == one.v2);
            const json::object v1 = object_of(first);
            BOOST_TEST(v1.at("version").as_string().find(one.version) != json::string::npos);
            BOOST_TEST(v1.contains("configuration") == (one.kind != Kind::akkoma));
            const json::object& from = v1.contains("configuration") ? v1.at("configuration").as_object() : v1;
            if (one.kind == Kind::akkoma) {
                BOOST_TEST(v1.at("max_toot_chars").to_number<std::size_t>() == one.characters);
                BOOST_TEST(v1.at("poll_limits").at("max_option_chars").as_int64() == 200);
                BOOST_TEST(v1.at("upload_limit").as_int64() == 16'000'000);
                BOOST_TEST(v1.at("description_limit").as_int64() == 5'000);
                BOOST_TEST(v1.at("pleroma").at("metadata").at("post_formats").is_array());
                continue;
            }
            const json::value& statuses = from.at("statuses");
            BOOST_TEST(statuses.at("max_characters").to_number<std::size_t>() == one.characters);
            BOOST_TEST(statuses.at("max_media_attachments").to_number<std::size_t>() == one.media);
            BOOST_TEST(statuses.at("characters_reserved_per_url").to_number<std::size_t>() == one.per_url);
            BOOST_TEST(from.at("polls").at("max_options").to_number<std::int64_t>() == one.options);
            BOOST_TEST(!from.at("media_attachments").as_object().contains("description_limit"));
            if (one.v2 != 200)
                continue;
            const json::object v2 = object_of(second);
            BOOST_TEST(v2.at("version") == v1.at("version"));
            BOOST_TEST(v2.contains("api_versions") == (one.api != 0));
            if (one.api != 0)
                BOOST_TEST(v2.at("api_versions").at("mastodon").as_int64() == one.api);
        }
    }
}

BOOST_AUTO_TEST_CASE(limits_at_the_top_level_are_where_they_are) {
    const auto has = [](Kind kind, const char* name) {
        Desk desk{kind};
        return object_of(desk.ask("GET", "/api/v1/instance")).contains(name);
    };
    for (const Kind kind :
         {Kind::gotosocial, Kind::pleroma, Kind::akkoma, Kind::glitch, Kind::friendica, Kind::iceshrimp})
        BOOST_TEST(has(kind, "max_toot_chars"), name_of(kind));
    for (const Kind kind :
         {Kind::mastodon_4_6, Kind::mastodon_3_5, Kind::pixelfed, Kind::snac, Kind::sharkey})
        BOOST_TEST(!has(kind, "max_toot_chars"), name_of(kind));
    BOOST_TEST(has(Kind::glitch, "poll_limits"));
    BOOST_TEST(has(Kind::pleroma, "poll_limits"));
    BOOST_TEST(!has(Kind::gotosocial, "poll_limits"));
    BOOST_TEST(has(Kind::pleroma, "max_media_attachments"));
    BOOST_TEST(!has(Kind::akkoma, "max_media_attachments"));
    Desk gts{Kind::gotosocial};
    const json::value media =
        parsed(gts.ask("GET", "/api/v2/instance")).at("configuration").at("media_attachments");
    BOOST_TEST(media.at("image_matrix_limit").to_number<std::int64_t>() == 9'223'372'036'854'775'807);
    BOOST_TEST(media.at("description_limit").as_int64() == 1'500);
}

BOOST_AUTO_TEST_CASE(refusals_have_their_own_shape_and_status) {
    const struct {
        Kind kind;
        int dead;        ///< a token that is none
        const char* say; ///< a part of the body
        int scope;       ///< a token without the scope
        int empty;       ///< a post with nothing in it
        const char* why;
    } cases[] = {
        {Kind::mastodon_4_6, 401, R"("error":"The access token is invalid")", 403, 422,
         R"("error":"Validation)"},
        {Kind::mastodon_3_5, 401, R"("error":"The access token is invalid")", 403, 422,
         R"("error":"Validation)"},
        {Kind::glitch, 401, R"("error":"The access token is invalid")", 403, 422, R"("error":"Validation)"},
        {Kind::gotosocial, 401, R"("Unauthorized: token not supplied")", 403, 400,
         R"("error":"Bad Request: )"},
        {Kind::pleroma, 403, R"("error":"Invalid credentials.")", 403, 422, "Cannot post an empty status"},
        {Kind::akkoma, 403, R"("error":"Invalid credentials.")", 403, 422, "Cannot post an empty status"},
        {Kind::pixelfed, 401, R"({"message":"Unauthenticated."})", 403, 403, R"("message":"Empty statuses)"},
        {Kind::friendica, 401, R"("error_description":"")", 403, 422, R"("error":"Unprocessable Entity")"},
        {Kind::snac, 401, "", 200, 200, ""},
        {Kind::sharkey, 401, "AUTHENTICATION_FAILED", 403, 400,
         R"("error":"BAD_REQUEST","error_description":)"},
        {Kind::iceshrimp, 401, "This method requires an authenticated user", 403, 400, R"("error":)"},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind)) {
            Desk desk{one.kind};
            const Response empty = desk.post("status=");
            BOOST_TEST(empty.status == one.empty);
            BOOST_TEST(empty.body.find(one.why) != std::string::npos, empty.body);
            desk.control("PUT", "/sandbox/tokens",
                         R"({"account":"bot","token":"t","scopes":["write:lists"]})");
            desk.token = "t";
            BOOST_TEST(desk.post("status=a").status == one.scope);
            desk.token = "nobody's";
            const Response dead = desk.post("status=a");
            BOOST_TEST(dead.status == one.dead);
            BOOST_TEST(dead.body.find(one.say) != std::string::npos, dead.body);
            const bool told = desk.world.settings.mastodon();
            BOOST_TEST(dead.header("WWW-Authenticate").empty() == !told);
            BOOST_TEST(dead.without_length == (one.kind == Kind::snac));
        }
    }
    Desk snac{Kind::snac};
    snac.token = "x";
    const Response bare = snac.post("status=a");
    BOOST_TEST(bare.body.empty());
    BOOST_TEST(bare.header("Content-Type") == "text/html");
    BOOST_TEST((bare.closes == Closing::unannounced));
    Desk pleroma{Kind::pleroma};
    pleroma.token = "reading-token";
    BOOST_TEST(error_of(pleroma.ask("POST", "/api/v1/statuses/1/pin")) ==
               "Insufficient permissions: write:accounts.");
    BOOST_TEST(error_of(pleroma.ask("GET", "/api/v1/nothing")) == "Not implemented");
    BOOST_TEST(error_of(Desk{Kind::gotosocial}.ask("GET", "/api/v1/nothing")) == "Not Found");
}

BOOST_AUTO_TEST_CASE(the_same_key_twice) {
    for (const std::string& name : kind_names()) {
        BOOST_TEST_CONTEXT(name) {
            const Kind kind = *kind_named(name);
            Desk desk{kind};
            const std::string post = fields(desk, "status=a");
            const std::string again = fields(desk, "status=a");
            const std::string id = field(desk.post(post, "k"), "id");
            const std::string second = field(desk.post(again, "k"), "id");
            if (kind == Kind::pixelfed) {
                BOOST_TEST(desk.world.statuses.all().size() == 1U);
                continue;
            }
            const bool knows = desk.world.settings.mastodon() || kind == Kind::pleroma ||
                               kind == Kind::akkoma || kind == Kind::iceshrimp;
            BOOST_TEST((id == second) == knows);
            BOOST_TEST(desk.world.statuses.all().size() == (knows ? 1U : 2U));
            desk.now += 2h;
            BOOST_TEST((field(desk.post(fields(desk, "status=a"), "k"), "id") == id) ==
                       (kind == Kind::iceshrimp));
        }
    }
    Desk pixelfed{Kind::pixelfed};
    const std::string text(501, 'x');
    const std::string picture = "&media_ids[]=" + pixelfed.upload();
    const Response wrong = pixelfed.post("status=" + text + picture, "k");
    BOOST_TEST(wrong.status == 422);
    BOOST_TEST(wrong.body.find(R"("errors":{"status":[)") != std::string::npos);
    BOOST_TEST(pixelfed.post("status=a", "k").status == 403);
    const Response spent = pixelfed.post("status=a" + picture, "k"); // by the 403, not by the 422
    BOOST_TEST(spent.status == 400);
    BOOST_TEST(spent.body == R"({"message":"Duplicate idempotency key."})");
    pixelfed.now += 1h;
    BOOST_TEST(pixelfed.post("status=a" + picture, "k").status == 200);
    for (const Kind kind : {Kind::pleroma, Kind::akkoma}) {
        Desk desk{kind};
        BOOST_TEST(desk.post("status=", "k").status == 422);
        const Response again = desk.post("status=now", "k");
        BOOST_TEST(again.status == 422);
        BOOST_TEST(again.header("idempotent-replayed") == "true");
    }
}

BOOST_AUTO_TEST_CASE(ids_are_of_their_own_form) {
    const std::pair<Kind, const char*> cases[] = {
        {Kind::mastodon_4_6, "[0-9]{17,20}"}, {Kind::gotosocial, "01[0-9A-HJKMNP-TV-Z]{24}"},
        {Kind::akkoma, "A[0-9A-Za-z]{17}"},   {Kind::pixelfed, "[0-9]{17,20}"},
        {Kind::friendica, "[0-9]{4,10}"},     {Kind::snac, "[0-9]{10}[0-9a-f]{32}"},
        {Kind::sharkey, "[0-9a-z]{16}"},      {Kind::iceshrimp, "[0-9a-z]{16}"}};
    for (const auto& [kind, form] : cases) {
        Desk desk{kind};
        const std::string first = field(desk.post(fields(desk, "status=a")), "id");
        const std::string second = field(desk.post(fields(desk, "status=b")), "id");
        BOOST_TEST(std::regex_match(first, std::regex{form}), name_of(kind) << ' ' << first);
        BOOST_TEST(first < second, name_of(kind));
    }
    Desk snac{Kind::snac};
    BOOST_TEST(std::regex_match(snac.upload(), std::regex{"post-[0-9a-f]{32}\\.png"}));
}

BOOST_AUTO_TEST_CASE(rates_are_told_in_their_way_or_not_at_all) {
    const std::pair<Kind, const char*> cases[] = {{Kind::mastodon_4_6, R"(.*\.\d{6}Z)"},
                                                  {Kind::hometown, R"(.*\.\d{6}Z)"},
                                                  {Kind::gotosocial, R"(.*\.\d{3}Z)"},
                                                  {Kind::pleroma, ""},
                                                  {Kind::friendica, ""},
                                                  {Kind::snac, ""},
                                                  {Kind::sharkey, ""}};
    for (const auto& [kind, form] : cases) {
        Desk desk{kind};
        const std::string reset{desk.post("status=a").header("X-RateLimit-Reset")};
        BOOST_TEST(std::regex_match(reset, std::regex{form}), name_of(kind) << ' ' << reset);
    }
    Desk pixelfed{Kind::pixelfed};
    pixelfed.control("PUT", "/sandbox/settings", R"({"requests_per_5_minutes":1})");
    const Response told = pixelfed.ask("GET", "/api/v1/accounts/verify_credentials");
    BOOST_TEST(told.header("X-RateLimit-Reset") == "1767603901"); // Unix seconds
    const Response over = pixelfed.post("status=a");
    BOOST_TEST(over.status == 429);
    BOOST_TEST(over.body == R"({"message":"Too Many Attempts."})");
    Desk deletes;
    for (int i = 0; i < 30; ++i)
        BOOST_TEST(deletes.ask("DELETE", "/api/v1/statuses/1").status == 404);
    BOOST_TEST(deletes.ask("DELETE", "/api/v1/statuses/1").status == 429); // thirty in half an hour
}

BOOST_AUTO_TEST_CASE(lengths_are_counted_in_their_way) {
    // A link of 35, a family of 7 code points and 11 units of UTF-16.
    const std::string text = "https://example.org/a/b/c/d/e/f/g/h 👩‍👩‍👧‍👦";
    const std::pair<Kind, std::size_t> cases[] = {
        {Kind::mastodon_4_6, 23 + 1 + 1}, {Kind::mastodon_3_5, 23 + 1 + 1}, {Kind::pleroma, 35 + 1 + 1},
        {Kind::gotosocial, 35 + 1 + 7},   {Kind::sharkey, 35 + 1 + 11},     {Kind::iceshrimp, 35 + 1 + 11}};
    for (const auto& [kind, length] : cases) {
        BOOST_TEST_CONTEXT(name_of(kind)) {
            Desk desk{kind};
            const auto most = [&](std::size_t n) {
                desk.control("PUT", "/sandbox/settings", R"({"characters":)" + std::to_string(n) + "}");
                return desk.post("status=" + text).status;
            };
            BOOST_TEST(most(length) == 200);
            BOOST_TEST(most(length - 1) != 200);
        }
    }
    for (const Kind kind : {Kind::snac, Kind::friendica})
        BOOST_TEST(Desk{kind}.post("status=" + std::string(300'000, 'x')).status == 200, name_of(kind));
}

BOOST_AUTO_TEST_CASE(a_time_ahead_is_kept_refused_or_overlooked) {
    const struct {
        Kind kind;
        int far;        ///< an hour ahead
        bool scheduled; ///< it waits
        int near;       ///< a minute ahead
    } cases[] = {{Kind::mastodon_4_6, 200, true, 422}, {Kind::mastodon_3_5, 200, true, 422},
                 {Kind::gotosocial, 501, false, 501},  {Kind::pleroma, 200, true, 200},
                 {Kind::snac, 200, false, 200},        {Kind::sharkey, 200, false, 200},
                 {Kind::iceshrimp, 200, true, 400}};
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind)) {
            Desk desk{one.kind};
            const Response far = desk.post("status=a&scheduled_at=2026-01-05T10:00:00Z");
            BOOST_TEST(far.status == one.far);
            BOOST_TEST(desk.world.statuses.scheduled().size() == (one.scheduled ? 1U : 0U));
            BOOST_TEST(desk.post("status=a&scheduled_at=2026-01-05T09:01:00Z").status == one.near);
        }
    }
}

BOOST_AUTO_TEST_CASE(snac_loses_the_answer_to_a_chunked_request) {
    for (const Kind kind : {Kind::snac, Kind::mastodon_4_6}) {
        Desk desk{kind};
        Request request = desk.request("POST", "/api/v1/statuses", "status=a");
        request.headers.push_back({"Transfer-Encoding", "chunked"});
        BOOST_TEST((desk.open(request).ending == (kind == Kind::snac ? Ending::cut : Ending::reply)));
        BOOST_TEST(desk.world.statuses.all().size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(broken_json_is_a_fault_or_an_empty_post) {
    const std::pair<Kind, int> cases[] = {
        {Kind::mastodon_4_6, 400}, {Kind::gotosocial, 400}, {Kind::pleroma, 400}, {Kind::snac, 200}};
    for (const auto& [kind, status] : cases) {
        Desk desk{kind};
        BOOST_TEST(desk.ask("POST", "/api/v1/statuses", "{", "application/json").status == status,
                   name_of(kind));
    }
}

BOOST_AUTO_TEST_CASE(languages_are_forgiven_or_not) {
    const struct {
        Kind kind;
        int region; ///< de-DE
        int odd;    ///< klingon
    } cases[] = {{Kind::mastodon_4_6, 200, 200},
                 {Kind::gotosocial, 200, 400},
                 {Kind::akkoma, 422, 422},
                 {Kind::pleroma, 200, 200},
                 {Kind::sharkey, 200, 200}};
    for (const auto& one : cases) {
        Desk desk{one.kind};
        BOOST_TEST(desk.post("status=a&language=de").status == 200, name_of(one.kind));
        BOOST_TEST(desk.post("status=a&language=de-DE").status == one.region, name_of(one.kind));
        BOOST_TEST(desk.post("status=a&language=klingon").status == one.odd, name_of(one.kind));
    }
}

BOOST_AUTO_TEST_CASE(what_is_accepted_matters_to_gotosocial) {
    const std::pair<const char*, int> cases[] = {
        {"", 200}, {"application/json", 200}, {"*/*", 200}, {"text/html", 406}};
    for (const auto& [accept, status] : cases) {
        Desk desk{Kind::gotosocial};
        desk.accept = accept;
        BOOST_TEST(desk.post("status=a").status == status, accept);
        Desk other;
        other.accept = accept;
        BOOST_TEST(other.post("status=a").status == 200, accept);
    }
}

BOOST_AUTO_TEST_CASE(faults_speak_as_the_server_does) {
    const auto fault = [](Desk& desk, const std::string& fields) {
        desk.control("POST", "/sandbox/faults", R"({"faults":[{"on":"*",)" + fields + "}]}");
        return desk.post("status=a");
    };
    Desk gts{Kind::gotosocial};
    BOOST_TEST(error_of(fault(gts, R"("do":"404")")) == "Not Found: Record not found");
    const Response load =
        fault(gts, R"("do":"429","form":"retry_after","wait":30,"text":"server capacity exceeded")");
    BOOST_TEST(load.header("Retry-After") == "30");
    BOOST_TEST(load.header("X-RateLimit-Limit").empty());
    BOOST_TEST(error_of(load) == "server capacity exceeded");
    Desk snac{Kind::snac};
    BOOST_TEST(fault(snac, R"("do":"422")").body.empty());
    Desk mastodon;
    BOOST_TEST(!fault(mastodon, R"("do":"401")").header("WWW-Authenticate").empty());
}

BOOST_AUTO_TEST_SUITE_END()
