#pragma once

#include "ports/store.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace crier::test {

/// What a store does with its rows, in memory and at once: the model that SQLite's tables are held against,
/// and what survives a simulated death. No call looks at more rows than it answers with, but for find().
class MemoryTables {
public:
    [[nodiscard]] Result<Applied> apply(Batch&& batch);
    [[nodiscard]] LaneWork lane(const LaneQuery& query) const;
    [[nodiscard]] std::vector<Post> find(const PostQuery& query) const;
    [[nodiscard]] std::vector<Attempt> attempts(PostId post) const;
    [[nodiscard]] std::optional<Amendment> amendment(PostId post) const;
    [[nodiscard]] std::vector<SeenItem> seen(const SeenQuery& query) const;
    [[nodiscard]] std::vector<SeenItem> newest_seen(const NewestSeen& query) const;
    [[nodiscard]] std::vector<Post> agenda(const AgendaQuery& query) const;
    [[nodiscard]] Counted count_days(const std::vector<Instant>& days) const;
    [[nodiscard]] std::vector<Story> told(const StoryQuery& query) const;
    [[nodiscard]] std::vector<std::vector<MadePost>> made(const std::vector<MadeQuery>& queries) const;
    [[nodiscard]] std::map<ReasonCode, std::int64_t> held(const std::string& account) const;
    [[nodiscard]] std::map<PostState, std::int64_t> counts(const std::string& account) const;
    [[nodiscard]] UnsettledCounts unsettled() const;
    [[nodiscard]] std::map<std::string, Leaving> leaving(const std::vector<std::string>& accounts,
                                                         Instant now) const;

    [[nodiscard]] Trimmed trim(const TrimQuery& query);
    /// What the next load() says of the file.
    void set_trust(Trust trust) noexcept { states_.trust = trust; }

    /// By id - 1; one that was trimmed has the id 0.
    [[nodiscard]] const std::vector<Post>& posts() const noexcept { return posts_; }
    [[nodiscard]] const std::vector<Attempt>& all_attempts() const noexcept { return attempts_; }
    [[nodiscard]] const std::vector<SeenItem>& items() const noexcept { return items_; }
    [[nodiscard]] const States& states() const noexcept { return states_; }
    [[nodiscard]] std::size_t commits() const noexcept { return commits_; }

private:
    struct SourceIndex {
        std::unordered_map<Digest, std::size_t> by_item;
        std::unordered_map<Digest, std::vector<std::size_t>> by_link;
    };
    /// What is asked of one account's posts.
    struct AccountIndex {
        std::set<PostId> open; ///< what a lane may have to act on
        std::unordered_map<std::string, PostId> by_status;
        std::set<std::pair<Instant, PostId>> receipts; ///< the first one first
        std::set<std::pair<Instant, PostId>> pins;     ///< likewise, of whatever state
        std::map<ReasonCode, std::int64_t> held;
    };
    [[nodiscard]] PostId insert(Post&& post);
    void update(Post&& post);
    void rename(const Rename& rename);
    void put(const Attempt& attempt);
    void put(SeenItem item);
    void ask(Amendment amendment);
    void settle(const Amendment& amendment);
    void tell_undo(const LaneQuery& query, LaneWork& work) const;
    void tell_amendment(const LaneQuery& query, LaneWork& work) const;
    void tell_pin(const LaneQuery& query, LaneWork& work) const;
    [[nodiscard]] bool to_be_deleted(const Post& post) const;
    [[nodiscard]] std::pair<Instant, std::optional<Instant>> shown(const Post& post, Instant now) const;
    [[nodiscard]] bool may_go(const Post& post, const TrimQuery& query) const;
    void forget(PostId id);

    std::vector<Post> posts_;
    std::vector<Attempt> attempts_;
    std::vector<SeenItem> items_;
    States states_;
    std::size_t commits_ = 0;
    std::unordered_map<Digest, PostId> by_key_;
    std::unordered_map<Digest, Instant> tombstones_; ///< and until when
    std::map<std::string, AccountIndex> accounts_;
    std::unordered_map<PostId, std::vector<std::size_t>> attempts_of_;
    std::map<std::pair<std::string, std::string>, SourceIndex> seen_; ///< by source and account
    std::map<std::pair<std::string, Digest>, Story> stories_;
    std::map<PostId, Amendment> amendments_;
    /// By origin and account, as they were made: each with the digest of its text then.
    std::map<std::tuple<OriginKind, std::string, std::string>, std::vector<std::pair<PostId, Digest>>> made_;
};

} // namespace crier::test
