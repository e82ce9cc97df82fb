#include "../harness.hpp"
#include "../raw.hpp"

#include <algorithm>
#include <thread>

using namespace crier;
using namespace crier::test;

namespace {

Shares shares_of(std::vector<std::vector<std::string>> all) {
    std::vector<Share> shares;
    for (auto& things : all) {
        Share share;
        share.things = std::move(things);
        shares.push_back(std::move(share));
    }
    return std::make_shared<const std::vector<Share>>(std::move(shares));
}

Shares six() {
    return shares_of({{"account:a", "source:a"},
                      {"account:b"},
                      {"account:c"},
                      {"account:d"},
                      {"account:e"},
                      {"account:f"}});
}

/// A daemon on the store of `path`.
class Daemon {
public:
    explicit Daemon(const std::string& path, const std::string& name, Shares shares = six())
        : store([&] {
            store::PostgresOptions options = OpenStore::options_for(path);
            options.name = name;
            options.lease = 1h; // by the database's clock: tests say when it is over
            return options;
        }())
        , shares_(std::move(shares)) {}

    Result<LeaseTerm> try_order(std::vector<std::string> hand_back = {}, bool claim = true) {
        LeaseOrder order;
        order.shares = shares_;
        order.hand_back = std::move(hand_back);
        order.claim = claim;
        return run(store.context, store.leases().order(std::move(order)));
    }
    LeaseTerm order(std::vector<std::string> hand_back = {}, bool claim = true) {
        return try_order(std::move(hand_back), claim).value();
    }
    /// A post, and the state of an account: by that it is a lane's work.
    [[nodiscard]] static Batch work(const std::string& name, const std::string& post) {
        Batch batch;
        AccountState account;
        account.account = name;
        batch.accounts = {account};
        batch.insert = {make_post(post)};
        return batch;
    }
    Result<Applied> write(const std::string& name, const std::string& post) {
        return store.apply(work(name, post));
    }
    void shares(Shares shares) { shares_ = std::move(shares); }

    OpenStore store;

private:
    Shares shares_;
};

void run_out(const std::string& path, const std::string& name) {
    RawDatabase{path}.run("UPDATE daemons SET until=clock_timestamp() - interval '1 second' WHERE name='" +
                          name + "'");
}

bool is_fenced_off(const Result<Applied>& applied) {
    return !applied && applied.error().cause == Cause::fenced;
}

} // namespace

BOOST_AUTO_TEST_SUITE(postgres_leases)

BOOST_AUTO_TEST_CASE(one_alone_holds_all_and_others_get_their_part) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    LeaseTerm term = one.order();
    BOOST_TEST(term.held.size() == 6U);
    BOOST_TEST(term.fair == 6U);
    BOOST_TEST(term.daemons == 1U);
    BOOST_TEST(!term.over);
    BOOST_TEST((term.look_again == Duration{1h}));

    Daemon two{folder.db(), "two"};
    BOOST_TEST(two.order().held.empty()); // nothing is free
    term = one.order();
    BOOST_TEST(term.fair == 3U);
    BOOST_TEST(term.daemons == 2U);
    BOOST_TEST(term.held.size() == 6U); // until it hands back
    BOOST_TEST((term.look_again <= Duration{1h}));
    term = one.order({"account:a", "account:b", "account:c", "source:a"});
    BOOST_TEST(term.held == (std::vector<std::size_t>{3, 4, 5}), boost::test_tools::per_element());
    term = two.order();
    BOOST_TEST(term.held == (std::vector<std::size_t>{0, 1, 2}), boost::test_tools::per_element());
    // Who only renews claims nothing.
    BOOST_TEST(one.order({"account:d"}, false).held.size() == 2U);
    BOOST_TEST(two.order().held.size() == 3U); // has its part
    BOOST_TEST(one.order().held.size() == 3U);

    const auto holders =
        run(one.store.context,
            one.store.leases().holders({"account:a", "source:a", "account:f", "account:none"}))
            .value();
    BOOST_TEST(holders.size() == 3U);
    BOOST_TEST(holders.at("account:a") == "two");
    BOOST_TEST(holders.at("source:a") == "two");
    BOOST_TEST(holders.at("account:f") == "one");
}

BOOST_AUTO_TEST_CASE(what_is_written_under_anothers_lease_is_not_written) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    Daemon two{folder.db(), "two"};
    BOOST_TEST(one.write("a", "a command's").has_value()); // nobody works on it yet
    (void)one.order();
    BOOST_TEST(one.write("a", "p").has_value());
    BOOST_TEST(is_fenced_off(two.write("a", "q")));
    // Together with others in one commit: those are written.
    Batch fenced = Daemon::work("a", "r");
    Batch free;
    free.insert = {make_post("s")};
    std::vector<Result<Applied>> answers;
    for (Batch* batch : {&fenced, &free, &fenced})
        boost::asio::co_spawn(
            two.store.context, (*two.store).apply(*batch),
            [&](std::exception_ptr, Result<Applied> applied) { answers.push_back(std::move(applied)); });
    two.store.context.restart();
    two.store.context.run();
    BOOST_REQUIRE(answers.size() == 3U);
    BOOST_TEST(is_fenced_off(answers[0]));
    BOOST_TEST(answers[1].has_value());
    BOOST_TEST(is_fenced_off(answers[2]));
    BOOST_TEST(names(one.store.all()) == (std::vector<std::string>{"a command's", "p", "s"}),
               boost::test_tools::per_element());
    // A conflict under a lease that is gone is no conflict.
    Batch change;
    change.attempts = {make_attempt(1, 1)};
    change.update = one.store.all();
    change.update.resize(1);
    change.update[0].account = "a";
    change.update[0].version = 99;
    const Result<Applied> changed = two.store.apply(std::move(change));
    BOOST_TEST(is_fenced_off(changed));
}

BOOST_AUTO_TEST_CASE(a_life_that_ran_out_gives_way_and_writes_nothing_more) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    Daemon two{folder.db(), "two"};
    (void)one.order();
    (void)two.order();
    run_out(folder.db(), "one");
    // Nobody has taken over yet: nothing is doubled by what it writes now.
    BOOST_TEST(one.write("a", "last").has_value());
    const LeaseTerm taken = two.order();
    BOOST_TEST(taken.daemons == 1U);
    BOOST_TEST(taken.held.size() == 6U);
    BOOST_TEST(is_fenced_off(one.write("a", "late")));
    BOOST_TEST(two.write("a", "mine").has_value());

    const LeaseTerm over = one.order();
    BOOST_TEST(over.over);
    BOOST_TEST(over.held.empty());
    BOOST_TEST(is_fenced_off(one.write("a", "later still")));
    // Not even what nobody holds: somebody may have held it meanwhile.
    BOOST_TEST(two.order({"account:f"}, false).held.size() == 5U);
    BOOST_TEST(is_fenced_off(one.write("f", "of the old life")));
    BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT count(*) FROM daemons") == "1");
    const LeaseTerm anew = one.order();
    BOOST_TEST(!anew.over);
    BOOST_TEST(anew.held == std::vector<std::size_t>{5}, boost::test_tools::per_element());
    BOOST_TEST(one.write("f", "of the new").has_value());
    BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT count(*) FROM daemons") == "2");
}

/// Nobody else was there: what it held it holds anew.
BOOST_AUTO_TEST_CASE(who_slept_alone_begins_a_new_life) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    (void)one.order();
    run_out(folder.db(), "one");
    BOOST_TEST(one.order().over);
    BOOST_TEST(is_fenced_off(one.write("a", "of the old life")));
    const LeaseTerm anew = one.order();
    BOOST_TEST(!anew.over);
    BOOST_TEST(anew.held.size() == 6U);
    BOOST_TEST(one.write("a", "p").has_value());
    BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT count(*) FROM daemons") == "1");
    BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT count(DISTINCT life) FROM leases") == "1");
}

/// A write that is being committed keeps its lease until it is; all others of that life are free at once.
BOOST_AUTO_TEST_CASE(a_lease_under_which_something_is_written_stays_until_that_is_done) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    (void)one.order();
    Daemon two{folder.db(), "two"};
    run_out(folder.db(), "one");
    {
        store::Postgres writing{postgres_options(folder.db()).target, nullptr};
        BOOST_REQUIRE(writing.connect());
        BOOST_REQUIRE(writing.begin(store::Connection::Writer::shared));
        BOOST_REQUIRE(writing.ask("SELECT thing FROM leases WHERE thing='source:a' FOR SHARE").value() ==
                      "source:a");
        const LeaseTerm term = two.order();
        BOOST_TEST(term.held == (std::vector<std::size_t>{1, 2, 3, 4, 5}), boost::test_tools::per_element());
        // The whole share or nothing.
        BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT count(*) FROM leases WHERE life IS NULL") == "1");
        // The old life cannot be renewed meanwhile.
        BOOST_TEST(one.order({}, false).over);
        BOOST_REQUIRE(writing.commit() == store::Committed::yes);
    }
    BOOST_TEST(two.order().held.size() == 6U);
}

BOOST_AUTO_TEST_CASE(what_another_is_claiming_is_left_to_it) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    (void)one.order({}, false); // the things are there, all free
    store::Postgres claiming{postgres_options(folder.db()).target, nullptr};
    BOOST_REQUIRE(claiming.connect());
    BOOST_REQUIRE(claiming.begin(store::Connection::Writer::shared));
    BOOST_REQUIRE(claiming.ask("SELECT thing FROM leases WHERE thing='account:c' FOR UPDATE").value() ==
                  "account:c");
    const LeaseTerm term = one.order();
    BOOST_TEST(term.held == (std::vector<std::size_t>{0, 1, 3, 4, 5}), boost::test_tools::per_element());
    claiming.abandon();
    BOOST_TEST(one.order().held.size() == 6U);
}

BOOST_AUTO_TEST_CASE(who_leaves_leaves_all_at_once) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    Daemon two{folder.db(), "two"};
    (void)one.order();
    (void)two.order();
    bool told = false;
    two.store.leases().on_free = [&] { told = true; };
    BOOST_REQUIRE(run(one.store.context, one.store.leases().leave()));
    BOOST_TEST(two.order().held.size() == 6U);
    BOOST_TEST(is_fenced_off(one.write("a", "late")));
    BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT count(*) FROM daemons") == "1");
    while (!told)
        two.store.context.restart(), two.store.context.run_one_for(5s);
    BOOST_TEST(told);
}

BOOST_AUTO_TEST_CASE(a_changed_configuration_leases_by_its_own_shares) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    (void)one.order();
    one.shares(shares_of(
        {{"account:a", "account:b", "source:a"}, {"account:new \"quoted\\\" {x,y}"}, {"account:c"}}));
    const LeaseTerm term = one.order();
    BOOST_TEST(term.held.size() == 3U);
    BOOST_TEST(one.write("new \"quoted\\\" {x,y}", "p").has_value());
    // What is no longer in it is its own until it hands it back.
    BOOST_TEST(one.write("f", "q").has_value());
    BOOST_TEST(RawDatabase{folder.db()}.ask("SELECT count(*) FROM leases WHERE life IS NULL") == "0");
    // Put together with what another holds: nobody has all of it before one gives up its part.
    Daemon two{folder.db(), "two", shares_of({{"account:a", "account:b", "source:a"}, {"account:c"}})};
    (void)two.order();
    (void)one.order({"account:c"});
    BOOST_TEST(two.order().held == std::vector<std::size_t>{1}, boost::test_tools::per_element());
    one.shares(shares_of({{"account:a", "account:b", "account:c", "source:a"}}));
    two.shares(shares_of({{"account:a", "account:b", "account:c", "source:a"}}));
    BOOST_TEST(one.order().held.empty());
    BOOST_TEST(two.order().held.empty());
    BOOST_TEST(one.order({"account:a", "account:b", "source:a"}, false).held.empty());
    BOOST_TEST(two.order().held == std::vector<std::size_t>{0}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(others_hear_of_what_is_written_of_accounts_that_are_theirs) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    Daemon two{folder.db(), "two"};
    (void)one.order();
    (void)two.order({}, false);
    std::vector<std::string> heard;
    one.store.leases().on_written = [&](const std::string& account) { heard.push_back(account); };
    bool own = false;
    two.store.leases().on_written = [&](const std::string&) { own = true; };
    const auto wait = [&](std::size_t count) {
        while (heard.size() < count) {
            one.store.context.restart();
            one.store.context.run_one_for(5s);
        }
    };
    Batch batch;
    batch.insert = {make_post("p", "a"), make_post("q", "a"), make_post("r", "b c")};
    BOOST_REQUIRE(two.store.apply(std::move(batch)));
    wait(2);
    BOOST_TEST(heard == (std::vector<std::string>{"a", "b c"}), boost::test_tools::per_element());
    // Of what it holds itself it tells nobody.
    Batch held;
    held.insert = {make_post("s", "a")};
    BOOST_REQUIRE(one.store.apply(std::move(held)));
    // Another's order is heard.
    Batch order;
    Amendment amendment;
    amendment.post = 1;
    amendment.account = "a";
    amendment.kind = Amendment::Kind::remove;
    amendment.asked = noon;
    order.amendments = {amendment};
    BOOST_REQUIRE(two.store.apply(std::move(order)));
    wait(3);
    BOOST_TEST(heard.size() == 3U);
    (void)two.order({}, false);
    two.store.context.restart();
    two.store.context.poll();
    BOOST_TEST(!own);
}

/// Two at once: all is claimed, nothing twice.
BOOST_AUTO_TEST_CASE(claims_at_the_same_time_share_what_there_is) {
    const Folder folder;
    std::vector<std::vector<std::string>> things;
    for (int i = 0; i < 40; ++i)
        things.push_back({"account:" + std::to_string(i), "source:" + std::to_string(i)});
    const Shares shares = shares_of(things);
    std::vector<std::unique_ptr<Daemon>> daemons;
    for (const char* name : {"one", "two", "three"}) {
        daemons.push_back(std::make_unique<Daemon>(folder.db(), name, shares));
        (void)daemons.back()->order({}, false);
    }
    std::vector<std::vector<std::size_t>> held(3);
    for (int round = 0; round < 3; ++round) {
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < 3; ++i)
            threads.emplace_back([&, i] { held[i] = daemons[i]->order().held; });
        for (std::thread& thread : threads)
            thread.join();
    }
    std::vector<std::size_t> all;
    for (const auto& one : held) {
        BOOST_TEST(one.size() <= 14U);
        all.insert(all.end(), one.begin(), one.end());
    }
    std::sort(all.begin(), all.end());
    BOOST_TEST(all.size() == 40U);
    BOOST_TEST((std::adjacent_find(all.begin(), all.end()) == all.end()));
}

BOOST_AUTO_TEST_CASE(after_a_lost_connection_it_says_so_and_goes_on) {
    const Folder folder;
    Daemon one{folder.db(), "one"};
    (void)one.order();
    bool told = false;
    one.store.leases().on_reconnected = [&] { told = true; };
    RawDatabase{folder.db()}.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name='crier-leases'");
    while (!told) {
        one.store.context.restart();
        one.store.context.run_one_for(5s);
    }
    const LeaseTerm term = one.order();
    BOOST_TEST(!term.over);
    BOOST_TEST(term.held.size() == 6U);
}

BOOST_AUTO_TEST_SUITE_END()
