#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// Makes of each file one of its own, or says what the test wants.
class ScriptedPreparer final : public MediaPreparer {
public:
    explicit ScriptedPreparer(VirtualTime& time)
        : time_(time) {}

    boost::asio::awaitable<PreparedMedia> prepare(MediaOrder order) override {
        if (takes > Duration{}) {
            const std::unique_ptr<Alarm> alarm = time_.make_alarm();
            co_await alarm->wait_for(takes);
        }
        orders.push_back(order.name);
        PreparedMedia prepared;
        prepared.to_send = order.media;
        prepared.reply = Reply{Verdict::media_ready, 0, {}};
        if (!replies.empty()) {
            prepared.reply = replies.front();
            replies.pop_front();
        }
        if (gone.count(order.media.to_send()) > 0) {
            if (gone_once)
                gone.clear();
            prepared.reply = Reply{Verdict::media_failed, 0, "it is not there"};
            prepared.missing = true;
        }
        if (prepared.reply.verdict == Verdict::media_ready) {
            prepared.to_send.copy = "/ready/" + order.name;
            prepared.notes.push_back("scaled down");
            there.insert(prepared.to_send.copy);
        }
        co_return prepared;
    }
    void forget(const Media& sent) override { there.erase(sent.copy); }
    void sweep() override {
        there.clear();
        ++sweeps;
    }

    void answer(Verdict verdict, const std::string& words, const std::string& hint = {}) {
        Reply reply{verdict, 0, words};
        reply.hint = hint;
        replies.push_back(std::move(reply));
    }

    std::deque<Reply> replies;
    Duration takes{};
    std::vector<std::string> orders;
    std::set<std::string> there;
    std::set<std::string> gone; ///< files that are not there
    bool gone_once = false;     ///< and are, when they are looked for again
    int sweeps = 0;

private:
    VirtualTime& time_;
};

struct World : Harness {
    World() { world.preparer = &preparer; }
    ~World() { stop(); }

    PostId look(const std::string& file = "/tmp/plot.png") {
        return hand_in(picture("look", file)).value().id;
    }
    PostState state(PostId id) { return store.post(id).state; }

    ScriptedPreparer preparer{time};
};

} // namespace

BOOST_AUTO_TEST_SUITE(engine_media)

BOOST_AUTO_TEST_CASE(what_was_made_of_a_file_is_uploaded_and_gone_with_that) {
    World h;
    h.start();
    BOOST_TEST(h.preparer.sweeps == 1);
    const PostId id = h.look();
    h.time.run_for(10s);
    BOOST_TEST((h.state(id) == PostState::published));
    BOOST_TEST(h.server.uploads.size() == 1U);
    BOOST_TEST(says(h.server.uploads.front(), "/ready/"));
    BOOST_TEST(h.preparer.there.empty());
    BOOST_TEST(h.media.kept.empty());
    BOOST_TEST(h.log.count("media.prepared") == 1U);
    h.restart();
    BOOST_TEST(h.preparer.sweeps == 2);
}

BOOST_AUTO_TEST_CASE(an_upload_begins_while_what_was_before_it_is_recorded) {
    World h;
    h.start();
    const Instant due = h.time.now() + 1h;
    const PostId words = h.post("words", "k", due);
    engine::PostOrder order = World::picture("look", "/tmp/plot.png");
    order.at = due;
    const PostId picture = h.hand_in(std::move(order)).value().id;
    h.server.latency = 1s;
    h.time.run_for(due - h.time.now() + 500ms);
    BOOST_REQUIRE((h.state(words) == PostState::sending));
    h.store.latency = 30s;
    h.time.run_for(10s);
    BOOST_TEST(h.timeline().size() == 1U);
    BOOST_TEST((h.state(words) == PostState::sending)); // as far as the store knows
    BOOST_TEST(h.server.uploads.size() == 1U);
    h.time.run_for(5min);
    BOOST_TEST((h.state(words) == PostState::published));
    BOOST_TEST((h.state(picture) == PostState::published));
    BOOST_TEST(h.server.uploads.size() == 1U);
}

/// A person changed the post meanwhile, so that the upload is of no use to it.
BOOST_AUTO_TEST_CASE(what_the_server_says_to_an_upload_counts_whatever_becomes_of_its_post) {
    World h;
    h.start();
    engine::PostOrder order = World::picture("look", "/tmp/one.png");
    order.media.push_back(order.media.front());
    order.media.back().file = "/tmp/two.png";
    h.server.latency = 10s;
    h.hand_in_quietly(std::move(order));
    h.server.faults = {Fault::none, Fault::limited};
    h.time.run_for(15s); // the first one is on its way
    BOOST_REQUIRE(h.server.uploads.empty());
    engine::PostEdit words;
    words.status = "other words";
    std::optional<Result<Post>> edited;
    boost::asio::co_spawn(h.context, h.engine->edit(1, std::move(words)),
                          [&](std::exception_ptr, Result<Post> r) { edited = std::move(r); });
    h.time.run_for(16s);
    BOOST_TEST((edited && edited->has_value()));
    const auto made = h.server.requests;
    h.time.run_for(1min);
    BOOST_TEST(h.server.requests == made); // limited
    h.time.run_for(1h);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"other words"}, boost::test_tools::per_element());
    BOOST_TEST(h.server.statuses.front().media.size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_the_server_would_not_take_fails_before_anything_is_sent) {
    World h;
    h.preparer.answer(Verdict::media_failed, "has 48 million pixels, and the server takes 33 million",
                      "make it smaller");
    h.start();
    const PostId id = h.look();
    h.time.run_for(1min);
    BOOST_TEST((h.state(id) == PostState::failed));
    BOOST_TEST(h.store.post(id).reason ==
               "/tmp/plot.png: has 48 million pixels, and the server takes 33 million. make it smaller");
    BOOST_TEST((h.store.post(id).code == ReasonCode::media));
    BOOST_TEST(h.server.requests == 0U);
}

BOOST_AUTO_TEST_CASE(what_tells_too_much_is_held_and_not_sent) {
    World h;
    h.preparer.answer(Verdict::media_kept_back, "is to be stripped of what it tells, and is not: of Ogg");
    h.start();
    const PostId id = h.look();
    h.time.run_for(1h);
    BOOST_TEST((h.state(id) == PostState::held));
    BOOST_TEST(says(h.store.post(id).reason, "/tmp/plot.png: is to be stripped"));
    BOOST_TEST(h.server.requests == 0U);
    BOOST_TEST(h.media.kept.size() == 1U); // a person may still decide
}

BOOST_AUTO_TEST_CASE(trouble_of_this_machine_is_no_trouble_of_the_server) {
    World h;
    h.preparer.answer(Verdict::not_sent, "there is no room for it");
    h.preparer.answer(Verdict::not_sent, "there is no room for it");
    h.start();
    const PostId id = h.look();
    h.time.run_for(200ms);
    const PostId other = h.post("words alone", "k");
    h.time.run_for(1s);
    BOOST_TEST((h.state(other) == PostState::published)); // the lane goes on
    h.time.run_for(10min);
    BOOST_TEST((h.state(id) == PostState::published));
    BOOST_TEST(h.preparer.orders.size() == 3U);
    BOOST_TEST(h.log.count("account.backing_off") == 0U);
}

BOOST_AUTO_TEST_CASE(trouble_of_this_machine_that_stays_holds_the_post) {
    World h;
    for (int i = 0; i < 50; ++i)
        h.preparer.answer(Verdict::not_sent, "there is no room for it");
    h.start();
    const PostId id = h.look();
    h.time.run_for(24h);
    BOOST_TEST((h.state(id) == PostState::held));
    BOOST_TEST(says(h.store.post(id).reason, "there is no room for it"));
    BOOST_TEST(h.server.uploads.empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_sent_takes_nothing_of_the_limits) {
    World h;
    for (int i = 0; i < 40; ++i)
        h.preparer.answer(Verdict::media_failed, "is too large");
    h.start();
    h.time.run_for(5min); // at a window's edge it is not known which one a request counts in
    for (int i = 0; i < 40; ++i)
        (void)h.look("/tmp/" + std::to_string(i) + ".png");
    h.time.run_for(1min);
    BOOST_TEST(h.preparer.orders.size() == 40U);
    BOOST_TEST(h.server.requests == 0U);
    const PostId good = h.look(); // Mastodon takes 30 uploads in half an hour
    h.time.run_for(1min);
    BOOST_TEST((h.state(good) == PostState::published));
}

BOOST_AUTO_TEST_CASE(processing_is_awaited_with_ever_longer_pauses) {
    World h;
    h.server.processing = 30s;
    h.start();
    const PostId id = h.look("/tmp/clip.mp4");
    h.time.run_for(39s);
    BOOST_TEST((h.state(id) == PostState::published));
    BOOST_TEST(h.server.uploads.size() == 1U);
    BOOST_TEST(h.server.media_looks >= 6U);
    BOOST_TEST(h.server.media_looks <= 9U);
}

BOOST_AUTO_TEST_CASE(processing_that_never_ends_is_given_up_before_the_server_throws_it_away) {
    World h;
    h.server.processing = 1000h;
    h.start();
    const PostId id = h.look("/tmp/clip.mp4");
    h.time.run_for(19h);
    BOOST_TEST((h.state(id) == PostState::uploading));
    h.time.run_for(2h);
    BOOST_TEST((h.state(id) == PostState::held));
    BOOST_TEST((h.store.post(id).code == ReasonCode::processing));
    BOOST_TEST(says(h.store.post(id).reason, "/tmp/clip.mp4"));
    BOOST_TEST(h.server.uploads.size() == 1U);
    BOOST_TEST(h.server.media_looks < 500U); // about one in four minutes
}

BOOST_AUTO_TEST_CASE(processing_that_fails_is_told_with_the_file_and_the_servers_words) {
    World h;
    h.server.processing = 5s;
    h.server.processing_fails = true;
    h.start();
    const PostId id = h.look("/tmp/clip.mp4");
    h.time.run_for(1min);
    BOOST_TEST((h.state(id) == PostState::failed));
    BOOST_TEST(h.store.post(id).reason == "/tmp/clip.mp4: 422 Error processing thumbnail for uploaded media");
}

BOOST_AUTO_TEST_CASE(an_upload_that_was_cut_is_made_anew_and_counted) {
    for (const Fault fault : {Fault::lost_before, Fault::lost_after, Fault::not_sent, Fault::error_before})
        BOOST_TEST_CONTEXT(static_cast<int>(fault)) {
            World h;
            h.server.faults = {fault, fault};
            h.start();
            const PostId id = h.look();
            h.time.run_for(200ms);
            BOOST_TEST(h.store.post(id).tries == 1);
            BOOST_TEST((h.state(id) == PostState::retrying));
            h.time.run_for(30min);
            BOOST_TEST((h.state(id) == PostState::published));
            BOOST_TEST(h.server.statuses.size() == 1U);
            BOOST_TEST(h.server.statuses[0].media.size() == 1U);
            BOOST_TEST(h.preparer.orders.size() == 3U);
            BOOST_TEST(h.preparer.there.empty());
        }
}

BOOST_AUTO_TEST_CASE(an_id_that_was_got_is_kept_over_a_restart) {
    World h;
    h.server.processing = 1h;
    h.start();
    const PostId id = h.look("/tmp/clip.mp4");
    h.time.run_for(10min);
    h.restart();
    h.time.run_for(1h);
    BOOST_TEST((h.state(id) == PostState::published));
    BOOST_TEST(h.server.uploads.size() == 1U);
    BOOST_TEST(h.server.statuses.at(0).media.at(0) == "m1");
}

BOOST_AUTO_TEST_CASE(a_thumbnail_is_taken_over_with_its_file_and_goes_with_it) {
    World h;
    h.start();
    engine::PostOrder order = Harness::picture("look", "/tmp/clip.mp4");
    order.media[0].thumbnail = "/tmp/cover.jpg";
    order.at = h.time.now() + 1min;
    const PostId id = h.hand_in(std::move(order)).value().id;
    const Media media = h.store.post(id).content.media.at(0);
    BOOST_TEST(media.thumbnail_copy != "");
    BOOST_TEST(media.thumbnail_copy != media.copy);
    BOOST_TEST(h.media.kept.size() == 2U);
    h.time.run_for(2min);
    BOOST_TEST((h.state(id) == PostState::published));
    BOOST_TEST(h.media.kept.empty());
}

BOOST_AUTO_TEST_CASE(a_thumbnail_that_is_not_there_is_refused_and_no_copy_stays) {
    World h;
    h.media.missing = {"/tmp/cover.jpg"};
    h.start();
    engine::PostOrder order = Harness::picture("look", "/tmp/clip.mp4");
    order.media[0].thumbnail = "/tmp/cover.jpg";
    BOOST_TEST(!h.hand_in(std::move(order)).has_value());
    BOOST_TEST(h.media.kept.empty());
}

BOOST_AUTO_TEST_CASE(a_copy_that_is_gone_is_made_anew_or_done_without) {
    World h;
    h.start();
    engine::PostOrder order = Harness::picture("look", "/tmp/plot.png");
    order.at = h.time.now() + 1min;
    const PostId id = h.hand_in(std::move(order)).value().id;
    h.preparer.gone = h.media.kept; // the file itself is there
    h.media.kept.clear();
    h.media.missing = {"/tmp/plot.png"}; // and no copy can be made of it
    h.time.run_for(2min);
    BOOST_TEST((h.state(id) == PostState::published));
    BOOST_TEST(h.preparer.orders.size() == 2U);
}

/// Another machine fetched it, or a backup without it was put back.
BOOST_AUTO_TEST_CASE(a_fetched_file_that_is_gone_is_fetched_again) {
    World h;
    h.start();
    engine::PostOrder order = Harness::picture("look", "");
    order.media[0].url = "https://blog.example/a.png";
    h.preparer.answer(Verdict::not_sent, "not now"); // fetched, and not uploaded
    const PostId id = h.hand_in(std::move(order)).value().id;
    h.time.run_for(1ms);
    h.preparer.gone = {h.store.post(id).content.media.at(0).file};
    h.preparer.gone_once = true;
    h.time.run_for(5min);
    BOOST_TEST((h.state(id) == PostState::published));
    BOOST_TEST(h.media.fetches.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_copy_that_cannot_be_had_for_now_is_waited_for) {
    World h;
    h.start();
    engine::PostOrder order = Harness::picture("look", "/tmp/plot.png");
    order.at = h.time.now() + 1min;
    const PostId id = h.hand_in(std::move(order)).value().id;
    h.preparer.gone = h.media.kept;
    h.preparer.gone_once = true;
    h.media.away = 1;
    h.time.run_for(5min);
    BOOST_TEST((h.state(id) == PostState::published));
    BOOST_TEST(h.media.away == 0);
    BOOST_TEST(h.preparer.orders.size() == 2U);
}

BOOST_AUTO_TEST_CASE(an_upload_costs_no_commit_of_its_own_beside_the_one_before_it) {
    World h;
    h.start();
    (void)h.post("words", "k");
    h.time.run_for(10s);
    const std::size_t before = h.store.commits();
    (void)h.look();
    const std::size_t accepted = h.store.commits();
    h.time.run_for(10s);
    BOOST_TEST(accepted - before == 1U);
    BOOST_TEST(h.store.commits() - accepted == 3U); // what it takes of the limits, the attempt, the outcome
}

BOOST_AUTO_TEST_CASE(a_picture_that_takes_long_to_make_keeps_no_other_account_waiting) {
    World h;
    h.account("other");
    h.preparer.takes = 40s;
    h.start();
    engine::PostOrder slow = Harness::picture("look", "/tmp/plot.png");
    slow.account = "news";
    (void)h.hand_in(std::move(slow));
    engine::PostOrder quick;
    quick.status = "words";
    quick.account = "other";
    (void)h.hand_in(std::move(quick));
    h.time.run_for(10s);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"words"}, boost::test_tools::per_element());
    h.time.run_for(1min);
    BOOST_TEST(h.server.statuses.size() == 2U);
}

/// An entry has no next item: a person decides.
BOOST_AUTO_TEST_CASE(an_entrys_picture_without_a_description_is_held_where_it_asks_for_another_item) {
    World h;
    EntrySettings& entry = h.entry("daily", *schedule::Cron::parse("0 13 * * *"), "look");
    const auto post = std::make_shared<PostTemplate>(*entry.targets[0].post);
    MediaTemplate media;
    media.file = "/srv/a.png";
    media.missing_alt = MissingAlt::next_item;
    media.alt = *text::Template::parse("  ", {}); // blanks describe nothing
    post->media.push_back(media);
    entry.targets[0].post = post;
    h.start();
    h.time.run_for(2h);
    BOOST_REQUIRE_EQUAL(h.store.posts.size(), 1U);
    BOOST_TEST((h.state(1) == PostState::held));
    BOOST_TEST(h.store.post(1).reason == "no alt text for /srv/a.png");
    BOOST_TEST(h.timeline().empty());
}

BOOST_AUTO_TEST_CASE(more_pictures_than_the_server_takes_are_held_where_the_configuration_states_them) {
    World h;
    EntrySettings& entry = h.entry("daily", *schedule::Cron::parse("0 13 * * *"), "look");
    const auto post = std::make_shared<PostTemplate>(*entry.targets[0].post);
    for (const char* file : {"/1.png", "/2.png", "/3.png", "/4.png", "/5.png"}) {
        MediaTemplate media;
        media.file = file;
        media.alt = *text::Template::parse("a picture", {});
        post->media.push_back(media);
    }
    entry.targets[0].post = post;
    h.start();
    h.time.run_for(2h);
    BOOST_TEST((h.state(1) == PostState::held));
    BOOST_TEST(h.store.post(1).reason == "the post has 5 media, and the server takes 4");
}

BOOST_AUTO_TEST_SUITE_END()
