#include "harness.hpp"
#include "raw.hpp"
#include "support/memory_tables.hpp"

using namespace crier;
using namespace crier::test;

/// Trimming, by the tables and by the model that they are held against.
namespace {

constexpr Duration day = 24h;
const Instant today = noon + 400 * day;

Post ended(const std::string& name, PostState state = PostState::published) {
    Post post = make_post(name);
    post.state = state;
    if (state == PostState::published)
        post.status_id = "s-" + name;
    return post;
}

Post of_item(const std::string& item) {
    Post post = ended(item);
    post.origin.kind = OriginKind::source;
    post.origin.name = "blog";
    post.origin.item = digest_of(item).hex();
    post.key = post_key("mastodon.example", "news", post.origin);
    return post;
}

TrimQuery year() {
    TrimQuery query;
    query.now = today;
    query.posts_before = today - 365 * day;
    query.occurrences = 90 * day;
    query.items = 730 * day;
    return query;
}

/// The same done to both.
class Both {
public:
    std::vector<PostId> put(std::vector<Post> posts, std::vector<SeenItem> seen = {}) {
        Batch batch;
        batch.insert = std::move(posts);
        batch.seen = std::move(seen);
        for (const SeenItem& item : batch.seen) {
            SourceAccount pair;
            pair.source = item.source;
            pair.account = item.account;
            batch.source_accounts.push_back(pair);
        }
        Batch copy = batch;
        const Applied model = tables_.apply(std::move(copy)).value();
        const Applied stored = store_.apply(std::move(batch)).value();
        for (std::size_t i = 0; i < stored.inserted.size(); ++i)
            BOOST_TEST(model.inserted[i] == stored.inserted[i]);
        return stored.inserted;
    }
    void attempt(PostId post) {
        Batch batch;
        batch.attempts.push_back(make_attempt(post, 1));
        Batch copy = batch;
        (void)tables_.apply(std::move(copy));
        (void)store_.apply(std::move(batch));
    }
    /// With a row that is newer than all: that one stays in any case.
    Trimmed trim(TrimQuery query) {
        Post newest = ended("newest " + std::to_string(++newest_));
        newest.created = today;
        (void)put({newest});
        const Trimmed model = tables_.trim(query);
        const Trimmed stored = run(store_.context, (*store_).trim(query)).value();
        BOOST_TEST(model.posts == stored.posts);
        BOOST_TEST(model.items == stored.items);
        BOOST_TEST(model.keys == stored.keys);
        BOOST_TEST(model.more == stored.more);
        return stored;
    }
    [[nodiscard]] std::vector<std::string> left() {
        std::vector<std::string> model;
        for (const Post& post : tables_.posts())
            if (post.id != 0)
                model.push_back(post.origin.item);
        std::vector<std::string> stored = names(store_.all());
        BOOST_TEST(model == stored);
        std::erase_if(stored, [](const std::string& name) { return name.starts_with("newest"); });
        return stored;
    }
    std::string ask(const std::string& sql) { return RawDatabase{folder_.db()}.ask(sql); }
    OpenStore& store() { return store_; }

private:
    int newest_ = 0;
    Folder folder_;
    OpenStore store_{folder_.db()};
    MemoryTables tables_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(trim)

BOOST_AUTO_TEST_CASE(a_post_goes_with_its_attempts_and_its_key_is_refused_as_one_that_is_there) {
    Both both;
    const PostId id = both.put({ended("p")}).at(0);
    both.attempt(id);
    BOOST_TEST(both.trim(year()).posts == 1U);
    BOOST_TEST(both.left().empty());
    BOOST_TEST(both.store().attempts(id).empty());
    const std::vector<PostId> again = both.put({ended("p"), ended("q")});
    BOOST_TEST(again.at(0) == 0);
    BOOST_TEST(again.at(1) != 0);
    BOOST_TEST(both.ask("SELECT length(key) FROM tombstones") == "32");
}

BOOST_AUTO_TEST_CASE(no_number_is_given_twice) {
    const Folder folder;
    OpenStore store{folder.db()};
    (void)store.put(ended("p"));
    (void)store.put(ended("q"));
    BOOST_TEST(run(store.context, (*store).trim(year())).value().posts == 1U);
    BOOST_TEST(store.put(ended("r")).id == 3);
}

BOOST_AUTO_TEST_CASE(keys_have_their_time_too) {
    Both both;
    Post occurrence = ended("o");
    occurrence.origin.kind = OriginKind::entry;
    (void)both.put({ended("p"), occurrence});
    BOOST_TEST(both.trim(year()).posts == 2U);
    TrimQuery later = year();
    later.now = today + 91 * day;
    BOOST_TEST(both.trim(later).keys == 1U);
    later.now = today + 731 * day;
    BOOST_TEST(both.trim(later).keys == 1U);
    BOOST_TEST(both.put({ended("p")}).at(0) != 0);
}

BOOST_AUTO_TEST_CASE(only_what_has_come_to_its_end_and_long_ago) {
    Both both;
    std::vector<Post> posts;
    for (const PostState state :
         {PostState::waiting, PostState::ready, PostState::uploading, PostState::retrying, PostState::held,
          PostState::published, PostState::failed, PostState::expired, PostState::cancelled,
          PostState::deleted})
        posts.push_back(ended(std::string{to_text(state)}, state));
    posts.push_back(ended("due lately"));
    posts.back().due = today - 30 * day;
    posts.push_back(ended("made lately"));
    posts.back().created = today - 30 * day;
    posts.push_back(ended("tried lately", PostState::failed));
    posts.back().last_attempt = today - 30 * day;
    posts.push_back(ended("to be looked at"));
    posts.back().receipt = noon;
    (void)both.put(std::move(posts));
    BOOST_TEST(both.trim(year()).posts == 5U);
    BOOST_TEST(both.left() ==
               (std::vector<std::string>{"waiting", "ready", "uploading", "retrying", "held", "due lately",
                                         "made lately", "tried lately", "to be looked at"}));
}

BOOST_AUTO_TEST_CASE(nothing_of_an_account_that_has_a_post_in_doubt_for_one_status_settles_one_post) {
    Both both;
    Post other = ended("other's");
    other.account = "art";
    (void)both.put({ended("p"), ended("d", PostState::doubt), other});
    BOOST_TEST(both.trim(year()).posts == 1U);
    BOOST_TEST(both.left() == (std::vector<std::string>{"p", "d"}));
}

BOOST_AUTO_TEST_CASE(a_part_stays_while_a_later_one_waits_for_it) {
    Both both;
    Post first = ended("first");
    Post second = ended("second", PostState::held);
    second.parent = first.key;
    Post third = ended("third");
    (void)both.put({first, second, third});
    (void)both.trim(year());
    BOOST_TEST(both.left() == (std::vector<std::string>{"first", "second"}));
}

BOOST_AUTO_TEST_CASE(an_item_stays_with_its_post_while_its_feed_shows_it) {
    Both both;
    SeenItem here = make_seen("here");
    here.shown = today - 20 * day;
    SeenItem gone = make_seen("gone");
    gone.shown = today - 100 * day;
    (void)both.put({of_item("here"), of_item("gone"), of_item("forgotten")}, {here, gone});
    BOOST_TEST(both.trim(year()).posts == 2U);
    BOOST_TEST(both.left() == std::vector<std::string>{digest_of("here").hex()});
    BOOST_TEST(both.ask("SELECT count(*) FROM seen") == "2"); // not for two years
}

BOOST_AUTO_TEST_CASE(an_item_is_forgotten_two_years_after_its_feed_last_showed_it_and_not_by_silence) {
    Both both;
    SeenItem silent = make_seen("of a feed that says nothing");
    silent.source = "silent";
    (void)both.put({}, {make_seen("old"), make_seen("new"), silent});
    TrimQuery late = year();
    late.now = noon + 3000 * day;
    BOOST_TEST(both.trim(late).items == 0U);
    SeenItem again = make_seen("new");
    again.shown = noon + 731 * day;
    again.verdict = "another";
    (void)both.put({}, {again});
    BOOST_TEST(both.trim(late).items == 1U);
    BOOST_TEST(both.ask("SELECT max(title || ' ' || verdict) || count(*) FROM seen WHERE source='blog'") ==
               "new accepted1");
    BOOST_TEST(both.ask("SELECT count(*) FROM seen WHERE source='silent'") == "1");
}

BOOST_AUTO_TEST_CASE(a_look_on_a_clock_that_stood_in_the_future_makes_nothing_old) {
    Both both;
    SeenItem ahead = make_seen("ahead");
    ahead.shown = today + 3650 * day;
    SeenItem here = make_seen("here");
    here.shown = today - 10 * day;
    (void)both.put({of_item("here")}, {here, ahead});
    const Trimmed done = both.trim(year());
    BOOST_TEST(done.posts == 0U);
    BOOST_TEST(done.items == 0U);
}

BOOST_AUTO_TEST_CASE(a_little_at_a_time) {
    Both both;
    std::vector<Post> posts;
    for (int i = 0; i < 10; ++i)
        posts.push_back(ended(std::to_string(i), i < 4 ? PostState::held : PostState::published));
    (void)both.put(std::move(posts));
    TrimQuery query = year();
    query.limit = 4;
    std::size_t pieces = 0;
    std::size_t gone = 0;
    for (bool more = true; more; ++pieces) {
        const Trimmed piece = both.trim(query);
        query.after = piece.after;
        query.after_id = piece.after_id;
        gone += piece.posts;
        more = piece.more;
        BOOST_REQUIRE(pieces < 10U);
    }
    BOOST_TEST(pieces == 3U);
    BOOST_TEST(gone == 6U);
    BOOST_TEST(both.left().size() == 4U);
}

#ifndef CRIER_TEST_POSTGRES
BOOST_AUTO_TEST_CASE(a_whole_store_is_said_to_be_whole_also_while_it_is_open) {
    const Folder folder;
    BOOST_TEST((store::check_sqlite(folder.db()).error().cause == Cause::not_found));
    OpenStore store{folder.db()};
    (void)store.put(make_post("p"));
    BOOST_TEST(store::check_sqlite(folder.db()).value().empty());
    store.close();
    BOOST_TEST(store::check_sqlite(folder.db()).value().empty());
}

BOOST_AUTO_TEST_CASE(and_a_damaged_one_where_only_all_of_it_tells) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        (void)store.put(make_post("p"));
    }
    // An index of something else: quick_check does not look.
    RawDatabase{folder.db()}.run("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql=replace(sql, "
                                 "'posts(created)', 'posts(priority)') WHERE name='posts_created'");
    const std::vector<std::string> wrong = store::check_sqlite(folder.db()).value();
    BOOST_TEST(!wrong.empty());
}

#endif

BOOST_AUTO_TEST_SUITE_END()
