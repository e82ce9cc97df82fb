// Everything that a post can be: polls, replies, quotes, who may see it and how it is written, pins, edits.
#include "desk.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;
using namespace crier::sandbox::test;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

std::string poll_of(int options, std::size_t letters, std::int64_t seconds) {
    std::string fields = "status=which&poll[expires_in]=" + std::to_string(seconds);
    for (int i = 0; i < options; ++i)
        fields +=
            "&poll[options][]=" + std::to_string(i) + std::string(letters - std::to_string(i).size(), 'x');
    return fields;
}

void give(Desk& desk, const std::string& token, const std::string& scopes,
          const std::string& account = "bot") {
    desk.control("PUT", "/sandbox/tokens",
                 R"({"account":")" + account + R"(","token":")" + token + R"(","scopes":")" + scopes +
                     R"("})");
}

json::object last_record(Desk& desk) {
    return parsed(desk.control("GET", "/sandbox/statuses")).as_array().back().as_object();
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_forms)

BOOST_AUTO_TEST_CASE(polls_keep_to_the_limits_of_their_kind) {
    const struct {
        Kind kind;
        int options;
        std::size_t letters;
        std::int64_t least;
        std::int64_t most;
    } cases[] = {{Kind::mastodon_4_6, 4, 50, 300, 2'629'746}, {Kind::glitch, 5, 100, 300, 2'629'746},
                 {Kind::gotosocial, 6, 50, 300, 2'629'746},   {Kind::akkoma, 20, 200, 0, 31'536'000},
                 {Kind::sharkey, 10, 150, 50, 2'629'746},     {Kind::iceshrimp, 10, 50, 50, 2'629'746}};
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind)) {
            Desk desk{one.kind};
            const auto status = [&](int options, std::size_t letters, std::int64_t seconds) {
                return desk.post(poll_of(options, letters, seconds)).status;
            };
            const int refused = desk.world.settings.facts().refusal;
            BOOST_TEST(status(one.options, one.letters, one.most) == 200);
            BOOST_TEST(status(2, 1, one.least) == 200);
            BOOST_TEST(status(one.options + 1, 2, one.most) == refused);
            BOOST_TEST(status(2, one.letters + 1, one.most) == refused);
            BOOST_TEST(status(2, 1, one.most + 1) == refused);
            BOOST_TEST(status(2, 1, one.least - 1) == refused);
            BOOST_TEST(status(1, 1, one.most) == refused);
        }
    }
    for (const Kind kind : {Kind::snac, Kind::friendica}) { // they have none, and do not say so
        Desk desk{kind};
        BOOST_TEST(parsed(desk.post(poll_of(2, 1, 600))).at("poll").is_null(), name_of(kind));
    }
    Desk desk;
    const json::value poll = parsed(desk.post(poll_of(3, 4, 600) + "&poll[multiple]=true")).at("poll");
    BOOST_TEST(poll.at("options").as_array().size() == 3U);
    BOOST_TEST(poll.at("multiple").as_bool());
    BOOST_TEST(poll.at("expires_at").as_string() == "2026-01-05T09:10:00.250Z");
    BOOST_TEST(last_record(desk).at("poll").at("expires_in").as_int64() == 600);
    BOOST_TEST(desk.ask("GET", "/").body.find("<ul class=\"poll\"><li>☐ 0xxx</li>") != std::string::npos);
    desk.control("PUT", "/sandbox/settings", R"({"poll_options":2})");
    BOOST_TEST(error_of(desk.post(poll_of(3, 4, 600))) ==
               "Validation failed: Options can't contain more than 2 items");
}

BOOST_AUTO_TEST_CASE(what_it_answers_must_be_there) {
    const struct {
        Kind kind;
        int status;
        const char* body;
    } cases[] = {
        {Kind::mastodon_4_6, 404, "The post you are trying to reply to does not appear to exist."},
        {Kind::mastodon_4_2, 404, "Record not found"},
        {Kind::gotosocial, 404, R"({"error":"Not Found"})"},
        {Kind::pleroma, 422, "Cannot reply to a deleted status"},
        {Kind::friendica, 404, "Record not found"},
        {Kind::sharkey, 400, "BAD_REQUEST"},
        {Kind::iceshrimp, 400, "error"},
        {Kind::snac, 200, R"("in_reply_to_id":null)"},
    };
    for (const auto& one : cases) {
        Desk desk{one.kind};
        const Response lost = desk.post("status=a&in_reply_to_id=7");
        BOOST_TEST(lost.status == one.status, name_of(one.kind));
        BOOST_TEST(lost.body.find(one.body) != std::string::npos, name_of(one.kind) << lost.body);
        const std::string id = field(desk.post("status=first"), "id");
        BOOST_TEST(field(desk.post("status=a&in_reply_to_id=" + id), "in_reply_to_id") == id,
                   name_of(one.kind));
    }
}

BOOST_AUTO_TEST_CASE(quotes_go_by_the_name_that_the_server_has) {
    const struct {
        Kind kind;
        const char* field;
        bool quotes;
        int unknown; ///< an id that is none
    } cases[] = {
        {Kind::mastodon_4_6, "quoted_status_id", true, 404},
        {Kind::mastodon_4_5, "quoted_status_id", true, 404},
        {Kind::mastodon_4_6, "quote_id", false, 200},
        {Kind::mastodon_4_2, "quoted_status_id", false, 200},
        {Kind::mastodon_3_5, "quoted_status_id", false, 200},
        {Kind::gotosocial, "quoted_status_id", false, 200},
        {Kind::akkoma, "quote_id", true, 422},
        {Kind::akkoma, "quoted_status_id", false, 200},
        {Kind::pleroma, "quote_id", true, 200},
        {Kind::friendica, "quote_id", true, 404},
        {Kind::sharkey, "quote_id", true, 400},
        {Kind::iceshrimp, "quote_id", true, 400},
        {Kind::iceshrimp, "quoted_status_id", true, 400},
        {Kind::snac, "quote_id", false, 200},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind) << ' ' << one.field) {
            Desk desk{one.kind};
            const std::string name = std::string{"&"} + one.field + "=";
            const std::string id = field(desk.post("status=first&visibility=public"), "id");
            const Response made = desk.post("status=look" + name + id);
            BOOST_TEST(made.status == 200);
            BOOST_TEST(last_record(desk).at("quoted_status_id").as_string() == (one.quotes ? id : ""));
            BOOST_TEST((made.body.find("<p>first</p>") != std::string::npos) == one.quotes);
            BOOST_TEST(desk.post("status=look" + name + "7").status == one.unknown);
            if (one.unknown == 200)
                BOOST_TEST(last_record(desk).at("quoted_status_id").as_string() == "");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_quote_is_shown_and_can_be_denied) {
    Desk desk;
    const std::string id = field(desk.post("status=first&quote_approval_policy=nobody"), "id");
    const json::object own = parsed(desk.post("quoted_status_id=" + id)).as_object(); // no text is needed
    BOOST_TEST(own.at("quote").at("state").as_string() == "accepted");
    BOOST_TEST(own.at("quote").at("quoted_status").at("id").as_string() == id);
    BOOST_TEST(own.at("quote_approval").at("automatic").as_array().size() == 1U);
    BOOST_TEST(desk.ask("GET", "/").body.find("quotes <a href=\"#status-" + id) != std::string::npos);
    const std::string followers = field(desk.post("status=b&quote_approval_policy=followers"), "id");
    const std::string open = field(desk.post("status=c&quote_approval_policy=public"), "id");
    const std::string hidden = field(desk.post("status=d&visibility=private"), "id");
    BOOST_TEST(field(desk.post("status=e&visibility=public&quoted_status_id=" + hidden), "visibility") ==
               "private");
    desk.token = "reading-token"; // of somebody else
    for (const std::string& denied : {id, followers, hidden})
        BOOST_TEST(error_of(desk.post("status=q&quoted_status_id=" + denied)) ==
                   "The post you are trying to quote does not appear to exist.");
    BOOST_TEST(desk.post("status=q&quoted_status_id=" + open).status == 200);
    const Response odd = desk.post("status=q&quote_approval_policy=friends");
    BOOST_TEST(odd.status == 422);
    BOOST_TEST(error_of(odd) == "Record invalid");
    BOOST_TEST(Desk{Kind::mastodon_4_2}.post("status=q&quote_approval_policy=friends").status == 200);
}

BOOST_AUTO_TEST_CASE(what_stays_on_the_server_is_asked_for_in_its_way) {
    const struct {
        Kind kind;
        const char* fields;
        bool local;
    } cases[] = {
        {Kind::gotosocial, "status=a&visibility=public&local_only=true", true},
        {Kind::gotosocial, "status=a&visibility=public&federated=false", true},
        {Kind::gotosocial, "status=a&visibility=public", false},
        {Kind::hometown, "status=a&visibility=public&local_only=true", true},
        {Kind::iceshrimp, "status=a&visibility=public&local_only=1", true},
        {Kind::iceshrimp, "status=a&visibility=local", true},
        {Kind::glitch, "status=a+👁&visibility=public", true},
        {Kind::glitch, "status=a+👁️&visibility=public", true},
        {Kind::glitch, "status=a&visibility=public&local_only=true", false}, // it does not know the word
        {Kind::mastodon_4_6, "status=a&visibility=public&local_only=true", false},
        {Kind::akkoma, "status=a&visibility=local", true},
        {Kind::pleroma, "status=a&visibility=local", true},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind) << ' ' << one.fields) {
            Desk desk{one.kind};
            const Response made = desk.post(one.fields);
            BOOST_TEST(made.status == 200);
            const std::string id = field(made, "id");
            desk.token.clear();
            BOOST_TEST(desk.ask("GET", "/api/v1/statuses/" + id).status == (one.local ? 404 : 200));
            desk.token = "reading-token";
            BOOST_TEST(desk.ask("GET", "/api/v1/statuses/" + id).status == 200);
        }
    }
    Desk desk{Kind::gotosocial};
    BOOST_TEST(parsed(desk.post("status=a&local_only=true")).at("local_only").as_bool());
    BOOST_TEST(last_record(desk).at("local_only").as_bool());
    BOOST_TEST(desk.ask("GET", "/").body.find("local only") != std::string::npos);
    BOOST_TEST(desk.post("status=a&visibility=mutuals_only").status == 200);
    BOOST_TEST(Desk{}.post("status=a&visibility=local").status == 422);
}

BOOST_AUTO_TEST_CASE(who_else_decides_is_written_down) {
    Desk desk{Kind::gotosocial};
    const std::string one = "status=a&interaction_policy[can_reply][always][0]=author&interaction_policy[can_"
                            "reply][always][1]=followers";
    const Response form = desk.post(one);
    BOOST_TEST(form.status == 200);
    BOOST_TEST(parsed(form).at("interaction_policy").as_object().contains("can_reply"));
    const Response body = desk.ask(
        "POST", "/api/v1/statuses",
        R"({"status":"a","interaction_policy":{"can_reply":{"always":["author"]}}})", "application/json");
    BOOST_TEST(parsed(body).at("interaction_policy").at("can_reply").at("always").at(0).as_string() ==
               "author");
    BOOST_TEST(!last_record(desk).at("interaction_policy").is_null());
    BOOST_TEST(parsed(desk.post("status=a")).at("interaction_policy").as_object().contains("can_favourite"));
}

BOOST_AUTO_TEST_CASE(texts_are_written_as_the_server_knows) {
    const std::string text = "status=**bold**+[site](https://a.example/)&content_type=";
    const struct {
        Kind kind;
        const char* type;
        int status;
        const char* content; ///< a part of it
    } cases[] = {
        {Kind::gotosocial, "text/markdown", 200, "<strong>bold</strong>"},
        {Kind::gotosocial, "text/html", 400, nullptr},
        {Kind::gotosocial, "text/plain", 200, "<p>**bold**"},
        {Kind::akkoma, "text/markdown", 200, "<a href=\"https://a.example/\""},
        {Kind::akkoma, "text/x.misskeymarkdown", 200, "<p>**bold**"},
        {Kind::pleroma, "text/unheard-of", 200, "<p>**bold**"},
        {Kind::glitch, "text/markdown", 200, "<strong>bold</strong>"},
        {Kind::glitch, "text/unheard-of", 422, nullptr},
        {Kind::mastodon_4_6, "text/markdown", 200, "<p>**bold**"},
        {Kind::sharkey, "text/markdown", 200, "<p>**bold**"},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind) << ' ' << one.type) {
            Desk desk{one.kind};
            const Response made = desk.post(text + one.type);
            BOOST_TEST(made.status == one.status);
            if (one.content != nullptr)
                BOOST_TEST(field(made, "content").find(one.content) != std::string::npos, made.body);
        }
    }
    Desk desk{Kind::glitch};
    const Response made = desk.post("status=<b>x</b><script>y</script>&content_type=text/html");
    BOOST_TEST(field(made, "content") == "<b>x</b>y");
    BOOST_TEST(field(made, "content_type") == "text/html");
    Desk akkoma{Kind::akkoma};
    const Response source = akkoma.post("status=*x*&content_type=text/markdown");
    BOOST_TEST(parsed(source).at("akkoma").at("source").at("mediaType").as_string() == "text/markdown");
    give(akkoma, "reader-of-its-own", "read");
    akkoma.token = "reader-of-its-own";
    BOOST_TEST(field(akkoma.ask("GET", "/api/v1/statuses/" + field(source, "id") + "/source"),
                     "content_type") == "text/markdown");
}

BOOST_AUTO_TEST_CASE(pins_have_a_scope_a_limit_and_an_owner) {
    const struct {
        Kind kind;
        std::size_t limit; ///< 0: none
        int over;
        const char* why;
        int foreign;
        int direct;
    } cases[] = {
        {Kind::mastodon_4_6, 5, 422, "Validation failed: You have already pinned the maximum number of posts",
         422, 422},
        {Kind::mastodon_3_5, 5, 422, "Validation failed: You have already pinned the maximum number of posts",
         422, 422},
        {Kind::gotosocial, 10, 422, "Unprocessable Entity: status pin limit exceeded", 422, 422},
        {Kind::akkoma, 5, 400, "You have already pinned the maximum number of statuses", 422, 422},
        {Kind::sharkey, 5, 400, "BAD_REQUEST", 422, 422},
        {Kind::iceshrimp, 11, 422, "error", 422, 422},
        {Kind::snac, 0, 0, "", 422, 422},
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(name_of(one.kind)) {
            Desk desk{one.kind};
            give(desk, "pinner", "write:accounts write:statuses read");
            const std::string early = field(desk.post("status=a&visibility=public"), "id");
            const int without = desk.ask("POST", "/api/v1/statuses/" + early + "/pin").status;
            BOOST_TEST(without == (one.kind == Kind::snac ? 200 : 403));
            desk.token = "pinner";
            (void)desk.ask("POST", "/api/v1/statuses/" + early + "/unpin");
            std::vector<std::string> ids;
            for (std::size_t i = 0; i < (one.limit == 0 ? 12 : one.limit); ++i) {
                ids.push_back(field(desk.post("status=b&visibility=public"), "id"));
                const Response pinned = desk.ask("POST", "/api/v1/statuses/" + ids.back() + "/pin");
                BOOST_TEST(pinned.status == 200);
                BOOST_TEST(parsed(pinned).at("pinned").as_bool());
            }
            const Response over = desk.ask("POST", "/api/v1/statuses/" + early + "/pin");
            BOOST_TEST(over.status == (one.limit == 0 ? 200 : one.over));
            BOOST_TEST(over.body.find(one.why) != std::string::npos, over.body);
            const std::string list = "/api/v1/accounts/" + desk.world.accounts.find_name("bot")->id +
                                     "/statuses?pinned=true&limit=40";
            BOOST_TEST(texts(desk.ask("GET", list), "id").size() == ids.size() + (one.limit == 0 ? 1 : 0));
            BOOST_TEST(
                !parsed(desk.ask("POST", "/api/v1/statuses/" + ids[0] + "/unpin")).at("pinned").as_bool());
            BOOST_TEST(desk.ask("POST", "/api/v1/statuses/" + ids[0] + "/unpin").status == 200); // no matter
            const std::string direct = field(desk.post("status=c&visibility=direct"), "id");
            BOOST_TEST(desk.ask("POST", "/api/v1/statuses/" + direct + "/pin").status == one.direct);
            BOOST_TEST(desk.ask("POST", "/api/v1/statuses/7/pin").status == 404);
            give(desk, "other", "write:accounts", "reader");
            desk.token = "other";
            BOOST_TEST(desk.ask("POST", "/api/v1/statuses/" + ids[1] + "/pin").status == one.foreign);
        }
    }
    Desk desk;
    give(desk, "pinner", "write");
    desk.token = "pinner";
    const std::string pin = "/api/v1/statuses/" + field(desk.post("status=a"), "id") + "/pin";
    BOOST_TEST(desk.ask("POST", pin).status == 200);
    BOOST_TEST(error_of(desk.ask("POST", pin)) == "Duplicate record");
    BOOST_TEST(last_record(desk).at("pinned").as_bool());
}

BOOST_AUTO_TEST_CASE(pixelfed_warns_of_what_is_called_sensitive) {
    Desk desk{Kind::pixelfed};
    const auto warning = [&](const std::string& more) {
        return field(desk.post("status=a&spoiler_text=w&media_ids[]=" + desk.upload() + more),
                     "spoiler_text");
    };
    BOOST_TEST(warning("") == "");
    BOOST_TEST(warning("&sensitive=true") == "w");
}

BOOST_AUTO_TEST_CASE(an_edit_keeps_what_it_must_and_empties_the_rest) {
    Desk desk;
    const std::string media = desk.upload();
    const std::string id = field(
        desk.post("status=a&visibility=unlisted&quote_approval_policy=nobody&media_ids[]=" + media), "id");
    const std::string path = "/api/v1/statuses/" + id;
    const std::string keep = "status=a&media_ids[]=" + media;
    const Response described =
        desk.ask("PUT", path,
                 keep + "&media_attributes[][id]=" + media +
                     "&media_attributes[][description]=new&media_attributes[][focus]=0.5,-0.25");
    BOOST_TEST(described.status == 200);
    BOOST_TEST(!parsed(described).at("edited_at").is_null());
    const json::value attachment = parsed(described).at("media_attachments").at(0);
    BOOST_TEST(attachment.at("description").as_string() == "new");
    BOOST_TEST(attachment.at("meta").at("focus").at("y").as_double() == -0.25);
    BOOST_TEST(last_record(desk).at("quote_approval_policy").as_string() == "nobody");
    const Response polled =
        desk.ask("PUT", path, "status=b&poll[options][]=x&poll[options][]=y&poll[expires_in]=600");
    BOOST_TEST(parsed(polled).at("media_attachments").as_array().empty());
    BOOST_TEST(parsed(polled).at("poll").at("options").as_array().size() == 2U);
    BOOST_TEST(parsed(desk.ask("PUT", path, "status=b")).at("poll").is_null());
    Desk old{Kind::mastodon_3_5};
    const std::string first = field(old.post("status=a"), "id");
    BOOST_TEST(field(old.ask("PUT", "/api/v1/statuses/" + first, "status=b"), "content") == "<p>b</p>");
}

BOOST_AUTO_TEST_SUITE_END()
