#pragma once

#include "core/settings.hpp"
#include "engine/compose.hpp"
#include "engine/provider.hpp"
#include "ports/store.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace crier::engine {

/// How far an entry has come.
struct EntryProgress {
    static constexpr Instant never = Instant::max();

    Instant fired{};          ///< as EntryState::fired
    Instant next = never;     ///< it fires then
    std::int64_t counter = 0; ///< as EntryState::counter
};

/// What the planner knows of an entry beside its settings. There may be a hundred thousand of them, and most
/// wait for a time and nothing else: the rest is there for those that have it.
class EntrySlot {
public:
    EntrySlot(const EntrySettings& entry, const std::string& identity);

    /// As the store has it; but for its rule, which is the configuration's from now on.
    void take_up(const EntryState& state);
    /// What the store is to know.
    [[nodiscard]] EntryState state() const;

    [[nodiscard]] const EntrySettings& entry() const noexcept { return *entry_; }
    [[nodiscard]] const schedule::Zone& zone() const noexcept { return zone_; }
    /// What its posts are known by.
    [[nodiscard]] const std::string& identity() const noexcept;

    /// The first firing after a moment, or never.
    [[nodiscard]] Instant next_after(Instant after) const;
    /// Reckons `of.next` from `of.fired`.
    void reckon(EntryProgress& of) const { of.next = next_after(of.fired); }
    /// `counter`: how many-th firing it is; 0 counts as the first.
    [[nodiscard]] EntryOccurrence occurrence(Instant nominal, std::int64_t counter, const Item* item) const;

    [[nodiscard]] bool paused() const noexcept { return more_ && more_->paused; }
    void set_paused(bool paused);
    [[nodiscard]] const fuse::State& fuse() const noexcept;
    void set_fuse(fuse::State fuse);
    [[nodiscard]] std::string_view note() const noexcept;
    void set_note(std::string note);
    /// Null: it needs none.
    [[nodiscard]] Provider* provider() const noexcept { return more_ ? more_->provider : nullptr; }
    void set_provider(Provider* provider) { more().provider = provider; }
    [[nodiscard]] bool busy() const { return provider() != nullptr && provider()->busy(); }

    EntryProgress progress;

private:
    struct More {
        std::string identity; ///< empty: its name
        bool paused = false;
        fuse::State fuse;
        std::string note;
        Provider* provider = nullptr;
    };
    More& more();

    const EntrySettings* entry_;
    schedule::Zone zone_;
    std::unique_ptr<More> more_;
};

} // namespace crier::engine
