#include "store/content_text.hpp"
#include "store/tables.hpp"

#include <algorithm>
#include <utility>

/// What is to become of posts that are published.
namespace crier::store {
namespace {

/// The columns that the statements have in common. False: the row does not read.
bool read_amendment(Statement::Use& use, Amendment& amendment) {
    const auto kind = parse_amendment_kind(use.text());
    amendment.kind = kind.value_or(Amendment::Kind::keep);
    const std::string content = use.text();
    const bool reads = content.empty() || content_from_text(content, amendment.content);
    amendment.asked = use.instant();
    amendment.next = use.maybe_instant();
    amendment.tries = use.small();
    amendment.edits = use.small();
    amendment.closed = use.flag();
    amendment.note = use.text();
    amendment.person = use.flag();
    return kind && reads;
}

Failure does_not_read(PostId post, std::string_view looker) {
    return Failure{Cause::corrupt,
                   "the store's row of what is to become of post " + std::to_string(post) + " does not read",
                   "stop the daemon and look with `" + std::string{looker} + "`; a backup may have it whole"};
}

} // namespace

Result<> Tables::ask(const Amendment& amendment) {
    if (amendment.kind == Amendment::Kind::keep) {
        auto use = statements_[take_back_amendment].use();
        use.bind(amendment.post).bind(amendment.asked).bind(amendment.person);
        return use.later() ? Result<>{} : failure("take back an amendment");
    }
    const std::string content =
        amendment.kind == Amendment::Kind::edit ? content_to_text(amendment.content) : std::string{};
    auto use = statements_[ask_amendment].use();
    use.bind(amendment.post)
        .bind(amendment.account)
        .bind(to_text(amendment.kind))
        .bind(content)
        .bind(amendment.asked)
        .bind(amendment.next)
        .bind(amendment.person);
    return use.later() ? Result<>{} : failure("note an amendment");
}

Result<> Tables::write_amendments(const Batch& batch) {
    for (const Amendment& amendment : batch.amendments)
        if (Result<> asked = ask(amendment); !asked)
            return asked;
    for (const Amendment& amendment : batch.amended) {
        auto use = statements_[settle_amendment].use();
        use.bind(amendment.post)
            .bind(amendment.asked)
            .bind(amendment.next)
            .bind(amendment.tries)
            .bind(amendment.edits)
            .bind(amendment.closed)
            .bind(amendment.note);
        if (!use.later())
            return failure("settle an amendment");
    }
    return {};
}

namespace {

void sooner(std::optional<Instant>& next, const std::optional<Instant>& other) {
    if (other && *other != Instant::max() && (!next || *other < *next))
        next = other;
}

} // namespace

/// The row that the statement finds, with its post.
Result<> Tables::first_amendment(Statement::Use& use, LaneWork& work, const LaneQuery& query) {
    Amendment amendment;
    amendment.account = query.account;
    if (!use.row())
        return !use.failed() ? Result<>{} : failure("read amendments");
    const bool reads = read_amendment(use, amendment);
    amendment.post = use.number();
    if (!reads)
        return does_not_read(amendment.post, database_.looker());
    PostQuery one;
    one.id = amendment.post;
    Result<std::vector<Post>> post = find(one);
    if (!post)
        return post.error();
    if (!post->empty())
        work.amendment.emplace(std::move(amendment), std::move(post->front()));
    return {};
}

/// What a person wants gone; where that is all that is asked for, also when the next of it is due.
Result<> Tables::due_undo(const LaneQuery& query, LaneWork& work) {
    if (query.now >= query.removals_from) {
        auto use = statements_[lane_undo].use();
        use.bind(query.account).bind(query.now);
        if (Result<> read = first_amendment(use, work, query); !read || work.amendment)
            return read;
    }
    if (!query.undo_only)
        return {};
    auto use = statements_[lane_next_undo].use();
    use.bind(query.account);
    if (!use.row())
        return failure("read the next deletion");
    if (const std::optional<Instant> next = use.maybe_instant())
        work.next = std::max(*next, query.removals_from);
    return {};
}

Result<> Tables::due_amendment(const LaneQuery& query, LaneWork& work) {
    auto use = statements_[lane_amendment].use();
    use.bind(query.account)
        .bind(query.now)
        .bind(query.now >= query.removals_from)
        .bind(query.now >= query.edits_from)
        .bind(query.orders_only);
    return first_amendment(use, work, query);
}

Result<> Tables::due_pin(const LaneQuery& query, LaneWork& work) {
    if (query.now < query.pins_from)
        return {};
    auto use = statements_[lane_pin].use();
    use.bind(query.account).bind(query.now);
    std::vector<Post> posts;
    if (Result<> read = collect(use, posts); !read)
        return read;
    if (!posts.empty())
        work.pin = std::move(posts.front());
    return {};
}

/// When there will be something of what comes after the posts.
Result<> Tables::next_after_posts(const LaneQuery& query, LaneWork& work) {
    {
        auto use = statements_[lane_next_amendment].use();
        use.bind(query.account).bind(query.removals_from).bind(query.edits_from).bind(query.orders_only);
        if (!use.row())
            return failure("read the next amendment");
        sooner(work.next, use.maybe_instant());
    }
    auto use = statements_[lane_next_pin].use();
    use.bind(query.account);
    if (!use.row())
        return failure("read the next pin");
    if (const std::optional<Instant> next = use.maybe_instant())
        sooner(work.next, std::max(*next, query.pins_from));
    return {};
}

Result<std::optional<Amendment>> Tables::amendment(PostId post) {
    auto use = statements_[amendment_of].use();
    use.bind(post);
    if (!use.row())
        return !use.failed() ? Result<std::optional<Amendment>>{std::nullopt} : failure("read an amendment");
    Amendment amendment;
    amendment.post = post;
    const bool reads = read_amendment(use, amendment);
    amendment.account = use.text();
    if (!reads)
        return does_not_read(post, database_.looker());
    return std::optional<Amendment>{std::move(amendment)};
}

} // namespace crier::store
