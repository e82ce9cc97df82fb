#pragma once

#include "ports/clock.hpp"
#include "ports/log.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crier::engine {

/// What a lane has to write, gathered so that the outcome of one post and the attempt of the next share a
/// commit.
///
/// Thread: the engine's. One flush() at a time.
class OutboxWriter {
public:
    enum class Kind {
        intent,  ///< what is about to be done: not done when somebody else changed the row first
        outcome, ///< what has happened: recorded whatever became of the row meanwhile
    };
    enum class Written {
        yes,
        conflict, ///< the intent for the post in hand (or any) was dropped: load the row again
        stopped,  ///< the store could not be written before the daemon had to stop, or fenced()
    };

    /// `alarm` is waited on while the store is in trouble.
    OutboxWriter(Store& store, Clock& clock, Log& log, Alarm& alarm, std::string account);

    /// A later row of the same post replaces an earlier one that has not been written yet.
    void add(const Post& post, Kind kind, std::optional<Attempt> attempt = std::nullopt);
    /// How an amendment stands now.
    void add(Amendment amendment) { amended_.push_back(std::move(amendment)); }
    /// The account's row: as it is when it is written, so it must outlive this.
    void add(const AccountState& state) noexcept { state_ = &state; }
    [[nodiscard]] bool has(PostId id) const noexcept;
    /// ... and it says what has happened.
    [[nodiscard]] bool has_outcome(PostId id) const noexcept;
    /// What was to be written of this post is not.
    void forget(PostId id);
    [[nodiscard]] bool empty() const noexcept {
        return rows_.empty() && amended_.empty() && state_ == nullptr;
    }

    /// Durable when it returns yes; `in_hand`, when it was among the rows, then has its new version. A store
    /// in trouble (disk full) is tried again until it is well or stop() was called.
    [[nodiscard]] boost::asio::awaitable<Written> flush(Post* in_hand = nullptr);

    void stop() noexcept { stopping_ = true; }

    /// Another daemon has taken the account over: nothing is written any more.
    [[nodiscard]] bool fenced() const noexcept { return fenced_; }

    /// Told why the store cannot be written when that begins, and null when it is well again.
    std::function<void(const Failure*)> on_trouble;

    /// Why the last try to write failed; empty: it did not.
    [[nodiscard]] const std::string& trouble() const noexcept { return trouble_; }

private:
    struct Row {
        Post post;
        Kind kind = Kind::intent;
        std::vector<Attempt> attempts;
    };
    [[nodiscard]] Batch batch(std::size_t rows) const;
    void tell_fenced();
    [[nodiscard]] boost::asio::awaitable<Written> one_by_one(Post* in_hand);
    [[nodiscard]] boost::asio::awaitable<std::optional<Cause>> write(std::size_t rows);
    enum class Rebased { yes, no_such_row, stopped };
    [[nodiscard]] boost::asio::awaitable<Rebased> rebase(Row& row);

    Store& store_;
    Clock& clock_;
    Log& log_;
    Alarm& alarm_;
    std::string account_;
    std::vector<Row> rows_;
    std::vector<Amendment> amended_;
    const AccountState* state_ = nullptr; ///< to be written, too
    std::string trouble_;
    bool stopping_ = false;
    bool fenced_ = false;
};

} // namespace crier::engine
