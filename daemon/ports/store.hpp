#pragma once

#include "core/alert.hpp"
#include "core/amendment.hpp"
#include "core/day_tally.hpp"
#include "core/digest.hpp"
#include "core/draw.hpp"
#include "core/failure.hpp"
#include "core/fuse.hpp"
#include "core/histogram.hpp"
#include "core/post.hpp"
#include "core/subscription.hpp"
#include "core/time.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace crier {

/// One request to publish: recorded before its first byte, finished after its reply.
struct Attempt {
    PostId post = 0;
    int number = 0; ///< from 1
    Instant started{};
    std::string key;                 ///< the Idempotency-Key that it carried
    std::optional<Instant> finished; ///< nothing: it is on its way, or was when the daemon died
    int http = 0;
    std::string outcome; ///< a Verdict's word
    std::string detail;  ///< the server's words
};

/// What was noted of an item for one account, when it was first seen. The verdict stays.
struct SeenItem {
    std::string source;
    std::string account;
    Digest item; ///< of its identity
    Digest link; ///< of its canonical link; all zero when it has none
    std::string title;
    std::string address; ///< the link as people read it
    std::string verdict; ///< "posted", "noted" (first run), "filtered: ...", "too old", "held"
    Instant seen{};
    Instant shown{};              ///< in its feed then, and perhaps later: within a month (engine/intake)
    Digest said;                  ///< of what it said when it was last taken; all zero: not known
    std::optional<Instant> dated; ///< what it said of its own date then
};

/// Something was told on an account: what tells that another source's item is the same story.
struct Story {
    std::string account;
    Digest story; ///< of a link, of a title
    std::string source;
    Instant told{};
};

struct SourceState {
    std::string source;
    std::string cursor;
    std::string url;        ///< where it is now, when it moved for good
    std::string moved_from; ///< the configured address that `url` was learnt for, and for no other
    Instant last_poll{};
    Instant next_poll{};
    Instant last_success{};
    int failures = 0; ///< in a row
    std::string error;
    bool paused = false;
    std::string note; ///< what the last look did, for people
    fuse::State fuse;
    std::string identified; ///< by what its items are known: the configuration's word; empty: not told yet
};

/// A source's first run is done for this account.
struct SourceAccount {
    std::string source;
    std::string account;
    Instant since{};
    Instant spaced{}; ///< when the last post of it is due, where they keep a distance; it only rises
};

struct EntryState {
    std::string entry;
    Instant fired{};  ///< nominal instant up to which everything is settled: fired, or passed over as missed
    Instant since{};  ///< first seen; what the store has of it stays
    std::string rule; ///< as it was: a change starts the count anew from the reload
    bool paused = false;
    fuse::State fuse;
    std::int64_t counter = 0; ///< how often it has fired: occurrences that were posted
    std::string note;         ///< why the last occurrence was passed over, for people; empty: it was not
};

/// What an entry has drawn of an item.
struct DrawnItem {
    std::string entry;
    Digest item; ///< of its identity
    draw::Mark mark;
};

/// A source's or entry's name, and what its posts' keys go by.
struct OriginState {
    OriginKind kind = OriginKind::source;
    std::string name;     ///< as the configuration has it now
    std::string identity; ///< its name at first sight, made unique; stays over a rename
    std::string reads;    ///< a source's plugin and address: a new name with the same is the same
    int edition = 0;
};

/// A post's key whose row is gone: it makes no second post until then.
struct Tombstone {
    Digest key;
    Instant expires{};
};

/// The memory of `from` is `to`'s from now on, and its posts are.
struct Rename {
    OriginKind kind = OriginKind::source;
    std::string from;
    std::string to; ///< one that the store knows nothing of
};

/// How far what the store knows of an account can be believed (delivery rule 20).
struct AccountMemory {
    /// What was posted after this moment may be unknown to the store, for it was put back or the machine was;
    /// nothing: all is known.
    std::optional<Instant> knows_until;
    bool restored = false;  ///< it is unknown: held until a person says since when nothing was posted
    Instant posted_until{}; ///< what was due before counts as posted, whenever it comes up

    AccountMemory() = default;
};

/// What a lane must not forget over a restart.
struct AccountState {
    std::string account;
    std::string server;
    std::string state = "ok"; ///< ok, held
    std::string reason;
    std::string action; ///< what a person should do
    Instant since{};
    Instant not_before{};   ///< nothing is sent before (429, back-off of the lane)
    std::string rate;       ///< what is used of its limits, as core/rates/text writes it
    std::string profile;    ///< the server's profile as last read, JSON
    std::string handle;     ///< the account that the token proved to post to
    std::string account_id; ///< its number on the server, where it has been told; else empty
    Instant last_published{};
    bool paused = false;
    std::string paused_why;
    std::optional<Instant> paused_until;
    int foreign = 0;          ///< statuses seen on its page that crier did not make
    Instant foreign_newest{}; ///< the newest of them, by the server's clock; older ones are not counted again
    std::string application;  ///< as which the server names what we post; empty: not told
    AccountMemory memory;
};

/// What a person asks of a thing that another daemon on this store works on: whoever works on it, now or
/// next, does it.
struct Wish {
    std::string thing;   ///< "account:news"
    bool paused = false; ///< it is to be; else it is to go on
    std::string why;
    std::optional<Instant> until;
    Instant asked{};

    Wish() = default;
};

/// What belongs to a post that is inserted, whose number only the store knows: written with it, and passed
/// over with it.
struct Belongings {
    std::size_t place = 0; ///< in Batch::insert
    std::vector<Attempt> attempts;
    std::optional<Amendment> amendment;

    Belongings() = default;
};

/// One transaction: all of it or nothing.
struct Batch {
    std::vector<Rename> renames;      ///< before all the rest
    std::vector<OriginState> origins; ///< by kind and name
    /// `id` and `version` are given by the store. A known key is passed over, and so are the parts of a
    /// thread behind it: that has as many as it had.
    std::vector<Post> insert;
    bool each_alone = false;            ///< an import's: parts are passed over by their own keys only
    std::vector<Belongings> belongings; ///< of posts in `insert`; their `post` is given by the store
    std::vector<Post> update;           ///< whole rows; each must still have the `version` it carries
    std::vector<Attempt> attempts;      ///< by (post, number): inserted, or replaced
    /// By post: what is asked of it now, in the place of what was asked before; `edits` stays, and where it
    /// is closed all of it does, unless a person asks. What a person asked for and was not done yet stays,
    /// too, but for what a person asks next, and that a source's deletion comes before a person's edit. One
    /// of the kind `keep` takes back what was asked, a source's no more than what a source asked.
    std::vector<Amendment> amendments;
    std::vector<Amendment> amended; ///< how a lane leaves them; one that was asked anew meanwhile stays
    /// By (source, account, item). A known one keeps its verdict; what it said is taken over.
    std::vector<SeenItem> seen;
    std::vector<Story> stories; ///< by (account, story); of a known one only the time changes
    std::vector<SourceState> sources;
    std::vector<SourceAccount> source_accounts; ///< a known one keeps its `since`
    std::vector<EntryState> entries;
    std::vector<DrawnItem> drawn;      ///< by (entry, item)
    std::vector<DrawnItem> drawn_gone; ///< their rows go
    std::vector<AccountState> accounts;
    std::vector<AlertState> alerts;               ///< by (kind, subject)
    std::vector<AlertState> alerts_ended;         ///< their rows go
    std::vector<Subscription> subscriptions;      ///< by id
    std::vector<std::string> subscriptions_ended; ///< ids; their rows go
    std::vector<Tombstone> tombstones;            ///< by key; after `insert`
    std::vector<Wish> wishes;                     ///< by thing: the latest counts
    std::vector<Wish> wishes_done; ///< their rows go, but for those of things that were asked again
    bool trust_noted = false;      ///< the accounts know of States::trust: it is Trust::whole from here on
    Instant now{};                 ///< the store's last sign of life

    Batch() = default;
    [[nodiscard]] bool empty() const noexcept {
        return insert.empty() && update.empty() && attempts.empty() && seen.empty() && sources.empty() &&
               source_accounts.empty() && entries.empty() && drawn.empty() && drawn_gone.empty() &&
               accounts.empty() && alerts.empty() && alerts_ended.empty() && renames.empty() &&
               origins.empty() && stories.empty() && amendments.empty() && amended.empty() &&
               subscriptions.empty() && subscriptions_ended.empty() && tombstones.empty() && wishes.empty() &&
               wishes_done.empty() && !trust_noted;
    }
};

struct Applied {
    std::vector<PostId> inserted; ///< one for each of Batch::insert: its id, or 0 where the key was known

    Applied() = default;
};

/// Is this the store as it was left?
enum class Trust {
    whole,    ///< nothing says otherwise
    unsure,   ///< moved here, or from a version that left no mark beside it
    put_back, ///< surely not: what stands beside it is newer
};

/// What the small tables hold; read once at start.
struct States {
    std::vector<SourceState> sources;
    std::vector<SourceAccount> source_accounts;
    std::vector<EntryState> entries;
    std::vector<DrawnItem> drawn;
    std::vector<AccountState> accounts;
    std::vector<AlertState> alerts;
    std::vector<OriginState> origins;
    std::vector<Subscription> subscriptions;
    std::vector<Wish> wishes; ///< that nobody has done yet
    Instant last_alive{};     ///< the latest Batch::now
    Trust trust = Trust::whole;

    States() = default;
};

struct PostQuery {
    std::optional<PostId> id;
    std::optional<Digest> key;
    std::optional<std::pair<Digest, Digest>> key_between; ///< both included
    std::vector<std::string> status_ids; ///< those with one of these, of `account`; empty: all
    std::string account;                 ///< empty: all
    std::vector<PostState> states;       ///< empty: all
    std::optional<Instant> since;        ///< created at or after
    std::optional<Instant> next_after;   ///< their next step comes after this
    std::string grep;                    ///< in the status text, without regard to ASCII case
    std::string origin;                  ///< origin's name
    std::optional<OriginKind> origin_kind;
    std::optional<ReasonCode> code; ///< look it up with `states`: there is no index of its own
    bool untried = false;           ///< on their way, and no request to publish was made
    std::optional<Digest> parent;   ///< the part that follows the post with this key
    bool in_doubt = false;          ///< an attempt may have published it; look it up with `states`
    bool to_be_deleted = false;     ///< a deletion waits: of what is published, or may be and is looked for
    std::optional<Instant> active_since; ///< created, or last tried, at or after
    bool behind = false;                 ///< parts that wait for the one before, or are held because of it
    std::size_t limit = 100;
    bool oldest_first = false; ///< by due time, then id; else newest first
    bool any_order = false;    ///< those that are found first, which is quicker: for all, piece by piece

    PostQuery() = default;
};

/// What waits in the outbox for a time of its own, or left then.
struct AgendaQuery {
    std::vector<std::string> accounts;
    Instant from{};
    Instant until{}; ///< not included
    std::size_t limit = 100;

    AgendaQuery() = default;
};

struct SeenQuery {
    std::string source;
    std::string account;
    std::vector<Digest> items;
    std::vector<Digest> links;

    SeenQuery() = default;
};

/// The items that a source showed last for an account.
struct NewestSeen {
    std::string source;
    std::string account;
    std::size_t limit = 20;

    NewestSeen() = default;
};

struct StoryQuery {
    std::string account;
    std::vector<Digest> stories;
    Instant since{}; ///< told after this

    StoryQuery() = default;
};

/// Which posts a lane may take a step of now, of one kind (scheduled, or all others).
enum class Admit {
    none,
    text, ///< those without files that have to be uploaded
    all,
};

/// What an origin has made for an account lately.
struct MadeQuery {
    OriginKind kind = OriginKind::source;
    std::string name;
    std::string account;
    Instant since{};           ///< created after this
    std::size_t limit = 10000; ///< the newest

    MadeQuery() = default;
};

/// A post as the fuse sees it.
struct MadePost {
    Instant created{};
    std::string item; ///< Origin::item: of an entry, the nominal instant
    Digest link;      ///< Post::link
    Digest text;      ///< of the status as it was made; all zero: none, or from before the store kept it
};

/// What a lane is to do next.
struct LaneQuery {
    std::string account;
    Instant now{};
    std::size_t limit = 16;
    /// Posts in `sending` and `doubt`, and scheduled ones that have expired, are never passed over.
    Admit scheduled = Admit::all;
    Admit others = Admit::all;
    bool tell_next = false; ///< LaneWork::next, also where there are posts
    Instant horizon{};      ///< until when scheduled posts are to be told of; none by default
    /// No published post is looked at before; and none while `narrow` or `tell_next`.
    Instant receipts_from{};

    // No published post is edited, deleted, pinned before; and none while there are others to be taken, but
    // that what a person wants gone comes before everything.
    Instant edits_from{};
    Instant removals_from{};
    Instant pins_from{};
    bool orders_only = false; ///< only what a person asked for is edited and deleted
    bool undo_only = false;   ///< nothing but what a person wants gone, and when the next of that is due

    [[nodiscard]] bool narrow() const noexcept { return scheduled != Admit::all || others != Admit::all; }
};

/// A scheduled post in the outbox that has not come to its end, for those who make room for it.
struct Expected {
    PostId id = 0;
    Instant next{};
    int media = 0;
};

struct LaneWork {
    /// Those whose `next` is not after `now`, in the order in which the lane should take them: unfinished
    /// business first (sending, uploading, doubt, retrying), then by priority, due time, id. Where there are
    /// none, and no amendment: one published post whose receipt is due.
    std::vector<Post> posts;
    /// Where there are none: what is to become of a published post, if it is time, and that post. What a
    /// person wants gone comes first, and then there are no posts beside it.
    std::optional<std::pair<Amendment, Post>> amendment;
    std::optional<Post> pin; ///< where there is nothing of all that: one that is to be pinned or unpinned
    /// When there will be something, if nothing changes: of all posts, whatever their kind. Only told where
    /// it is asked for or `posts` is empty. (Asked for, it may pass over a `ready` post whose `next` is
    /// ahead: none comes to be by itself.)
    std::optional<Instant> next;
    std::vector<Expected> expected; ///< scheduled posts whose `next` is not after the horizon; at most 1000

    LaneWork() = default;
};

/// What may go: a small piece of it at a time.
struct TrimQuery {
    Instant now{};
    /// Posts that have come to an end, were made and last tried before this.
    Instant posts_before{};
    /// Keys of posts that came from the schedule outlive their rows by this, all others by `items`; items
    /// that left their feed longer ago than that are forgotten, too.
    Duration occurrences{};
    Duration items{};
    Duration stories{}; ///< so long after it was told, a story is new again
    Instant after{};    ///< where the last piece ended: Trimmed::after
    PostId after_id = 0;
    std::size_t limit = 200; ///< rows that are looked at

    TrimQuery() = default;
};

struct Trimmed {
    std::size_t posts = 0;
    std::size_t items = 0;
    std::size_t keys = 0; ///< tombstones that have had their time
    bool more = false;    ///< there may be, from `after` on
    Instant after{};
    PostId after_id = 0;

    Trimmed() = default;
};

/// By account and state.
using UnsettledCounts = std::map<std::string, std::map<PostState, std::int64_t>>;

/// What an account's posts that could leave wait since, and until when.
struct Leaving {
    /// When the first of them may leave, by its own time; limits and the account's state are another matter.
    std::optional<Instant> next;
    std::optional<Instant> overdue; ///< since when the oldest that is due has been; nothing: none is

    Leaving() = default;
};

struct StoreFigures {
    Histogram commits;              ///< from apply() until what was handed in was durable
    std::uint64_t failed = 0;       ///< writes that were not taken, but for conflicts
    std::optional<Failure> trouble; ///< of the last write; nothing: it was taken

    explicit StoreFigures(std::span<const Duration> bounds)
        : commits(bounds) {}
};

/// The daemon's memory: durable when apply() has returned.
///
/// Thread: the engine's; the work is done elsewhere.
/// Errors: temporary (disk full, busy), corrupt, conflict (a version did not match: nothing of the batch was
/// written), fenced (of a store that is shared: another daemon works on it, ports/leases; likewise). Calls
/// are carried out in the order in which they were made. Cancellation: none; an apply() that has begun is
/// finished.
class Store {
public:
    virtual ~Store() = default;
    [[nodiscard]] virtual boost::asio::awaitable<Result<Applied>> apply(Batch batch) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Result<States>> load() = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Result<LaneWork>> lane(LaneQuery query) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::vector<Post>>> find(PostQuery query) = 0;
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::vector<Attempt>>> attempts(PostId post) = 0;
    /// What was asked last of a published post.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::optional<Amendment>>> amendment(PostId post) = 0;
    /// What was noted of items with one of these identities or one of these (non-zero) links.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::vector<SeenItem>>> seen(SeenQuery query) = 0;
    /// The newest first. Of a feed with more than a thousand items perhaps not the newest.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::vector<SeenItem>>>
    newest_seen(NewestSeen query) = 0;
    /// By due time, then id: posts that are due in that time and are neither given up nor done with, and
    /// those whose request was made then and which are published. Reads no more than that.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::vector<Post>>> agenda(AgendaQuery query) = 0;
    /// What was published, and what failed, on each day: `days` as DayTally has them. Reads what was
    /// published then, from an index alone, and what failed.
    [[nodiscard]] virtual boost::asio::awaitable<Result<Counted>> count_days(std::vector<Instant> days) = 0;
    /// Which of these stories were told.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::vector<Story>>> told(StoryQuery query) = 0;
    /// For each query, newest first: all but what was missed, expired, cancelled, or made by hand.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::vector<std::vector<MadePost>>>>
    made(std::vector<MadeQuery> queries) = 0;
    /// Why how many of an account's posts are held.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::map<ReasonCode, std::int64_t>>>
    held(std::string account) = 0;
    /// Takes away what is no longer needed, as far as `limit` goes, in a transaction. A post's key stays, and
    /// is refused as that of a row is: Applied has 0 for it. What stays: posts that the lane, a thread's
    /// later part or evidence may still ask for, and those whose item is in its feed.
    [[nodiscard]] virtual boost::asio::awaitable<Result<Trimmed>> trim(TrimQuery query) = 0;
    /// How many posts are in each state; of all accounts when the name is empty.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::map<PostState, std::int64_t>>>
    counts(std::string account) = 0;
    /// The same by account, of posts that are not settled: those that have come to no end, and those that
    /// failed. It costs as much as there are of them, however many have been published.
    [[nodiscard]] virtual boost::asio::awaitable<Result<UnsettledCounts>> unsettled() = 0;
    /// Of each account, what is said of its posts that may leave by themselves: those that wait for nothing
    /// but their time, a limit or the server. Not: held, in doubt, behind another part, done with. By an
    /// index alone, but for the few that are begun.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::map<std::string, Leaving>>>
    leaving(std::vector<std::string> accounts, Instant now) = 0;
    /// How writing went since it was opened; null: it does not say.
    [[nodiscard]] virtual const StoreFigures* figures() const noexcept { return nullptr; }
};

} // namespace crier
