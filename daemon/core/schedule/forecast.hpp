#pragma once

#include "core/rates/bucket.hpp"
#include "core/settings.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::schedule {

/// Calls `each` with the firings in (after, until), as long as it returns true.
template <class Each>
void each_firing(const Calendar& calendar, const Zone& zone, Instant after, Instant until, const Each& each) {
    for (auto next = next_after(calendar, zone, after); next && *next < until && each(*next);
         next = next_after(calendar, zone, *next)) {
    }
}

/// An occurrence on one account, as far ahead as can be seen.
struct Foreseen {
    const EntrySettings* entry = nullptr;
    const PostTarget* target = nullptr;
    Instant nominal{};
    std::int64_t number = 1;       ///< how many-th of its entry, from the forecast's beginning on
    std::optional<Instant> due;    ///< after jitter and quiet times; nothing: it is left out for them
    std::optional<Instant> leaves; ///< after the account's least gap and the server's limits, too
    bool expires = false;          ///< before it leaves: it is not posted

    /// Why it is not posted, for people; empty: it is.
    [[nodiscard]] std::string_view why_not() const noexcept;
};

/// What the schedule is going to post: as if nothing else posted, nothing were paused, and every condition
/// were met. By the time when it is due; what is left out, by its nominal time.
///
/// Ownership: the settings outlive it. Costs memory by entries, and by what is due later than it fires.
class Forecast {
public:
    /// The limits of the server that an account is on.
    using TableOf = std::function<const std::vector<rates::Rule>&(const std::string& account)>;

    /// Of occurrences in (after, until). `only`: of one entry; null: of all.
    Forecast(const Settings& settings, TableOf tables, Instant after, Instant until,
             const EntrySettings* only = nullptr);

    [[nodiscard]] std::optional<Foreseen> next();

private:
    struct Course {
        const EntrySettings* entry = nullptr;
        Zone zone;
        std::int64_t fired = 0;
    };
    struct Window {
        std::int64_t number = 0;
        int used = 0;
    };
    /// What has left an account.
    struct Pace {
        std::optional<Instant> last;
        std::map<const rates::Rule*, Window> windows;
    };
    using Firing = std::pair<Instant, std::size_t>; ///< nominal, course
    struct Waiting {
        Instant when{};
        std::uint64_t order = 0;
        Foreseen foreseen;
        bool operator>(const Waiting& other) const {
            return std::pair{when, order} > std::pair{other.when, other.order};
        }
    };

    void plan(std::size_t course, Instant after);
    void fire();
    void leave(Foreseen& foreseen);
    [[nodiscard]] Instant earliest(const AccountSettings& account, const Pace& pace,
                                   const std::vector<rates::Rule>& table, Instant when) const;

    const Settings& settings_;
    TableOf tables_;
    Instant until_;
    std::vector<Course> courses_;
    std::priority_queue<Firing, std::vector<Firing>, std::greater<>> firings_;
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
    std::map<std::string, Pace> paces_;
    std::uint64_t order_ = 0;
};

} // namespace crier::schedule
