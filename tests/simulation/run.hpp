#pragma once

#include "simulation/errands.hpp"
#include "simulation/feed.hpp"
#include "simulation/life.hpp"
#include "simulation/mutants.hpp"
#include "simulation/plan.hpp"
#include "simulation/reconfigure.hpp"
#include "simulation/server.hpp"
#include "simulation/store.hpp"
#include "simulation/trace.hpp"
#include "simulation/wire.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace crier::sim {

/// What a run came to.
struct Outcome {
    std::vector<std::string> wrong; ///< empty: all is well
    std::size_t posts = 0;
    std::size_t published = 0;
    std::map<std::pair<Manner, ReasonCode>, std::size_t> held; ///< posts that a person is asked about
    std::map<Manner, std::size_t> posts_of;
    std::uint64_t steps = 0;
    std::size_t lives = 0;
    std::vector<std::string> trace; ///< where it was asked for

    Outcome() = default;
};

struct RunOptions {
    Mutant mutant = Mutant::none;
    bool trace = false;
};

/// Two days of the reference world under one plan, from an empty store: every start, death and fault in it,
/// and what the servers say at the end.
class Simulation {
public:
    Simulation(Plan plan, const Settings& settings, RunOptions options);

    [[nodiscard]] Outcome run();

private:
    friend class Judge;
    friend class AgendaJudge;

    struct Down {
        Instant from{};
        Instant to{};
    };

    /// It fell to a life that the store knows nothing of, for a backup was put back since.
    [[nodiscard]] bool forgets(Instant when) const;

    void start();
    void end_life(Duration down);
    void stop(Duration down);
    void reconfigure(const Fault& fault);
    void change(Change what, bool made);
    void reload();
    [[nodiscard]] engine::Configuration configuration() const;
    void go_by_changes();
    void put_back();
    void meet(const Fault& fault);
    void act(std::size_t account, std::size_t what);
    void act_on_newest(std::size_t account, bool remove);
    void pause(std::size_t account, Duration length);
    void pause_entry(Kind kind, Duration length);
    void go_on_until(Instant end);

    Plan plan_;
    const Settings& settings_;  ///< at first
    bool reloading_ = false;    ///< the life at hand is taking up a changed configuration
    bool reload_again_ = false; ///< which has been changed since
    Changes changes_;           ///< made, whether a life has seen them yet or not
    RunOptions options_;
    Dice dice_;
    Time time_;
    Trace trace_;
    SimStore store_;
    std::vector<std::unique_ptr<SimServer>> servers_;
    std::vector<std::unique_ptr<Wire>> wires_;
    std::vector<std::unique_ptr<SimFeed>> feeds_;
    std::vector<std::string> tokens_; ///< what the token files hold
    std::unique_ptr<MediaFetcher> media_;
    Errands errands_;
    std::unique_ptr<CommandRunner> mutant_errands_;
    std::unique_ptr<Store> mutant_store_;
    std::set<std::string> mutant_memory_;
    std::unique_ptr<engine::World> world_;
    std::unique_ptr<Life> life_;
    std::deque<Fault> kills_; ///< armed; the second counts from the first one's death on
    std::optional<Duration> stopping_;
    std::optional<Instant> born_;
    std::vector<Down> downs_;
    struct Backup {
        test::MemoryTables tables;
        Instant taken{};
        bool due = false; ///< to be put back, when the step at hand is over
    };
    std::optional<Backup> backup_;
    bool believed_ = false;         ///< a person's word on it was taken
    std::optional<Down> forgotten_; ///< from a backup until it was put back: what the store knows nothing of
    std::vector<Down> removals_;    ///< of the entry that is removed and put back
    std::vector<Down> entry_pauses_;
    struct Regime {
        Instant begun{};
        Changes made;
    };
    std::vector<Regime> regimes_;    ///< by life: the configuration that it went by
    std::optional<Instant> thinned_; ///< since when that rule has fewer moments
    bool clock_was_set_ = false;
    std::size_t lives_ = 0;
    std::vector<std::string> wrong_;
};

} // namespace crier::sim
