// What becomes of a published post when its item changes or is taken back (delivery rule 19).

#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

using namespace std::chrono_literals;

/// A source whose published posts follow their items; one of them is published.
struct Followed : Harness {
    SourceSettings& blog = source("blog");

    Followed() {
        feed.add("old", "An old item");
        blog.on_update = OnUpdate::edit;
        blog.on_delete = OnDelete::remove;
        start();
        time.run_for(1s);
        feed.add("new", "A tpyo");
        next_look();
    }
    void next_look() { time.run_for(16min); }
    Item& item() { return feed.items.front(); }
    void says(std::string title) { item().title = std::move(title); }
    [[nodiscard]] const ModelServer::Status& status() const { return server.statuses.at(0); }
    [[nodiscard]] Amendment amendment() { return store.amendment_of(1).value(); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(amend)

BOOST_AUTO_TEST_CASE(a_published_post_says_what_its_item_says_now) {
    Followed h;
    BOOST_REQUIRE(h.timeline() == (std::vector<std::string>{"A tpyo https://blog.example/new"}));
    h.says("A typo");
    h.next_look();
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"A typo https://blog.example/new"}));
    BOOST_TEST(h.store.post(1).content.status == "A typo https://blog.example/new");
    BOOST_TEST((h.store.post(1).state == PostState::published));
    BOOST_TEST(h.log.count("post.edited") == 1U);
    h.next_look();
    h.restart();
    h.next_look();
    BOOST_TEST(h.status().edits == 1); // once for one change
}

BOOST_AUTO_TEST_CASE(without_being_asked_for_nothing_of_it_happens) {
    Followed h;
    h.blog.on_update = OnUpdate::ignore;
    h.blog.on_delete = OnDelete::ignore;
    h.says("A typo");
    h.next_look();
    h.item().gone = true;
    h.next_look();
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"A tpyo https://blog.example/new"}));
    BOOST_TEST(!h.status().deleted);
}

BOOST_AUTO_TEST_CASE(what_its_source_does_not_want_any_more_is_not_done) {
    Followed h;
    h.server.good_token = "another"; // nothing can be sent
    h.says("A typo");
    h.next_look();
    BOOST_TEST(h.amendment().next.has_value());
    h.stop();
    h.blog.on_update = OnUpdate::ignore;
    h.server.good_token = "token";
    h.start();
    h.next_look();
    BOOST_TEST(h.status().text == "A tpyo https://blog.example/new");
    BOOST_TEST(!h.amendment().next);
    BOOST_TEST(h.amendment().note == "its source does not have it edited any more");

    h.server.good_token = "another";
    h.item().gone = true;
    h.next_look();
    h.stop();
    h.settings.sources.clear();
    h.server.good_token = "token";
    h.start();
    h.time.run_for(10min);
    BOOST_TEST(!h.status().deleted);
    BOOST_TEST(h.amendment().note == "its source does not have it deleted any more");
}

BOOST_AUTO_TEST_CASE(the_latest_wins_and_a_word_that_is_taken_back_is_not_published) {
    Followed h;
    h.server.faults = {Fault::not_sent};
    h.says("Second");
    h.next_look();
    BOOST_TEST(h.status().text == "Second https://blog.example/new"); // after its back-off
    // While nothing can be sent, two changes: of the first nothing is ever seen.
    h.server.good_token = "another";
    h.says("Third");
    h.next_look();
    h.says("Second");
    h.next_look();
    h.server.good_token = "token";
    h.time.run_for(2h);
    BOOST_TEST(h.status().text == "Second https://blog.example/new");
    BOOST_TEST(h.status().edits == 1);
}

BOOST_AUTO_TEST_CASE(an_edit_whose_reply_was_lost_is_made_again) {
    Followed h;
    h.server.faults = {Fault::lost_after};
    h.says("A typo");
    h.next_look();
    BOOST_TEST(h.status().edits == 2);
    BOOST_TEST(h.store.post(1).content.status == "A typo https://blog.example/new");
    BOOST_TEST(!h.amendment().next);
}

BOOST_AUTO_TEST_CASE(an_edit_waits_for_the_posts_outcome) {
    Followed h;
    h.feed.add("doubtful", "Doubtful");
    h.server.faults = {Fault::lost_after};
    h.time.run_for(15min + 30s); // it is in doubt, and looked into 150 s later
    BOOST_REQUIRE((h.store.post(2).state == PostState::doubt));
    h.feed.changed();
    h.says("Certain");
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 2U);
    BOOST_TEST(h.server.statuses[1].text == "Certain https://blog.example/doubtful");
}

BOOST_AUTO_TEST_CASE(one_that_is_gone_from_the_server_is_never_edited_again) {
    Followed h;
    h.server.statuses[0].deleted = true;
    h.says("A typo");
    h.next_look();
    BOOST_TEST(h.amendment().closed);
    BOOST_TEST(h.log.first("post.not_amended").find("does not have it any more") != std::string::npos,
               h.log.first("post.not_amended"));
    const std::size_t before = h.server.requests;
    h.says("Again");
    h.next_look();
    BOOST_TEST(h.server.requests == before);
}

BOOST_AUTO_TEST_CASE(an_account_that_is_locked_for_a_while_loses_no_edit) {
    Followed h;
    h.server.faults = {Fault::forbidden, Fault::forbidden};
    h.says("A typo");
    h.next_look();
    h.time.run_for(1h);
    BOOST_TEST(h.status().text == "A typo https://blog.example/new");
    BOOST_TEST(!h.amendment().next);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_told_and_stops_nothing) {
    Followed h;
    h.server.faults = {Fault::refused};
    h.says("A typo");
    h.next_look();
    BOOST_TEST(h.log.first("post.not_amended").find("422 Validation failed") != std::string::npos);
    h.feed.add("more", "More");
    h.next_look();
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_server_that_never_does_it_is_asked_so_often_and_keeps_no_post_back) {
    Followed h;
    h.server.faults.assign(100, Fault::error_before);
    h.says("A typo");
    h.time.run_for(3 * 24h);
    BOOST_TEST(h.server.faults.size() == 88U);
    BOOST_TEST(h.amendment().note.find("given up after 12 tries") == 0U, h.amendment().note);
    h.server.faults.clear();
    h.feed.add("more", "More");
    h.next_look();
    BOOST_TEST(h.server.statuses.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_source_that_says_something_else_at_every_look_is_not_followed_for_ever) {
    Followed h;
    for (int i = 0; i < 30; ++i) {
        h.says("Seen by " + std::to_string(i));
        h.next_look();
    }
    BOOST_TEST(h.status().edits == 20);
    BOOST_TEST(h.log.count("post.not_amended") == 1U);
}

BOOST_AUTO_TEST_CASE(what_a_person_reads_before_it_goes_out_does_not_change_by_itself) {
    Followed h;
    h.settings.accounts.at("news").mode = Mode::hold;
    h.says("A typo");
    h.restart();
    h.next_look();
    BOOST_TEST(h.timeline() == (std::vector<std::string>{"A tpyo https://blog.example/new"}));
    BOOST_TEST(h.server.requests == 1U);
}

BOOST_AUTO_TEST_CASE(posts_go_before_edits_and_edits_leave_them_half_of_the_limit) {
    Followed h;
    std::vector<Item> many;
    for (int i = 0; i < 200; ++i)
        h.feed.add("many" + std::to_string(i), "One of many " + std::to_string(i));
    h.blog.fuse = Fuse{};
    h.blog.fuse->on = false;
    h.next_look();
    BOOST_REQUIRE(h.server.statuses.size() == 201U);
    for (Item& item : h.feed.items)
        item.title += ", mended";
    h.next_look();
    const auto edits = [&] {
        return std::count_if(h.server.statuses.begin(), h.server.statuses.end(),
                             [](const ModelServer::Status& status) { return status.edits > 0; });
    };
    BOOST_TEST(edits() == 0); // more than half of 300 in three hours are used up
    h.time.run_for(9h);
    BOOST_TEST(edits() == 201);
}

BOOST_AUTO_TEST_CASE(one_whose_item_was_taken_back_is_deleted) {
    Followed h;
    h.item().gone = true;
    h.server.faults = {Fault::lost_after};
    h.next_look();
    BOOST_TEST(h.status().deleted);
    BOOST_TEST((h.store.post(1).state == PostState::deleted));
    BOOST_TEST(!h.store.post(1).reason.empty());
    const std::size_t before = h.server.requests;
    h.next_look();
    BOOST_TEST(h.server.requests == before);
}

BOOST_AUTO_TEST_CASE(an_item_whose_id_has_changed_is_followed_all_the_same) {
    Followed h;
    h.item().id = "another";
    h.next_look();
    h.says("A typo");
    h.next_look();
    BOOST_TEST(h.status().text == "A typo https://blog.example/new");
    // With the next id and other words in one look.
    h.item().id = "a third";
    h.says("No typo");
    h.next_look();
    BOOST_TEST(h.status().text == "No typo https://blog.example/new");
    BOOST_TEST(h.status().edits == 2);
    h.item().id = "a fourth";
    h.item().gone = true;
    h.next_look();
    BOOST_TEST(h.status().deleted);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(one_that_is_shown_under_both_of_its_ids_is_followed_once) {
    Followed h;
    h.item().id = "another";
    h.next_look();
    Item old = h.item();
    old.id = "new";
    h.feed.items.insert(h.feed.items.begin(), old);
    for (Item& item : h.feed.items)
        item.title += ", mended";
    const std::size_t before = h.feed.polls;
    h.next_look();
    BOOST_TEST(h.feed.polls == before + 1);
    BOOST_TEST(h.status().text == "A tpyo, mended https://blog.example/new");
    BOOST_TEST(h.status().edits == 1);
}

BOOST_AUTO_TEST_CASE(also_when_its_link_changes_next) {
    Followed h;
    h.item().id = "another";
    h.next_look();
    h.item().link = "https://new.example/new";
    h.next_look();
    BOOST_TEST(h.status().text == "A tpyo https://new.example/new");
    h.item().link.clear();
    h.item().gone = true;
    h.next_look();
    BOOST_TEST(h.status().deleted);
}

BOOST_AUTO_TEST_CASE(that_an_item_is_not_shown_any_more_deletes_nothing) {
    Followed h;
    h.feed.items.erase(h.feed.items.begin());
    h.time.run_for(3h);
    BOOST_TEST(!h.status().deleted);
    h.feed.items.clear();
    h.time.run_for(3h);
    BOOST_TEST(!h.status().deleted);
}

BOOST_AUTO_TEST_CASE(pictures_stay_and_their_descriptions_follow) {
    Followed h;
    auto post = std::make_shared<PostTemplate>(*h.blog.targets[0].post);
    post->media.resize(1);
    post->media[0].from = {"enclosure"};
    h.blog.targets[0].post = post;
    h.feed.add("picture", "A picture");
    h.item().media.push_back(ItemMedia{"https://blog.example/p.png", "image/png", "A harbuor", "enclosure"});
    h.next_look();
    BOOST_REQUIRE(h.server.statuses.size() == 2U);
    const auto media = h.server.statuses[1].media;
    BOOST_REQUIRE(media.size() == 1U);
    h.item().media[0].alt = "A harbour";
    h.next_look();
    BOOST_TEST(h.server.statuses[1].edits == 1);
    BOOST_TEST(h.server.statuses[1].media == media);
    BOOST_TEST(h.store.post(2).content.media.at(0).alt == "A harbour");
}

BOOST_AUTO_TEST_SUITE_END()
