// A person edits what is published.

#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

using namespace std::chrono_literals;

/// A source whose posts follow their items; one of them is published.
struct Editing : Harness {
    SourceSettings& blog = source("blog");

    Editing() {
        feed.add("old", "An old item");
        blog.on_update = OnUpdate::edit;
        start();
        time.run_for(1s);
        feed.add("new", "A tpyo");
        next_look();
    }
    void next_look() { time.run_for(16min); }
    [[nodiscard]] const ModelServer::Status& status() const { return server.statuses.at(0); }

    Result<Post> edit(engine::PostEdit edit, PostId id = 1) {
        std::optional<Result<Post>> result;
        boost::asio::co_spawn(context, engine->edit(id, std::move(edit)),
                              [&](std::exception_ptr, Result<Post> post) { result = std::move(post); });
        time.run_while([&] { return !result; });
        return std::move(*result);
    }
    static engine::PostEdit says(std::string text) {
        engine::PostEdit edit;
        edit.status = std::move(text);
        return edit;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_orders_published)

BOOST_AUTO_TEST_CASE(the_server_has_a_persons_words_and_the_source_changes_them_no_more) {
    Editing h;
    BOOST_REQUIRE(h.edit(Editing::says("By hand")).has_value());
    h.time.run_for(1min);
    BOOST_TEST(h.status().text == "By hand");
    BOOST_TEST(h.store.post(1).content.status == "By hand");
    BOOST_TEST(h.store.post(1).edited.has_value());
    h.feed.items.front().title = "A typo";
    h.next_look();
    h.next_look();
    BOOST_TEST(h.status().text == "By hand");
    BOOST_TEST(h.status().edits == 1);
}

BOOST_AUTO_TEST_CASE(also_when_the_sources_edit_waits_or_is_on_its_way) {
    for (const bool on_its_way : {false, true}) {
        Editing h;
        if (on_its_way)
            h.server.latency = 5s;
        else
            h.server.faults.assign(20, Fault::not_sent);
        h.feed.items.front().title = "A typo";
        for (int i = 0; i < 2000 && !h.store.amendment_of(1); ++i)
            h.time.run_for(1s);
        BOOST_REQUIRE(h.store.amendment_of(1));
        BOOST_REQUIRE(h.edit(Editing::says("By hand")).has_value());
        h.server.faults.clear();
        h.time.run_for(1h);
        BOOST_TEST(h.status().text == "By hand");
        BOOST_TEST(h.store.post(1).edited.has_value());
        h.feed.items.front().title = "Another";
        h.next_look();
        BOOST_TEST(h.status().text == "By hand");
    }
}

BOOST_AUTO_TEST_CASE(an_item_that_is_taken_back_is_deleted_all_the_same) {
    Editing h;
    h.blog.on_delete = OnDelete::remove;
    BOOST_REQUIRE(h.edit(Editing::says("By hand")).has_value());
    h.time.run_for(1min);
    h.feed.items.front().gone = true;
    h.next_look();
    BOOST_TEST(h.status().deleted);
}

BOOST_AUTO_TEST_CASE(what_is_asked_bit_by_bit_comes_together) {
    Editing h;
    h.server.faults.assign(20, Fault::not_sent);
    BOOST_REQUIRE(h.edit(Editing::says("By hand")).has_value());
    h.time.run_for(1s); // its first try has come to nothing
    engine::PostEdit warning;
    warning.spoiler_text = "Warning";
    warning.language = "de";
    BOOST_REQUIRE(h.edit(warning).has_value());
    h.server.faults.clear();
    h.time.run_for(1h);
    BOOST_TEST(h.status().text == "By hand");
    BOOST_TEST(h.status().spoiler == "Warning");
    BOOST_TEST(h.status().language == "de");
    BOOST_TEST(h.status().edits == 1);
}

BOOST_AUTO_TEST_CASE(a_picture_is_described_anew_and_stays) {
    Editing h;
    BOOST_REQUIRE(h.hand_in(Harness::picture("With a picture", "/srv/a.png")).has_value());
    h.time.run_for(1min);
    engine::PostEdit edit;
    edit.alts.emplace_back(1, "The harbour");
    BOOST_REQUIRE(h.edit(edit, 2).has_value());
    h.time.run_for(1min);
    BOOST_TEST((h.server.statuses[1].alts == std::vector<std::string>{"The harbour"}));
    BOOST_TEST(h.server.statuses[1].media.size() == 1U);
    BOOST_TEST(h.store.post(2).content.media[0].alt == "The harbour");
    edit.alts = {{2, "There is none"}};
    BOOST_TEST(h.edit(edit, 2).error().message == "there is no picture 2: the post has 1");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused_at_once_and_says_why) {
    Editing h;
    engine::PostEdit edit;
    edit.visibility = Visibility::direct;
    BOOST_TEST(h.edit(edit).error().message ==
               "post 1 is published: no server changes who sees it afterwards");
    edit.visibility = Visibility::public_; // as it is
    edit.status = std::string(501, 'x');
    BOOST_TEST(h.edit(edit).error().message == "the text has 501 characters, and the server takes 500");
    h.account("news").mode = Mode::dry;
    BOOST_TEST(h.edit(Editing::says("x")).error().message.find("mode: dry") != std::string::npos);
    BOOST_TEST(h.status().edits == 0);
}

BOOST_AUTO_TEST_CASE(a_server_without_edits_is_not_asked) {
    Harness h;
    h.server.server.edits = false;
    h.server.server.version = "3.4.1";
    h.start();
    const PostId id = h.post("Hello", "k1");
    h.time.run_for(1min);
    std::optional<Result<Post>> result;
    boost::asio::co_spawn(h.context, h.engine->edit(id, Editing::says("Other")),
                          [&](std::exception_ptr, Result<Post> post) { result = std::move(post); });
    h.time.run_while([&] { return !result; });
    BOOST_TEST(result->error().message.find("cannot edit what is published") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_account_in_mode_hold_makes_a_persons_edit) {
    Editing h;
    h.account("news").mode = Mode::hold;
    h.restart();
    BOOST_REQUIRE(h.edit(Editing::says("By hand")).has_value());
    h.time.run_for(1min);
    BOOST_TEST(h.status().text == "By hand");
}

BOOST_AUTO_TEST_CASE(a_poll_keeps_its_options_and_its_end) {
    Harness h;
    Post post;
    post.account = "news";
    post.origin.item = "poll";
    post.key = post_key("model.example", "news", post.origin);
    post.state = PostState::ready;
    post.content.status = "Wich one?";
    post.content.poll.emplace();
    post.content.poll->options = {"this", "that"};
    post.content.poll->open = 24h;
    post.due = post.next = post.created = h.time.now();
    Batch batch;
    batch.insert.push_back(post);
    h.put(std::move(batch));
    h.start();
    h.time.run_for(6h);
    const auto ask = [&] {
        std::optional<Result<Post>> result;
        boost::asio::co_spawn(h.context, h.engine->edit(1, Editing::says("Which one?")),
                              [&](std::exception_ptr, Result<Post> post) { result = std::move(post); });
        h.time.run_while([&] { return !result; });
        return std::move(*result);
    };
    BOOST_REQUIRE(ask().has_value());
    h.time.run_for(1min);
    BOOST_REQUIRE(h.server.statuses.at(0).poll);
    BOOST_TEST((h.server.statuses[0].poll->options == post.content.poll->options));
    const Duration left = h.server.statuses[0].poll->open;
    BOOST_TEST((left > Duration{18h - 10s} && left <= Duration{18h}));
    h.time.run_for(18h);
    BOOST_TEST(ask().error().message ==
               "post 1 cannot be edited: its poll is over, and an edit would open it anew");
}

BOOST_AUTO_TEST_CASE(what_is_to_be_deleted_is_not_edited_before_it_is_kept) {
    Editing h;
    h.server.faults.assign(30, Fault::not_sent);
    std::optional<Result<engine::Undone>> undone;
    boost::asio::co_spawn(h.context, h.engine->remove(1),
                          [&](std::exception_ptr, Result<engine::Undone> u) { undone = std::move(u); });
    h.time.run_while([&] { return !undone; });
    BOOST_REQUIRE(undone->has_value());
    BOOST_TEST(h.edit(Editing::says("By hand")).error().message == "post 1 is to be deleted");
}

BOOST_AUTO_TEST_SUITE_END()
