#pragma once

#include "core/delivery/machine.hpp"
#include "core/delivery/sighting.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>

/// What a look at the server says of a post in doubt. Pure; docs/DELIVERY.md, "Evidence".
namespace crier::delivery {

/// How far a server's clock may be from ours where it has not told (delivery rule 15).
inline constexpr Duration clock_tolerance = std::chrono::minutes{5};

/// Between two moments of this machine's clock.
struct Window {
    Instant begin{};    ///< no attempt in doubt can have made a status before
    Instant end{};      ///< nor after
    bool known = false; ///< by a clock that nobody can have set since
};

/// When what is in doubt can have been published. After a resend that nothing had proven safe, an earlier
/// generation may still be what is on the server: then from the post's making on.
[[nodiscard]] Window window_of(const Post& post, const Rules& rules);

enum class Finding {
    found,    ///< `status` is the post
    two,      ///< two statuses are it, as far as can be told
    alike,    ///< something there may be the post, or may not
    missing,  ///< it is not there, in a listing that would show it
    unproven, ///< it is not there, in a listing that need not show it: `why`
};

struct Evidence {
    Finding finding = Finding::unproven;
    const SeenStatus* status = nullptr; ///< into the timeline
    std::string why;

    Evidence() = default;
};

/// Looks for the post among what the account shows. `ours`: ids in it that are other posts' of this account;
/// one status settles one post.
[[nodiscard]] Evidence search(const Post& post, const Rules& rules, const Timeline& timeline,
                              const std::set<std::string>& ours);

/// All that a look brought together.
struct Sighting {
    std::optional<Timeline> timeline; ///< nothing: there is no account to look at, or it would not be there
    std::set<std::string> ours;
    std::optional<Reply> media; ///< how its first attachment is, asked for with the posting token

    Sighting() = default;
};

/// The timeline has told: nothing else need be asked.
[[nodiscard]] bool is_told(const Post& post, const Rules& rules, const Sighting& sighting);

/// There is a way to find out: its timeline, or its media.
[[nodiscard]] bool can_look(const Post& post, const Rules& rules, Instant now);
/// An anonymous listing would show it.
[[nodiscard]] bool shown_to_all(const Post& post) noexcept;
/// The state of its first attachment would prove something.
[[nodiscard]] bool media_would_tell(const Post& post, const Rules& rules, Instant now);

/// What the look makes of the post, which is in doubt.
[[nodiscard]] Settled settle_look(Post post, const Sighting& sighting, const Rules& rules, Instant now);

/// By which token an attachment was seen: enough to tell another one, nothing to find it by.
[[nodiscard]] std::string witness_of(const Post& post, const Digest& token);

/// The status has the post's words, its warning and its number of media.
[[nodiscard]] bool same_words(const PostContent& content, const SeenStatus& status);

/// What is wrong with a published post as everybody sees it; nothing when it is as it was asked for.
[[nodiscard]] std::optional<std::string> receipt_note(const Post& post, const StatusSight& sight);

/// Looks at one post in doubt, one after another; after that `on_doubt` decides.
inline constexpr int most_looks = 6;

} // namespace crier::delivery
