#pragma once

#include "engine/engine.hpp"
#include "engine/tenure.hpp"
#include "simulation/feed.hpp"
#include "simulation/random.hpp"
#include "simulation/server.hpp"
#include "simulation/several.hpp"
#include "simulation/shared_store.hpp"
#include "simulation/trace.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crier::sim {

inline constexpr std::size_t machine_count = 3;
inline constexpr std::size_t shared_accounts = 6;

/// What happens to one machine, or to the database, or to a server.
struct Blow {
    enum class Kind { die, stop, stand_still, cut_off, not_renewed, database_down, server, pause };
    Kind kind = Kind::die;
    Duration at{};     ///< from the start
    Duration length{}; ///< how long it is down, stands still, is cut off
    ProcessNumber machine = 0;
    Label where = Label::any; ///< a death or standstill comes at the `nth` of these
    std::size_t nth = 0;
    Cut cut = Cut::none;
    std::size_t account = 0;
    Fault fault; ///< that a server meets

    Blow() = default;
};
[[nodiscard]] std::string to_text(const Blow& blow);
[[nodiscard]] std::vector<Blow> draw_blows(Dice& dice);

/// Six accounts in five shares: the second and third have a feed in common.
[[nodiscard]] engine::Configuration shared_settings();

/// The world of several daemons: run_several() says what happens in it.
class Several {
public:
    Several(std::uint64_t seed, SharedMutant mutant, bool trace);
    ~Several();

    [[nodiscard]] SeveralOutcome run();

private:
    class Machine;
    friend class SeveralJudge;

    void meet(const Blow& blow);
    [[nodiscard]] Cut strike(Label label);
    void down(ProcessNumber machine, Duration length);
    [[nodiscard]] bool look_after_machines();

    Dice dice_;
    SharedMutant mutant_;
    Instant start_;
    Time time_;
    Trace trace_;
    Database database_;
    engine::Configuration settings_;
    std::vector<Manner> manners_;
    std::vector<std::unique_ptr<SimServer>> servers_; ///< by account
    std::vector<std::unique_ptr<SimFeed>> feeds_;
    std::unique_ptr<MediaFetcher> media_;
    std::vector<std::unique_ptr<Machine>> machines_;
    void ask_to_pause(bool on);
    struct Pause {
        Instant from{}; ///< it was taken by some daemon
        Instant to{};   ///< likewise that all goes on
        Instant over{}; ///< when that was asked for first: who takes it may not come to say so
    };
    std::vector<Pause> pauses_;
    std::vector<Blow> armed_; ///< deaths and standstills that wait for their moment
    SeveralOutcome outcome_;
};

} // namespace crier::sim
