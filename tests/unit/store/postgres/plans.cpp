#include "../harness.hpp"
#include "../raw.hpp"
#include "store/schema_postgres.hpp"
#include "store/tables.hpp"

#include <functional>
#include <map>

using namespace crier;
using namespace crier::test;

namespace {

/// The tables in a schema of their own, and every statement that runs on them. Where there is any way but
/// reading a table from end to end, the planner takes it; among indexes it goes by what there is.
class Planned {
public:
    /// `filled`: as an outbox of some age, nearly all published. In an empty one every index is as good.
    explicit Planned(bool filled = false) {
        const Result<> prepared = tables_.prepare();
        BOOST_REQUIRE(prepared);
        raw_.run("SET enable_seqscan=off; SET plan_cache_mode=force_generic_plan; SET jit=off");
        if (!filled)
            return;
        raw_.run(
            "INSERT INTO posts(key, account, origin_kind, origin_name, origin_item, state, reason, priority, "
            "due, next, content, generation, attempts, in_doubt, tries, approved, status_id, status_url, "
            "created, version, last_attempt) SELECT decode(md5(n::text) || md5('x' || n), 'hex'), "
            "'account' || n % 5, 'source', 'blog' || n % 7, n::text, CASE WHEN n % 50 = 0 THEN 'held' WHEN n "
            "% 60 = 0 THEN 'waiting' WHEN n % 70 = 0 THEN 'ready' WHEN n % 80 = 0 THEN 'failed' ELSE "
            "'published' END, '', 1, n * 1000000, n * 1000000, '{}', 0, 1, 0, 0, 0, CASE WHEN n % 50 = 0 OR "
            "n % 60 = 0 OR n % 70 = 0 OR n % 80 = 0 THEN '' ELSE n::text END, '', n * 1000000, 1, n * "
            "1000000 FROM generate_series(1::bigint, 5000) AS n; ANALYZE posts");
    }

    std::string plans(const std::function<void(store::Tables&)>& call) {
        std::map<std::string, std::vector<unsigned>> statements;
        database_->on_statement = [&](const std::string& sql, const std::vector<unsigned>& types) {
            statements[sql] = types;
        };
        call(tables_);
        database_->on_statement = nullptr;
        std::string all;
        for (const auto& [sql, types] : statements)
            if (const char first = sql.front();
                first == 'S' || first == 'I' || first == 'U' || first == 'D' || first == 'W')
                if (sql.rfind("SAVEPOINT", 0) != 0 && sql.rfind("DECLARE", 0) != 0)
                    all += plan(sql, types);
        return all;
    }

private:
    std::string plan(const std::string& sql, const std::vector<unsigned>& types) {
        std::string named;
        std::string nulls;
        for (const unsigned type : types) {
            named += (named.empty() ? "" : ",") + std::string{type == 17   ? "bytea"
                                                              : type == 20 ? "bigint"
                                                                           : "text"};
            nulls += nulls.empty() ? "null" : ",null";
        }
        const auto in = [](const std::string& list) { return list.empty() ? list : "(" + list + ")"; };
        raw_.run("PREPARE looked_at" + in(named) + " AS " + sql);
        std::string lines;
        // EXPLAIN gives rows, which a query cannot take up: a function does.
        raw_.run(
            "CREATE OR REPLACE FUNCTION explained(q text) RETURNS text LANGUAGE plpgsql AS $f$ DECLARE l "
            "text; "
            "a text := ''; BEGIN FOR l IN EXECUTE q LOOP a := a || l || E'\\n'; END LOOP; RETURN a; END $f$");
        lines = raw_.ask("explained('EXPLAIN EXECUTE looked_at" + in(nulls) + "')");
        raw_.run("DEALLOCATE looked_at");
        for (const char* table : {"posts", "attempts", "seen", "amendments"})
            BOOST_TEST(!mentions(lines, std::string{"Seq Scan on "} + table + " "), sql << '\n' << lines);
        return lines;
    }

    const Folder folder_;
    OpenStore store_{folder_.db()};
    RawPostgres raw_{folder_.db()};
    std::unique_ptr<store::Postgres> database_ = [this] {
        const auto self = std::make_shared<store::PostgresSelf>();
        self->opened = 7;
        auto database = std::make_unique<store::Postgres>(postgres_options(folder_.db()).target, self);
        BOOST_REQUIRE(database->connect());
        BOOST_REQUIRE(database->be_writer("one"));
        return database;
    }();
    store::Tables tables_{*database_};
};

void check_uses(const std::string& plans, std::initializer_list<const char*> indexes) {
    for (const char* index : indexes)
        BOOST_TEST((mentions(plans, std::string{"using "} + index + " ") ||
                    mentions(plans, std::string{"Scan on "} + index + " ")),
                   index << '\n'
                         << plans);
}

} // namespace

BOOST_AUTO_TEST_SUITE(postgres_plans)

BOOST_AUTO_TEST_CASE(a_lanes_look_goes_by_its_indexes) {
    Planned planned;
    check_uses(planned.plans([](store::Tables& tables) {
        LaneQuery query;
        query.account = "news";
        BOOST_REQUIRE(tables.lane(query));
    }),
               {"posts_unfinished", "posts_queue", "posts_waiting", "posts_receipt", "amendments_next",
                "posts_pin"});
    check_uses(planned.plans([](store::Tables& tables) {
        LaneQuery query;
        query.account = "news";
        query.others = Admit::none;
        query.horizon = noon;
        BOOST_REQUIRE(tables.lane(query));
    }),
               {"posts_unfinished", "posts_queue", "posts_waiting"});
    check_uses(planned.plans([](store::Tables& tables) {
        LaneQuery query;
        query.account = "news";
        query.undo_only = true;
        BOOST_REQUIRE(tables.lane(query));
    }),
               {"amendments_undo"});
}

BOOST_AUTO_TEST_CASE(lookups_go_by_their_indexes) {
    Planned planned{true};
    const auto find = [&](auto change) {
        return planned.plans([&](store::Tables& tables) {
            PostQuery query;
            change(query);
            BOOST_REQUIRE(tables.find(query));
        });
    };
    check_uses(find([](PostQuery& q) { q.id = 1; }), {"posts_pkey"});
    check_uses(find([](PostQuery& q) { q.key = digest_of("key"); }), {"posts_key_key"});
    check_uses(find([](PostQuery& q) {
                   q.key_between = std::pair{Digest{}, digest_of("x")};
                   q.any_order = true;
               }),
               {"posts_key_key"});
    check_uses(find([](PostQuery& q) {
                   q.status_ids = {"1", "2"};
                   q.account = "news";
               }),
               {"posts_status"});
    check_uses(find([](PostQuery& q) { q.parent = digest_of("x"); }), {"posts_parent"});
    check_uses(find([](PostQuery& q) {
                   q.behind = true;
                   q.account = "news";
                   q.any_order = true;
               }),
               {"posts_thread"});
}

BOOST_AUTO_TEST_CASE(what_is_asked_beside_goes_by_indexes) {
    Planned planned{true};
    check_uses(planned.plans([](store::Tables& tables) {
        AgendaQuery query;
        query.accounts = {"news"};
        query.until = noon;
        BOOST_REQUIRE(tables.agenda(query));
    }),
               {"posts_waiting", "posts_queue", "posts_thread", "posts_state", "posts_published"});
    check_uses(planned.plans([](store::Tables& tables) {
        BOOST_REQUIRE(tables.count_days({noon, noon + 24h}));
    }),
               {"posts_published", "posts_state"});
    check_uses(planned.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.newest_seen({})); }),
               {"seen_shown"});
    check_uses(planned.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.made({MadeQuery{}})); }),
               {"posts_origin"});
    check_uses(planned.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.held("news")); }),
               {"posts_state"});
    check_uses(planned.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.leaving({"news"}, noon)); }),
               {"posts_waiting", "posts_queue", "posts_unfinished"});
    check_uses(planned.plans([](store::Tables& tables) {
        Batch batch;
        batch.seen = {make_seen("item")};
        BOOST_REQUIRE(tables.apply({&batch}).front());
        SeenQuery query;
        query.source = "blog";
        query.account = "news";
        query.items = {digest_of("item")};
        query.links = {digest_of("link")};
        BOOST_REQUIRE(tables.seen(query));
    }),
               {"seen_link"});
}

BOOST_AUTO_TEST_CASE(writes_and_trimming_go_by_indexes) {
    Planned planned;
    check_uses(planned.plans([](store::Tables& tables) {
        Batch batch;
        for (const char* name : {"p", "newest"}) {
            batch.insert.push_back(make_post(name));
            batch.insert.back().state = PostState::published;
            batch.insert.back().origin.kind = OriginKind::source;
        }
        batch.seen = {make_seen("old"), make_seen("new")};
        batch.seen.back().shown = noon + 24h * 1000;
        SourceAccount pair;
        pair.source = "blog";
        pair.account = "news";
        batch.source_accounts.push_back(pair);
        BOOST_REQUIRE(tables.apply({&batch}).front());
        Batch change;
        Post post = make_post("p");
        post.id = 1;
        post.version = 1;
        post.state = PostState::published;
        post.status_id = "7";
        change.update = {post};
        change.attempts = {make_attempt(1, 1)};
        (void)tables.apply({&change});
        TrimQuery query;
        query.now = query.posts_before = noon + 24h * 1000;
        query.items = 24h * 730;
        BOOST_REQUIRE(tables.trim(query));
    }),
               {"posts_pkey", "posts_created", "posts_parent", "posts_unfinished", "seen_shown",
                "tombstones_expires"});
    (void)planned.plans([](store::Tables& tables) {
        for (const OriginKind kind : {OriginKind::source, OriginKind::entry}) {
            Batch batch;
            batch.renames.resize(1);
            batch.renames[0].kind = kind;
            batch.renames[0].from = "a";
            batch.renames[0].to = "b";
            BOOST_REQUIRE(tables.apply({&batch}).at(0).has_value());
        }
    });
}

BOOST_AUTO_TEST_SUITE_END()
