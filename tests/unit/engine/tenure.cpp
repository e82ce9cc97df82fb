#include "engine/tenure.hpp"

#include "engine/shares.hpp"
#include "support/lease_table.hpp"
#include "support/virtual_time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <optional>

using namespace crier;
using namespace crier::engine;
using namespace crier::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

constexpr Duration lease_length = 90s;

class Silence final : public Log {
public:
    [[nodiscard]] bool takes(LogLevel) const noexcept override { return false; }
    void write(LogLevel, std::string_view, std::string_view, std::initializer_list<LogField>) override {}
};

class TableLeases final : public Leases {
public:
    TableLeases(LeaseTable& table, VirtualTime& time)
        : table_(table)
        , time_(time) {}
    [[nodiscard]] Duration length() const noexcept override { return table_.length(); }
    asio::awaitable<Result<LeaseTerm>> order(LeaseOrder order) override {
        const Mono asked = time_.mono();
        co_await time_.pass(1ms);
        if (!reachable)
            co_return Failure{Cause::temporary, "the database cannot be reached", {}};
        LeaseTerm term = table_.order(life, order, time_.now());
        term.until = asked + length();
        co_return term;
    }
    asio::awaitable<Result<>> leave() override {
        table_.leave(life);
        co_return Result<>{};
    }
    asio::awaitable<Result<std::map<std::string, std::string>>> holders(std::vector<std::string>) override {
        co_return std::map<std::string, std::string>{};
    }
    bool reachable = true;
    std::uint64_t life = 0;

private:
    LeaseTable& table_;
    VirtualTime& time_;
};

/// Four accounts, each a share of its own.
Configuration four(std::size_t count = 4) {
    Settings settings;
    for (std::size_t i = 0; i < count; ++i) {
        AccountSettings account;
        account.name = "a" + std::to_string(i);
        account.token.name = account.name;
        settings.accounts.emplace(account.name, account);
    }
    return std::make_shared<const Settings>(std::move(settings));
}

struct LeaseBed {
    asio::io_context context{1};
    VirtualTime time{context, Instant{1000000h}};
    LeaseTable table{lease_length};
    Silence log;
};

/// A daemon, as far as its leases go: its engine takes `slow` to go by another part.
struct LeasedDaemon {
    explicit LeasedDaemon(LeaseBed& on)
        : bed(on)
        , leases(on.table, on.time)
        , tenure(leases, on.time, on.log) {
        tenure.go_by = [this](Configuration next, Configuration) { return go_by(std::move(next)); };
    }
    asio::awaitable<bool> go_by(Configuration next) {
        co_await bed.time.pass(slow);
        part = std::move(next);
        ++changes;
        co_return true;
    }
    asio::awaitable<void> main(Configuration whole) {
        Result<Configuration> first = co_await tenure.begin(std::move(whole));
        if (!first)
            co_return;
        part = *first;
        asio::co_spawn(bed.context, tenure.renew(), asio::detached);
        co_await tenure.move();
    }
    void start(Configuration whole = four()) {
        asio::co_spawn(bed.context, main(std::move(whole)), asio::detached);
        bed.time.run_for(1s);
    }
    [[nodiscard]] std::string accounts() const {
        std::string names;
        for (const auto& [name, account] : part->accounts)
            names += name;
        return names;
    }

    LeaseBed& bed;
    TableLeases leases;
    Tenure tenure;
    Configuration part;
    Duration slow = 10ms;
    int changes = 0;
};

asio::awaitable<void> note_followed(Tenure& tenure, Configuration whole, std::optional<bool>& followed) {
    followed = co_await tenure.follow(std::move(whole));
}

} // namespace

BOOST_AUTO_TEST_SUITE(tenure)

BOOST_AUTO_TEST_CASE(one_daemon_has_all) {
    LeaseBed bed;
    LeasedDaemon one{bed};
    one.start();
    BOOST_TEST(one.accounts() == "a0a1a2a3");
    BOOST_TEST(one.tenure.ours_for(60s));
    bed.time.run_for(10min);
    BOOST_TEST(one.accounts() == "a0a1a2a3");
    BOOST_TEST(one.changes == 0);
    BOOST_TEST(one.tenure.ours_for(60s));
}

BOOST_AUTO_TEST_CASE(a_second_one_gets_its_part_of_it) {
    LeaseBed bed;
    LeasedDaemon one{bed};
    LeasedDaemon two{bed};
    one.start();
    two.start();
    BOOST_TEST(two.accounts().empty());
    bed.time.run_for(2min);
    BOOST_TEST(one.accounts() == "a0a1");
    BOOST_TEST(two.accounts() == "a2a3");
    bed.time.run_for(10min);
    BOOST_TEST(one.changes == 1);
    BOOST_TEST(two.changes == 1);
}

/// Whatever it takes: it may have a request on its way.
BOOST_AUTO_TEST_CASE(what_is_given_is_not_taken_before_its_work_has_ended) {
    LeaseBed bed;
    LeasedDaemon one{bed};
    LeasedDaemon two{bed};
    one.slow = 5min;
    one.start();
    two.start();
    bed.time.run_for(4min);
    BOOST_TEST(one.accounts() == "a0a1a2a3");
    BOOST_TEST(two.accounts().empty());
    BOOST_TEST(one.tenure.ours_for(60s));
    bed.time.run_for(3min);
    BOOST_TEST(one.accounts() == "a0a1");
    BOOST_TEST(two.accounts() == "a2a3");
}

BOOST_AUTO_TEST_CASE(what_a_dead_one_held_moves_within_its_lease) {
    LeaseBed bed;
    LeasedDaemon two{bed};
    {
        // It dies without a word: its order stays in the table.
        LeaseOrder order;
        order.shares = std::make_shared<const std::vector<Share>>(shares_of(*four()));
        std::uint64_t life = 0;
        (void)bed.table.order(life, order, bed.time.now());
    }
    two.start();
    BOOST_TEST(two.accounts().empty());
    bed.time.run_for(lease_length + 2s);
    BOOST_TEST(two.accounts() == "a0a1a2a3");
}

BOOST_AUTO_TEST_CASE(who_leaves_leaves_at_once) {
    LeaseBed bed;
    LeasedDaemon one{bed};
    LeasedDaemon two{bed};
    one.start();
    two.start();
    bed.time.run_for(2min);
    one.tenure.stop();
    asio::co_spawn(bed.context, one.tenure.end(), asio::detached);
    bed.time.run_for(1ms);
    two.tenure.look_now(); // as the database would tell it
    bed.time.run_for(1s);
    BOOST_TEST(two.accounts() == "a0a1a2a3");
}

BOOST_AUTO_TEST_CASE(without_the_database_nothing_is_sent_later_than_the_lease) {
    LeaseBed bed;
    LeasedDaemon one{bed};
    one.start();
    one.leases.reachable = false;
    bed.time.run_for(lease_length - 10s);
    BOOST_TEST(!one.tenure.ours_for(60s));
    BOOST_TEST(one.tenure.ours_for(1s));
    bed.time.run_for(20s);
    BOOST_TEST(!one.tenure.ours_for(0s));
    BOOST_TEST(one.accounts() == "a0a1a2a3"); // there is nobody else
    BOOST_TEST(!one.tenure.trouble().empty());
}

BOOST_AUTO_TEST_CASE(a_lost_lease_is_begun_anew_with_nothing_in_memory) {
    LeaseBed bed;
    LeasedDaemon one{bed};
    one.start();
    const std::uint64_t before = one.leases.life;
    one.leases.reachable = false;
    bed.time.run_for(lease_length + 10s);
    one.leases.reachable = true;
    bed.time.run_for(10s);
    BOOST_TEST(one.accounts() == "a0a1a2a3");
    BOOST_TEST(one.changes == 2); // to nothing, and to all
    BOOST_TEST(one.leases.life != before);
    BOOST_TEST(one.tenure.ours_for(60s));
    BOOST_TEST(one.tenure.trouble().empty());
}

BOOST_AUTO_TEST_CASE(another_configuration_is_followed) {
    LeaseBed bed;
    LeasedDaemon one{bed};
    one.start();
    std::optional<bool> followed;
    asio::co_spawn(bed.context, note_followed(one.tenure, four(6), followed), asio::detached);
    bed.time.run_for(1s);
    BOOST_TEST((followed == std::optional{true}));
    BOOST_TEST(one.accounts() == "a0a1a2a3a4a5");
    followed.reset();
    asio::co_spawn(bed.context, note_followed(one.tenure, four(2), followed), asio::detached);
    bed.time.run_for(1s);
    BOOST_TEST((followed == std::optional{true}));
    BOOST_TEST(one.accounts() == "a0a1");
    BOOST_TEST(bed.table.holder("account:a5") == 0U); // it may come back, on another daemon
}

BOOST_AUTO_TEST_CASE(a_follower_is_told_when_the_daemon_ends) {
    LeaseBed bed;
    LeasedDaemon one{bed};
    one.start();
    one.leases.reachable = false;
    std::optional<bool> followed;
    asio::co_spawn(bed.context, note_followed(one.tenure, four(6), followed), asio::detached);
    bed.time.run_for(1min);
    BOOST_TEST(!followed);
    one.tenure.stop();
    bed.time.run_for(1s);
    BOOST_TEST((followed == std::optional{false}));
}

BOOST_AUTO_TEST_SUITE_END()
