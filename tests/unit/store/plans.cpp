#include "harness.hpp"
#include "store/handle.hpp"
#include "store/schema.hpp"
#include "store/tables.hpp"

#include <sqlite3.h>

#include <functional>
#include <set>

using namespace crier;
using namespace crier::test;

namespace {

/// The tables on an empty database, and every statement that runs on it.
class Traced {
public:
    Traced() {
        std::vector<std::string> notes;
        BOOST_REQUIRE(store::migrate(database_, {}, store::migrations(), notes).has_value());
        BOOST_REQUIRE(tables_.prepare().has_value());
        sqlite3_trace_v2(database_.raw(), SQLITE_TRACE_STMT, &Traced::take, this);
    }

    /// What SQLite means to do for each statement that `call` runs.
    std::vector<std::string> plans(const std::function<void(store::Tables&)>& call) {
        return explained(call, "EXPLAIN QUERY PLAN ", 3);
    }
    /// What its machine does for each.
    std::vector<std::string> opcodes(const std::function<void(store::Tables&)>& call) {
        return explained(call, "EXPLAIN ", 1);
    }

private:
    std::vector<std::string> explained(const std::function<void(store::Tables&)>& call,
                                       const std::string& how, int column) {
        statements_.clear();
        call(tables_);
        sqlite3_trace_v2(database_.raw(), 0, nullptr, nullptr);
        std::vector<std::string> steps;
        for (const std::string& sql : statements_) {
            sqlite3_stmt* explain = nullptr;
            const std::string text = how + sql;
            BOOST_REQUIRE(sqlite3_prepare_v2(database_.raw(), text.c_str(), -1, &explain, nullptr) ==
                          SQLITE_OK);
            while (sqlite3_step(explain) == SQLITE_ROW)
                steps.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(explain, column)));
            sqlite3_finalize(explain);
        }
        sqlite3_trace_v2(database_.raw(), SQLITE_TRACE_STMT, &Traced::take, this);
        return steps;
    }

    static int take(unsigned, void* self, void* statement, void*) {
        static_cast<Traced*>(self)->statements_.insert(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
        return 0;
    }

    store::Database database_ = std::move(store::Database::open(":memory:", {}).value());
    store::Tables tables_{database_};
    std::set<std::string> statements_;
};

/// Nothing that grows is read from end to end. (A "SCAN" of a subquery's few rows is none.)
void check_no_scan(const std::vector<std::string>& plan) {
    BOOST_TEST(!plan.empty());
    for (const std::string& step : plan)
        for (const char* table : {"posts", "attempts", "seen", "amendments"})
            BOOST_TEST(!mentions(step + " ", std::string{"SCAN "} + table + " "), step);
}

bool uses(const std::vector<std::string>& plan, std::string_view index) {
    return std::any_of(plan.begin(), plan.end(),
                       [&](const std::string& step) { return mentions(step, index); });
}

} // namespace

BOOST_AUTO_TEST_SUITE(plans)

BOOST_AUTO_TEST_CASE(a_lanes_look_goes_by_its_indexes) {
    Traced traced;
    const auto plan = traced.plans([](store::Tables& tables) {
        LaneQuery query;
        query.account = "news";
        BOOST_REQUIRE(tables.lane(query).has_value());
    });
    check_no_scan(plan);
    BOOST_TEST(uses(plan, "posts_unfinished (account=? AND next<?)"));
    BOOST_TEST(uses(plan, "posts_queue (account=?)"));
    BOOST_TEST(uses(plan, "COVERING INDEX posts_waiting (account=? AND next<?)"));
    // A receipt costs a look at its index, when there is nothing else to be done.
    BOOST_TEST(uses(plan, "posts_receipt (account=? AND receipt<?)"));
    BOOST_TEST(uses(plan, "COVERING INDEX posts_receipt (account=? AND receipt>?)"));
}

BOOST_AUTO_TEST_CASE(a_look_past_what_must_wait_goes_by_them_too) {
    Traced traced;
    const auto plan = traced.plans([](store::Tables& tables) {
        LaneQuery query;
        query.account = "news";
        query.others = Admit::none;
        query.horizon = noon;
        BOOST_REQUIRE(tables.lane(query).has_value());
    });
    check_no_scan(plan);
    BOOST_TEST(uses(plan, "posts_queue (account=? AND priority<?)")); // a backlog is not even looked at
}

/// A backlog is taken from the front of its index, never sorted.
BOOST_AUTO_TEST_CASE(a_backlog_is_not_sorted) {
    Traced traced;
    std::size_t sorts = 0;
    for (const std::string& step : traced.plans([](store::Tables& tables) {
             LaneQuery query;
             query.account = "news";
             BOOST_REQUIRE(tables.lane(query).has_value());
         }))
        sorts += mentions(step, "USE TEMP B-TREE FOR ORDER BY") ? 1U : 0U;
    // Of the unfinished, of the ids of those that waited, and of the few rows with those ids.
    BOOST_TEST(sorts == 3U);
}

BOOST_AUTO_TEST_CASE(a_pollers_look_goes_by_its_indexes) {
    Traced traced;
    const auto plan = traced.plans([](store::Tables& tables) {
        Batch batch; // else there is nothing to look for
        batch.seen.push_back(make_seen("item"));
        BOOST_REQUIRE(tables.apply({&batch}).front().has_value());
        SeenQuery query;
        query.source = "blog";
        query.account = "news";
        query.items = {digest_of("item")};
        query.links = {digest_of("link")};
        BOOST_REQUIRE(tables.seen(query).has_value());
    });
    check_no_scan(plan);
    BOOST_TEST(uses(plan, "PRIMARY KEY (source=? AND account=? AND item=?)"));
    BOOST_TEST(uses(plan, "seen_link (source=? AND account=? AND link=?)"));
}

/// What an origin made lately is read from the end of its part of the index, and held posts from theirs.
BOOST_AUTO_TEST_CASE(the_fuse_looks_by_its_index_and_sorts_nothing) {
    Traced traced;
    const auto plan =
        traced.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.made({MadeQuery{}}).has_value()); });
    check_no_scan(plan);
    BOOST_TEST(uses(plan, "posts_origin (origin_kind=? AND origin_name=? AND account=? AND created>?)"));
    BOOST_TEST(!uses(plan, "TEMP B-TREE"));
    const auto held =
        traced.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.held("news").has_value()); });
    check_no_scan(held);
    BOOST_TEST(uses(held, "posts_state (state=? AND account=?)"));
}

BOOST_AUTO_TEST_CASE(lookups_go_by_their_indexes) {
    Traced traced;
    const auto find = [&](auto change) {
        return traced.plans([&](store::Tables& tables) {
            PostQuery query;
            change(query);
            BOOST_REQUIRE(tables.find(query).has_value());
        });
    };
    check_no_scan(find([](PostQuery& q) { q.id = 1; }));
    check_no_scan(find([](PostQuery& q) { q.key = digest_of("key"); }));
    check_no_scan(find([](PostQuery& q) { q.states = {PostState::held}; }));
    check_no_scan(find([](PostQuery& q) { q.states = {PostState::held, PostState::doubt}; }));
    check_no_scan(find([](PostQuery& q) {
        q.states = {PostState::held};
        q.account = "news";
        q.oldest_first = true;
    }));
    check_no_scan(find([](PostQuery& q) {
        q.states = {PostState::held};
        q.code = ReasonCode::fuse;
        q.origin_kind = OriginKind::source;
        q.origin = "blog";
    }));
    check_no_scan(find([](PostQuery& q) { q.since = noon; }));
    const auto owners = find([](PostQuery& q) {
        q.account = "news";
        q.status_ids = {"1", "2"};
    });
    check_no_scan(owners);
    BOOST_TEST(uses(owners, "posts_status (account=? AND status_id=?)"));
    const auto untried = find([](PostQuery& q) {
        q.untried = true;
        q.origin_kind = OriginKind::source;
        q.origin = "blog";
    });
    check_no_scan(untried);
    BOOST_TEST(uses(untried, "posts_untried (origin_kind=? AND origin_name=?)"));
    const auto parent = find([](PostQuery& q) { q.parent = digest_of("p"); });
    check_no_scan(parent);
    BOOST_TEST(uses(parent, "posts_parent (parent=?)"));
    BOOST_TEST(uses(find([](PostQuery& q) { q.behind = true; }), "posts_thread"));
    const auto made = find([](PostQuery& q) {
        q.origin_kind = OriginKind::entry;
        q.origin = "hourly";
    });
    check_no_scan(made);
    BOOST_TEST(uses(made, "posts_origin (origin_kind=? AND origin_name=?)"));
    check_no_scan(traced.plans([](store::Tables& t) { BOOST_REQUIRE(t.attempts(1).has_value()); }));
}

/// Whatever is asked for, what is read is what lies in that time.
BOOST_AUTO_TEST_CASE(an_agenda_and_counts_by_day_go_by_their_indexes) {
    Traced traced;
    const auto agenda = traced.plans([](store::Tables& tables) {
        AgendaQuery query;
        query.accounts = {"news"};
        query.from = noon;
        query.until = noon + 24h;
        BOOST_REQUIRE(tables.agenda(query).has_value());
    });
    check_no_scan(agenda);
    BOOST_TEST(uses(agenda, "COVERING INDEX posts_waiting (account=? AND next>? AND next<?)"));
    BOOST_TEST(uses(agenda, "posts_queue (account=? AND priority=? AND due>? AND due<?)"));
    BOOST_TEST(uses(agenda, "posts_thread (account=?)"));
    BOOST_TEST(uses(agenda, "posts_state (state=? AND account=?)"));
    BOOST_TEST(uses(agenda, "COVERING INDEX posts_published (last_attempt>? AND last_attempt<?)"));
    const auto days = traced.plans([](store::Tables& tables) {
        BOOST_REQUIRE(tables.count_days({noon - 24h, noon}).has_value());
    });
    check_no_scan(days);
    BOOST_TEST(uses(days, "COVERING INDEX posts_published (last_attempt>? AND last_attempt<?)"));
    BOOST_TEST(uses(days, "posts_state (state=?)"));
    const auto items =
        traced.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.newest_seen({}).has_value()); });
    check_no_scan(items);
    BOOST_TEST(uses(items, "seen_shown (source=? AND account=?)"));
}

/// A list of the newest walks the table from its end and stops when it has enough.
BOOST_AUTO_TEST_CASE(a_list_of_the_newest_is_not_sorted) {
    Traced traced;
    const auto plan = traced.plans([](store::Tables& tables) {
        PostQuery query;
        query.account = "news";
        BOOST_REQUIRE(tables.find(query).has_value());
    });
    BOOST_TEST(uses(plan, "posts_account (account=?"));
    BOOST_TEST(!uses(plan, "TEMP B-TREE"));
    const auto of_all =
        traced.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.find(PostQuery{}).has_value()); });
    BOOST_TEST(uses(of_all, "SCAN posts"));
    BOOST_TEST(!uses(of_all, "SCAN posts USING"));
}

/// Each piece of a list begins where the one before has ended, however far that is from the first.
BOOST_AUTO_TEST_CASE(the_next_piece_of_a_list_is_found_at_once) {
    Traced traced;
    const auto piece = [&](auto change) {
        return traced.plans([&](store::Tables& tables) {
            PostQuery query;
            query.after = PostCursor{noon, 500};
            change(query);
            BOOST_REQUIRE(tables.find(query).has_value());
        });
    };
    const auto of_all = piece([](PostQuery&) {});
    check_no_scan(of_all);
    BOOST_TEST(!uses(of_all, "TEMP B-TREE"));
    const auto of_account = piece([](PostQuery& query) { query.account = "news"; });
    BOOST_TEST(uses(of_account, "posts_account (account=? AND rowid<?)"));
    BOOST_TEST(!uses(of_account, "TEMP B-TREE"));
    check_no_scan(piece([](PostQuery& query) {
        query.states = {PostState::waiting, PostState::held};
        query.oldest_first = true;
    }));
}

/// What is to be taken back is found by when it was made or sent, not by reading all that ever was.
BOOST_AUTO_TEST_CASE(what_was_active_lately_goes_by_indexes) {
    Traced traced;
    const auto plan = traced.plans([](store::Tables& tables) {
        PostQuery query;
        query.active_since = noon;
        BOOST_REQUIRE(tables.find(query).has_value());
    });
    BOOST_TEST(uses(plan, "posts_created (created>?)"));
    BOOST_TEST(uses(plan, "posts_published (last_attempt>?)"));
    BOOST_TEST(uses(plan, "SCAN posts USING INDEX posts_state")); // of the few that are not published
    BOOST_TEST(uses(plan, "SEARCH posts USING INTEGER PRIMARY KEY (rowid=?)"));
}

BOOST_AUTO_TEST_CASE(a_write_looks_rows_up_by_their_keys) {
    Traced traced;
    check_no_scan([&] {
        auto plan = traced.plans([](store::Tables& tables) {
            Batch batch;
            batch.insert = {make_post("p")};
            batch.attempts = {make_attempt(1, 1)};
            batch.seen = {make_seen("i", "l")};
            batch.now = noon;
            BOOST_REQUIRE(tables.apply({&batch}).at(0).has_value());
            Batch change;
            Post post = make_post("p");
            post.id = 1;
            post.version = 1;
            change.update = {post};
            BOOST_REQUIRE(tables.apply({&change}).at(0).has_value());
        });
        BOOST_TEST(uses(plan, "SEARCH posts USING INTEGER PRIMARY KEY (rowid=?)"));
        return plan;
    }());
}

BOOST_AUTO_TEST_CASE(a_rename_goes_by_its_indexes) {
    Traced traced;
    check_no_scan(traced.plans([](store::Tables& tables) {
        for (const OriginKind kind : {OriginKind::source, OriginKind::entry}) {
            Batch batch;
            batch.renames.resize(1);
            batch.renames[0].kind = kind;
            batch.renames[0].from = "a";
            batch.renames[0].to = "b";
            BOOST_REQUIRE(tables.apply({&batch}).at(0).has_value());
        }
    }));
}

BOOST_AUTO_TEST_CASE(counts_are_read_from_an_index_alone) {
    Traced traced;
    for (const char* account : {"", "news"}) {
        const auto plan =
            traced.plans([&](store::Tables& tables) { BOOST_REQUIRE(tables.counts(account).has_value()); });
        BOOST_TEST(uses(plan, "COVERING INDEX posts_state"));
        BOOST_TEST(uses(plan, "COVERING INDEX posts_published"));
    }
    const auto plan =
        traced.plans([](store::Tables& tables) { BOOST_REQUIRE(tables.unsettled().has_value()); });
    BOOST_TEST(uses(plan, "SEARCH posts USING COVERING INDEX posts_state (state=?)"));
}

BOOST_AUTO_TEST_CASE(what_may_leave_is_found_by_indexes) {
    Traced traced;
    const auto plan = traced.plans(
        [](store::Tables& tables) { BOOST_REQUIRE(tables.leaving({"news"}, noon).has_value()); });
    BOOST_TEST(uses(plan, "SEARCH posts USING COVERING INDEX posts_waiting (account=? AND next<?)"));
    BOOST_TEST(uses(plan, "SEARCH posts USING INDEX posts_queue (account=? AND priority=?)"));
    BOOST_TEST(uses(plan, "SEARCH posts USING INDEX posts_unfinished (account=?)"));
}

/// What trimming looks at is bounded by what it may take, not by what there is.
BOOST_AUTO_TEST_CASE(trimming_goes_by_indexes) {
    Traced traced;
    const auto plan = traced.plans([](store::Tables& tables) {
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
        for (const Result<Applied>& applied : tables.apply({&batch}))
            BOOST_REQUIRE(applied.has_value());
        TrimQuery query;
        query.now = query.posts_before = noon + 24h * 1000;
        query.items = 24h * 730;
        const Trimmed done = tables.trim(query).value();
        BOOST_TEST(done.posts == 1U);
        BOOST_TEST(done.items == 1U);
    });
    check_no_scan(plan);
    BOOST_TEST(uses(plan, "posts_created (created>?"));
    BOOST_TEST(uses(plan, "seen_shown (source=? AND account=? AND shown<?)"));
    BOOST_TEST(uses(plan, "tombstones_expires (expires<?)"));
    BOOST_TEST(uses(plan, "posts_parent (parent=?)"));
}

/// SQLite makes one for a list of more than two words behind IN, each time that a row is written.
BOOST_AUTO_TEST_CASE(a_post_is_written_without_a_table_for_each_list_of_words) {
    Traced traced;
    const auto opcodes = traced.opcodes([](store::Tables& tables) {
        Batch batch;
        batch.now = noon;
        batch.insert = {make_post("p")};
        Post post = make_post("p");
        post.id = 1;
        post.version = 1;
        post.state = PostState::sending;
        batch.update = {post};
        batch.attempts = {make_attempt(1, 1)};
        for (const Result<Applied>& applied : tables.apply({&batch}))
            BOOST_REQUIRE(applied.has_value());
    });
    BOOST_TEST(uses(opcodes, "IdxInsert"));
    BOOST_TEST(!uses(opcodes, "OpenEphemeral"));
    BOOST_TEST(!uses(opcodes, "OpenAutoindex"));
}

BOOST_AUTO_TEST_SUITE_END()
