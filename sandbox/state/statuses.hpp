#pragma once

#include "sandbox/state/time.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crier::sandbox {

struct Poll {
    std::vector<std::string> options;
    std::int64_t expires_in = 0;
    bool multiple = false;
    bool hide_totals = false;
};

/// What is to be posted, when all rules are kept.
struct Draft {
    std::string text;
    std::string spoiler_text;
    std::string visibility;
    std::string language;
    bool sensitive = false;
    std::string in_reply_to;
    std::vector<std::string> media; ///< ids
    std::optional<Poll> poll;
};

struct Status : Draft {
    std::string id;
    std::string account; ///< id
    std::string app;     ///< client_id of its token's application
    std::string key;     ///< the Idempotency-Key that it came with
    Time created;
    std::optional<Time> edited;
    std::optional<Time> pinned;
    bool deleted = false;
    bool scheduled = false; ///< was published by the scheduler
};

struct Scheduled {
    std::string id;
    std::string account;
    std::string app;
    Time at;
    Draft draft;
};

/// Every status that was ever made, in order, deleted ones too; and those that wait for their time.
class Statuses {
public:
    /// More than this is no trial any more: the API says that the sandbox is full.
    static constexpr std::size_t most = 500'000;

    Status& add(Status status);
    void remove(Status& status);
    [[nodiscard]] std::size_t count_of(const std::string& account) const; ///< without deleted ones
    [[nodiscard]] bool full() const noexcept { return all_.size() >= most; }
    [[nodiscard]] const std::deque<Status>& all() const noexcept { return all_; }
    /// Null: unknown, or deleted.
    [[nodiscard]] Status* find(const std::string& id);
    [[nodiscard]] const Status* find(const std::string& id) const;

    Scheduled& schedule(Scheduled scheduled);
    [[nodiscard]] Scheduled* find_scheduled(const std::string& id);
    [[nodiscard]] const std::map<std::string, Scheduled>& scheduled() const noexcept { return scheduled_; }
    void unschedule(const std::string& id) { scheduled_.erase(id); }
    /// Takes out what is due, the earliest first.
    [[nodiscard]] std::vector<Scheduled> take_due(Time now);

    void clear();

private:
    std::deque<Status> all_;
    std::map<std::string, std::size_t> by_id_;
    std::map<std::string, std::size_t> counts_; ///< by account
    std::map<std::string, Scheduled> scheduled_;
};

/// The rules for a time: how far ahead, how many.
enum class ScheduleVerdict { now, ok, too_soon, over_day, over_total };
[[nodiscard]] ScheduleVerdict judge_schedule(const std::map<std::string, Scheduled>& waiting,
                                             const std::string& account, Time at, Time now);

/// Whether a status of that visibility is shown to somebody.
enum class Viewer { anyone, other_account, author };
[[nodiscard]] bool visible(const Status& status, Viewer viewer);

} // namespace crier::sandbox
