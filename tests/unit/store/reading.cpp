// Reading a store from end to end, and copying it, while its owner writes on.
#include "store/reading.hpp"

#include "harness.hpp"
#include "store/backup.hpp"

using namespace crier;
using namespace crier::test;

namespace {

struct Collected final : store::RowReader {
    Result<> states(const States& states) override {
        accounts = states.accounts.size();
        subscriptions = states.subscriptions.size();
        return {};
    }
    Result<> row(const SeenItem& item) override {
        items.push_back(item.title);
        return {};
    }
    Result<> row(const Story&) override {
        ++stories;
        return {};
    }
    Result<> row(const Tombstone&) override {
        ++keys;
        return {};
    }
    Result<> row(const store::WholePost& post) override {
        posts.push_back(post.post.content.status + (post.attempts.empty() ? "" : " tried"));
        return on_post ? on_post() : Result<>{};
    }
    std::function<Result<>()> on_post;
    std::size_t accounts = 0;
    std::size_t subscriptions = 0;
    std::vector<std::string> items;
    std::size_t stories = 0;
    std::size_t keys = 0;
    std::vector<std::string> posts;
};

Batch some_rows() {
    Batch batch;
    batch.now = noon;
    batch.insert = {make_post("a"), make_post("b")};
    batch.insert[0].attempts = 1;
    batch.seen = {make_seen("one", "https://e.example/1")};
    AccountState account;
    account.account = "news";
    batch.accounts.push_back(account);
    Subscription subscription;
    subscription.id = "id";
    batch.subscriptions.push_back(subscription);
    Tombstone tombstone;
    tombstone.key = digest_of("gone");
    tombstone.expires = noon + 1h;
    batch.tombstones.push_back(tombstone);
    return batch;
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_reading)

BOOST_AUTO_TEST_CASE(it_shows_one_moment_beside_its_owner) {
    const Folder folder;
    OpenStore store{folder.db()};
    BOOST_REQUIRE(store.apply(some_rows()));
    Batch attempts;
    attempts.now = noon;
    attempts.attempts = {make_attempt(1, 1)};
    BOOST_REQUIRE(store.apply(std::move(attempts)));
    Collected all;
    // What is written meanwhile is not seen, and nobody waits.
    all.on_post = [&]() -> Result<> {
        Batch more;
        more.now = noon;
        more.insert = {make_post("later " + std::to_string(all.posts.size()))};
        BOOST_TEST(store.apply(std::move(more)).has_value());
        return {};
    };
    BOOST_REQUIRE(read_store(folder.db(), {}, all));
    BOOST_TEST(all.posts == (std::vector<std::string>{"text of a tried", "text of b"}),
               boost::test_tools::per_element());
    BOOST_TEST(all.items == std::vector<std::string>{"one"}, boost::test_tools::per_element());
    BOOST_TEST(all.accounts == 1U);
    BOOST_TEST(all.keys == 1U);
    BOOST_TEST(all.subscriptions == 0U); // they have secrets

    Collected part;
    store::ReadWhat what;
    what.seen = false;
    BOOST_REQUIRE(read_store(folder.db(), what, part));
    BOOST_TEST(part.items.empty());
    BOOST_TEST(part.posts.size() == 4U);
    Collected stopped;
    stopped.on_post = [] { return Failure{Cause::temporary, "full"}; };
    BOOST_TEST(!read_store(folder.db(), {}, stopped));
    BOOST_TEST(stopped.posts.size() == 1U);
    const Result<> nothing = read_store(folder.db() + "x", {}, part);
    BOOST_REQUIRE(!nothing);
    BOOST_TEST((nothing.error().cause == Cause::not_found));
}

BOOST_AUTO_TEST_CASE(a_key_that_was_taken_in_makes_no_post) {
    const Folder folder;
    OpenStore store{folder.db()};
    Batch batch;
    batch.now = noon;
    Tombstone tombstone;
    tombstone.key = make_post("a").key;
    tombstone.expires = noon + 1h;
    batch.tombstones.push_back(tombstone);
    BOOST_REQUIRE(store.apply(std::move(batch)));
    Batch posts;
    posts.now = noon;
    posts.insert = {make_post("a"), make_post("b")};
    const Result<Applied> applied = store.apply(std::move(posts));
    BOOST_REQUIRE(applied);
    BOOST_TEST(applied->inserted[0] == 0);
    BOOST_TEST(applied->inserted[1] != 0);
}

#ifndef CRIER_TEST_POSTGRES
BOOST_AUTO_TEST_CASE(a_backup_is_whole_private_and_never_over_another) {
    const Folder folder;
    const std::string to = folder / "backup.db";
    OpenStore store{folder.db()};
    BOOST_REQUIRE(store.apply(some_rows()));
    using store::Replace;
    BOOST_REQUIRE(store::backup_sqlite(folder.db(), to, Replace::never));
    BOOST_TEST(mode_of(to) == 0600U);
    Collected all;
    BOOST_REQUIRE(store::read_sqlite(to, {}, all));
    BOOST_TEST(all.posts.size() == 2U);
    BOOST_TEST(store::check_sqlite(to)->empty());
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder.path()})
        files += entry.path().filename().string().starts_with("backup") ? 1U : 0U;
    BOOST_TEST(files == 1U); // no log, no half

    const std::string before = bytes_of(to);
    const Result<> again = store::backup_sqlite(folder.db(), to, Replace::never);
    BOOST_REQUIRE(!again);
    BOOST_TEST((again.error().cause == Cause::conflict));
    BOOST_TEST((bytes_of(to) == before));
    BOOST_TEST(store::backup_sqlite(folder.db(), to, Replace::existing).has_value());
    for (const char* part : {"", "-wal", ".lock"}) {
        const Result<> itself = store::backup_sqlite(folder.db(), folder.db() + part, Replace::existing);
        BOOST_REQUIRE(!itself);
        BOOST_TEST(mentions(itself.error().message, "is the store itself"));
    }
    const Result<> nowhere = store::backup_sqlite(folder.db(), folder / "no" + "/x.db", Replace::never);
    BOOST_TEST(!nowhere);
    // It has seen no unclean stop.
    store.close();
    OpenStore restored{to};
    BOOST_REQUIRE(static_cast<bool>(restored));
    for (const std::string& note : restored.notes())
        BOOST_TEST(!mentions(note, "not stopped cleanly"));
}

#endif

BOOST_AUTO_TEST_SUITE_END()
