#include "engine/intake.hpp"

#include "support/engine_harness.hpp"

#include <algorithm>

using namespace crier;
using namespace crier::test;

namespace {

/// One look at a list of items with what is remembered, as a poller makes it.
struct Look {
    Harness h;
    SourceSettings& source = h.source("blog");
    std::vector<SeenItem> known;

    engine::Intake take(const std::vector<Item>& items, bool first_run = false) {
        const CompiledFilter filter =
            *CompiledFilter::compile(source.targets[0].filter ? *source.targets[0].filter : Filter{});
        const engine::IntakeQuery query{
            source,       source.targets[0], h.settings.accounts["news"], h.server.server, filter, {},
            h.time.now(), first_run};
        engine::Intake intake = engine::take_in(query, items, identify_all(items), known);
        for (const SeenItem& seen : intake.seen)
            note(seen);
        return intake;
    }

    /// As the store does: what is known keeps its verdict.
    void note(const SeenItem& seen) {
        const auto row = std::find_if(known.begin(), known.end(),
                                      [&](const SeenItem& before) { return before.item == seen.item; });
        if (row == known.end())
            known.push_back(seen);
        else if (seen.said != Digest{})
            row->said = seen.said;
    }
};

Item item(std::string id, std::string link = {}) {
    Item made;
    made.id = id;
    made.title = "Title " + id;
    made.link = link.empty() ? "https://blog.example/" + id : std::move(link);
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_intake)

BOOST_AUTO_TEST_CASE(an_item_is_taken_once) {
    Look look;
    BOOST_TEST(look.take({item("a")}).posts.size() == 1U);
    BOOST_TEST(look.take({item("b"), item("a")}).posts.size() == 1U);
    BOOST_TEST(look.take({item("a"), item("b")}).posts.empty());
}

BOOST_AUTO_TEST_CASE(an_edited_item_is_no_new_post) {
    Look look;
    (void)look.take({item("a")});
    Item edited = item("a");
    edited.title = "Corrected";
    edited.link = "https://blog.example/corrected";
    BOOST_TEST(look.take({edited}).posts.empty());
}

BOOST_AUTO_TEST_CASE(ids_that_all_change_while_the_links_stay_flood_nothing) {
    Look look;
    (void)look.take({item("1", "https://blog.example/a"), item("2", "https://blog.example/b")});
    BOOST_TEST(
        look.take({item("x1", "http://BLOG.example/a?utm_source=rss"), item("x2", "https://blog.example/b")})
            .posts.empty());
}

BOOST_AUTO_TEST_CASE(what_changes_under_a_new_id_changes_the_item_of_before) {
    Look look;
    const Digest first = identify(item("1", "https://blog.example/a")).item;
    (void)look.take({item("1", "https://blog.example/a")});
    Item again = item("2", "https://blog.example/a");
    again.title = "Title 1";
    BOOST_TEST(look.take({again}).changed.empty()); // another id says nothing new
    again.title = "Corrected";
    const engine::Intake corrected = look.take({again});
    BOOST_REQUIRE(corrected.changed.size() == 1U);
    BOOST_TEST((corrected.changed[0].first == first));
    again.id = "3";
    again.title = "Corrected again"; // both at once
    const engine::Intake renamed = look.take({again});
    BOOST_REQUIRE(renamed.changed.size() == 1U);
    BOOST_TEST((renamed.changed[0].first == first));
    again.gone = true;
    const engine::Intake gone = look.take({again});
    BOOST_REQUIRE(gone.gone.size() == 1U);
    BOOST_TEST((gone.gone[0].first == first));
}

BOOST_AUTO_TEST_CASE(an_item_that_was_seen_on_a_clock_that_was_behind_is_one_item_all_the_same) {
    Look look;
    Item first = item("1", "https://blog.example/a");
    first.published = look.h.time.now() + 2h; // as the others' clocks have it
    BOOST_TEST(look.take({first}).posts.size() == 1U);
    first.id = "2";
    first.title = "Corrected";
    BOOST_TEST(look.take({first}).posts.empty());
    first.id = "3";
    first.title = "The next one behind the same link";
    first.published = *first.published + 1h;
    BOOST_TEST(look.take({first}).posts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_link_of_several_items_tells_not_which_one_was_taken_back) {
    Look look;
    const std::string home = "https://blog.example/";
    (void)look.take({item("1", home), item("2", home)});
    Item gone = item("3", home);
    gone.gone = true;
    BOOST_TEST(look.take({gone}).gone.empty());
}

BOOST_AUTO_TEST_CASE(a_link_that_several_items_share_identifies_none_of_them) {
    Look look;
    const std::string home = "https://blog.example/";
    BOOST_TEST(look.take({item("1", home), item("2", home)}).posts.size() == 2U);
    BOOST_TEST(look.take({item("3", home), item("1", home), item("2", home)}).posts.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_first_run_notes_all_and_publishes_the_newest_it_may) {
    Look look;
    look.source.first_run.publish = 1;
    const engine::Intake intake = look.take({item("c"), item("b"), item("a")}, true);
    BOOST_REQUIRE(intake.posts.size() == 1U);
    BOOST_TEST(intake.posts[0].content.status == "Title c https://blog.example/c");
    BOOST_TEST(intake.noted == 2U);
    BOOST_TEST(intake.seen.size() == 3U);
}

BOOST_AUTO_TEST_CASE(posts_come_oldest_first) {
    Look look;
    const engine::Intake intake = look.take({item("c"), item("b"), item("a")});
    BOOST_REQUIRE(intake.posts.size() == 3U);
    BOOST_TEST(intake.posts[0].content.status == "Title a https://blog.example/a");
    BOOST_TEST(intake.posts[2].content.status == "Title c https://blog.example/c");
}

BOOST_AUTO_TEST_CASE(a_feed_that_lists_the_oldest_first_is_posted_by_date_all_the_same) {
    Look look;
    Item old = item("old");
    old.published = look.h.time.now() - 2h;
    Item young = item("young");
    young.published = look.h.time.now() - 1h;
    look.source.first_run.publish = 1;
    const engine::Intake intake = look.take({old, young}, true);
    BOOST_REQUIRE(intake.posts.size() == 1U);
    BOOST_TEST(intake.posts[0].content.status == "Title young https://blog.example/young");
}

BOOST_AUTO_TEST_CASE(a_filters_verdict_stays_when_the_filter_is_loosened) {
    Look look;
    auto filter = std::make_shared<Filter>();
    FieldFilter field;
    field.field = "title";
    field.any = {"sponsored"};
    filter->exclude.push_back(field);
    look.source.targets[0].filter = filter;
    Item advert = item("ad");
    advert.title = "Sponsored: buy";
    BOOST_TEST(look.take({advert}).posts.empty());
    look.source.targets[0].filter.reset();
    BOOST_TEST(look.take({advert}).posts.empty());
    BOOST_TEST(look.known[0].verdict.find("filtered") == 0U);
}

BOOST_AUTO_TEST_CASE(an_item_older_than_max_age_is_noted_not_posted) {
    Look look;
    look.source.max_age = 24h;
    Item old = item("old");
    old.published = look.h.time.now() - 48h;
    BOOST_TEST(look.take({old}).posts.empty());
    BOOST_TEST(look.known[0].verdict.find("too old") == 0U);
}

BOOST_AUTO_TEST_CASE(a_picture_without_alt_text_holds_drops_or_passes_as_asked) {
    const std::pair<MissingAlt, std::size_t> cases[] = {
        {MissingAlt::hold, 1U}, {MissingAlt::drop_media, 0U}, {MissingAlt::post, 1U}};
    for (const auto& [policy, media] : cases) {
        Look look;
        auto post = Harness::text("{{ title }}");
        MediaTemplate wanted;
        wanted.from = {"enclosure"};
        wanted.missing_alt = policy;
        post->media.push_back(wanted);
        look.source.targets[0].post = post;
        Item pictured = item("a");
        ItemMedia picture;
        picture.url = "https://blog.example/a.png";
        picture.type = "image/png";
        picture.from = "enclosure";
        pictured.media.push_back(picture);
        const engine::Intake intake = look.take({pictured});
        BOOST_REQUIRE(intake.posts.size() == 1U);
        BOOST_TEST(intake.posts[0].content.media.size() == media);
        BOOST_TEST((intake.posts[0].state == PostState::held) == (policy == MissingAlt::hold));
    }
}

BOOST_AUTO_TEST_CASE(an_item_with_nothing_to_post_is_passed_over_until_it_has_something) {
    Look look;
    Item bare = item("a");
    bare.title.clear();
    bare.link.clear();
    bare.author = "Jo";
    bare.categories = {"news"};
    bare.published = look.h.time.now();
    for (int i = 0; i < 2; ++i) {
        const engine::Intake intake = look.take({bare, item("b")});
        BOOST_TEST(intake.posts.size() == (i == 0 ? 1U : 0U));
        BOOST_TEST(intake.empty == 1U);
        BOOST_TEST(intake.fresh == (i == 0 ? 1U : 0U));
        BOOST_TEST(look.known.size() == 1U);
    }
    bare.title = "Now";
    const engine::Intake intake = look.take({bare});
    BOOST_REQUIRE(intake.posts.size() == 1U);
    BOOST_TEST(intake.posts[0].content.status.find("Now") == 0U);
    BOOST_TEST(intake.empty == 0U);
}

BOOST_AUTO_TEST_CASE(a_template_may_want_what_little_an_item_says) {
    Look look;
    look.source.targets[0].post = Harness::text("{{ author }}");
    Item bare;
    bare.id = "a";
    bare.author = "Jo";
    const engine::Intake intake = look.take({bare});
    BOOST_REQUIRE(intake.posts.size() == 1U);
    BOOST_TEST(intake.posts[0].content.status == "Jo");
    BOOST_TEST(intake.empty == 0U);
}

BOOST_AUTO_TEST_CASE(a_link_alone_is_a_post) {
    Look look;
    look.source.targets[0].post = Harness::text("{{ title }}\n\n{{ link }}");
    Item bare = item("a");
    bare.title.clear();
    const engine::Intake intake = look.take({bare});
    BOOST_REQUIRE(intake.posts.size() == 1U);
    BOOST_TEST(intake.posts[0].content.status == "https://blog.example/a");
    // Where the template asks for what is not there, a person is asked.
    look.source.targets[0].post = Harness::text("{{ title }}");
    Item other = item("b");
    other.title.clear();
    const engine::Intake held = look.take({other});
    BOOST_REQUIRE(held.posts.size() == 1U);
    BOOST_TEST((held.posts[0].state == PostState::held));
}

BOOST_AUTO_TEST_SUITE_END()
