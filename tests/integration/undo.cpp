// What a person does to posts that are published, through the whole program.

#include "bot.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <thread>

using namespace crier::test;
namespace json = boost::json;

namespace {

/// The smallest PNG that there is.
const std::string one_dot{
    "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    "\x15\xc4\x89\x00\x00\x00\rIDATx\x9c"
    "c\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xae"
    "B`\x82",
    70};

template <class Done>
bool done_soon(Done done) {
    for (int i = 0; i < 400 && !done(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    return done();
}

std::size_t gone(Sandbox& sandbox) {
    std::size_t count = 0;
    for (const json::value& status : sandbox.statuses())
        count += status.at("deleted").as_bool() ? 1U : 0U;
    return count;
}

void post_some(Bot& bot, int count) {
    for (int i = 0; i < count; ++i)
        BOOST_REQUIRE_EQUAL(
            bot.crier({"post", "Number " + std::to_string(i), "--key", "k" + std::to_string(i), "--wait"})
                .code,
            0);
}

json::object body_of(const json::object& request) {
    return json::parse(std::string{request.at("body").as_string()}).as_object();
}

} // namespace

BOOST_AUTO_TEST_SUITE(integration_undo)

BOOST_AUTO_TEST_CASE(five_posts_are_taken_back_by_a_running_daemon) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    post_some(bot, 5);
    const Finished asked = bot.crier({"undo", "--since", "1h"});
    BOOST_TEST(asked.code == 2);
    BOOST_TEST(asked.err.find("--yes does it") != std::string::npos, asked.err);
    const Finished listed = bot.crier({"undo", "--since", "1h", "--dry-run"});
    BOOST_TEST(listed.code == 0);
    BOOST_TEST(listed.out.find("would be deleted on the server:") != std::string::npos, listed.out);
    BOOST_TEST(listed.out.find("Number 4") != std::string::npos);
    BOOST_TEST(listed.out.find(sandbox.url() + "/@bot/") != std::string::npos);
    BOOST_TEST(gone(sandbox) == 0U);
    const Finished undone = bot.crier({"undo", "--since", "1h", "--yes"});
    BOOST_TEST(undone.code == 0);
    BOOST_TEST(undone.out.find("news: 5 deletions, the last by ") != std::string::npos, undone.out);
    BOOST_TEST(done_soon([&] { return gone(sandbox) == 5U; }), bot.output());
    BOOST_TEST(done_soon([&] { return bot.count("deleted") == 5U; }));
    const auto requests = sandbox.requests("DELETE /api/v1/statuses/");
    BOOST_TEST(requests.size() == 5U);
    const Finished again = bot.crier({"undo", "--since", "1h", "--yes"});
    BOOST_TEST(again.out.find("nothing of it was posted") != std::string::npos, again.out);
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(what_is_ordered_without_a_daemon_is_done_by_the_next_also_after_a_kill) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    post_some(bot, 5);
    BOOST_TEST(bot.stop() == 0);
    const Finished undone = bot.crier({"undo", "--since", "1h", "--yes", "--json"});
    BOOST_TEST(undone.code == 0);
    const json::object said = json::parse(undone.out).as_object();
    BOOST_TEST(said.at("delete").as_array().size() == 5U);
    BOOST_TEST(!said.at("dry_run").as_bool());
    BOOST_TEST(gone(sandbox) == 0U);
    const Finished status = bot.crier({"status"});
    BOOST_TEST(status.out.find("5 still to be deleted, the last by ") != std::string::npos, status.out);
    sandbox.fault("DELETE /api/v1/statuses", "slow", 1, {{"wait", 2.0}});
    bot.start();
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    bot.kill_hard();
    bot.start();
    BOOST_TEST(done_soon([&] { return gone(sandbox) == 5U; }), bot.output());
    BOOST_TEST(done_soon([&] { return bot.count("deleted") == 5U; }), bot.output());
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(a_single_post_is_deleted_and_one_that_is_kept_is_not) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    post_some(bot, 3);
    BOOST_TEST(bot.stop() == 0);
    BOOST_TEST(bot.crier({"outbox", "delete", "1", "3"}).code == 0);
    BOOST_TEST(bot.crier({"outbox", "keep", "3"}).out == "post 3 stays as it is\n");
    bot.start();
    BOOST_TEST(done_soon([&] { return bot.count("deleted") == 1U; }), bot.output());
    BOOST_TEST(gone(sandbox) == 1U);
    BOOST_TEST(sandbox.statuses()[0].at("deleted").as_bool());
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(a_published_post_says_something_else_with_its_picture_described) {
    const TempDir directory;
    Sandbox sandbox{directory};
    write_file(directory.file("a.png"), one_dot);
    Bot bot{directory, sandbox, ""};
    bot.start();
    const Finished posted =
        bot.crier({"post", "A tpyo", "--media", directory.file("a.png"), "--alt", "A harbuor", "--wait"});
    BOOST_REQUIRE_EQUAL(posted.code, 0);
    const Finished edited = bot.crier({"outbox", "edit", "1", "--text", "A typo", "--cw", "Words",
                                       "--language", "de", "--alt", "1:A harbour"});
    BOOST_TEST(edited.out.find("post 1 is to be edited on the server") != std::string::npos,
               edited.out + edited.err);
    BOOST_TEST(done_soon([&] { return sandbox.timeline() == std::vector<std::string>{"A typo"}; }),
               bot.output());
    const json::value status = sandbox.statuses()[0];
    BOOST_TEST(status.at("spoiler_text").as_string() == "Words");
    BOOST_TEST(status.at("language").as_string() == "de");
    BOOST_REQUIRE(status.at("media").as_array().size() == 1U);
    BOOST_TEST(status.at("media").as_array()[0].at("description").as_string() == "A harbour");
    const Finished refused = bot.crier({"outbox", "edit", "1", "--visibility", "direct"});
    BOOST_TEST(refused.code == 2);
    BOOST_TEST(refused.err.find("no server changes who sees it afterwards") != std::string::npos,
               refused.err);
    const auto shown = [&] {
        return bot.crier({"outbox", "show", "1"}).out.find("edited: once") != std::string::npos;
    };
    BOOST_TEST(done_soon(shown), bot.crier({"outbox", "show", "1"}).out);
    const json::object request = body_of(sandbox.requests("PUT /api/v1/statuses/").at(0));
    BOOST_TEST(request.at("media_ids").as_array().size() == 1U);
    BOOST_TEST(request.if_contains("poll") == nullptr);
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_CASE(a_pin_takes_its_scope_and_without_it_the_post_stays_and_says_so) {
    const TempDir directory;
    Sandbox sandbox{directory};
    Bot bot{directory, sandbox, ""};
    bot.start();
    post_some(bot, 1);
    BOOST_TEST(bot.crier({"outbox", "pin", "1"}).out == "post 1 is to be pinned\n");
    const auto told = [&] {
        return bot.crier({"outbox", "show", "1"}).out.find("published, but not pinned: 403") !=
               std::string::npos;
    };
    BOOST_TEST(done_soon(told), bot.output());
    BOOST_TEST(bot.output().find("write:accounts") != std::string::npos);
    BOOST_TEST(bot.count("published") == 1U);

    (void)sandbox.control("PUT", "/sandbox/tokens",
                          {{"account", "bot"},
                           {"token", "with-pins"},
                           {"scopes", json::array{"write:statuses", "write:media", "write:accounts"}}});
    bot.set_token("with-pins");
    BOOST_TEST(bot.crier({"outbox", "pin", "1"}).code == 0);
    const auto pinned = [&] { return sandbox.statuses()[0].at("pinned").as_bool(); };
    BOOST_TEST(done_soon(pinned), bot.output());
    BOOST_TEST(bot.crier({"outbox", "unpin", "1"}).code == 0);
    BOOST_TEST(done_soon([&] { return !pinned(); }), bot.output());
    BOOST_TEST(sandbox.statuses().size() == 1U);
    BOOST_TEST(bot.stop() == 0, bot.output());
}

BOOST_AUTO_TEST_SUITE_END()
