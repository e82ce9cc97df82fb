#include "child.hpp"
#include "harness.hpp"
#include "raw.hpp"

using namespace crier;
using namespace crier::test;

namespace {

constexpr std::size_t page = 4096;

/// A stopped store of many pages.
std::string make_store(const std::string& path) {
    {
        OpenStore store{path};
        Batch batch;
        batch.now = noon;
        for (int i = 0; i < 300; ++i) {
            batch.insert.push_back(make_post(std::to_string(i)));
            batch.insert.back().content.status = std::string(300, 'x');
            batch.seen.push_back(make_seen(std::to_string(i), "https://a.example/" + std::to_string(i)));
        }
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    return bytes_of(path);
}

/// As a daemon that was killed would have left it.
void mark_unclean(const std::string& path) {
    RawDatabase raw{path};
    raw.run("UPDATE meta SET value=1 WHERE name='open'");
}

void check_refusal(const Failure& failure, const std::string& path) {
    BOOST_TEST((failure.cause == Cause::corrupt), failure.message);
    BOOST_TEST(mentions(failure.message, path));
    BOOST_TEST(mentions(failure.hint, "keep a copy of " + path));
    BOOST_TEST(mentions(failure.hint, "backup"));
}

} // namespace

BOOST_AUTO_TEST_SUITE(damage)

BOOST_AUTO_TEST_CASE(garbage_is_said_to_be_garbage_and_left_as_it_is) {
    const Folder folder;
    for (const std::string& bytes :
         {std::string(10, 'x'), std::string(100, '\0'), std::string(50000, 'y'),
          std::string("SQLite format 3"), std::string("SQLite format 3\0", 16) + std::string(8000, '\xff')}) {
        write_bytes(folder.db(), bytes);
        check_refusal(OpenStore{folder.db()}.refusal(), folder.db());
        check_refusal(OpenStore{OpenStore::options_for(folder.db(), true)}.refusal(), folder.db());
        BOOST_TEST((bytes_of(folder.db()) == bytes));
    }
}

BOOST_AUTO_TEST_CASE(a_truncated_store_is_refused_and_left_as_it_is) {
    const Folder folder;
    (void)make_store(folder.db());
    mark_unclean(folder.db());
    const std::string whole = bytes_of(folder.db());
    // From two bytes on: an empty file, or one of a single byte, is SQLite's way of saying "new".
    for (std::size_t size = 2; size < whole.size(); size = size < page ? size * 7 : size + page) {
        BOOST_TEST_CONTEXT("cut to " << size << " of " << whole.size()) {
            write_bytes(folder.db(), whole.substr(0, size));
            check_refusal(OpenStore{folder.db()}.refusal(), folder.db());
            BOOST_TEST((bytes_of(folder.db()) == whole.substr(0, size)));
        }
    }
}

/// Each page in turn is written over. After an unclean stop that is noticed at the start, as far as it can
/// be.
BOOST_AUTO_TEST_CASE(a_page_that_is_not_what_it_was_is_noticed_after_an_unclean_stop) {
    const Folder folder;
    (void)make_store(folder.db());
    mark_unclean(folder.db());
    const std::string whole = bytes_of(folder.db());
    std::size_t noticed = 0;
    for (std::size_t at = page; at < whole.size(); at += page) {
        BOOST_TEST_CONTEXT("page " << at / page + 1) {
            std::string damaged = whole;
            damaged.replace(at, page, std::string(page, '\xa5'));
            write_bytes(folder.db(), damaged);
            OpenStore store{folder.db()};
            if (!store) {
                check_refusal(store.refusal(), folder.db());
                BOOST_TEST((bytes_of(folder.db()) == damaged));
                ++noticed;
            }
        }
        std::filesystem::remove(folder.db() + "-wal");
    }
    BOOST_TEST(noticed == whole.size() / page - 1);
}

BOOST_AUTO_TEST_CASE(after_a_clean_stop_nothing_is_checked_and_damage_is_a_failure_when_it_is_met) {
    const Folder folder;
    (void)make_store(folder.db());
    std::string bytes = bytes_of(folder.db());
    const auto root =
        std::stoul(RawDatabase{folder.db()}.ask("SELECT rootpage FROM sqlite_schema WHERE name='posts'"));
    bytes.replace((root - 1) * page, page, std::string(page, '\xa5'));
    write_bytes(folder.db(), bytes);
    OpenStore store{folder.db()};
    BOOST_REQUIRE(store); // a start costs no look at every page
    BOOST_TEST(store.notes().empty());
    PostQuery query;
    query.id = 1;
    const auto found = run(store.context, (*store).find(query));
    BOOST_REQUIRE(!found);
    check_refusal(found.error(), folder.db());
    Batch batch;
    batch.insert = {make_post("new")};
    const Result<Applied> applied = store.apply(std::move(batch));
    BOOST_REQUIRE(!applied);
    BOOST_TEST((applied.error().cause == Cause::corrupt));
    // What is whole goes on.
    Batch alive;
    alive.now = noon + 1h;
    BOOST_TEST(store.apply(std::move(alive)).has_value());
    BOOST_TEST((store.load().last_alive == noon + 1h));
}

BOOST_AUTO_TEST_CASE(every_call_tells_of_damage_and_none_takes_it_for_an_end) {
    const Folder folder;
    (void)make_store(folder.db());
    const std::string whole = bytes_of(folder.db());
    const auto root_of = [&](const std::string& name) {
        write_bytes(folder.db(), whole);
        return std::stoul(
            RawDatabase{folder.db()}.ask("SELECT rootpage FROM sqlite_schema WHERE name='" + name + "'"));
    };
    const auto damage = [&](std::initializer_list<const char*> tables) {
        std::string bytes = whole;
        for (const char* table : tables)
            bytes.replace((root_of(table) - 1) * page, page, std::string(page, '\xa5'));
        write_bytes(folder.db(), bytes);
    };
    const auto corrupt = [](const auto& result) { return !result && result.error().cause == Cause::corrupt; };
    {
        damage({"attempts"});
        OpenStore store{folder.db()};
        BOOST_TEST(corrupt(run(store.context, (*store).attempts(1))));
    }
    {
        damage({"seen"});
        OpenStore store{folder.db()};
        SeenQuery query;
        query.source = "blog";
        query.account = "news";
        query.items = {digest_of("1")};
        BOOST_TEST(corrupt(run(store.context, (*store).seen(query))));
    }
    {
        damage({"posts_state"});
        OpenStore store{folder.db()};
        BOOST_TEST(corrupt(run(store.context, (*store).counts({}))));
        BOOST_TEST(corrupt(run(store.context, (*store).counts("news"))));
    }
    for (const char* index : {"posts_unfinished", "posts_queue", "posts_waiting", "posts"}) {
        damage({index});
        OpenStore store{folder.db()};
        LaneQuery query;
        query.account = "news";
        query.now = noon;
        BOOST_TEST(corrupt(run(store.context, (*store).lane(query))), index);
    }
    for (const char* table : {"sources", "source_accounts", "entries", "accounts"}) {
        damage({table});
        OpenStore store{folder.db()};
        BOOST_TEST(corrupt(run(store.context, (*store).load())), table);
    }
}

BOOST_AUTO_TEST_CASE(a_row_that_does_not_read_is_named) {
    const Folder folder;
    PostId id = 0;
    {
        OpenStore store{folder.db()};
        id = store.put(make_post("p")).id;
    }
    RawDatabase{folder.db()}.run("UPDATE posts SET content='{\"status\":'");
    OpenStore store{folder.db()};
    LaneQuery query;
    query.account = "news";
    query.now = noon;
    const auto work = run(store.context, (*store).lane(query));
    BOOST_REQUIRE(!work);
    BOOST_TEST((work.error().cause == Cause::corrupt));
    BOOST_TEST(mentions(work.error().message, "post " + std::to_string(id)));
}

/// What a person may get wrong with `sqlite3`.
BOOST_AUTO_TEST_CASE(what_no_row_may_hold_is_refused_by_the_file_itself) {
    const Folder folder;
    {
        OpenStore store{folder.db()};
        (void)store.put(make_post("p"));
    }
    sqlite3* raw = nullptr;
    BOOST_REQUIRE(sqlite3_open(folder.db().c_str(), &raw) == SQLITE_OK);
    for (const char* wrong :
         {"UPDATE posts SET state='canceled'", "UPDATE posts SET origin_kind='feed'",
          "UPDATE posts SET key=x'00'", "UPDATE posts SET due='tomorrow'", "UPDATE posts SET content=NULL"})
        BOOST_TEST(sqlite3_exec(raw, wrong, nullptr, nullptr, nullptr) == SQLITE_CONSTRAINT, wrong);
    sqlite3_close(raw);
}

BOOST_AUTO_TEST_CASE(a_kill_is_noticed_and_a_clean_stop_is_not) {
    const Folder folder;
    Child child{[&](const Child::Say& say) {
        OpenStore store{folder.db()};
        (void)store.put(make_post("p"));
        say("put");
        ::pause();
    }};
    BOOST_REQUIRE(child.line() == "put");
    child.kill();
    {
        OpenStore store{folder.db()};
        BOOST_REQUIRE(store.notes().size() == 1U);
        BOOST_TEST(mentions(store.notes()[0], "not stopped cleanly"));
    }
    OpenStore store{folder.db()};
    BOOST_TEST(store.notes().empty());
}

BOOST_AUTO_TEST_SUITE_END()
