#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

namespace {

const std::string source_keys = "plugin: feed, url: https://example.org/f.xml, account: news, "
                                "post: {status: x}";

std::string thread(const std::string& parts) {
    return with_post("{thread: " + parts + "}");
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_changes)

BOOST_AUTO_TEST_CASE(a_former_name_and_an_edition_are_read) {
    const Settings loaded = settings_of(
        with_accounts("schedule: [{name: e, was: old, edition: 2, account: news, cron: '0 9 * * *', post: "
                      "{status: x}}]\nsources: {blog: {was: log, edition: 3, " +
                      source_keys + "}}\n"));
    BOOST_TEST(loaded.schedule.at(0).was == "old");
    BOOST_TEST(loaded.schedule.at(0).edition == 2);
    BOOST_TEST(loaded.sources.at(0).was == "log");
    BOOST_TEST(loaded.sources.at(0).edition == 3);
}

BOOST_AUTO_TEST_CASE(a_former_name_belongs_to_one_and_to_none_that_is_still_there) {
    const auto found = [](const std::string& sources) {
        return said(with_accounts("sources: {" + sources + "}\n"));
    };
    BOOST_TEST(found("a: {" + source_keys + "}, b: {was: a, " + source_keys + "}")
                   .find("sources.b.was: the source a is still there\n    hint: remove `was`") !=
               std::string::npos);
    BOOST_TEST(found("b: {was: a, " + source_keys + "}, c: {was: a, " + source_keys + "}")
                   .find("sources.c.was: b was a, too\n    hint: only one of them") != std::string::npos);
    BOOST_TEST(found("b: {was: b, " + source_keys + "}")
                   .find("sources.b.was: this is its name now\n    hint: remove `was`") != std::string::npos);
    BOOST_TEST(found("b: {was: 'no name', " + source_keys + "}").find("'no name' is no name") !=
               std::string::npos);
    BOOST_TEST(
        found("b: {edition: -1, " + source_keys + "}").find("sources.b.edition: expected a number from 0") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_thread_is_read_whole) {
    const Settings loaded = settings_of(with_post(
        "{spoiler_text: W, language: de, thread: [{status: one}, {status: two, spoiler_text: V, sensitive: "
        "true}, {media: [{file: sun.png, alt: sun}]}]}"));
    const PostTemplate& post = *loaded.schedule.at(0).targets.at(0).post;
    BOOST_REQUIRE_EQUAL(post.replies.size(), 2U);
    const auto text_of = [](const text::Template& text) {
        return text.render_text([](std::string_view) { return text::Value{}; }, {});
    };
    BOOST_TEST(text_of(post.status) == "one");
    BOOST_TEST(text_of(post.replies[0].status) == "two");
    BOOST_TEST(text_of(post.spoiler_text) == "W");
    BOOST_TEST(text_of(post.replies[0].spoiler_text) == "V");
    BOOST_TEST(!post.sensitive);
    BOOST_TEST(post.replies[0].sensitive);
    BOOST_TEST(post.replies[1].language == "de");
    BOOST_TEST(post.replies[1].media.at(0).file == "/etc/crier/sun.png");
    BOOST_TEST((post.replies[1].visibility == Visibility::public_));
}

BOOST_AUTO_TEST_CASE(what_is_no_thread_is_refused) {
    BOOST_TEST(said(thread("[{status: x}]")).find("schedule.e.post.thread: a thread has 2 to 100 parts") !=
               std::string::npos);
    BOOST_TEST(said(thread("[{status: x}, {sensitive: true}]"))
                   .find("schedule.e.post.thread[1]: neither status nor media says what to post") !=
               std::string::npos);
    BOOST_TEST(said(with_post("{status: y, thread: [{status: x}, {status: x}]}"))
                   .find("schedule.e.post.thread: thread excludes status, media and poll beside it") !=
               std::string::npos);
    BOOST_TEST(said(thread("[{status: x}, {status: x, visibility: public}]"))
                   .find("schedule.e.post.thread[1].visibility: unknown key") != std::string::npos);
    BOOST_TEST(
        said(thread("[{status: x}, {status: '{{ title }}'}]")).find("schedule.e.post.thread[1].status") !=
        std::string::npos);
    BOOST_TEST(
        said(with_accounts("sources: {b: {plugin: feed, url: https://example.org/f.xml, account: news, "
                           "post: {thread: [{status: x}, {status: y}]}}}\n"))
            .find("sources.b.post.thread: threads are for entries of the schedule") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_later_layer_replaces_a_thread_by_a_post_and_a_post_by_a_thread) {
    const Settings loaded = settings_of(
        with_accounts("schedule:\n"
                      "  - {name: a, cron: '0 9 * * *', post: {thread: [{status: x}, {status: y}]},\n"
                      "     accounts: {news: {}, art: {post: {status: z}}}}\n"
                      "  - {name: b, cron: '0 9 * * *', post: {status: z},\n"
                      "     accounts: {news: {}, art: {post: {thread: [{status: x}, {status: y}]}}}}\n"));
    const auto replies = [&](std::size_t entry, std::size_t target) {
        return loaded.schedule.at(entry).targets.at(target).post->replies.size();
    };
    BOOST_TEST(replies(0, 0) == 1U);
    BOOST_TEST(replies(0, 1) == 0U);
    BOOST_TEST(replies(1, 0) == 0U);
    BOOST_TEST(replies(1, 1) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
