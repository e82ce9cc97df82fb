#pragma once

#include "core/delivery/reply.hpp"
#include "core/digest.hpp"
#include "core/post.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

/// The life of one post, as pure functions: what to do with it now, and what an answer makes of it. They
/// touch nothing; the lane stores what they return before it acts. docs/DELIVERY.md has the picture.
namespace crier::delivery {

/// What the decisions depend on besides the post: the account's settings and its server's manners.
struct Rules {
    DeliveryTuning tuning;
    Mode mode = Mode::live;
    bool needs_approval = false; ///< a person is to let this post go, whatever the mode
    OnDoubt on_doubt = OnDoubt::hold;
    bool idempotent = true;            ///< the server honours Idempotency-Key
    bool locks_key = false;            ///< a repeat waits for the first: a short quiet period is enough
    bool keeps_errors = false;         ///< an error is kept under its key, and a repeat is told it
    bool hides_attached = false;       ///< an attachment's id answers 404 once a status has it
    bool look = false;                 ///< there is an account to look at for posts in doubt
    bool receipt = false;              ///< published posts are to be looked at once
    std::optional<Instant> server_now; ///< by the server's clock, where a reply of this life told it
    Instant now{};                     ///< by our wall clock; at the same moment:
    std::int64_t boot = 0;             ///< Clock::boot() and ...
    Mono mono{};                       ///< ... Clock::mono()
    Digest token;                      ///< of the posting token; all zero: there is none, or none was read
    bool parent_there = false;         ///< of a reply that was answered with 404: what it replies to is there
    std::string handle;                ///< the account that replies must come from; empty: not checked
    std::string unfit;                 ///< what of this post its server does not offer; empty: nothing

    /// How long after an unknown outcome the first request may still be at work on the server.
    [[nodiscard]] Duration quiet() const;
    /// The newest generation: a server that answers nothing but errors is not sent the same post for ever.
    [[nodiscard]] int most_resends() const noexcept;
};

enum class Step {
    wait,       ///< nothing before `until`
    settle,     ///< only store `post`: it has come to an end, or to a stop
    fetch,      ///< bring media number `media` from its address to a file
    upload,     ///< upload media number `media`
    poll_media, ///< ask how far media number `media` is
    publish,    ///< send it with `key`; `post` (state sending, the attempt counted) is stored first
    look,       ///< look for it on the server (evidence.hpp); `post` (the look counted) is stored first
};

struct Decision {
    Step step = Step::wait;
    Post post;
    Instant until{};
    std::size_t media = 0;
    std::string key;

    Decision() = default;
};

/// What is to be done with `post` now. A post found in `sending` was cut off by the daemon's death: its
/// outcome is unknown.
[[nodiscard]] Decision decide(Post post, const Rules& rules, Instant now);

/// What an answer means for the whole account.
struct LaneEffect {
    enum class Kind {
        none,          ///< went well; the lane's failures are forgotten
        back_off,      ///< the server cannot be reached or is troubled: the next step of any post waits
        not_before,    ///< a limit: nothing before `until`
        token,         ///< the token is not accepted
        stop,          ///< the account cannot post: `reason`, `action`; tried again rarely
        wrong_account, ///< the token is another account's: nothing more until a person says so
    };
    Kind kind = Kind::none;
    Instant until{};
    std::string reason;
    std::string action;
};

struct Settled {
    Post post;
    LaneEffect lane;

    Settled() = default;
};

/// What the reply to `step` makes of the post. `jitter` is a random number for back-off.
[[nodiscard]] Settled settle(Post post, Step step, std::size_t media, const Reply& reply, const Rules& rules,
                             Instant now, std::uint64_t jitter);

/// How long ago the first attempt that may have gone through was. Our wall clock alone does not tell, for it
/// may have been set since; nothing: no clock tells, and then the server may have forgotten the key.
[[nodiscard]] std::optional<Duration> key_age(const Post& post, const Rules& rules, Instant now);

/// Nothing is done for so long from now on.
void begin_quiet(Post& post, const Rules& rules, Duration quiet);
/// The request may be at work on the server from now on for `running` and as long as proxies keep it alive.
/// Until then it is no proof of absence that the post is not there.
void begin_running(Post& post, const Rules& rules, Duration running);
/// By a clock that nobody has set since: is the last request over?
[[nodiscard]] bool is_over(const Post& post, const Rules& rules);
/// How long ago the first attempt in doubt was, by clocks that nobody sets; nothing: neither tells.
[[nodiscard]] std::optional<Duration> measured_age(const Post& post, const Rules& rules);

/// The next attempt has a key of its own: what the ones before it did is settled, or given up.
void begin_anew(Post& post);

/// Full jitter: evenly under first * 2^tries, at most `most`, at least a tenth of `first`.
[[nodiscard]] Duration back_off(int tries, Duration first, Duration most, std::uint64_t jitter);

/// Ids of uploads without an attempt are replaced when older than this: servers throw them away after a day.
inline constexpr Duration media_life = std::chrono::hours{20};

/// Uploads and polls of one post's media that may fail in a row before a person is asked.
inline constexpr int media_tries = 12;

} // namespace crier::delivery
