#include "harness.hpp"

using namespace crier;
using namespace crier::test;

namespace {

/// Something of everything that a batch may hold.
Batch full_batch(const std::string& name) {
    Batch batch;
    batch.now = noon;
    batch.insert.push_back(make_post(name));
    batch.attempts.push_back(make_attempt(99, 1));
    batch.seen.push_back(make_seen(name));
    SourceState source;
    source.source = name;
    batch.sources.push_back(source);
    SourceAccount source_account;
    source_account.source = name;
    source_account.account = "news";
    batch.source_accounts.push_back(source_account);
    EntryState entry;
    entry.entry = name;
    batch.entries.push_back(entry);
    AccountState account;
    account.account = name;
    batch.accounts.push_back(account);
    return batch;
}

bool holds_nothing(OpenStore& store) {
    const States states = store.load();
    SeenQuery seen;
    seen.source = "blog";
    seen.account = "news";
    seen.items = {digest_of("new")};
    return store.attempts(99).empty() && store.seen(seen).empty() && states.sources.empty() &&
           states.source_accounts.empty() && states.entries.empty() && states.accounts.empty() &&
           states.last_alive == Instant{};
}

} // namespace

BOOST_AUTO_TEST_SUITE(batches)

BOOST_AUTO_TEST_CASE(every_field_of_a_post_comes_back) {
    const Folder folder;
    Post post = make_post("p");
    post.origin.kind = OriginKind::source;
    post.origin.name = "blog";
    post.state = PostState::doubt;
    post.reason = "reply lost";
    post.priority = Priority::item;
    post.due = noon + 1us;
    post.expires = noon + 2us;
    post.next = noon + 3us;
    post.content.spoiler_text = "careful";
    post.content.sensitive = true;
    post.content.visibility = Visibility::unlisted;
    post.content.language = "de";
    Media full;
    full.file = "/srv/a.png";
    full.url = "https://a.example/a.png";
    full.alt = "a harbour";
    full.type = "image/png";
    full.required = false;
    full.server_id = "1234";
    full.uploaded = noon + 4us;
    full.processed = true;
    full.witness = "0123abcd";
    Media bare;
    bare.alt = "nothing else";
    post.content.media = {full, bare};
    post.generation = 2;
    post.attempts = 3;
    post.first_attempt = noon + 5us;
    post.last_attempt = noon + 6us;
    post.in_doubt = true;
    post.tries = 4;
    post.approved = true;
    post.edited = noon + 11s;
    post.planned = noon - 3h;
    post.status_id = "115";
    post.status_url = "https://mastodon.example/@news/115";
    post.created = noon + 7us;

    PostId id = 0;
    {
        OpenStore store{folder.db()};
        id = store.put(post).id;
    }
    OpenStore store{folder.db()};
    const Post read = store.post(id);
    BOOST_TEST(read.version == 1);
    BOOST_TEST((read.key == post.key));
    BOOST_TEST(read.account == post.account);
    BOOST_TEST((read.origin == post.origin));
    BOOST_TEST((read.state == post.state));
    BOOST_TEST(read.reason == post.reason);
    BOOST_TEST((read.priority == post.priority));
    BOOST_TEST((read.due == post.due));
    BOOST_TEST((read.expires == post.expires));
    BOOST_TEST((read.next == post.next));
    BOOST_TEST((read.content == post.content));
    BOOST_TEST(read.generation == 2);
    BOOST_TEST(read.attempts == 3);
    BOOST_TEST((read.first_attempt == post.first_attempt));
    BOOST_TEST((read.last_attempt == post.last_attempt));
    BOOST_TEST(read.in_doubt);
    BOOST_TEST(read.tries == 4);
    BOOST_TEST(read.approved);
    BOOST_TEST((read.edited == post.edited));
    BOOST_TEST((read.planned == post.planned));
    BOOST_TEST(read.status_id == post.status_id);
    BOOST_TEST(read.status_url == post.status_url);
    BOOST_TEST((read.created == post.created));
}

BOOST_AUTO_TEST_CASE(an_update_writes_all_that_lives_and_raises_the_version) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post post = store.put(make_post("p"));
    post.state = PostState::published;
    post.reason = "published, but with 0 of 1 media";
    post.priority = Priority::scheduled;
    post.due += 1h;
    post.expires = noon;
    post.next += 2h;
    post.content.status = "edited";
    post.generation = 1;
    post.attempts = 2;
    post.first_attempt = noon;
    post.last_attempt = noon + 1s;
    post.in_doubt = true;
    post.tries = 7;
    post.approved = true;
    post.edited = noon + 11s;
    post.planned = noon - 3h;
    post.parts = 3;
    post.status_id = "1";
    post.status_url = "https://mastodon.example/1";
    Batch batch;
    batch.update.push_back(post);
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    const Post read = store.post(post.id);
    BOOST_TEST(read.version == post.version + 1);
    BOOST_TEST((read.state == post.state));
    BOOST_TEST(read.reason == post.reason);
    BOOST_TEST((read.priority == post.priority));
    BOOST_TEST((read.due == post.due));
    BOOST_TEST((read.expires == post.expires));
    BOOST_TEST((read.next == post.next));
    BOOST_TEST((read.content == post.content));
    BOOST_TEST(read.generation == 1);
    BOOST_TEST(read.attempts == 2);
    BOOST_TEST((read.first_attempt == post.first_attempt));
    BOOST_TEST((read.last_attempt == post.last_attempt));
    BOOST_TEST(read.in_doubt);
    BOOST_TEST(read.tries == 7);
    BOOST_TEST(read.approved);
    BOOST_TEST((read.edited == post.edited));
    BOOST_TEST((read.planned == post.planned));
    BOOST_TEST(read.parts == 3);
    BOOST_TEST(read.status_id == "1");
    BOOST_TEST(read.status_url == post.status_url);

    // And back to nothing, where there can be nothing.
    Post empty = read;
    empty.expires.reset();
    empty.first_attempt.reset();
    empty.last_attempt.reset();
    Batch again;
    again.update.push_back(empty);
    BOOST_REQUIRE(store.apply(std::move(again)).has_value());
    BOOST_TEST((store.post(post.id).expires == std::nullopt));
    BOOST_TEST((store.post(post.id).first_attempt == std::nullopt));
    BOOST_TEST((store.post(post.id).last_attempt == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_known_key_is_passed_over_and_nothing_of_the_first_post_changes) {
    const Folder folder;
    OpenStore store{folder.db()};
    const Post first = store.put(make_post("a"));
    Post other = make_post("a");
    other.content.status = "other words";
    other.state = PostState::held;
    Batch batch;
    batch.insert = {other, make_post("b"), make_post("b")};
    batch.seen.push_back(make_seen("new"));
    const Applied applied = store.apply(std::move(batch)).value();
    BOOST_REQUIRE(applied.inserted.size() == 3U);
    BOOST_TEST(applied.inserted[0] == 0);
    BOOST_TEST(applied.inserted[1] > first.id);
    BOOST_TEST(applied.inserted[2] == 0); // twice in one batch
    BOOST_TEST(store.post(first.id).content.status == "text of a");
    BOOST_TEST(store.post(first.id).version == 1);
    BOOST_TEST(store.all().size() == 2U);
    SeenQuery seen;
    seen.source = "blog";
    seen.account = "news";
    seen.items = {digest_of("new")};
    BOOST_TEST(store.seen(seen).size() == 1U); // the rest of the batch counts
}

BOOST_AUTO_TEST_CASE(the_parts_behind_a_known_key_are_passed_over_too) {
    const Folder folder;
    OpenStore store{folder.db()};
    const Post first = store.put(make_post("a"));
    Post second = make_post("a 2");
    second.parent = first.key;
    second.part = 1;
    Post third = make_post("a 3");
    third.parent = second.key;
    third.part = 2;
    Batch batch;
    batch.insert = {make_post("a"), second, third};
    BOOST_TEST(store.apply(std::move(batch)).value().inserted == (std::vector<PostId>{0, 0, 0}),
               boost::test_tools::per_element());
    // By itself it is a new part of what is there.
    Batch alone;
    alone.insert = {second};
    BOOST_TEST(store.apply(std::move(alone)).value().inserted.front() > first.id);
    // An import makes whole what another has begun.
    Batch imported;
    imported.each_alone = true;
    imported.insert = {make_post("a"), second, third};
    const std::vector<PostId> inserted = store.apply(std::move(imported)).value().inserted;
    BOOST_TEST(inserted[0] == 0);
    BOOST_TEST(inserted[1] == 0);
    BOOST_TEST(inserted[2] > first.id);
}

BOOST_AUTO_TEST_CASE(an_old_version_is_a_conflict_and_nothing_of_the_batch_is_written) {
    const Folder folder;
    OpenStore store{folder.db()};
    const Post good = store.put(make_post("good"));
    const Post stale = store.put(make_post("stale"));
    Batch meanwhile;
    meanwhile.update.push_back(stale);
    BOOST_REQUIRE(store.apply(std::move(meanwhile)).has_value());

    Batch batch = full_batch("new");
    Post changed = good;
    changed.reason = "changed";
    batch.update = {changed, stale};
    const Result<Applied> refused = store.apply(std::move(batch));
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().cause == Cause::conflict));
    BOOST_TEST(mentions(refused.error().message, "post " + std::to_string(stale.id)));
    BOOST_TEST(store.post(good.id).reason == "");
    BOOST_TEST(store.post(good.id).version == 1);
    BOOST_TEST(store.post(stale.id).version == 2);
    BOOST_TEST(store.all().size() == 2U);
    BOOST_TEST(holds_nothing(store));
}

BOOST_AUTO_TEST_CASE(a_row_that_is_not_there_is_a_conflict) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post ghost = make_post("ghost");
    ghost.id = 7;
    ghost.version = 1;
    Batch batch = full_batch("new");
    batch.update.push_back(ghost);
    const Result<Applied> refused = store.apply(std::move(batch));
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().cause == Cause::conflict));
    BOOST_TEST(store.all().empty());
    BOOST_TEST(holds_nothing(store));
}

BOOST_AUTO_TEST_CASE(the_same_row_twice_in_a_batch_is_a_conflict) {
    const Folder folder;
    OpenStore store{folder.db()};
    const Post post = store.put(make_post("p"));
    Batch batch;
    batch.update = {post, post};
    BOOST_TEST((store.apply(std::move(batch)).error().cause == Cause::conflict));
    BOOST_TEST(store.post(post.id).version == 1);
}

BOOST_AUTO_TEST_CASE(one_status_settles_one_post) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post first = store.put(make_post("first"));
    Post second = store.put(make_post("second"));
    Post elsewhere = store.put(make_post("elsewhere", "other"));
    const auto publish = [&](Post& post) {
        post.state = PostState::published;
        post.status_id = "42";
        post.status_url = "https://mastodon.example/42";
        Batch batch;
        batch.update.push_back(post);
        batch.attempts.push_back(make_attempt(post.id, 1));
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
        return store.post(post.id);
    };
    BOOST_TEST((publish(first).state == PostState::published));
    BOOST_TEST((publish(elsewhere).state == PostState::published)); // ids are an account's own
    const Post held = publish(second);
    BOOST_TEST((held.state == PostState::held));
    BOOST_TEST(held.in_doubt);
    BOOST_TEST(held.status_id == "");
    BOOST_TEST(held.status_url == "");
    BOOST_TEST(held.version == 2);
    BOOST_TEST(mentions(held.reason, "status 42"));
    BOOST_TEST(mentions(held.reason, "post " + std::to_string(first.id)));
    BOOST_TEST(store.attempts(second.id).size() == 1U); // what happened is on record
    // The first may be written again as often as it likes.
    first.version = 2;
    BOOST_TEST((publish(first).state == PostState::published));
}

BOOST_AUTO_TEST_CASE(attempts_are_replaced_by_their_number_and_told_in_order) {
    const Folder folder;
    OpenStore store{folder.db()};
    Attempt second = make_attempt(1, 2);
    Attempt first = make_attempt(1, 1);
    first.key = "k1";
    Batch batch;
    batch.attempts = {second, first, make_attempt(2, 1)};
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    BOOST_TEST((store.attempts(1).at(1).finished == std::nullopt));
    second.finished = noon + 2s;
    second.http = 503;
    second.outcome = "unknown";
    second.detail = "it's \"busy\"";
    Batch outcome;
    outcome.attempts = {second};
    BOOST_REQUIRE(store.apply(std::move(outcome)).has_value());
    const std::vector<Attempt> read = store.attempts(1);
    BOOST_REQUIRE(read.size() == 2U);
    BOOST_TEST(read[0].number == 1);
    BOOST_TEST(read[0].key == "k1");
    BOOST_TEST((read[0].started == noon));
    BOOST_TEST(read[1].post == 1);
    BOOST_TEST(read[1].number == 2);
    BOOST_TEST((read[1].finished == second.finished));
    BOOST_TEST(read[1].http == 503);
    BOOST_TEST(read[1].outcome == "unknown");
    BOOST_TEST(read[1].detail == second.detail);
    BOOST_TEST(store.attempts(3).empty());
}

BOOST_AUTO_TEST_CASE(an_empty_batch_is_a_sign_of_life_and_nothing_else) {
    const Folder folder;
    OpenStore store{folder.db()};
    Batch batch;
    BOOST_TEST(store.apply(std::move(batch)).value().inserted.empty());
    BOOST_TEST((store.load().last_alive == Instant{}));
    Batch alive;
    alive.now = noon;
    BOOST_REQUIRE(store.apply(std::move(alive)).has_value());
    BOOST_TEST((store.load().last_alive == noon));
}

BOOST_AUTO_TEST_CASE(ten_thousand_posts_are_one_batch) {
    const Folder folder;
    OpenStore store{folder.db()};
    Batch batch;
    for (int i = 0; i < 10000; ++i) {
        batch.insert.push_back(make_post(std::to_string(i)));
        batch.seen.push_back(make_seen(std::to_string(i), "link" + std::to_string(i)));
    }
    const Applied applied = store.apply(std::move(batch)).value();
    BOOST_TEST(applied.inserted.size() == 10000U);
    BOOST_TEST(applied.inserted.back() - applied.inserted.front() == 9999);
    BOOST_TEST(store.counts().at(PostState::ready) == 10000);
}

BOOST_AUTO_TEST_CASE(a_post_comes_with_what_belongs_to_it_or_not_at_all) {
    const Folder folder;
    OpenStore store{folder.db()};
    const auto batch_of = [](std::vector<Post> posts) {
        Batch batch;
        batch.now = noon;
        for (Post& post : posts) {
            Belongings belongings;
            belongings.place = batch.insert.size();
            belongings.attempts = {make_attempt(0, 1), make_attempt(0, 2)};
            belongings.amendment.emplace();
            belongings.amendment->account = "news";
            belongings.amendment->kind = Amendment::Kind::remove;
            belongings.amendment->asked = noon;
            belongings.amendment->next = noon;
            batch.belongings.push_back(std::move(belongings));
            batch.insert.push_back(std::move(post));
        }
        return batch;
    };
    const auto deletion_of = [&](PostId post) {
        return run(store.context, (*store).amendment(post)).value();
    };
    Post taken = make_post("taken");
    taken.status_id = "1001";
    BOOST_REQUIRE(store.apply(batch_of({taken})).has_value());
    BOOST_TEST(store.attempts(1).size() == 2U);
    BOOST_REQUIRE(deletion_of(1));
    BOOST_TEST((deletion_of(1)->kind == Amendment::Kind::remove));

    // One of them is refused: its status is another's.
    Post other = make_post("other");
    other.status_id = "1001";
    BOOST_TEST(!store.apply(batch_of({make_post("good"), other})).has_value());
    BOOST_TEST(store.attempts(2).empty());
    BOOST_TEST(store.all().size() == 1U);

    // A known one is passed over, and so is what belongs to it.
    Amendment kept = *deletion_of(1);
    kept.next.reset();
    Batch settled;
    settled.amended = {kept};
    BOOST_REQUIRE(store.apply(std::move(settled)).has_value());
    const Result<Applied> again = store.apply(batch_of({taken, make_post("good")}));
    BOOST_REQUIRE(again.has_value());
    BOOST_TEST(again->inserted.front() == 0);
    BOOST_TEST(!deletion_of(1)->next);
    BOOST_TEST(store.attempts(again->inserted.back()).size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
