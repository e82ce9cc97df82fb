#include "../harness.hpp"
#include "../raw.hpp"

#include <array>
#include <atomic>
#include <thread>

using namespace crier;
using namespace crier::test;

namespace {

/// Calls it on a thread of its own for each of three stores.
template <class Call>
void at_once(const std::string& path, Call call) {
    std::vector<std::unique_ptr<OpenStore>> stores;
    for (int i = 0; i < 3; ++i)
        stores.push_back(std::make_unique<OpenStore>(path));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < stores.size(); ++i)
        threads.emplace_back([&, i] { call(*stores[i], i); });
    for (std::thread& thread : threads)
        thread.join();
}

} // namespace

BOOST_AUTO_TEST_SUITE(postgres_writers)

BOOST_AUTO_TEST_CASE(one_key_makes_one_post_whoever_is_first) {
    const Folder folder;
    std::array<std::vector<PostId>, 3> given;
    at_once(folder.db(), [&](OpenStore& store, std::size_t who) {
        for (int i = 0; i < 30; ++i) {
            Batch batch;
            batch.insert = {make_post(std::to_string(i)),
                            make_post("of " + std::to_string(who) + std::to_string(i))};
            batch.now = noon;
            given[who].push_back(store.apply(std::move(batch)).value().inserted[0]);
        }
    });
    for (std::size_t i = 0; i < 30; ++i) {
        int made = 0;
        for (const auto& ids : given)
            made += ids[i] != 0 ? 1 : 0;
        BOOST_TEST(made == 1);
    }
    BOOST_TEST(OpenStore{folder.db()}.all().size() == 120U);
}

BOOST_AUTO_TEST_CASE(one_version_is_changed_once) {
    const Folder folder;
    const Post post = OpenStore{folder.db()}.put(make_post("p"));
    std::atomic<int> changed{0};
    at_once(folder.db(), [&](OpenStore& store, std::size_t) {
        for (int i = 0; i < 20; ++i) {
            Batch batch;
            batch.update = {store.post(post.id)};
            const Result<Applied> applied = store.apply(std::move(batch));
            if (applied)
                ++changed;
            else if (applied.error().cause != Cause::conflict)
                throw std::runtime_error{applied.error().message};
        }
    });
    BOOST_TEST(OpenStore{folder.db()}.post(post.id).version == post.version + changed);
}

/// Rows in each other's order: a deadlock is ended by the server, and what fell is done once more.
BOOST_AUTO_TEST_CASE(writers_that_cross_get_through) {
    const Folder folder;
    { OpenStore first{folder.db()}; }
    at_once(folder.db(), [&](OpenStore& store, std::size_t who) {
        for (int i = 0; i < 15; ++i) {
            Batch batch;
            for (int n = 0; n < 6; ++n) {
                AccountState account;
                account.account = std::to_string(who % 2 == 0 ? n : 5 - n);
                batch.accounts.push_back(account);
            }
            const Result<Applied> applied = store.apply(std::move(batch));
            if (!applied && applied.error().cause != Cause::temporary)
                throw std::runtime_error{applied.error().message};
        }
    });
    BOOST_TEST(OpenStore{folder.db()}.load().accounts.size() == 6U);
}

/// While one takes old posts away, the same come in again at another: never.
BOOST_AUTO_TEST_CASE(a_key_that_is_being_buried_does_not_come_in_again) {
    const Folder folder;
    constexpr int count = 120;
    {
        OpenStore store{folder.db()};
        Batch batch;
        for (int i = 0; i < count; ++i) {
            batch.insert.push_back(make_post(std::to_string(i)));
            batch.insert.back().state = PostState::published;
            batch.insert.back().status_id = std::to_string(i);
        }
        batch.insert.push_back(make_post("newest"));
        BOOST_REQUIRE(store.apply(std::move(batch)));
    }
    std::atomic<std::size_t> gone{0};
    std::atomic<int> doubled{0};
    at_once(folder.db(), [&](OpenStore& store, std::size_t who) {
        if (who == 0) {
            TrimQuery query;
            query.now = query.posts_before = noon + 24h * 1000;
            query.occurrences = query.items = 24h * 10000;
            query.limit = 3;
            for (bool more = true; more;) {
                const Trimmed done = run(store.context, (*store).trim(query)).value();
                query.after = done.after;
                query.after_id = done.after_id;
                gone += done.posts;
                more = done.more && query.after != Instant{};
            }
            return;
        }
        for (int i = 0; i < count; ++i) {
            Batch batch;
            batch.insert = {make_post(std::to_string(i))};
            doubled += store.apply(std::move(batch)).value().inserted[0] != 0 ? 1 : 0;
        }
    });
    BOOST_TEST(gone == static_cast<std::size_t>(count));
    BOOST_TEST(doubled == 0);
}

BOOST_AUTO_TEST_CASE(the_last_sign_of_life_is_the_latest_of_all) {
    const Folder folder;
    OpenStore one{folder.db()};
    OpenStore two{folder.db()};
    Batch early;
    early.now = noon;
    Batch late;
    late.now = noon + 1h;
    BOOST_REQUIRE(two.apply(std::move(late)));
    BOOST_REQUIRE(one.apply(std::move(early)));
    BOOST_TEST((one.load().last_alive == noon + 1h));
}

BOOST_AUTO_TEST_SUITE_END()
