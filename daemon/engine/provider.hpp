#pragma once

#include "core/schedule/catchup.hpp"
#include "engine/alerts.hpp"
#include "engine/configuration.hpp"
#include "engine/stock.hpp"
#include "engine/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::engine {

/// What occurrences of an entry need before posts can be made of them.
struct Provision {
    schedule::Due due; ///< as it was asked for
    Instant asked{};   ///< the moment that it was reckoned for

    /// For each of `due.fire`: its item; nothing where there is none, and `note` says why.
    std::vector<std::optional<Item>> items;
    std::vector<DrawnItem> drawn;   ///< to be remembered with the posts
    std::vector<DrawnItem> gone;    ///< to be forgotten: they have long left the source
    bool refused = false;           ///< the entry's condition says that nothing is posted
    bool empty = false;             ///< there is nothing to draw, and a person is to be told
    std::string note;               ///< why something is passed over, for people
    std::optional<Failure> failure; ///< it could not be had in time: none of them is posted

    Provision() = default;
};

/// Gets what an entry's occurrences need: the word of its condition, and an item that it draws or that a
/// command yields, through the same Source as every item. What fails is tried again as long as the `missed`
/// policy lets an occurrence be late.
///
/// Ownership: by the planner, or the one after it; the world outlives it.
/// Thread: the engine's. Cancellation: terminal; what was asked for is then not had, and leaves no trace.
class Provider {
public:
    /// Why no post can be made of an item for this occurrence; empty: one can.
    using WhyNotThen = std::function<std::string(const Item& item, Instant nominal)>;

    /// The entry draws from a source, runs a command, or has a condition alone. `ready`: there is something
    /// to take().
    Provider(Configuration whole, const EntrySettings& entry, World& world, Alerts& alerts,
             WhyNotThen why_not, std::function<void()> ready);

    /// Would it do the same for what a changed configuration says of its entry, and of that one's source
    /// (null: it has none)?
    [[nodiscard]] bool serves(const EntrySettings& other, const SourceSettings* source) const;
    /// Then it does: another planner takes what it gets. What it is at it goes on with.
    void follow(Configuration whole, const EntrySettings& entry, WhyNotThen why_not,
                std::function<void()> ready);

    /// Takes up what the entry has drawn before.
    void begin(draw::Marks marks);

    /// Only when it is not busy.
    void ask(schedule::Due due, Instant now);
    [[nodiscard]] bool has_something() const noexcept { return made_.has_value(); }
    [[nodiscard]] bool busy() const noexcept { return asked_.has_value() || made_.has_value(); }
    [[nodiscard]] std::optional<Provision> take() { return std::exchange(made_, std::nullopt); }
    /// It is durable.
    void commit(const Provision& provision);

    /// Works on what is asked for, until stop().
    [[nodiscard]] boost::asio::awaitable<void> run();
    /// The same for what is asked for now, once and without patience. A failure: it could not be had, and the
    /// occurrence may still be late.
    [[nodiscard]] boost::asio::awaitable<Result<>> provide();
    void stop();

    /// Until the next wait.
    [[nodiscard]] const EntrySettings& entry() const noexcept { return *entry_; }

private:
    [[nodiscard]] boost::asio::awaitable<Result<>> attempt(Provision& made);
    [[nodiscard]] boost::asio::awaitable<Result<>> ask_condition(Provision& made);
    [[nodiscard]] boost::asio::awaitable<Result<>> look();
    [[nodiscard]] boost::asio::awaitable<Result<>> fetch(Instant now);
    [[nodiscard]] Result<> open();
    void choose(Provision& made);
    void draw(Provision& made);
    void forget(Provision& made) const;
    void finish(Provision made);
    void trouble(const Failure& failure, int tries);
    [[nodiscard]] bool patient(const Provision& made) const;

    Followed<EntrySettings> entry_;
    const SourceSettings* source_; ///< of the same configuration; null: it has a condition alone
    World& world_;
    Alerts& alerts_;
    WhyNotThen why_not_;
    std::function<void()> ready_;
    schedule::Zone zone_;
    std::unique_ptr<Alarm> alarm_;
    std::unique_ptr<Source> port_;
    std::optional<CompiledFilter> filter_;
    std::string cursor_;
    Stock stock_;           ///< of the last look
    Instant fresh_until_{}; ///< it is not looked again before
    draw::Marks marks_;
    std::optional<Provision> asked_;
    std::optional<Provision> made_;
    bool troubled_ = false;
    bool stopping_ = false;
};

/// What an entry's rules are, so that a change is noticed: then new instants count from the change.
[[nodiscard]] std::string rule_text(const EntrySettings& entry);

} // namespace crier::engine
