#include "harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// One published post of "news", with the id 1, and one that is not, with the id 2.
void put_posts(OpenStore& store) {
    Batch batch;
    Post published = make_post("published");
    published.state = PostState::published;
    published.status_id = "1001";
    batch.insert.push_back(std::move(published));
    Post doubt = make_post("doubt");
    doubt.state = PostState::doubt;
    doubt.next = noon + 1h;
    batch.insert.push_back(std::move(doubt));
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
}

Amendment edit_of(PostId post, const std::string& text, Instant asked) {
    Amendment amendment;
    amendment.post = post;
    amendment.account = "news";
    amendment.kind = Amendment::Kind::edit;
    amendment.content.status = text;
    amendment.asked = asked;
    amendment.next = asked;
    return amendment;
}

void ask(OpenStore& store, Amendment amendment) {
    Batch batch;
    batch.amendments.push_back(std::move(amendment));
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
}

void settle(OpenStore& store, Amendment amendment) {
    Batch batch;
    batch.amended.push_back(std::move(amendment));
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
}

std::optional<Amendment> of(OpenStore& store, PostId post) {
    return run(store.context, (*store).amendment(post)).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(amend)

BOOST_AUTO_TEST_CASE(what_is_asked_of_a_published_post_is_handed_out_when_nothing_else_is) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_posts(store);
    ask(store, edit_of(1, "other words", noon));
    const LaneWork work = store.lane(noon);
    BOOST_TEST(work.posts.empty());
    BOOST_REQUIRE(work.amendment);
    BOOST_TEST(work.amendment->first.content.status == "other words");
    BOOST_TEST((work.amendment->first.kind == Amendment::Kind::edit));
    BOOST_TEST(work.amendment->second.status_id == "1001");
    const LaneWork later = store.lane(noon + 1h); // there is a post in doubt now
    BOOST_TEST(later.posts.size() == 1U);
    BOOST_TEST(!later.amendment);
}

BOOST_AUTO_TEST_CASE(a_lane_that_may_not_yet_is_told_when) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_posts(store);
    ask(store, edit_of(1, "other words", noon));
    LaneQuery query;
    query.account = "news";
    query.now = noon;
    query.edits_from = noon + 10min;
    const LaneWork work = store.lane(query);
    BOOST_TEST(!work.amendment);
    BOOST_TEST((work.next == noon + 10min));
    query.edits_from = Instant::max();
    BOOST_TEST((store.lane(query).next == noon + 1h)); // the other post's
}

BOOST_AUTO_TEST_CASE(one_of_a_post_that_is_not_published_waits_and_wakes_nobody) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_posts(store);
    ask(store, edit_of(2, "other words", noon));
    const LaneWork work = store.lane(noon);
    BOOST_TEST(!work.amendment);
    BOOST_TEST((work.next == noon + 1h));
}

BOOST_AUTO_TEST_CASE(the_latest_stands_and_what_was_settled_is_not_handed_out) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_posts(store);
    const Amendment first = edit_of(1, "first", noon);
    ask(store, first);
    ask(store, edit_of(1, "second", noon + 1min));
    Amendment done = first; // asked anew while it was being made
    done.next.reset();
    done.edits = 1;
    settle(store, done);
    BOOST_REQUIRE(store.lane(noon + 1min).amendment);
    done = edit_of(1, "second", noon + 1min);
    done.next.reset();
    done.edits = 7;
    settle(store, done);
    BOOST_TEST(!store.lane(noon + 2min).amendment);
    ask(store, edit_of(1, "third", noon + 3min));
    BOOST_REQUIRE(of(store, 1));
    BOOST_TEST(of(store, 1)->edits == 7);
}

BOOST_AUTO_TEST_CASE(one_that_is_taken_back_is_not_made_and_a_closed_one_stays_closed) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_posts(store);
    Amendment keep = edit_of(1, "", noon);
    keep.kind = Amendment::Kind::keep;
    ask(store, keep);
    BOOST_TEST(!of(store, 1)); // there was nothing to be taken back
    ask(store, edit_of(1, "words", noon));
    keep.asked = noon + 1min;
    ask(store, keep);
    BOOST_TEST(!store.lane(noon + 1min).amendment);
    ask(store, edit_of(1, "words", noon + 2min));
    Amendment closed = edit_of(1, "words", noon + 2min);
    closed.next.reset();
    closed.closed = true;
    closed.note = "gone";
    settle(store, closed);
    ask(store, edit_of(1, "more words", noon + 3min));
    BOOST_TEST(!store.lane(noon + 3min).amendment);
    BOOST_TEST(of(store, 1)->note == "gone");
}

BOOST_AUTO_TEST_CASE(it_survives_and_goes_with_its_post) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        Batch batch; // what is in doubt keeps all others
        for (const char* name : {"published", "newest"}) {
            Post post = make_post(name);
            post.state = PostState::published;
            post.status_id = name;
            batch.insert.push_back(std::move(post));
        }
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
        Amendment removal = edit_of(1, "", noon);
        removal.kind = Amendment::Kind::remove;
        ask(store, removal);
    }
    OpenStore store{folder.db()};
    BOOST_REQUIRE(store.lane(noon).amendment);
    BOOST_TEST((store.lane(noon).amendment->first.kind == Amendment::Kind::remove));
    TrimQuery query;
    query.now = noon + 24h * 365;
    query.posts_before = noon + 24h * 300;
    query.occurrences = 24h;
    query.items = 24h;
    BOOST_REQUIRE(run(store.context, (*store).trim(query)).value().posts == 1U);
    BOOST_TEST(!of(store, 1));
}

BOOST_AUTO_TEST_CASE(what_a_person_wants_gone_comes_before_everything) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_posts(store);
    Amendment removal = edit_of(1, "", noon);
    removal.kind = Amendment::Kind::remove;
    ask(store, removal);
    BOOST_TEST(store.lane(noon + 1h).posts.size() == 1U); // a source's: what is in doubt goes first
    removal.person = true;
    removal.asked = noon + 1min;
    ask(store, removal);
    const LaneWork work = store.lane(noon + 1h);
    BOOST_TEST(work.posts.empty());
    BOOST_REQUIRE(work.amendment);
    BOOST_TEST(work.amendment->first.person);
    LaneQuery query;
    query.account = "news";
    query.now = noon + 1h;
    query.removals_from = noon + 2h;
    BOOST_TEST(store.lane(query).posts.size() == 1U);
    query.undo_only = true; // the account is paused
    BOOST_TEST(store.lane(query).posts.empty());
    BOOST_TEST((store.lane(query).next == noon + 2h));
    query.removals_from = {};
    BOOST_TEST(store.lane(query).amendment.has_value());
}

BOOST_AUTO_TEST_CASE(no_source_overrules_a_person) {
    struct Row {
        const char* name;
        Amendment::Kind before;
        bool by_person;
        Amendment::Kind then;
        bool then_by_person;
        bool replaced;
    };
    using Kind = Amendment::Kind;
    const Row rows[] = {
        {"another edit of a source", Kind::edit, false, Kind::edit, false, true},
        {"a person's edit", Kind::edit, false, Kind::edit, true, true},
        {"a source's edit, over a person's", Kind::edit, true, Kind::edit, false, false},
        {"a source takes back what a person asked", Kind::edit, true, Kind::keep, false, false},
        {"a person does", Kind::edit, true, Kind::keep, true, true},
        {"a source's deletion of what a person edits", Kind::edit, true, Kind::remove, false, true},
        {"a source's deletion of what a person deletes", Kind::remove, true, Kind::remove, false, false},
        {"a source's edit of what a person deletes", Kind::remove, true, Kind::edit, false, false},
        {"a person keeps what a source deletes", Kind::remove, false, Kind::keep, true, true},
    };
    for (const Row& row : rows) {
        const Folder folder;
        OpenStore store{folder.db()};
        put_posts(store);
        Amendment first = edit_of(1, "first", noon);
        first.kind = row.before;
        first.person = row.by_person;
        ask(store, first);
        Amendment then = edit_of(1, "then", noon + 1min);
        then.kind = row.then;
        then.person = row.then_by_person;
        ask(store, then);
        BOOST_TEST_CONTEXT(row.name) BOOST_TEST((of(store, 1)->asked == noon + 1min) == row.replaced);
    }
}

BOOST_AUTO_TEST_CASE(what_is_done_or_closed_hinders_no_person_and_done_no_source) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_posts(store);
    Amendment first = edit_of(1, "first", noon);
    first.person = true;
    ask(store, first);
    first.next.reset();
    settle(store, first);
    ask(store, edit_of(1, "of its source", noon + 1min));
    BOOST_TEST(of(store, 1)->content.status == "of its source");
    Amendment closed = edit_of(1, "", noon + 1min);
    closed.next.reset();
    closed.closed = true;
    settle(store, closed);
    first.asked = noon + 2min;
    first.next = noon + 2min;
    first.kind = Amendment::Kind::remove;
    ask(store, first);
    BOOST_REQUIRE(store.lane(noon + 3min).amendment);
    BOOST_TEST(of(store, 1)->closed); // for sources it stays so
}

BOOST_AUTO_TEST_CASE(what_waits_to_be_deleted_is_found_also_where_it_is_looked_for) {
    const Folder folder;
    OpenStore store{folder.db()};
    put_posts(store);
    for (const PostId id : {1, 2}) {
        Amendment removal = edit_of(id, "", noon);
        removal.kind = Amendment::Kind::remove;
        removal.person = true;
        ask(store, removal);
    }
    PostQuery query;
    query.to_be_deleted = true;
    BOOST_TEST(run(store.context, (*store).find(query)).value().size() == 2U);
    Post post = run(store.context, (*store).find(query)).value().back();
    post.state = PostState::deleted;
    Batch batch;
    batch.update.push_back(post);
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    BOOST_TEST(run(store.context, (*store).find(query)).value().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_pin_is_handed_out_when_nothing_else_is_and_kept) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        put_posts(store);
        PostQuery one;
        one.id = 1;
        Post post = run(store.context, (*store).find(one)).value().front();
        post.content.pin = true;
        post.pin_next = noon;
        post.undone = noon + 1s;
        Batch batch;
        batch.update.push_back(post);
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
        ask(store, edit_of(1, "other words", noon));
        BOOST_TEST(store.lane(noon).amendment.has_value());
        BOOST_TEST(!store.lane(noon).pin);
        Amendment keep = edit_of(1, "", noon);
        keep.kind = Amendment::Kind::keep;
        ask(store, keep);
    }
    OpenStore store{folder.db()};
    LaneQuery query;
    query.account = "news";
    query.now = noon;
    BOOST_REQUIRE(store.lane(query).pin);
    BOOST_TEST((store.lane(query).pin->undone == noon + 1s));
    query.pins_from = noon + 10min;
    BOOST_TEST(!store.lane(query).pin);
    BOOST_TEST((store.lane(query).next == noon + 10min));
    query.now = noon + 2h; // there is a post in doubt now
    BOOST_TEST(!store.lane(query).pin);
}

BOOST_AUTO_TEST_SUITE_END()
