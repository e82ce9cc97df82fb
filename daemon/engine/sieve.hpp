#pragma once

#include "core/post.hpp"
#include "core/rates/ledger.hpp"
#include "ports/store.hpp"

namespace crier::engine {

/// Which of an account's due posts are worth asking the store for. What must wait for a limit is passed over,
/// with all of its kind, and the rest goes on; when nothing is left that may go, the account rests until the
/// first of what was passed over may.
class Sieve {
public:
    /// The store is asked: for these kinds.
    void ask(LaneQuery& query) {
        query.scheduled = scheduled_;
        query.others = others_;
        query.tell_next = held_any();
        moved_ = false;
        more_ = false;
    }
    /// Something was done, or could not be asked: another look may bring more.
    void moved() noexcept { moved_ = true; }

    /// Something must wait for `turn`.
    void hold_back(const rates::Turn& turn);
    /// What holds this post back holds back all of its kind; what holds back a scheduled post, the others
    /// too.
    void pass_over(const Post& post, const rates::Needs& needs);

    /// Something was held back since the last start over.
    [[nodiscard]] bool held_any() const noexcept { return turn_.when != Instant{}; }
    /// When the first of it may go.
    [[nodiscard]] const rates::Turn& turn() const noexcept { return turn_; }
    /// All that is left waits, and another look would bring nothing else. Starts over when its turn has come.
    [[nodiscard]] bool is_empty(Instant now);

    /// Nothing is held back any more: what is due is looked at anew.
    void start_over();

private:
    rates::Turn turn_; ///< `when` zero: nothing is held back
    Admit scheduled_ = Admit::all;
    Admit others_ = Admit::all;
    bool moved_ = true; ///< the last look brought something that could be done
    bool more_ = false; ///< another look may bring what the last one did not: more was passed over since
};

} // namespace crier::engine
