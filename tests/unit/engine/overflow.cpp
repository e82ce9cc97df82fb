// Texts that are too long for one post and become a thread (`overflow: thread`).

#include "core/text/length.hpp"
#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// A source whose titles may be longer than the server takes: 500 characters, a link counting 23.
struct Long : Harness {
    SourceSettings& blog = source("blog");
    std::shared_ptr<PostTemplate> shape = std::make_shared<PostTemplate>(*blog.targets[0].post);

    Long() {
        shape->overflow = Overflow::thread;
        blog.targets[0].post = shape;
        feed.add("old", "An old item");
    }
    void begin() {
        start();
        time.run_for(1s);
    }
    void next_look() { time.run_for(16min); }
    Item& item() { return feed.items.front(); }
    /// What is on the server, each as "text < text of what it answers to".
    [[nodiscard]] std::vector<std::string> threads() const {
        std::map<std::string, std::string> text_of;
        std::vector<std::string> shown;
        for (const ModelServer::Status& status : server.statuses) {
            text_of[status.id] = status.text;
            if (!status.deleted)
                shown.push_back(status.text +
                                (status.in_reply_to.empty() ? "" : " < " + text_of[status.in_reply_to]));
        }
        return shown;
    }
};

/// Sentences of 240 characters each, the blank behind included: two fit into a post, but not with a link.
std::string sentences(int count, char which = 'a') {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::string(237, which) + std::to_string(i % 10) + ". ";
    text.resize(text.empty() ? 0 : text.size() - 1);
    return text;
}

std::string sentence(int number, char which = 'a') {
    return std::string(237, which) + std::to_string(number) + ".";
}

const std::vector<std::string> four_sentences{sentence(0) + " " + sentence(1),
                                              sentence(2) + " < " + sentence(0) + " " + sentence(1),
                                              sentence(3) + " https://blog.example/new < " + sentence(2)};

using Texts = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(engine_overflow)

BOOST_AUTO_TEST_CASE(a_long_text_of_an_item_is_a_thread_in_order_each_part_a_reply) {
    Long h;
    h.shape->spoiler_text = Harness::text("warning")->status;
    h.shape->visibility = Visibility::unlisted;
    h.shape->language = "de";
    h.shape->media.resize(1);
    h.shape->media[0].from = {"enclosure"};
    h.begin();
    h.feed.add("new", sentences(4));
    h.item().media.push_back(ItemMedia{"https://blog.example/p.png", "image/png", "A harbour", "enclosure"});
    h.next_look();
    BOOST_TEST(h.threads() == four_sentences, boost::test_tools::per_element());
    BOOST_REQUIRE(h.server.statuses.size() == 3U);
    for (const ModelServer::Status& status : h.server.statuses) {
        BOOST_TEST(status.spoiler == "warning");
        BOOST_TEST((status.visibility == Visibility::unlisted));
        BOOST_TEST(status.media.size() == (&status == &h.server.statuses[0] ? 1U : 0U));
    }
    BOOST_TEST(h.store.post(3).content.language == "de");
    BOOST_TEST(h.store.post(3).parts == 3);
    h.next_look();
    h.restart();
    h.next_look();
    BOOST_TEST(h.server.statuses.size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_entrys_long_text_and_a_long_part_of_its_thread_are_broken_as_well) {
    Long h;
    auto post = Harness::text(sentences(3, 'x'));
    post->overflow = Overflow::thread;
    post->thread_counter = true;
    post->replies = {*Harness::text("short"), *Harness::text(sentences(4, 'y'))};
    post->replies[1].overflow = Overflow::thread;
    h.entry("long", *schedule::Cron::parse("0 13 * * *"), "").targets[0].post = post;
    h.begin();
    h.time.run_for(61min);
    BOOST_REQUIRE(h.server.statuses.size() == 5U);
    BOOST_TEST(h.timeline()[0] == sentence(0, 'x') + " " + sentence(1, 'x') + "\n\n1/2");
    BOOST_TEST(h.timeline()[1] == sentence(2, 'x') + "\n\n2/2");
    BOOST_TEST(h.timeline()[2] == "short");
    BOOST_TEST(h.timeline()[3] == sentence(0, 'y') + " " + sentence(1, 'y'));
    for (std::size_t i = 1; i < 5; ++i)
        BOOST_TEST(h.server.statuses[i].in_reply_to == h.server.statuses[i - 1].id);
}

BOOST_AUTO_TEST_CASE(what_only_those_see_whom_it_names_names_them_in_each_part) {
    Long h;
    h.shape->visibility = Visibility::direct;
    h.shape->status = Harness::text("@ann@a.example {{ title }}")->status;
    h.begin();
    h.feed.add("new", sentences(3));
    h.next_look();
    BOOST_TEST(h.timeline() == (Texts{"@ann@a.example " + sentence(0),
                                      "@ann@a.example " + sentence(1) + " " + sentence(2)}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_broken_is_held) {
    Long h;
    h.server.server.per_url = 0;
    h.begin();
    (void)h.post("with this the server's way to count is learnt", "k");
    h.feed.add("new", "Title");
    h.item().link = "https://example.org/" + std::string(500, 'x');
    h.next_look();
    BOOST_TEST((h.store.post(2).state == PostState::held));
    BOOST_TEST(h.store.post(2).reason == "526 characters, and the server takes 500");
}

BOOST_AUTO_TEST_CASE(what_takes_too_many_posts_is_shortened_and_says_so) {
    Long h;
    h.blog.delay = 1h;
    h.begin();
    h.feed.add("new", sentences(100));
    h.next_look();
    BOOST_TEST(h.store.post(1).parts == 20);
    BOOST_TEST(h.store.post(1).reason == "shortened to fit into 20 posts");
    BOOST_TEST(h.store.post(20).content.status.ends_with("https://blog.example/new"));
}

BOOST_AUTO_TEST_CASE(for_the_fuse_a_thread_is_one_post) {
    Long h;
    h.begin();
    for (int i = 0; i < 8; ++i) // of four parts each
        h.feed.add("new" + std::to_string(i), sentences(6, static_cast<char>('a' + i)));
    h.next_look();
    BOOST_TEST(h.server.statuses.size() == 32U);
    BOOST_TEST(h.log.count("fuse.tripped") == 0U);
    for (int i = 0; i < 20; ++i)
        h.feed.add("more" + std::to_string(i), sentences(6, static_cast<char>('a' + i)));
    h.next_look();
    BOOST_TEST(h.log.count("fuse.tripped") == 1U);
    BOOST_TEST(h.server.statuses.size() == 32U); // and none of the parts without its first one
}

BOOST_AUTO_TEST_CASE(spacing_is_kept_between_threads_and_not_within) {
    Long h;
    h.blog.spacing = 1h;
    h.begin();
    h.feed.add("one", sentences(3, 'x'));
    h.feed.add("two", sentences(3, 'y'));
    h.next_look();
    BOOST_TEST(h.server.statuses.size() == 2U);
    h.time.run_for(50min);
    BOOST_TEST(h.server.statuses.size() == 2U);
    h.time.run_for(1h);
    BOOST_REQUIRE(h.server.statuses.size() == 4U);
    BOOST_TEST((h.server.statuses[2].created - h.server.statuses[0].created > 59min));
    BOOST_TEST((h.server.statuses[3].created - h.server.statuses[2].created < 1min));
}

BOOST_AUTO_TEST_CASE(the_gap_lies_between_parts_too_and_a_thread_is_one_post_of_an_hour) {
    Long h;
    h.settings.accounts.at("news").limits.min_gap = 60s;
    h.settings.accounts.at("news").limits.per_hour = 1;
    h.begin();
    h.feed.add("one", sentences(3, 'x'));
    h.feed.add("two", sentences(3, 'y'));
    h.time.run_for(20min);
    BOOST_REQUIRE(h.server.statuses.size() == 2U);
    BOOST_TEST((h.server.statuses[1].created - h.server.statuses[0].created >= 60s));
    BOOST_TEST((h.server.statuses[1].created - h.server.statuses[0].created < 2min));
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_thread_of_which_nothing_has_left_follows_its_item_as_a_whole) {
    Long h;
    h.blog.delay = 3h;
    h.begin();
    h.feed.add("new", "short");
    h.next_look();
    for (const int count : {6, 3, 0, 4}) { // to four parts, to two, to one, to three
        h.item().title = sentences(count);
        h.next_look();
    }
    BOOST_TEST(h.server.statuses.empty());
    BOOST_TEST(h.store.post(1).parts == 3);
    BOOST_TEST((h.store.post(4).state == PostState::cancelled));
    h.time.run_for(3h);
    BOOST_TEST(h.threads() == four_sentences, boost::test_tools::per_element());
    BOOST_TEST(h.log.count("source.revised") == 4U);
}

BOOST_AUTO_TEST_CASE(a_part_that_is_not_needed_any_more_cannot_be_sent_by_hand) {
    Long h;
    h.blog.delay = 3h;
    h.begin();
    h.feed.add("new", sentences(3));
    h.next_look();
    h.item().title = "short";
    h.next_look();
    std::optional<Result<Post>> result;
    boost::asio::co_spawn(h.context, h.engine->act(2, engine::OutboxAction::retry, false),
                          [&](std::exception_ptr, Result<Post> r) { result.emplace(std::move(r)); });
    h.time.run_while([&] { return !result; });
    BOOST_REQUIRE(!*result);
    BOOST_TEST(result->error().message ==
               "post 2 is no part of its thread any more: its item says less than it did");
}

BOOST_AUTO_TEST_CASE(a_thread_that_has_begun_is_not_made_anew_and_that_is_said_once) {
    Long h;
    h.blog.on_update = OnUpdate::edit;
    h.begin();
    h.feed.add("new", sentences(4));
    h.server.faults = {Fault::none, Fault::lost_after}; // its second part is in doubt
    h.time.run_for(15min + 30s);
    h.item().title = sentences(6, 'b');
    h.next_look();
    h.next_look();
    h.item().title = sentences(4, 'c');
    h.next_look();
    BOOST_TEST(h.threads() == four_sentences, boost::test_tools::per_element());
    BOOST_TEST(h.log.count("source.not_edited") == 2U); // once for each change
}

BOOST_AUTO_TEST_CASE(a_published_post_is_not_edited_into_a_thread) {
    Long h;
    h.blog.on_update = OnUpdate::edit;
    h.begin();
    h.feed.add("new", "short");
    h.next_look();
    h.item().title = sentences(4);
    h.next_look();
    BOOST_TEST(h.timeline() == Texts{"short https://blog.example/new"});
    BOOST_TEST(h.log.first("source.not_edited").find("would take 3 posts") != std::string::npos,
               h.log.first("source.not_edited"));
}

BOOST_AUTO_TEST_CASE(a_thread_whose_item_is_taken_back_in_time_is_cancelled_as_a_whole) {
    Long h;
    h.blog.delay = 1h;
    h.begin();
    h.feed.add("new", sentences(4));
    h.next_look();
    h.item().gone = true;
    h.time.run_for(3h);
    BOOST_TEST(h.server.statuses.empty());
    for (const PostId id : {1, 2, 3})
        BOOST_TEST((h.store.post(id).code == ReasonCode::taken_back), id);
}

BOOST_AUTO_TEST_CASE(a_published_thread_is_deleted_from_its_end) {
    Long h;
    h.blog.on_delete = OnDelete::remove;
    h.begin();
    h.feed.add("new", sentences(4));
    h.next_look();
    BOOST_REQUIRE(h.server.statuses.size() == 3U);
    h.item().gone = true;
    h.next_look();
    BOOST_TEST(h.threads().empty());
    Texts deleted;
    for (const std::string& line : h.log.lines)
        if (line.starts_with("post.deleted: "))
            deleted.push_back(line.substr(14, 6));
    BOOST_TEST(deleted == (Texts{"post 3", "post 2", "post 1"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_a_thread_that_is_half_out_the_rest_stays_and_what_is_out_goes) {
    Long h;
    h.blog.on_delete = OnDelete::remove;
    h.begin();
    h.feed.add("new", sentences(4));
    h.server.faults = {Fault::none, Fault::lost_after}; // its second part is in doubt
    h.time.run_for(15min + 30s);
    h.item().gone = true;
    BOOST_REQUIRE((h.store.post(2).state == PostState::doubt));
    h.feed.changed();
    h.time.run_for(2h);
    BOOST_TEST(h.threads().empty());
    BOOST_TEST(h.server.statuses.size() == 2U);
    BOOST_TEST((h.store.post(3).state == PostState::cancelled));
}

BOOST_AUTO_TEST_CASE(one_that_has_begun_is_brought_to_its_end_where_nothing_is_to_be_deleted) {
    Long h;
    h.begin();
    h.feed.add("new", sentences(4));
    h.server.faults = {Fault::none, Fault::lost_after};
    h.time.run_for(15min + 30s);
    h.item().gone = true;
    h.time.run_for(2h);
    BOOST_TEST(h.threads() == four_sentences, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_source_is_told_of_an_item_when_all_parts_are_at_their_end) {
    Long h;
    h.blog.folder.emplace().after = After::move;
    h.begin();
    h.feed.add("new", sentences(4));
    h.server.faults = {Fault::none, Fault::lost_after};
    h.time.run_for(15min + 30s);
    const auto told = [&] {
        return std::any_of(h.feed.fates.begin(), h.feed.fates.end(),
                           [](const Fate& fate) { return fate.id == "new" && fate.published; });
    };
    BOOST_REQUIRE(h.server.statuses.size() == 2U);
    BOOST_TEST(!told());
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 3U);
    BOOST_TEST(told());
}

BOOST_AUTO_TEST_CASE(what_a_person_posts_is_a_thread_where_the_account_says_so) {
    Long h;
    h.begin();
    engine::PostOrder order;
    order.status = sentences(4);
    order.key = "k";
    order.visibility = Visibility::public_;
    const Result<engine::Accepted> refused = h.hand_in(order);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().message == "the text has 959 characters, and the server takes 500");
    auto defaults = std::make_shared<PostTemplate>();
    defaults->overflow = Overflow::thread;
    h.settings.accounts.at("news").defaults = defaults;
    const engine::Accepted accepted = h.hand_in(order).value();
    BOOST_TEST(accepted.further == std::vector<PostId>{2}, boost::test_tools::per_element());
    h.time.run_for(1min);
    const std::string first = sentence(0) + " " + sentence(1);
    BOOST_TEST(h.threads() == (Texts{first, sentence(2) + " " + sentence(3) + " < " + first}),
               boost::test_tools::per_element());
    // The same key with more text: what there was stands, and no part is left over.
    order.status = sentences(8);
    const engine::Accepted again = h.hand_in(order).value();
    BOOST_TEST(again.known);
    BOOST_TEST(again.further == std::vector<PostId>{2}, boost::test_tools::per_element());
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(an_item_that_was_made_a_thread_by_hand_goes_out_so) {
    Long h;
    h.begin();
    engine::PostOrder order;
    order.status = "one";
    order.further = {"two", "three"};
    order.key = "k";
    BOOST_REQUIRE(h.hand_in(std::move(order)).has_value());
    h.time.run_for(1min);
    BOOST_TEST(h.threads() == (Texts{"one", "two < one", "three < two"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_part_waits_for_the_one_before_it_whatever_the_clock_does) {
    Long h;
    h.begin();
    h.time.jump(4h);
    h.time.run_for(1min);
    h.feed.add("new", sentences(4));
    h.server.faults = {Fault::lost_after};
    h.next_look();
    BOOST_REQUIRE(
        (h.store.post(1).state == PostState::doubt || h.store.post(1).state == PostState::published));
    h.time.jump(-4h);
    h.time.run_for(1h);
    BOOST_REQUIRE_EQUAL(h.threads().size(), 3U);
    BOOST_TEST(h.server.statuses.at(1).in_reply_to == h.server.statuses.at(0).id);
    BOOST_TEST(h.server.statuses.at(2).in_reply_to == h.server.statuses.at(1).id);
}

BOOST_AUTO_TEST_CASE(what_the_server_takes_is_known_before_anything_is_made_for_it) {
    Long h;
    h.server.server.max_characters = 5000;
    h.blog.first_run.publish = 1;
    h.item().title = sentences(6); // two and a half usual posts
    h.entry("essay", schedule::Every{1h, Duration{}}, sentences(5));
    h.begin();
    BOOST_TEST(h.threads().size() == 1U);
    BOOST_TEST((h.hand_in([] {
                     engine::PostOrder order;
                     order.status = sentences(4);
                     order.key = "k";
                     return order;
                 }())
                    .has_value()));
    Long down;
    down.server.server.max_characters = 5000;
    down.server.no_profiles = 1'000'000;
    down.blog.first_run.publish = 1;
    down.item().title = "Short";
    down.start();
    down.time.run_for(20s); // posts are made all the same
    BOOST_TEST(down.store.posts.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
