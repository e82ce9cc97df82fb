#pragma once

#include "core/settings.hpp"

#include <memory>
#include <utility>

namespace crier::engine {

/// What the daemon works by. Whoever works by it holds it: a reload puts another in its place, and the one
/// before goes when nobody has anything of it in hand.
using Configuration = std::shared_ptr<const Settings>;

/// One that outlives all who hold it.
[[nodiscard]] inline Configuration borrowed(const Settings& settings) {
    return {std::shared_ptr<const Settings>{}, &settings};
}

/// The part of the configuration that one piece of the engine works by. It is told at any time that there is
/// another, and takes that up between two pieces of its work: what it has begun it ends as it began it.
///
/// Thread: the engine's.
template <class Part>
class Followed {
public:
    /// `part` is of `whole`, or outlives this.
    Followed(Configuration whole, const Part& part)
        : whole_(std::move(whole))
        , part_(&part) {}

    [[nodiscard]] const Part& operator*() const noexcept { return *part_; }
    [[nodiscard]] const Part* operator->() const noexcept { return part_; }
    [[nodiscard]] const Settings& whole() const noexcept { return *whole_; }
    /// For what is begun beside the work, and may end after the next has been taken up.
    [[nodiscard]] Configuration held() const noexcept { return whole_; }

    void follow(Configuration whole, const Part& part) {
        next_ = std::move(whole);
        next_part_ = &part;
    }

    /// False: there is no other. `changed` is whether it says something else than before.
    [[nodiscard]] bool take_up(bool& changed) {
        if (!next_)
            return false;
        changed = !(*next_part_ == *part_);
        return take_up();
    }

    /// The same for those to whom it does not matter what has changed.
    [[nodiscard]] bool take_up() {
        if (!next_)
            return false;
        part_ = next_part_;
        whole_ = std::exchange(next_, nullptr);
        return true;
    }

    /// Nobody looks at it any more.
    void let_go() noexcept {
        whole_.reset();
        next_.reset();
        part_ = nullptr;
    }

private:
    Configuration whole_;
    const Part* part_;
    Configuration next_;
    const Part* next_part_ = nullptr;
};

} // namespace crier::engine
