// What a newcomer does: schedule, feed, pictures, TLS, commands.

#include "bot.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace crier::test;
namespace json = boost::json;

namespace {

/// The smallest PNG there is.
const std::string png{
    "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    "\x15\xc4\x89\x00\x00\x00\rIDATx\x9c"
    "c\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xae"
    "B`\x82",
    70};

const char* scheduled = "schedule:\n"
                        "  - name: launch\n"
                        "    account: news\n"
                        "    at: \"2026-01-01T00:00:00Z\"\n"
                        "    missed: {policy: latest, within: 5200w}\n"
                        "    post:\n"
                        "      status: \"Launched {{ now | date('%Y-%m-%d') }}\"\n"
                        "      media: [{file: picture.png, alt: \"A single dot\"}]\n";

std::string feed(const Sandbox& sandbox, const std::string& more) {
    return blog_of(sandbox, more + "    post:\n"
                                   "      status: \"{{ title }}\\n\\n{{ link }}\"\n"
                                   "      media: [{from: [enclosure], missing_alt: drop_media}]\n");
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_first_hour)

BOOST_AUTO_TEST_CASE(a_scheduled_post_with_a_picture_over_tls) {
    const TempDir directory;
    Sandbox sandbox{directory, {"--tls"}};
    write_file(directory.file("picture.png"), png);
    Bot bot{directory, sandbox, scheduled};
    bot.start();
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 1; }), bot.output());
    const json::array statuses = sandbox.statuses();
    BOOST_TEST(statuses[0].at("text").as_string() == "Launched 2026-01-01");
    BOOST_TEST(statuses[0].at("visibility").as_string() == "public");
    const json::array& media = statuses[0].at("media").as_array();
    BOOST_REQUIRE(media.size() == 1U);
    BOOST_TEST(media[0].at("description").as_string() == "A single dot");
    BOOST_TEST(eventually([&] { return bot.count("published") == 1; }));
    BOOST_TEST(bot.stop() == 0);
    bot.start();
    BOOST_TEST(bot.count("published") == 1U);
    BOOST_TEST(sandbox.statuses().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_unknown_certificate_is_refused_and_the_reason_named) {
    const TempDir directory;
    Sandbox sandbox{directory, {"--tls"}};
    Bot bot{directory, sandbox, ""};
    bot.environment.clear(); // no CA
    const Finished checked = bot.crier({"check", "--online"});
    BOOST_TEST(checked.code == 5, checked.err);
    BOOST_TEST(checked.err.find("certificate") != std::string::npos, checked.err);
}

BOOST_AUTO_TEST_CASE(a_token_that_may_do_more_or_less_than_posting_is_told_before_it_matters) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    const auto checked = [&](json::array scopes) {
        json::object token;
        token["account"] = "news";
        token["token"] = "another-token";
        token["scopes"] = std::move(scopes);
        (void)sandbox.control("PUT", "/sandbox/tokens", token);
        bot.set_token("another-token");
        return bot.crier({"check", "--online"});
    };
    const Finished good = checked({"write:statuses", "write:media"});
    BOOST_TEST(good.code == 0, good.err);
    BOOST_TEST(good.out.find("the token is accepted, for write:statuses, write:media") != std::string::npos,
               good.out);
    const Finished admin = checked({"write:statuses", "write:media", "admin:write"});
    BOOST_TEST(admin.code == 4);
    BOOST_TEST(admin.err.find("may administer the server: admin:write") != std::string::npos, admin.err);
    const Finished reading = checked({"read"});
    BOOST_TEST(reading.code == 4);
    BOOST_TEST(reading.err.find("write:statuses is missing") != std::string::npos, reading.err);
    const Finished broad = checked({"read", "write"});
    BOOST_TEST(broad.code == 0);
    BOOST_TEST(broad.err.find("may do more than posting: read, write") != std::string::npos, broad.err);
}

BOOST_AUTO_TEST_CASE(a_feed_item_with_its_picture_and_a_feed_that_grows) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, feed(sandbox, "    first_run: {publish: 1}\n")};
    bot.start();
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 1; }), bot.output());
    json::object item;
    item["title"] = "A new item";
    item["body"] = "Its text";
    (void)sandbox.control("POST", "/sandbox/feed", item);
    BOOST_TEST_REQUIRE(eventually([&] { return sandbox.statuses().size() == 2; }), bot.output());
    BOOST_TEST(sandbox.timeline()[1].find("A new item") == 0U);
    bool described = false;
    for (const json::value& status : sandbox.statuses())
        for (const json::value& media : status.at("media").as_array())
            described = described || !media.at("description").as_string().empty();
    BOOST_TEST(described);
    // Looks went on all the while, and nothing came twice.
    const std::size_t looks = sandbox.requests("GET /feed.xml").size();
    BOOST_TEST(eventually([&] { return sandbox.requests("GET /feed.xml").size() > looks + 1; }));
    BOOST_TEST(sandbox.statuses().size() == 2U);
    BOOST_TEST(
        eventually([&] { return sandbox.requests("GET /feed.xml").back().at("status").as_int64() == 304; }));
}

BOOST_AUTO_TEST_CASE(an_old_feed_never_floods_and_one_item_can_be_posted_by_hand) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, feed(sandbox, "")};
    bot.start();
    BOOST_TEST_REQUIRE(eventually([&] {
                           return bot.output().find("items noted, none posted (first_run)") !=
                                  std::string::npos;
                       }),
                       bot.output());
    BOOST_TEST(sandbox.statuses().empty());
    const Finished preview = bot.crier({"preview", "--source", "blog", "--last", "1"});
    BOOST_TEST(preview.code == 0, preview.err);
    const Finished listed = bot.crier({"items", "blog"});
    BOOST_REQUIRE(listed.code == 0);
    const json::object first = json::parse(listed.out.substr(0, listed.out.find('\n'))).as_object();
    BOOST_TEST(preview.out.find(std::string{first.at("title").as_string()}) != std::string::npos);
    const std::string id{first.at("id").as_string()};
    const Finished posted = bot.crier({"items", "blog", "--post", id});
    BOOST_TEST(posted.code == 0, posted.err);
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 1; }), bot.output());
    const Finished again = bot.crier({"items", "blog", "--post", id});
    BOOST_TEST(again.out.find("was made of this item before") != std::string::npos, again.out);
    BOOST_TEST(sandbox.statuses().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_video_is_awaited_until_the_server_has_processed_it) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("picture.png"), png);
    Bot bot{directory, sandbox, ""};
    bot.start();
    json::object polls;
    polls["polls"] = 1;
    sandbox.fault("POST media", "media_pending", 1, polls);
    const Finished posted =
        bot.crier({"post", "look", "--media", directory.file("picture.png"), "--alt", "a dot", "--wait"});
    BOOST_TEST(posted.code == 0, posted.err << bot.output());
    BOOST_TEST(sandbox.requests("GET /api/v1/media/").size() >= 2U);
    BOOST_TEST(sandbox.requests("POST /api/v2/media").size() == 1U);
    BOOST_TEST(sandbox.statuses()[0].at("media").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_older_server_without_the_second_media_api_takes_pictures_too) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("picture.png"), png);
    Bot bot{directory, sandbox, ""};
    bot.start();
    sandbox.fault("*", "no_v2", 1000);
    const Finished posted =
        bot.crier({"post", "look", "--media", directory.file("picture.png"), "--alt", "a dot", "--wait"});
    BOOST_TEST(posted.code == 0, posted.err << bot.output());
    BOOST_TEST(sandbox.statuses()[0].at("media").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(run_once_does_what_is_due_and_ends) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("picture.png"), png);
    Bot bot{directory, sandbox, std::string{scheduled} + feed(sandbox, "    first_run: {publish: 2}\n")};
    for (int i = 0; i < 2; ++i) {
        const Finished ran = bot.crier({"run", "--once"});
        BOOST_TEST(ran.code == 0, ran.out << ran.err);
        BOOST_TEST(sandbox.statuses().size() == 3U);
    }
}

BOOST_AUTO_TEST_CASE(a_dry_run_marks_and_sends_nothing) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("picture.png"), png);
    Bot bot{directory, sandbox, std::string{scheduled} + feed(sandbox, "    first_run: {publish: 2}\n")};
    const Finished dry = bot.crier({"run", "--once", "--dry-run"});
    BOOST_TEST(dry.code == 0, dry.out << dry.err);
    BOOST_TEST((dry.out + dry.err).find("would publish on news: Launched") != std::string::npos,
               dry.out << dry.err);
    BOOST_TEST(sandbox.statuses().empty());
    BOOST_TEST(!std::filesystem::exists(bot.store()));
    // And the real run afterwards finds everything as due as before.
    BOOST_TEST(bot.crier({"run", "--once"}).code == 0);
    BOOST_TEST(sandbox.statuses().size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_account_on_hold_waits_for_approval) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, "", "    mode: hold\n"};
    bot.start();
    BOOST_TEST(bot.crier({"post", "hello"}).code == 0);
    BOOST_REQUIRE(eventually([&] { return bot.count("held") == 1; }));
    const Finished approved = bot.crier({"outbox", "approve", "1"});
    BOOST_TEST(approved.code == 0, approved.err);
    BOOST_TEST(eventually([&] { return sandbox.statuses().size() == 1; }));
}

BOOST_AUTO_TEST_CASE(a_token_of_another_account_is_noticed_at_the_first_reply) {
    const TempDir directory;
    Sandbox sandbox{
        directory, {"--account", "bot:" + std::string{sandbox_token}, "--account", "private_me:token-of-me"}};
    Bot bot{directory, sandbox, ""};
    bot.set_token("token-of-me");
    bot.start();
    BOOST_TEST(bot.crier({"post", "one"}).code == 0);
    BOOST_TEST(bot.crier({"post", "two"}).code == 0);
    BOOST_REQUIRE(eventually(
        [&] { return bot.crier({"status"}).out.find("belongs to @private_me") != std::string::npos; }));
    BOOST_TEST(sandbox.statuses().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
