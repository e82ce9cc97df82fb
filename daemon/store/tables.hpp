#pragma once

#include "ports/store.hpp"
#include "store/handle.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::store {

/// The store's operations on an open database, which outlives them, for the store's thread alone.
///
/// Round trips, where the database is elsewhere: what a batch of a lane writes takes two (its post with all
/// before it, and the rest with the commit); one that inserts posts of their own likewise, however many.
/// Each part of a thread, and each update of a post beyond the first, takes one more.
/// Errors: as in ports/store.hpp.
class Tables {
public:
    explicit Tables(Connection& database)
        : database_(database) {}

    /// Compiles the statements; fails on a file whose tables are not as they should be.
    [[nodiscard]] Result<> prepare();

    /// Each batch is written whole or not at all. They share one commit; when one of them breaks that, each
    /// gets its own, so that none falls with another. Durable on return.
    /// `epochs` are the lives (ports/leases) in which they were handed in; none: of a store with one owner.
    [[nodiscard]] std::vector<Result<Applied>> apply(const std::vector<Batch*>& batches,
                                                     const std::vector<std::int64_t>& epochs = {});
    [[nodiscard]] Result<States> load();
    [[nodiscard]] Result<LaneWork> lane(const LaneQuery& query);
    [[nodiscard]] Result<std::vector<Post>> find(const PostQuery& query);
    [[nodiscard]] Result<std::vector<Attempt>> attempts(PostId post);
    [[nodiscard]] Result<std::optional<Amendment>> amendment(PostId post);
    [[nodiscard]] Result<std::vector<SeenItem>> seen(const SeenQuery& query);
    [[nodiscard]] Result<std::vector<SeenItem>> newest_seen(const NewestSeen& query);
    [[nodiscard]] Result<std::vector<Post>> agenda(const AgendaQuery& query);
    [[nodiscard]] Result<Counted> count_days(const std::vector<Instant>& days);
    [[nodiscard]] Result<std::vector<Story>> told(const StoryQuery& query);
    [[nodiscard]] Result<std::vector<std::vector<MadePost>>> made(const std::vector<MadeQuery>& queries);
    [[nodiscard]] Result<std::map<ReasonCode, std::int64_t>> held(const std::string& account);
    [[nodiscard]] Result<Trimmed> trim(const TrimQuery& query);
    [[nodiscard]] Result<std::map<PostState, std::int64_t>> counts(const std::string& account);
    [[nodiscard]] Result<UnsettledCounts> unsettled();
    [[nodiscard]] Result<std::map<std::string, Leaving>> leaving(const std::vector<std::string>& accounts,
                                                                 Instant now);

    [[nodiscard]] Connection& database() noexcept { return database_; }

private:
    enum Name : std::size_t {
        insert_post,
        any_tombstone,
        find_tombstone,
        update_post,
        owner_of_status,
        put_attempt,
        ask_amendment,
        take_back_amendment,
        settle_amendment,
        put_seen,
        put_story,
        put_source,
        put_source_account,
        put_entry,
        put_drawn,
        forget_drawn,
        put_account,
        put_alert,
        end_alert,
        put_wish,
        end_wish,
        notify_wished,
        put_subscription,
        end_subscription,
        rename_subscriptions,
        put_alive,
        trust_again,
        put_origin,
        rename_origin,
        rename_posts,
        rename_source,
        rename_source_accounts,
        rename_seen,
        rename_entry,
        rename_drawn,
        lane_unfinished,
        lane_ready,
        lane_waiting,
        lane_receipt,
        lane_undo,
        lane_next_undo,
        lane_amendment,
        lane_next_amendment,
        lane_pin,
        lane_next_pin,
        amendment_of,
        lane_next,
        lane_unfinished_narrow,
        lane_ready_narrow,
        lane_waiting_narrow,
        lane_next_later,
        lane_expected,
        seen_any,
        seen_by_item,
        seen_by_link,
        story_told,
        made_lately,
        trim_candidates,
        trim_unsettled,
        trim_child,
        trim_item,
        trim_latest,
        trim_attempts,
        trim_amendment,
        trim_post,
        put_tombstone,
        trim_pairs,
        trim_items,
        trim_seen,
        trim_tombstones,
        trim_stories,
        rename_stories,
        clear_source,
        clear_source_accounts,
        clear_seen,
        clear_entry,
        clear_drawn,
        hold_lease,
        notify_written,
        statement_count,
    };
    [[nodiscard]] Result<Applied> alone(const Batch& batch, std::int64_t epoch);
    [[nodiscard]] std::optional<std::vector<Result<Applied>>>
    together(const std::vector<Batch*>& batches, const std::vector<std::int64_t>& epochs);
    [[nodiscard]] Result<> step(Name name, std::string_view doing);
    /// Many lookups in one transaction.
    template <class Read>
    [[nodiscard]] Result<> reading(std::size_t lookups, Read read);
    [[nodiscard]] Result<Applied> write(const Batch& batch, std::int64_t epoch);
    [[nodiscard]] Result<> write_rows(const Batch& batch, Applied& applied);
    [[nodiscard]] Result<> hold_leases(const Batch& batch, std::int64_t epoch);
    [[nodiscard]] bool is_fenced();
    [[nodiscard]] Result<> notify(const Batch& batch);
    [[nodiscard]] Result<bool> is_buried(Name name, const Digest* key);
    [[nodiscard]] Result<> insert_all(const std::vector<Post>& posts, bool each_alone, Applied& applied);
    [[nodiscard]] Result<> insert(const Post& post, std::optional<std::int64_t>& id);
    [[nodiscard]] Result<> update(const Post& post);
    [[nodiscard]] Result<> hold_instead(const Post& post, std::int64_t owner);
    [[nodiscard]] Result<> write_belongings(const Batch& batch, const Applied& applied);
    [[nodiscard]] Result<> write_attempt(const Attempt& attempt);
    [[nodiscard]] Result<> write_attempts(const Batch& batch);
    [[nodiscard]] Result<> ask(const Amendment& amendment);
    [[nodiscard]] Result<> write_amendments(const Batch& batch);
    [[nodiscard]] Result<> due_undo(const LaneQuery& query, LaneWork& work);
    [[nodiscard]] Result<> due_amendment(const LaneQuery& query, LaneWork& work);
    [[nodiscard]] Result<> first_amendment(Statement::Use& use, LaneWork& work, const LaneQuery& query);
    [[nodiscard]] Result<> due_pin(const LaneQuery& query, LaneWork& work);
    [[nodiscard]] Result<> next_after_posts(const LaneQuery& query, LaneWork& work);
    [[nodiscard]] Result<> write_sources(const Batch& batch);
    [[nodiscard]] Result<> write_states(const Batch& batch);
    [[nodiscard]] Result<> write_alerts(const Batch& batch);
    [[nodiscard]] bool load_alerts(std::vector<AlertState>& alerts);
    [[nodiscard]] Result<> write_wishes(const Batch& batch);
    [[nodiscard]] bool load_wishes(std::vector<Wish>& wishes);
    [[nodiscard]] Result<> write_subscriptions(const Batch& batch);
    [[nodiscard]] bool load_subscriptions(std::vector<Subscription>& subscriptions);
    [[nodiscard]] Result<> write_origins(const Batch& batch);
    [[nodiscard]] Result<std::vector<Post>> due(Name name, const LaneQuery& query, std::size_t limit);
    [[nodiscard]] Result<> expected(const LaneQuery& query, LaneWork& work);
    [[nodiscard]] Result<> collect(Statement::Use& use, std::vector<Post>& posts);
    [[nodiscard]] Result<> trim_posts(const TrimQuery& query, Trimmed& done);
    [[nodiscard]] Result<> trim_items_of(const TrimQuery& query, Trimmed& done);
    [[nodiscard]] Result<> trim_keys(const TrimQuery& query, Trimmed& done);
    template <class Bind>
    [[nodiscard]] Result<std::optional<Instant>> first_of(Name name, Bind bind);
    [[nodiscard]] Failure failure(std::string_view doing) const { return database_.failure(doing); }

    Connection& database_;
    std::array<Statement, statement_count> statements_;
    std::vector<std::string> things_;                 ///< of the batch that is written: things_of()
    std::vector<std::optional<std::int64_t>> leases_; ///< what their leases say
};

/// The columns of `posts` in the order in which read_post() reads them.
extern const char* const post_columns;
[[nodiscard]] bool read_post(Statement::Use& use, Post& post);

/// Of `source, account, item, link, title, address, verdict, seen, shown, said, dated`.
[[nodiscard]] SeenItem read_seen(Statement::Use& use);

} // namespace crier::store
