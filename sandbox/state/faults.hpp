#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace crier::sandbox {

/// What goes wrong with requests of one sort.
struct Fault {
    std::string on;      ///< "POST /api/v1/statuses" (a prefix), "POST media" (v1 and v2), "*"
    std::string what;    ///< one of fault_names
    int count = 1;       ///< for so many requests
    bool after = false;  ///< the request is carried out first
    std::string form;    ///< 429: iso, unix, millis, retry_after, retry_after_date, none
    double wait = 0;     ///< seconds: how long a 429 lasts, how slow `slow` is, media_pending on the clock
    int polls = 1;       ///< media_pending: looks until it is ready
    bool failed = false; ///< media_pending: and then it has failed
    std::string text;    ///< instead of the usual words of an error
};

/// Every `do`, for help and checks.
[[nodiscard]] bool known_fault(std::string_view what);
[[nodiscard]] std::string fault_list();

/// A replay mode by the name of its fault: "replay_500" gives "500"; empty when it is none.
[[nodiscard]] std::string_view replay_of(std::string_view what);

/// Faults in the order in which they were asked for; each request takes the first that is for it.
class FaultQueue {
public:
    static constexpr std::size_t most = 10'000;

    /// False: too many.
    [[nodiscard]] bool add(Fault fault);
    [[nodiscard]] std::optional<Fault> take(std::string_view method, std::string_view path);
    /// One that cuts the connection in the middle of the request's body; take() never gives these.
    [[nodiscard]] std::optional<Fault> take_cut(std::string_view method, std::string_view path);
    [[nodiscard]] const std::deque<Fault>& all() const noexcept { return faults_; }
    void clear() { faults_.clear(); }

private:
    template <class Predicate>
    [[nodiscard]] std::optional<Fault> take_first(Predicate wanted);

    std::deque<Fault> faults_;
};

[[nodiscard]] bool concerns(const Fault& fault, std::string_view method, std::string_view path);

} // namespace crier::sandbox
