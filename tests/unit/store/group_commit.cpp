#include "harness.hpp"
#include "raw.hpp"

#include <csignal>
#include <pthread.h>

using namespace crier;
using namespace crier::test;
namespace asio = boost::asio;

namespace {

/// How many commits a log holds: each ends with a frame that says how big the database is then.
std::size_t commits_in(const std::string& log) {
    const std::string bytes = bytes_of(log);
    constexpr std::size_t header = 32;
    constexpr std::size_t frame = 24 + 4096;
    std::size_t commits = 0;
    for (std::size_t at = header; at + frame <= bytes.size(); at += frame)
        commits += bytes.substr(at + 4, 4) != std::string(4, '\0') ? 1U : 0U;
    return commits;
}

/// Keeps the store's thread waiting, so that what is asked for meanwhile stands in its queue.
class Holdup {
public:
    explicit Holdup(const std::string& path)
        : raw_(path) {
        raw_.run("BEGIN IMMEDIATE");
    }

private:
    RawDatabase raw_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(group_commit)

BOOST_AUTO_TEST_CASE(batches_that_come_together_share_a_commit_and_keep_their_order) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post post = store.put(make_post("p"));
    const std::size_t before = commits_in(folder.db() + "-wal");
    constexpr std::size_t many = 50;
    std::vector<std::size_t> order;
    {
        const Holdup holdup{folder.db()};
        for (std::size_t i = 0; i < many; ++i) {
            Batch batch;
            batch.insert = {make_post(std::to_string(i))};
            // Each on top of the one before it: in another order they were conflicts.
            post.reason = std::to_string(i);
            batch.update = {post};
            ++post.version;
            asio::co_spawn(store.context, (*store).apply(std::move(batch)),
                           [&order, i](std::exception_ptr, Result<Applied> applied) {
                               BOOST_TEST(applied.has_value());
                               if (applied)
                                   BOOST_TEST(applied->inserted.at(0) == static_cast<PostId>(i + 2));
                               order.push_back(i);
                           });
        }
        store.context.restart();
        store.context.poll();
        BOOST_TEST(order.empty()); // none is told before it is durable
    }
    store.context.run();
    BOOST_TEST(order.size() == many);
    BOOST_TEST(std::is_sorted(order.begin(), order.end()));
    BOOST_TEST(store.post(post.id).reason == std::to_string(many - 1));
    // The first may have been taken alone; the others waited for it together.
    BOOST_TEST(commits_in(folder.db() + "-wal") - before <= 2U);
    BOOST_TEST(commits_in(folder.db() + "-wal") - before >= 1U);
}

BOOST_AUTO_TEST_CASE(a_conflict_among_them_is_its_own) {
    const Folder folder;
    OpenStore store{folder.db()};
    const Post post = store.put(make_post("p"));
    std::vector<Result<Applied>> answers(3, Failure{Cause::internal, "none"});
    {
        const Holdup holdup{folder.db()};
        for (std::size_t i = 0; i < answers.size(); ++i) {
            Batch batch;
            batch.insert = {make_post(std::to_string(i))};
            batch.update = {post}; // only the first has the right version
            batch.seen = {make_seen(std::to_string(i))};
            if (i == 2)
                batch.update.clear();
            asio::co_spawn(store.context, (*store).apply(std::move(batch)),
                           [&answers, i](std::exception_ptr, Result<Applied> applied) {
                               answers[i] = std::move(applied);
                           });
        }
        store.context.restart();
        store.context.poll();
    }
    store.context.run();
    BOOST_TEST(answers[0].has_value());
    BOOST_REQUIRE(!answers[1]);
    BOOST_TEST((answers[1].error().cause == Cause::conflict));
    BOOST_TEST(answers[2].has_value());
    BOOST_TEST(names(store.all()) == (std::vector<std::string>{"p", "0", "2"}));
    SeenQuery query;
    query.source = "blog";
    query.account = "news";
    query.items = {digest_of("1")};
    BOOST_TEST(store.seen(std::move(query)).empty());
}

BOOST_AUTO_TEST_CASE(a_query_sees_what_was_asked_for_before_it_and_not_what_comes_after) {
    const Folder folder;
    OpenStore store{folder.db()};
    std::vector<std::size_t> seen;
    {
        const Holdup holdup{folder.db()};
        for (int i = 0; i < 5; ++i) {
            Batch batch;
            batch.insert = {make_post(std::to_string(i))};
            asio::co_spawn(store.context, (*store).apply(std::move(batch)), [](std::exception_ptr, auto) {});
            asio::co_spawn(store.context, (*store).find(PostQuery{}),
                           [&seen](std::exception_ptr, Result<std::vector<Post>> posts) {
                               seen.push_back(posts.value().size());
                           });
        }
        store.context.restart();
        store.context.poll();
    }
    store.context.run();
    BOOST_TEST(seen == (std::vector<std::size_t>{1, 2, 3, 4, 5}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(somebody_else_at_work_is_told_to_all_at_once) {
    const Folder folder;
    store::SqliteOptions options = OpenStore::options_for(folder.db());
    options.patience = 1ms;
    OpenStore store{options};
    const Holdup holdup{folder.db()};
    std::size_t refused = 0;
    for (int i = 0; i < 20; ++i) {
        Batch batch;
        batch.insert = {make_post(std::to_string(i))};
        asio::co_spawn(store.context, (*store).apply(std::move(batch)),
                       [&](std::exception_ptr, Result<Applied> applied) {
                           refused += !applied && applied.error().cause == Cause::temporary ? 1U : 0U;
                       });
    }
    store.context.restart();
    store.context.run();
    BOOST_TEST(refused == 20U);
}

BOOST_AUTO_TEST_CASE(closing_finishes_what_was_begun) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        for (int i = 0; i < 20; ++i) {
            Batch batch;
            batch.insert = {make_post(std::to_string(i))};
            asio::co_spawn(store.context, (*store).apply(std::move(batch)), [](std::exception_ptr, auto) {});
        }
        store.context.restart();
        store.context.poll(); // handed over, and nobody waits for the answers
        store.close();
    }
    OpenStore store{folder.db()};
    BOOST_TEST(store.notes().empty());
    BOOST_TEST(store.all().size() == 20U);
}

BOOST_AUTO_TEST_CASE(its_thread_takes_no_signals_and_has_a_name) {
    const Folder folder;
    OpenStore store{folder.db()};
    (void)store.all();
    std::size_t found = 0;
    for (const auto& task : std::filesystem::directory_iterator{"/proc/self/task"}) {
        if (bytes_of(task.path() / "comm") != "crier-store\n")
            continue;
        ++found;
        const std::string status = bytes_of(task.path() / "status");
        const std::size_t at = status.find("SigBlk:");
        BOOST_REQUIRE(at != std::string::npos);
        const auto blocked = std::stoull(status.substr(at + 7), nullptr, 16);
        for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGXFSZ})
            BOOST_TEST(((blocked >> static_cast<unsigned>(signal - 1)) & 1U) == 1U);
    }
    BOOST_TEST(found == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
