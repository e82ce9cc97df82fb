#include "harness.hpp"
#include "support/memory_tables.hpp"

using namespace crier;
using namespace crier::test;

namespace {

struct FactRow {
    const char* name;
    PostState state;
    Duration due;
    std::optional<Duration> tried;
    const char* account = "news";
};

/// The same posts in SQLite and in the model of it.
struct TwoStores {
    explicit TwoStores(const std::vector<FactRow>& rows)
        : store(folder.db()) {
        Batch batch;
        for (const FactRow& row : rows) {
            Post post = make_post(row.name, row.account);
            post.state = row.state;
            post.due = post.next = noon + row.due;
            if (row.tried)
                post.last_attempt = noon + *row.tried;
            if (std::string_view{row.name}.starts_with("part")) {
                post.code = ReasonCode::thread;
                post.next = Instant::max();
            }
            batch.insert.push_back(std::move(post));
        }
        Batch same = batch;
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
        BOOST_REQUIRE(model.apply(std::move(same)).has_value());
    }

    std::vector<std::string> agenda(Duration from, Duration until, std::size_t limit = 100,
                                    std::vector<std::string> accounts = {"news", "art"}) {
        AgendaQuery query;
        query.accounts = std::move(accounts);
        query.from = noon + from;
        query.until = noon + until;
        query.limit = limit;
        const auto found = names(run(store.context, (*store).agenda(query)).value());
        BOOST_TEST(found == names(model.agenda(query)));
        return found;
    }

    Folder folder;
    OpenStore store;
    MemoryTables model;
};

} // namespace

BOOST_AUTO_TEST_SUITE(facts)

BOOST_AUTO_TEST_CASE(an_agenda_is_what_waits_for_a_time_and_what_left_then) {
    TwoStores both{{{"edge", PostState::waiting, 1h, {}},
                    {"before", PostState::waiting, 1h - 1us, {}},
                    {"after", PostState::waiting, 5h, {}},
                    {"ready", PostState::ready, 2h, {}},
                    {"held", PostState::held, 3h, {}, "art"},
                    {"part", PostState::waiting, 3h, {}},
                    {"doubt", PostState::doubt, 4h, 1h},
                    {"failed", PostState::failed, 2h, 2h},
                    {"cancelled", PostState::cancelled, 2h, {}},
                    {"published", PostState::published, 0h, 2h}, // late
                    {"earlier", PostState::published, 2h, 30min},
                    {"stranger", PostState::waiting, 2h, {}, "else"}}};
    using Names = std::vector<std::string>;
    BOOST_TEST(both.agenda(1h, 5h) == (Names{"published", "edge", "ready", "held", "part", "doubt"}));
    BOOST_TEST(both.agenda(1h, 5h, 3) == (Names{"published", "edge", "ready"}));
    BOOST_TEST(both.agenda(1h, 5h, 100, {"art"}) == Names{"held"});
    BOOST_TEST(both.agenda(1h, 5h, 100, {"news"}).size() == 5U);
    BOOST_TEST(both.agenda(6h, 7h).empty());
}

BOOST_AUTO_TEST_CASE(days_are_counted_as_the_model_counts_them) {
    TwoStores both{{{"one", PostState::published, 0h, 1h},
                    {"two", PostState::published, 0h, 13h, "art"},
                    {"three", PostState::published, 30h, 30h},
                    {"failed", PostState::failed, 1h, 2h},
                    {"never tried", PostState::failed, 14h, {}},
                    {"ready", PostState::ready, 1h, 2h}}};
    const std::vector<Instant> days{noon, noon + 12h, noon + 24h};
    const Counted counted = run(both.store.context, (*both.store).count_days(days)).value();
    const Counted model = both.model.count_days(days);
    BOOST_REQUIRE_EQUAL(counted.days.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        BOOST_TEST(counted.days[i].published == 1);
        BOOST_TEST(counted.days[i].failed == 1);
        BOOST_TEST((counted.days[i].by_account == model.days[i].by_account));
    }
    BOOST_TEST((counted.lateness.most == 13h));
    BOOST_REQUIRE_EQUAL(counted.lateness.worst.size(), 2U);
    BOOST_TEST(counted.lateness.worst[0].account == "art");
    BOOST_TEST(counted.lateness.worst[0].id == 2);
    BOOST_TEST((counted.lateness.worst[0].due == noon));
    BOOST_TEST((model.lateness.most == 13h));
}

BOOST_AUTO_TEST_CASE(the_newest_items_come_first_whatever_was_shown_again) {
    const Folder folder;
    OpenStore store{folder.db()};
    Batch batch;
    for (int i = 0; i < 5; ++i) {
        SeenItem item = make_seen("item " + std::to_string(i), "https://blog.example/" + std::to_string(i));
        item.seen = noon + i * 1h;
        item.shown = i == 0 ? noon + 100h : item.seen; // the oldest is still in the feed
        batch.seen.push_back(item);
        item.account = "art";
        item.verdict = "filtered";
        batch.seen.push_back(item);
    }
    MemoryTables model;
    Batch same = batch;
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    BOOST_REQUIRE(model.apply(std::move(same)).has_value());
    NewestSeen query;
    query.source = "blog";
    query.account = "news";
    query.limit = 3;
    const auto items = run(store.context, (*store).newest_seen(query)).value();
    BOOST_REQUIRE_EQUAL(items.size(), 3U);
    BOOST_TEST(items[0].title == "item 4");
    BOOST_TEST(items[0].address == "https://blog.example/4");
    BOOST_TEST(items[0].verdict == "accepted");
    BOOST_TEST((items[0].item == digest_of("item 4")));
    BOOST_TEST((items[2].seen == noon + 2h));
    const auto modelled = model.newest_seen(query);
    BOOST_REQUIRE_EQUAL(modelled.size(), 3U);
    BOOST_TEST(modelled[2].title == items[2].title);
}

BOOST_AUTO_TEST_SUITE_END()
