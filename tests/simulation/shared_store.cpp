#include "simulation/shared_store.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace crier::sim {

namespace asio = boost::asio;

using namespace std::chrono_literals;

namespace {

/// A call that does not come through is given up after this.
constexpr Duration patience = 10s;
constexpr Duration there_and_back = 300us;

/// One transaction. Nobody writes posts or what is about a thing that another daemon works on; the database's
/// own word, whatever the daemon believes.
class SharedCommit final : public Effect {
public:
    SharedCommit(Way& way, Batch& batch)
        : way_(way)
        , batch_(batch) {
        if (!batch_.insert.empty())
            label_ = Label::commit_posts;
        for (const Attempt& attempt : batch_.attempts)
            if (!attempt.finished)
                label_ = Label::commit_attempt;
    }
    void happen() override {
        Database& database = way_.database;
        if (!way_.open()) {
            answer_ = Failure{Cause::temporary, "the database cannot be reached", {}};
            return;
        }
        if (database.fences && !database.leases.allows(way_.life, things_of(batch_))) {
            ++database.fenced;
            way_.trace.say("database", "refuses a late write");
            answer_ = Failure{Cause::fenced, "another daemon works on it", {}};
            return;
        }
        std::set<std::string> accounts;
        for (const auto* posts : {&batch_.insert, &batch_.update})
            for (const Post& post : *posts)
                accounts.insert(post.account);
        for (const Amendment& amendment : batch_.amendments)
            accounts.insert(amendment.account);
        const bool wishes = !batch_.wishes.empty();
        answer_ = database.tables.apply(std::move(batch_));
        if (answer_ && wishes)
            database.on_wished();
        if (answer_)
            for (const std::string& account : accounts)
                database.on_written(way_.life, account);
    }
    [[nodiscard]] Label label() const noexcept override { return label_; }
    [[nodiscard]] Result<Applied> answer() { return std::move(answer_); }

private:
    Way& way_;
    Batch& batch_;
    Label label_ = Label::commit;
    Result<Applied> answer_{Applied{}};
};

} // namespace

asio::awaitable<bool> SharedStore::gets_through() {
    if (way_.open()) {
        co_await way_.time.pass(there_and_back);
        co_return true;
    }
    co_await way_.time.pass(patience);
    co_return false;
}

/// What was lost on its way back is asked for until the database says it: an answer is the truth.
asio::awaitable<Result<Applied>> SharedStore::apply(Batch batch) {
    if (!way_.open()) {
        co_await way_.time.pass(patience);
        co_return Failure{Cause::temporary, "the database cannot be reached", {}};
    }
    SharedCommit commit{way_, batch};
    co_await way_.time.pass(there_and_back, &commit);
    while (!way_.open())
        co_await way_.time.pass(1s);
    co_return commit.answer();
}

asio::awaitable<Result<LeaseTerm>> SharedLeases::order(LeaseOrder order) {
    const Mono asked = way_.time.mono();
    if (!way_.open() || way_.time.world() < way_.not_renewed_until) {
        co_await way_.time.pass(patience);
        co_return Failure{Cause::temporary, "the database cannot be reached", {}};
    }
    // There: what comes back late is as old as when it was asked for.
    co_await way_.time.pass(there_and_back);
    if (!way_.open())
        co_return Failure{Cause::temporary, "the database cannot be reached", {}};
    LeaseTerm term = way_.database.leases.order(way_.life, order, way_.time.world());
    term.until = asked + length();
    if (!order.hand_back.empty() && way_.database.on_free)
        way_.database.on_free();
    co_await way_.time.pass(there_and_back);
    co_return term;
}

asio::awaitable<Result<>> SharedLeases::leave() {
    co_await way_.time.pass(there_and_back);
    if (!way_.open())
        co_return Failure{Cause::temporary, "the database cannot be reached", {}};
    way_.database.leases.leave(way_.life);
    way_.database.on_free();
    co_return Result<>{};
}

asio::awaitable<Result<std::map<std::string, std::string>>>
SharedLeases::holders(std::vector<std::string> things) {
    co_await way_.time.pass(there_and_back);
    std::map<std::string, std::string> by;
    for (const std::string& thing : things)
        if (const std::uint64_t life = way_.database.leases.holder(thing); life != 0)
            by[thing] = "life " + std::to_string(life);
    co_return by;
}

} // namespace crier::sim
