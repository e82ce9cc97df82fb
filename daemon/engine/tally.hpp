#pragma once

#include "core/alert.hpp"
#include "core/delivery/reply.hpp"
#include "core/histogram.hpp"
#include "core/post.hpp"
#include "core/time.hpp"
#include "ports/store.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What has happened since the daemon was started, in numbers: for those who watch it. Counting costs a few
/// additions where a thing happens, and nothing where none does.
namespace crier::engine {

/// One number for each enumerator of `Key`.
template <class Key, std::size_t size>
class Counts {
public:
    std::uint64_t& operator[](Key key) noexcept { return counts_[static_cast<std::size_t>(key)]; }
    [[nodiscard]] std::uint64_t operator[](Key key) const noexcept {
        return counts_[static_cast<std::size_t>(key)];
    }

private:
    std::array<std::uint64_t, size> counts_{};
};

enum class UploadEnd { taken, failed };
enum class LookEnd { news, unchanged, failed };
/// What became of an item that had not been seen before, for one account.
enum class ItemFate {
    accepted, ///< a post was made of it
    filtered, ///< passed over by a filter or its age
    noted,    ///< not posted because it was the first run
    told,     ///< the same story came from another source
    adopted,  ///< another bot had posted it
};

struct AccountTally {
    Counts<OriginKind, 3> accepted; ///< posts that came into the outbox, by what they were made for
    /// Posts that came to an end, or to a stop that a person must end; each part of a thread is one.
    Counts<PostState, 12> ended;
    Counts<Verdict, 18> attempts; ///< requests to publish, by the answer
    Counts<UploadEnd, 2> uploads;
    Histogram delivery; ///< of each request to publish: from before its first byte to its outcome
    Histogram lateness; ///< of posts of the schedule: from when one was due to its first request

    AccountTally();
};

struct SourceTally {
    Counts<LookEnd, 3> looks; ///< of a source that is sent to: what was sent
    Counts<ItemFate, 5> items;
    std::optional<Instant> last_new; ///< when it last made a post
};

struct ReloadTally {
    std::uint64_t good = 0;
    std::uint64_t failed = 0;
    bool last_good = true;
    std::optional<Instant> last_success;
    std::vector<std::string> restart; ///< keys whose change was read and waits for a restart
};

struct Tally {
    std::map<std::string, AccountTally, std::less<>> accounts; ///< only those of which there is something
    std::map<std::string, SourceTally, std::less<>> sources;
    Counts<AlertKind, alert_kinds> alerts_raised; ///< where `alerts:` is configured
    std::uint64_t alerts_delivered = 0;           ///< by each way of telling
    std::uint64_t alerts_undelivered = 0;         ///< tries that failed
    ReloadTally reloads;
    std::uint64_t occurrences_missed = 0; ///< of the schedule, not posted; also those that left no row
    /// When a pause of the entry ended: what fell due before is late by a person's wish.
    std::map<std::string, Instant, std::less<>> entries_resumed;

    Tally() = default;

    [[nodiscard]] AccountTally& account(std::string_view name);
    [[nodiscard]] SourceTally& source(std::string_view name);

    /// A new configuration was taken up, or was not. At the start: that it was.
    void note_reload(bool good, Instant now) noexcept;
    /// It came to an end, or to a stop.
    void note_end(const Post& post) { ++account(post.account).ended[post.state]; }
};

/// Posts on their way into the store, to be counted when that has them: what a batch holds is gone by then.
class PostsMade {
public:
    explicit PostsMade(const std::vector<Post>& posts);
    /// Those whose key was not known.
    void count(Tally& tally, const Applied& applied) const;

private:
    struct Made {
        std::string account;
        OriginKind origin = OriginKind::manual;
        PostState state = PostState::waiting;
    };
    std::vector<Made> posts_;
};

} // namespace crier::engine
