#include "on_disk.hpp"

#include <sys/stat.h>

using namespace crier;
using namespace crier::test;

namespace {

Batch nth_batch(int n) {
    Batch batch;
    batch.insert = {make_post(std::to_string(n)), make_post(std::to_string(n) + "b")};
    batch.seen = {make_seen(std::to_string(n))};
    return batch;
}

} // namespace

BOOST_AUTO_TEST_SUITE(durability)

BOOST_AUTO_TEST_CASE(a_commit_is_one_sync) {
    const Folder folder;
    FaultyDisk disk;
    OpenStore store{on_disk(disk, folder.db())};
    BOOST_REQUIRE(store.apply(nth_batch(0)).has_value()); // a new log's own header is synced by itself
    for (int n = 1; n < 10; ++n) {
        const int before = disk.syncs();
        BOOST_REQUIRE(store.apply(nth_batch(n)).has_value());
        BOOST_TEST(disk.syncs() == before + 1);
    }
    const int before = disk.syncs();
    (void)store.lane(noon);
    (void)store.all();
    BOOST_TEST(disk.syncs() == before);
}

/// The power goes after each batch in turn: what apply() has returned for is there, and nothing half.
BOOST_AUTO_TEST_CASE(what_was_acknowledged_outlasts_a_power_cut) {
    const Folder folder;
    FaultyDisk disk;
    OpenStore store{on_disk(disk, folder.db())};
    // Enough for the log to be carried over into the file several times.
    constexpr int batches = 400;
    for (int n = 0; n < batches; ++n) {
        Batch batch = nth_batch(n);
        batch.insert[0].content.status = std::string(20000, 'x');
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
        if (n % 20 != 0)
            continue;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            BOOST_TEST_CONTEXT("after batch " << n << ", seed " << seed) {
                const Folder after;
                disk.power_cut(folder.path(), after.path(), seed);
                FaultyDisk another;
                OpenStore survivor{on_disk(another, after.db())};
                BOOST_REQUIRE(survivor);
                BOOST_TEST(survivor.notes().size() == 1U);
                BOOST_TEST(survivor.all().size() == static_cast<std::size_t>(2 * (n + 1)));
                SeenQuery query;
                query.source = "blog";
                query.account = "news";
                query.items = {digest_of(std::to_string(n))};
                BOOST_TEST(survivor.seen(std::move(query)).size() == 1U);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(nobody_else_may_read_it) {
    const mode_t before = ::umask(0);
    const Folder folder;
    OpenStore store{folder.db()};
    (void)store.put(make_post("p"));
    BOOST_TEST(mode_of(folder.db()) == 0600U);
    BOOST_TEST(mode_of(folder.db() + "-wal") == 0600U);
    BOOST_TEST(mode_of(folder.db() + "-shm") == 0600U);
    BOOST_TEST(mode_of(folder.db() + ".lock") == 0600U);
    ::umask(before);
}

BOOST_AUTO_TEST_CASE(a_stopped_store_is_one_file) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        (void)store.put(make_post("p"));
        BOOST_TEST(std::filesystem::exists(folder.db() + "-wal"));
    }
    BOOST_TEST(!std::filesystem::exists(folder.db() + "-wal"));
    BOOST_TEST(!std::filesystem::exists(folder.db() + "-shm"));
    const Folder elsewhere;
    std::filesystem::copy_file(folder.db(), elsewhere.db());
    OpenStore copy{elsewhere.db()};
    BOOST_TEST(names(copy.all()) == std::vector<std::string>{"p"});
}

BOOST_AUTO_TEST_SUITE_END()
