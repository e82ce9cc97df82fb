// Every form of a post, in each kind of server's manner.

#include "bot.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>

using namespace crier::test;
namespace data = boost::unit_test::data;
namespace json = boost::json;

namespace {

/// What a kind of server offers beside text, media, replies and content warnings.
struct Manner {
    const char* kind;
    bool polls = true;
    bool quotes = false;
    bool markdown = false;
    bool stays_here = false;
    bool needs_media = false;
    const char* scopes = "write:statuses+write:media";
};

std::ostream& operator<<(std::ostream& stream, const Manner& manner) {
    return stream << manner.kind;
}

const std::vector<Manner> manners{
    {.kind = "mastodon-4.6", .quotes = true},
    {.kind = "mastodon-4.5", .quotes = true},
    {.kind = "mastodon-4.2"},
    {.kind = "mastodon-3.5"},
    {.kind = "glitch", .quotes = true, .markdown = true, .stays_here = true},
    {.kind = "hometown", .stays_here = true},
    {.kind = "gotosocial", .markdown = true, .stays_here = true},
    {.kind = "pleroma", .quotes = true, .markdown = true, .stays_here = true},
    {.kind = "akkoma", .quotes = true, .markdown = true, .stays_here = true},
    {.kind = "pixelfed", .polls = false, .needs_media = true, .scopes = "write"},
    {.kind = "friendica", .polls = false, .quotes = true},
    {.kind = "snac", .polls = false},
    {.kind = "sharkey", .quotes = true},
    {.kind = "iceshrimp", .quotes = true, .stays_here = true},
};

/// One account on a server of that kind, with the daemon on it.
struct Stage {
    Manner manner;
    TempDir directory;
    Sandbox sandbox;
    Bot bot;

    explicit Stage(const Manner& of)
        : manner(of)
        , sandbox(directory,
                  {"--kind", of.kind, "--account", "bot:" + std::string{sandbox_token} + ":" + of.scopes})
        , bot(directory, sandbox, "schedule: []\n") {
        std::filesystem::copy_file(std::string{CRIER_SOURCE_DIR} + "/config/media/sunrise.png",
                                   directory.file("sun.png"));
        bot.start();
    }

    /// Its state, and why it is in it.
    std::string posted(std::vector<std::string> arguments, bool picture = false) {
        arguments.insert(arguments.begin(), "post");
        if (picture || manner.needs_media)
            arguments.insert(arguments.end(), {"--media", directory.file("sun.png"), "--alt", "The sun"});
        arguments.insert(arguments.end(), {"--wait", "--json"});
        const Finished done = bot.crier(std::move(arguments));
        return done.code == 0 ? "published" : done.err;
    }
    json::object newest() { return sandbox.statuses().back().as_object(); }
    std::string newest_text(const char* name) {
        const json::object status = newest();
        const json::value* value = status.if_contains(name);
        return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
    }
};

/// Published where it is offered; else refused before anything is sent, for that reason.
void expect(Stage& stage, bool offered, const std::string& reason, std::vector<std::string> arguments,
            const std::function<void()>& look) {
    const std::size_t before = stage.sandbox.statuses().size();
    const std::string came_of_it = stage.posted(std::move(arguments));
    BOOST_TEST_CONTEXT(reason) {
        if (offered) {
            BOOST_TEST(came_of_it == "published");
            BOOST_REQUIRE_EQUAL(stage.sandbox.statuses().size(), before + 1);
            look();
        } else {
            BOOST_TEST(came_of_it.find(reason) != std::string::npos, came_of_it);
            BOOST_TEST(stage.sandbox.statuses().size() == before);
        }
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_forms)

BOOST_DATA_TEST_CASE(every_form_goes_out_as_it_was_meant_or_is_refused, data::make(manners), manner) {
    Stage stage{manner};
    // Text, warning, language and a picture that is described, on all of them.
    BOOST_REQUIRE_EQUAL(
        stage.posted({"A picture", "--cw", "Sun", "--language", "de", "--focus", "0.5,-0.25"}, true),
        "published");
    const json::object first = stage.newest();
    BOOST_TEST(first.at("text").as_string() == "A picture");
    BOOST_TEST(first.at("spoiler_text").as_string() == "Sun");
    BOOST_REQUIRE_EQUAL(first.at("media").as_array().size(), 1U);
    const json::object picture = first.at("media").as_array()[0].as_object();
    BOOST_TEST(picture.at("description").as_string() == "The sun");
    const std::string id{first.at("id").as_string()};

    expect(stage, true, "a reply", {"A reply", "--reply-to", id},
           [&] { BOOST_TEST(stage.newest_text("in_reply_to_id") == id); });
    expect(stage, manner.polls, "has no polls",
           {"Tea?", "--poll", "Yes", "--poll", "No", "--poll-for", "2h", "--poll-multiple"}, [&] {
               const json::object poll = stage.newest().at("poll").as_object();
               BOOST_TEST(poll.at("options").as_array().size() == 2U);
               BOOST_TEST(poll.at("expires_in").as_int64() == 7200);
               BOOST_TEST(poll.at("multiple").as_bool());
           });
    expect(stage, manner.quotes, "has no quotes", {"So it is", "--quote", id},
           [&] { BOOST_TEST(stage.newest_text("quoted_status_id") == id); });
    expect(stage, manner.markdown, "does not read text/markdown",
           {"**So** it is", "--content-type", "text/markdown"},
           [&] { BOOST_TEST(stage.newest_text("content_type") == "text/markdown"); });
    expect(stage, manner.stays_here, "does not offer that a post stays there", {"For us", "--local-only"},
           [&] {
               const bool said = stage.newest().at("local_only").as_bool();
               BOOST_TEST((said || stage.newest_text("visibility") == "local"));
           });
    expect(stage, true, "another visibility", {"For some", "--visibility", "unlisted"},
           [&] { BOOST_TEST(stage.newest_text("visibility") == "unlisted"); });
    // What is published may be changed, and goes when a person wants it gone.
    const auto first_now = [&] { return stage.sandbox.statuses().front().as_object(); };
    BOOST_TEST(stage.bot.crier({"outbox", "edit", "1", "--text", "Another text"}).code == 0);
    BOOST_TEST(eventually([&] { return first_now().at("text").as_string() == "Another text"; }),
               stage.bot.output());
    BOOST_TEST(first_now().at("media").as_array().size() == 1U);
    BOOST_TEST(first_now().at("spoiler_text").as_string() == "Sun");
    BOOST_TEST(stage.bot.crier({"outbox", "delete", "1"}).code == 0);
    BOOST_TEST(eventually([&] { return first_now().at("deleted").as_bool(); }), stage.bot.output());
    BOOST_TEST(stage.bot.count("deleted") == 1U);
    const Finished check = stage.bot.crier({"check", "--online"});
    BOOST_TEST(check.code == 0, check.err);
    BOOST_TEST(stage.bot.stop() == 0);
}

/// Each says it in another way.
const std::vector<const char*> refusers{"mastodon-4.6", "gotosocial", "pleroma",
                                        "pixelfed",     "snac",       "sharkey"};

BOOST_DATA_TEST_CASE(a_dead_token_holds_the_account_and_a_good_one_lets_it_go_on, data::make(refusers),
                     kind) {
    Stage stage{*std::find_if(manners.begin(), manners.end(),
                              [&](const Manner& manner) { return std::string_view{manner.kind} == kind; })};
    stage.bot.set_token("another");
    BOOST_TEST(stage.posted({"hello"}) != "published");
    BOOST_TEST(stage.sandbox.statuses().empty());
    stage.bot.set_token(sandbox_token);
    BOOST_TEST(eventually([&] { return stage.bot.count("published") == 1; }), stage.bot.output());
    BOOST_TEST(stage.sandbox.statuses().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
