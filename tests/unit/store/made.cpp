#include "harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

Post post_of(const std::string& source, const std::string& item, Instant created,
             const std::string& account = "news") {
    Post post = make_post(item, account);
    post.origin.kind = OriginKind::source;
    post.origin.name = source;
    post.key = post_key("mastodon.example", account, post.origin);
    post.priority = Priority::item;
    post.created = created;
    post.link = digest_of("link of " + item);
    return post;
}

MadeQuery made_by(const std::string& source, Instant since) {
    MadeQuery query;
    query.name = source;
    query.account = "news";
    query.since = since;
    return query;
}

std::vector<std::vector<MadePost>> made(OpenStore& store, std::vector<MadeQuery> queries) {
    return run(store.context, (*store).made(std::move(queries))).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(made_posts)

BOOST_AUTO_TEST_CASE(what_an_origin_made_lately_for_one_account_newest_first) {
    const Folder folder;
    OpenStore store{folder.db()};
    (void)store.put(post_of("blog", "old", noon - 2h));
    (void)store.put(post_of("blog", "edge", noon - 1h));
    (void)store.put(post_of("blog", "one", noon - 1h + 1us));
    (void)store.put(post_of("blog", "two", noon));
    (void)store.put(post_of("blog", "two", noon, "art"));
    (void)store.put(post_of("other", "two", noon));
    Post entry = post_of("blog", "two", noon);
    entry.origin.kind = OriginKind::entry;
    entry.key = digest_of("entry");
    (void)store.put(std::move(entry));

    const auto answers =
        made(store, {made_by("blog", noon - 1h), made_by("nobody", {}), made_by("other", {})});
    BOOST_REQUIRE(answers.size() == 3U);
    BOOST_REQUIRE(answers[0].size() == 2U);
    BOOST_TEST((answers[0][0].created == noon));
    BOOST_TEST(answers[0][0].item == "two");
    BOOST_TEST((answers[0][0].link == digest_of("link of two")));
    BOOST_TEST((answers[0][0].text == digest_of("text of two")));
    BOOST_TEST((answers[0][1].link == digest_of("link of one")));
    BOOST_TEST(answers[1].empty());
    BOOST_TEST(answers[2].size() == 1U);

    MadeQuery newest = made_by("blog", {});
    newest.limit = 1;
    BOOST_TEST((made(store, {newest})[0][0].link == digest_of("link of two")));
}

BOOST_AUTO_TEST_CASE(what_never_came_to_be_or_was_made_by_hand_is_not_among_it) {
    const Folder folder;
    OpenStore store{folder.db()};
    for (const PostState state : {PostState::expired, PostState::cancelled, PostState::held}) {
        Post post = post_of("blog", std::string{to_text(state)}, noon);
        post.state = state;
        (void)store.put(std::move(post));
    }
    Post by_hand = post_of("blog", "by hand", noon);
    by_hand.priority = Priority::manual;
    (void)store.put(std::move(by_hand));
    const auto answers = made(store, {made_by("blog", {})});
    BOOST_REQUIRE(answers[0].size() == 1U);
    BOOST_TEST((answers[0][0].link == digest_of("link of held")));
}

BOOST_AUTO_TEST_CASE(the_text_stays_as_it_was_made_and_none_is_none) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post post = store.put(post_of("blog", "one", noon));
    post.content.status = "edited";
    Batch batch;
    batch.update = {post};
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    Post picture = post_of("blog", "picture", noon);
    picture.content.status.clear();
    picture.link = {};
    (void)store.put(std::move(picture));
    const auto answers = made(store, {made_by("blog", {})});
    BOOST_REQUIRE(answers[0].size() == 2U);
    BOOST_TEST((answers[0][0].text == Digest{}));
    BOOST_TEST((answers[0][0].link == Digest{}));
    BOOST_TEST((answers[0][1].text == digest_of("text of one")));
}

BOOST_AUTO_TEST_CASE(why_how_many_are_held) {
    const Folder folder;
    OpenStore store{folder.db()};
    int number = 0;
    for (const ReasonCode code : {ReasonCode::fuse, ReasonCode::approval, ReasonCode::fuse}) {
        Post post = post_of("blog", std::to_string(number++), noon);
        post.state = PostState::held;
        post.code = code;
        (void)store.put(std::move(post));
    }
    (void)store.put(post_of("blog", "ready", noon));
    const auto held = run(store.context, (*store).held("news")).value();
    BOOST_TEST(held.size() == 2U);
    BOOST_TEST(held.at(ReasonCode::fuse) == 2);
    BOOST_TEST(held.at(ReasonCode::approval) == 1);
    BOOST_TEST(run(store.context, (*store).held("art")).value().empty());
    PostQuery query;
    query.states = {PostState::held};
    query.code = ReasonCode::approval;
    query.origin_kind = OriginKind::source;
    BOOST_TEST(names(store.find(query)) == std::vector<std::string>{"1"});
    query.origin_kind = OriginKind::entry;
    BOOST_TEST(store.find(std::move(query)).empty());
}

BOOST_AUTO_TEST_SUITE_END()
