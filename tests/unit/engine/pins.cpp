// What is to stand at the head of the account's page.

#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

using namespace std::chrono_literals;

struct Pinning : Harness {
    /// A post that is to be pinned, accepted by an earlier life.
    PostId put_to_pin(const std::string& text) {
        Post post;
        post.account = "news";
        post.origin.item = text;
        post.key = post_key("model.example", "news", post.origin);
        post.state = PostState::ready;
        post.priority = Priority::manual;
        post.content.status = text;
        post.content.pin = true;
        post.due = post.next = post.created = time.now();
        Batch batch;
        batch.insert.push_back(std::move(post));
        put(std::move(batch));
        return static_cast<PostId>(store.posts.size());
    }
    Result<Post> act(PostId id, engine::PublishedAction action) {
        std::optional<Result<Post>> result;
        boost::asio::co_spawn(context, engine->act_on_published(id, action),
                              [&](std::exception_ptr, Result<Post> post) { result = std::move(post); });
        time.run_while([&] { return !result; });
        return std::move(*result);
    }
    Result<Post> edit(PostId id, std::string text) {
        engine::PostEdit edit;
        edit.status = std::move(text);
        std::optional<Result<Post>> result;
        boost::asio::co_spawn(context, engine->edit(id, std::move(edit)),
                              [&](std::exception_ptr, Result<Post> post) { result = std::move(post); });
        time.run_while([&] { return !result; });
        return std::move(*result);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_pins)

BOOST_AUTO_TEST_CASE(a_post_is_pinned_once_it_is_published_and_once_only) {
    Pinning h;
    h.put_to_pin("Read this first");
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.at(0).pinned);
    BOOST_TEST(!h.store.post(1).pin_next);
    BOOST_TEST(h.log.count("post.pinned") == 1U);
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST(h.server.pin_requests == 1U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_pinned_stays_published_and_says_so_once) {
    Pinning h;
    h.server.pins = Verdict::refused;
    h.put_to_pin("Read this first");
    h.start();
    h.time.run_for(1h);
    BOOST_TEST((h.store.post(1).state == PostState::published));
    BOOST_TEST((h.store.post(1).code == ReasonCode::not_as_asked));
    BOOST_TEST(h.store.post(1).reason.find("not pinned: 403") != std::string::npos, h.store.post(1).reason);
    BOOST_TEST(h.log.count("post.not_pinned") == 1U);
    BOOST_TEST(h.server.pin_requests == 1U);
    h.post("next", "k1");
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 2U); // the account goes on
}

BOOST_AUTO_TEST_CASE(it_is_asked_again_after_a_lost_reply_and_over_a_restart) {
    Pinning h;
    h.put_to_pin("Read this first");
    h.server.faults = {Fault::none, Fault::lost_after, Fault::error_before};
    h.start();
    h.time.run_for(1s);
    BOOST_TEST(h.store.post(1).pin_next.has_value());
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.at(0).pinned);
    BOOST_TEST(!h.store.post(1).pin_next);
    BOOST_TEST(h.server.pin_requests == 3U);
}

BOOST_AUTO_TEST_CASE(an_edit_that_is_asked_for_in_between_takes_nothing_from_it) {
    Pinning h;
    h.put_to_pin("Read tihs first");
    h.server.faults = {Fault::none, Fault::error_before}; // of the pin: again later
    h.start();
    h.time.run_for(1s);
    BOOST_REQUIRE(h.store.post(1).pin_next.has_value());
    BOOST_REQUIRE(h.edit(1, "Read this first").has_value());
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.at(0).text == "Read this first");
    BOOST_TEST(h.server.statuses.at(0).pinned);
    BOOST_TEST(h.server.statuses.at(0).edits == 1);
}

/// A person's wish while the edit is on its way: its outcome is written over a row that has changed.
BOOST_AUTO_TEST_CASE(nor_does_the_outcome_of_an_edit_that_was_on_its_way) {
    Pinning h;
    h.start();
    const PostId id = h.post("Raed this first", "k1");
    h.time.run_for(1min);
    h.server.latency = 5s;
    BOOST_REQUIRE(h.edit(id, "Read this first").has_value());
    h.time.run_for(1s); // its request is on its way
    BOOST_REQUIRE(h.act(id, engine::PublishedAction::pin).has_value());
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.at(0).text == "Read this first");
    BOOST_TEST(h.server.statuses.at(0).pinned);
    BOOST_TEST(h.store.post(id).content.pin);
    BOOST_TEST(h.store.post(id).edited.has_value());
}

BOOST_AUTO_TEST_CASE(a_person_pins_and_unpins) {
    Pinning h;
    h.start();
    const PostId id = h.post("Hello", "k1");
    const PostId later = h.post("Later", "k2", h.time.now() + 1h);
    h.time.run_for(1min);
    BOOST_REQUIRE(h.act(id, engine::PublishedAction::pin).has_value());
    BOOST_REQUIRE(h.act(later, engine::PublishedAction::pin).has_value());
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.at(0).pinned);
    BOOST_REQUIRE(h.act(id, engine::PublishedAction::unpin).has_value());
    h.time.run_for(2h);
    BOOST_TEST(!h.server.statuses.at(0).pinned);
    BOOST_TEST(h.server.statuses.at(1).pinned);
    BOOST_TEST(h.server.pin_requests == 3U);
}

BOOST_AUTO_TEST_CASE(posts_go_before_pins) {
    Pinning h;
    h.put_to_pin("Read this first");
    for (int i = 0; i < 20; ++i)
        h.put_to_pin("Another " + std::to_string(i));
    h.start();
    h.time.run_while([&] { return h.server.pin_requests == 0; });
    BOOST_TEST(h.server.statuses.size() == 21U);
    h.time.run_for(5min);
    BOOST_TEST(h.server.pin_requests == 21U);
}

BOOST_AUTO_TEST_SUITE_END()
