#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier {

/// What a person is told of by `alerts:`.
enum class AlertKind {
    held,        ///< posts wait for a person
    token,       ///< an account cannot post: token, permission, or another account than meant
    fuse,        ///< a source or entry suddenly wants too much
    source_down, ///< a source cannot be read, or is gone
    silent,      ///< an account or source has not posted for long, and should have
    store,       ///< the database cannot be written
    failed,      ///< posts were given up
};
inline constexpr std::size_t alert_kinds = 7;

/// "held", "token", "fuse", "source_down", "silent", "store", "failed": the config's words, and the store's.
[[nodiscard]] std::string_view to_text(AlertKind kind) noexcept;
[[nodiscard]] std::optional<AlertKind> parse_alert_kind(std::string_view text) noexcept;

/// One thing that is wrong, from when it is noticed until somebody has been told that it is over.
struct AlertState {
    AlertKind kind = AlertKind::held;
    std::string subject; ///< "account:news", "source:blog", "entry:greeting", "store"
    std::string text;    ///< a sentence
    std::string action;  ///< what a person should do; may be empty
    Instant since{};
    Instant told{}; ///< when it was last delivered; zero: not yet
    bool over = false;

    AlertState() = default;
};

/// What is said of it next.
enum class AlertWord {
    nothing, ///< it was over before anybody was told
    on,
    still,
    over,
    test, ///< of a person who tries the alerts
};
/// "on", "still", "over", "test": what a receiver reads as `state`.
[[nodiscard]] std::string_view to_text(AlertWord word) noexcept;

struct AlertNext {
    AlertWord word = AlertWord::nothing;
    Instant when{};
};

/// Once at the beginning, every `repeat` while it lasts, once at the end.
[[nodiscard]] AlertNext next_word(const AlertState& alert, Duration repeat) noexcept;

/// Since when an origin is silent that made something at these moments: for `silent_for`, and for twice the
/// longest time that it ever took. Nothing: it is not, or too little is known of its ways.
[[nodiscard]] std::optional<Instant> silent_since(std::vector<Instant> moments, Duration silent_for,
                                                  Instant now);

} // namespace crier
