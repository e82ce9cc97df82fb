#pragma once

#include "ports/store.hpp"
#include "store/handle.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace crier::store {

/// The store's operations on an open database, for the store's thread alone.
///
/// Errors: as in ports/store.hpp.
class Tables {
public:
    explicit Tables(Database database);

    /// Compiles the statements; fails on a file whose tables are not as they should be.
    [[nodiscard]] Result<> prepare();

    /// One batch inside an open transaction: all of it or nothing.
    [[nodiscard]] Result<Applied> apply(Batch& batch);
    [[nodiscard]] Result<States> load();
    [[nodiscard]] Result<LaneWork> lane(const LaneQuery& query);
    [[nodiscard]] Result<std::vector<Post>> find(const PostQuery& query);
    [[nodiscard]] Result<std::vector<Attempt>> attempts(PostId post);
    [[nodiscard]] Result<std::vector<SeenItem>> seen(const SeenQuery& query);
    [[nodiscard]] Result<std::map<PostState, std::int64_t>> counts(const std::string& account);

    [[nodiscard]] Database& database() noexcept { return database_; }

private:
    enum Name : std::size_t {
        insert_post,
        update_post,
        put_attempt,
        put_seen,
        put_source,
        put_source_account,
        put_entry,
        put_account,
        put_alive,
        lane_unfinished,
        lane_ready,
        lane_next,
        seen_by_item,
        seen_by_link,
        statement_count,
    };
    [[nodiscard]] Result<> write(Batch& batch, Applied& applied);
    [[nodiscard]] Result<> write_posts(Batch& batch, Applied& applied);
    [[nodiscard]] Result<> write_rest(const Batch& batch);
    [[nodiscard]] Result<> collect(Statement::Use& use, std::vector<Post>& posts);
    [[nodiscard]] Failure failure(std::string_view doing) const { return database_.failure(doing); }

    Database database_;
    std::array<Statement, statement_count> statements_;
};

/// The columns of `posts` in the order in which read_post() reads them.
extern const char* const post_columns;
[[nodiscard]] bool read_post(Statement::Use& use, Post& post);

} // namespace crier::store
