#pragma once

#include "core/digest.hpp"
#include "core/time.hpp"
#include "ports/random.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace crier::admin {

/// A browser that has signed in. It carries the key in a cookie that no script sees; what it changes, it
/// shows `csrf` for, which no other site knows.
struct Session {
    std::string csrf;
    Digest token; ///< of the token it was begun with: another one ends it
    Mono used{};
};

/// Those who have signed in: in memory only, so that a restart signs everybody out.
///
/// Thread: the engine's.
class Sessions {
public:
    static constexpr std::size_t most = 32;
    static constexpr Duration idle = std::chrono::hours{12};

    explicit Sessions(Random& random)
        : random_(random) {}

    struct Begun {
        std::string key; ///< for the cookie
        std::string csrf;
    };
    /// Where there are too many, the one that was used longest ago ends.
    [[nodiscard]] Begun begin(const Digest& token, Mono now);

    /// Null: there is none with this key, it was not used for too long, or it was begun with another token,
    /// and then it is gone. Until the next call that is not const.
    [[nodiscard]] const Session* find(std::string_view key, const Digest& token, Mono now) const;
    /// It is used. One that was not for too long does not come back by that.
    void touch(std::string_view key, Mono now);
    void end(std::string_view key);

    [[nodiscard]] std::size_t size() const noexcept { return sessions_.size(); }

private:
    [[nodiscard]] std::string secret(std::size_t words);
    void forget_idle(Mono now);

    Random& random_;
    std::map<Digest, Session> sessions_; ///< by the digest of the key: how far a guess is right does not show
};

/// How many wrong tokens may be tried: guesses are slowed for whoever makes them, and a right one among them
/// is not told from a wrong one.
///
/// Thread: the engine's.
class WrongTries {
public:
    static constexpr std::size_t most = 10;
    static constexpr Duration within = std::chrono::minutes{1};

    void note(Mono now);
    /// Until when nothing is tried; nothing: it may be.
    [[nodiscard]] std::optional<Duration> blocked(Mono now) const;

private:
    std::deque<Mono> tries_; ///< the last ones, at most `most`
};

} // namespace crier::admin
