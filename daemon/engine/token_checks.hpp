#pragma once

#include "core/delivery/reply.hpp"
#include "core/digest.hpp"
#include "core/time.hpp"
#include "ports/clock.hpp"

#include <boost/asio/awaitable.hpp>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace crier::engine {

class Lane;

/// Asks what the accounts' tokens may do, one after another: at the start, when there is another token, and
/// again where a server has not answered. Nothing waits for it, and an account is asked about when it has
/// nothing to do: what a server allows in a time goes to posts first.
///
/// Ownership: by the engine; clock and lanes outlive it. Thread: the engine's.
/// Cancellation: stop(), and then terminal: what is asked leaves no trace.
class TokenChecks {
public:
    explicit TokenChecks(Clock& clock)
        : clock_(clock)
        , alarm_(clock.make_alarm()) {}

    void add(Lane& lane);
    /// It is not asked about any more; not while asks() says that it is.
    void remove(const Lane& lane);
    /// Is it being asked about?
    [[nodiscard]] bool asks(const Lane& lane) const noexcept { return asked_ == &lane; }
    /// Called when a question has ended.
    std::function<void()> on_asked;
    /// It has nothing to do now.
    void heed(Lane& lane);

    [[nodiscard]] boost::asio::awaitable<void> run();
    /// For those that end before run() would come to it: asks about accounts of which nothing stands beside
    /// the token, once, before they send anything.
    [[nodiscard]] boost::asio::awaitable<void> ask_first(std::set<std::string> accounts);
    void stop();

private:
    [[nodiscard]] Lane* next();
    void wake_those_due();
    void forget_old_answers();
    [[nodiscard]] boost::asio::awaitable<void> ask(Lane& lane);

    Clock& clock_;
    std::unique_ptr<Alarm> alarm_;
    std::vector<Lane*> lanes_;
    /// Lanes that have said that they want to be asked about, in that order: with ten thousand of them nobody
    /// looks through all to find one. A lane that turns out not to be ready says so again when it rests.
    std::deque<Lane*> wanting_;
    using Later = std::multimap<Instant, Lane*>;
    Later later_; ///< not to be asked about before
    /// Those in `wanting_` (the end) and in `later_`, and where there.
    std::unordered_map<const Lane*, Later::iterator> listed_;
    const Lane* asked_ = nullptr;          ///< whose token is being asked about; null: none is
    std::map<std::string, Instant> quiet_; ///< servers that have not answered, and until when they are let be
    std::map<std::pair<std::string, Digest>, std::pair<Reply, Mono>> answers_; ///< by server and token
    Mono swept_{}; ///< when old ones of these were last looked for
    bool stopping_ = false;
};

} // namespace crier::engine
