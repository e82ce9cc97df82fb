#pragma once

#include "core/post.hpp"
#include "core/time.hpp"
#include "ports/store.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::engine {

/// One firing of the schedule that is still to come.
struct Occurrence {
    Instant due{};
    int media = 0;
};

/// How much is due from the schedule.
struct Expectation {
    int posts = 0;
    int media = 0;
};

/// What the schedule will want of each account, and when, so that a backlog leaves it room: the firings to
/// come, and the posts of earlier ones that wait in the outbox.
///
/// Ownership: by the engine. Thread: the engine's.
class Outlook {
public:
    /// The account's firings until a moment, in any order.
    using Schedule = std::function<std::vector<Occurrence>(const std::string& account, Instant until)>;
    /// Another number than before whenever the schedule has another answer for this account; never 0.
    using Changes = std::function<std::uint64_t(const std::string& account)>;

    /// What the one before has said counts no more.
    void set_schedule(Schedule schedule, Changes changes);

    [[nodiscard]] Expectation until(const std::string& account, Instant until);
    /// The first moment, from `from` to `until`, that keeps `gap` from the firings before and after it, which
    /// keep it among themselves. Nothing: the schedule leaves no such room.
    [[nodiscard]] std::optional<Instant> room(const std::string& account, Instant from, Duration gap,
                                              Instant until);

    /// A scheduled post is in the outbox. What a query says that began before is older than this.
    void expect(const std::string& account, const Expected& post);
    /// It has come to its end, or is on its way.
    void gone(std::string_view account, PostId id);
    /// expect() or gone(), by the post's state.
    void saw(const Post& post);

    /// Before a query for the account's scheduled posts, and with its answer.
    [[nodiscard]] std::uint64_t mark() noexcept { return ++sequence_; }
    void answer(const std::string& account, std::uint64_t mark, const std::vector<Expected>& posts);

private:
    struct Waiting {
        Expected post;
        std::uint64_t since = 0;
    };
    struct Account {
        std::map<PostId, Waiting> waiting;
        std::map<PostId, std::uint64_t> gone; // a query that began before may still tell of them
        std::vector<Occurrence> occurrences;  // ascending, until `horizon`, of the schedule's state `changes`
        Instant horizon{};
        std::uint64_t changes = 0;
    };
    Account& looked_up(const std::string& account, Instant until);

    Schedule schedule_;
    Changes changes_;
    std::map<std::string, Account, std::less<>> accounts_;
    std::uint64_t sequence_ = 0;
};

} // namespace crier::engine
