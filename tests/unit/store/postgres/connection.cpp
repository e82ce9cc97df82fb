#include "../harness.hpp"
#include "../raw.hpp"
#include "proxy.hpp"
#include "store/schema_postgres.hpp"
#include "store/tables.hpp"

#include <thread>

using namespace crier;
using namespace crier::test;

namespace {

store::PostgresOptions through(const Proxy& proxy, const Folder& folder) {
    store::PostgresOptions options = OpenStore::options_for(folder.db());
    options.target.url = url_of(folder.db(), proxy.folder());
    return options;
}

/// What a lane writes with a step: its post, an attempt, the account.
Batch lanes_batch(Post post) {
    Batch batch;
    batch.now = noon;
    batch.attempts = {make_attempt(post.id, 1)};
    batch.update = {std::move(post)};
    AccountState account;
    account.account = "news";
    batch.accounts = {account};
    return batch;
}

} // namespace

BOOST_AUTO_TEST_SUITE(postgres_connection)

/// Wherever the connection is cut: what is answered is true, and what was written was written once.
BOOST_AUTO_TEST_CASE(a_cut_in_a_commit_neither_loses_nor_doubles) {
    for (const Proxy::Cut how : {Proxy::Cut::before, Proxy::Cut::half, Proxy::Cut::after})
        for (int nth = 1; nth <= 3; ++nth)
            BOOST_TEST_CONTEXT("cut " << static_cast<int>(how) << " at " << nth) {
                const Folder folder;
                Proxy proxy{cluster_folder()};
                OpenStore store{through(proxy, folder)};
                BOOST_REQUIRE(static_cast<bool>(store));
                Post post = store.put(make_post("p"));
                proxy.cut(nth, how);
                post.state = PostState::sending;
                const Result<Applied> applied = store.apply(lanes_batch(post));
                BOOST_TEST(applied.has_value());
                // Two round trips: there is nothing to be cut at the third.
                BOOST_TEST(proxy.has_cut() == (nth <= 2));
                proxy.cut(-1, how);
                const Post stored = store.post(post.id);
                BOOST_TEST((stored.state == PostState::sending));
                BOOST_TEST(stored.version == post.version + 1); // once
                BOOST_TEST(store.attempts(post.id).size() == 1U);
                // The next one is taken as if nothing had been.
                BOOST_TEST(store.apply(lanes_batch(stored)).has_value());
            }
}

BOOST_AUTO_TEST_CASE(nor_does_one_where_posts_are_inserted) {
    for (const Proxy::Cut how : {Proxy::Cut::before, Proxy::Cut::half, Proxy::Cut::after})
        for (int nth = 1; nth <= 2; ++nth)
            BOOST_TEST_CONTEXT("cut " << static_cast<int>(how) << " at " << nth) {
                const Folder folder;
                Proxy proxy{cluster_folder()};
                OpenStore store{through(proxy, folder)};
                proxy.cut(nth, how);
                Batch batch;
                batch.insert = {make_post("p"), make_post("q")};
                const Result<Applied> applied = store.apply(std::move(batch));
                BOOST_REQUIRE(applied.has_value());
                BOOST_TEST(applied->inserted[0] != 0); // 0 would say that somebody else had it
                BOOST_TEST(store.all().size() == 2U);
            }
}

BOOST_AUTO_TEST_CASE(what_nobody_can_find_out_is_said_to_be_unknown) {
    const Folder folder;
    Proxy proxy{cluster_folder()};
    store::PostgresOptions options = through(proxy, folder);
    options.target.unknown_patience = 50ms;
    OpenStore store{std::move(options)};
    const Post post = store.put(make_post("p"));
    proxy.refuse(true);
    proxy.cut(2, Proxy::Cut::after); // the commit is done, and nobody hears of it
    const Result<Applied> applied = store.apply(lanes_batch(post));
    BOOST_REQUIRE(!applied);
    BOOST_TEST((applied.error().cause == Cause::temporary));
    BOOST_TEST(mentions(applied.error().hint, "not known"));
    // What is asked while there is no connection was not written, and that is known.
    const Result<Applied> next = store.apply(lanes_batch(post));
    BOOST_REQUIRE(!next);
    BOOST_TEST((next.error().cause == Cause::temporary));
    BOOST_TEST(mentions(next.error().hint, "nothing was lost"));
    BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT version FROM posts") == "2");
}

/// Old words that are late: the connection of before can commit nothing any more.
BOOST_AUTO_TEST_CASE(a_connection_that_was_given_up_commits_nothing) {
    const Folder folder;
    make_schema(folder.db());
    const auto self = std::make_shared<store::PostgresSelf>();
    self->opened = 7;
    OpenStore tables{folder.db()};
    store::Postgres before{postgres_options(folder.db()).target, self};
    BOOST_REQUIRE(before.connect());
    BOOST_REQUIRE(before.be_writer("one"));
    BOOST_REQUIRE(before.begin(store::Connection::Writer::shared));
    store::Postgres anew{postgres_options(folder.db()).target, self};
    BOOST_REQUIRE(anew.connect());
    BOOST_REQUIRE(anew.be_writer("one"));
    BOOST_REQUIRE(anew.be_writer("one")); // another session than the first's
    BOOST_TEST((before.commit() == store::Committed::no));
    BOOST_REQUIRE(anew.begin(store::Connection::Writer::shared));
    BOOST_TEST((anew.commit() == store::Committed::yes));
}

BOOST_AUTO_TEST_CASE(a_server_that_ends_its_connections_is_found_again) {
    const Folder folder;
    OpenStore store{folder.db()};
    Post post = store.put(make_post("p"));
    for (int i = 0; i < 3; ++i) {
        RawDatabase{folder.db()}.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                     "application_name='crier' AND pid<>pg_backend_pid()");
        BOOST_TEST(store.post(post.id).version == post.version);
        RawDatabase{folder.db()}.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                                     "application_name='crier' AND pid<>pg_backend_pid()");
        BOOST_TEST(store.apply(lanes_batch(post)).has_value());
        post = store.post(post.id);
    }
}

BOOST_AUTO_TEST_CASE(a_lanes_batch_takes_two_round_trips) {
    const Folder folder;
    OpenStore open{folder.db()};
    const Post post = open.put(make_post("p"));
    const auto self = std::make_shared<store::PostgresSelf>();
    self->opened = 7;
    store::Postgres database{postgres_options(folder.db()).target, self};
    BOOST_REQUIRE(database.connect());
    BOOST_REQUIRE(database.be_writer("one"));
    store::Tables tables{database};
    BOOST_REQUIRE(tables.prepare());
    Batch batch = lanes_batch(post);
    const std::uint64_t before = database.round_trips();
    BOOST_REQUIRE(tables.apply({&batch}).front().has_value());
    BOOST_TEST(database.round_trips() - before == 2U);
    Batch many;
    for (int i = 0; i < 50; ++i)
        many.insert.push_back(make_post(std::to_string(i)));
    const std::uint64_t then = database.round_trips();
    BOOST_REQUIRE(tables.apply({&many}).front().has_value());
    BOOST_TEST(database.round_trips() - then == 2U);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_what_to_do) {
    const Folder folder;
    const auto refusal = [&](const std::string& url) {
        store::PostgresOptions options = postgres_options(folder.db());
        options.target.url = url;
        return OpenStore{std::move(options)}.refusal();
    };
    const std::string host = "host=" + cluster_folder();
    const Failure none = refusal("postgresql:///none?user=crier&" + host);
    BOOST_TEST((none.cause == Cause::config), none.message);
    BOOST_TEST(mentions(none.hint, "createdb"));
    const Failure user = refusal("postgresql:///postgres?user=nobody&password=swordfish&" + host);
    BOOST_TEST((user.cause == Cause::permission), user.message);
    BOOST_TEST(!mentions(user.message + user.hint, "swordfish"));
    const Failure nowhere =
        refusal("postgresql:///postgres?user=crier&password=swordfish&host=" + folder.path());
    BOOST_TEST((nowhere.cause == Cause::temporary), nowhere.message);
    BOOST_TEST(!mentions(nowhere.message + nowhere.hint, "swordfish"));
    const Failure words = refusal("postgresql://a:swordfish@h:x y/?nonsense=1");
    BOOST_TEST((words.cause == Cause::config), words.message);
    BOOST_TEST(!mentions(words.message + words.hint, "swordfish"));
    const Result<store::OpenedPostgres> empty = [&] {
        boost::asio::io_context context;
        return store::open_postgres_to_read(context.get_executor(), postgres_options(folder.db()));
    }();
    BOOST_REQUIRE(!empty);
    BOOST_TEST((empty.error().cause == Cause::not_found));
    BOOST_TEST(store::has_password("postgresql://a:b@h/d"));
    BOOST_TEST(!store::has_password("postgresql://a@h/d"));
    for (const char* state : {"57P03", "53100", "53300", "25006", "08006", "40P01", "55P03", ""})
        BOOST_TEST((store::postgres_failure(state, "db", "write", "no").cause == Cause::temporary), state);
}

BOOST_AUTO_TEST_CASE(texts_that_postgresql_does_not_take_are_mended_alike_everywhere) {
    using namespace std::string_literals;
    const Folder folder;
    OpenStore store{folder.db()};
    Post post = make_post("p\0q\xff"s);
    post.content.status = "a\0b"s;
    const Post stored = store.put(post);
    BOOST_TEST(stored.origin.item == "p\xef\xbf\xbdq\xef\xbf\xbd");
    BOOST_TEST(stored.content.status == "a\0b"s); // JSON says it otherwise
    PostQuery query;
    query.grep = "A";
    BOOST_TEST(store.find(query).size() == 1U);
}

BOOST_AUTO_TEST_CASE(daemons_that_start_at_once_make_the_tables_once) {
    const Folder folder;
    make_schema(folder.db());
    std::vector<std::unique_ptr<OpenStore>> stores(4);
    std::vector<std::thread> threads;
    for (auto& store : stores)
        threads.emplace_back([&] { store = std::make_unique<OpenStore>(postgres_options(folder.db())); });
    for (std::thread& thread : threads)
        thread.join();
    for (const auto& store : stores)
        BOOST_TEST(static_cast<bool>(*store));
    RawDatabase{folder.db()}.run("UPDATE crier_schema SET version=99");
    const Failure newer = OpenStore{folder.db()}.refusal();
    BOOST_TEST((newer.cause == Cause::unsupported));
    const Folder foreign;
    make_schema(foreign.db());
    RawDatabase{foreign.db()}.run("CREATE TABLE posts(a int)");
    BOOST_TEST((OpenStore{foreign.db()}.refusal().cause == Cause::config));
}

BOOST_AUTO_TEST_CASE(a_step_is_taken_once_while_others_take_it_too) {
    const Folder folder;
    { OpenStore first{folder.db()}; }
    std::vector<std::string_view> steps = store::postgres_migrations();
    steps.emplace_back("ALTER TABLE posts ADD COLUMN later bigint NOT NULL DEFAULT 0;\n");
    std::vector<std::unique_ptr<OpenStore>> stores(3);
    std::vector<std::thread> threads;
    for (auto& store : stores)
        threads.emplace_back([&] {
            store::PostgresOptions options = postgres_options(folder.db());
            options.steps = &steps;
            store = std::make_unique<OpenStore>(std::move(options));
        });
    for (std::thread& thread : threads)
        thread.join();
    for (const auto& store : stores)
        BOOST_TEST(static_cast<bool>(*store));
    // The version before works on, as long as it runs: columns are added, never taken.
    BOOST_TEST(stores.front()->put(make_post("p")).id != 0);
}

BOOST_AUTO_TEST_SUITE_END()
