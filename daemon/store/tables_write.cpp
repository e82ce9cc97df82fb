#include "store/content_text.hpp"
#include "store/tables.hpp"

#include <utility>

namespace crier::store {

Result<Applied> Tables::apply(Batch& batch) {
    if (const Result<> begun = database_.run("SAVEPOINT batch"); !begun)
        return begun.error();
    Applied applied;
    const Result<> written = write(batch, applied);
    if (!written) {
        (void)database_.run("ROLLBACK TO batch; RELEASE batch");
        return written.error();
    }
    if (const Result<> released = database_.run("RELEASE batch"); !released)
        return released.error();
    return applied;
}

Result<> Tables::write(Batch& batch, Applied& applied) {
    if (Result<> posts = write_posts(batch, applied); !posts)
        return posts;
    return write_rest(batch);
}

namespace {

/// What insert and update have in common, in the order of both statements.
void bind_life(Statement::Use& use, const Post& post, const std::string& content) {
    use.bind(to_text(post.state))
        .bind(post.reason)
        .bind(static_cast<int>(post.priority))
        .bind(post.due)
        .bind(post.expires)
        .bind(post.next)
        .bind(content)
        .bind(post.generation)
        .bind(post.attempts)
        .bind(post.first_attempt)
        .bind(post.last_attempt)
        .bind(post.in_doubt)
        .bind(post.tries)
        .bind(post.approved)
        .bind(post.status_id)
        .bind(post.status_url);
}

} // namespace

Result<> Tables::write_posts(Batch& batch, Applied& applied) {
    for (const Post& post : batch.insert) {
        const std::string content = content_to_text(post.content);
        auto use = statements_[insert_post].use();
        use.bind(post.key)
            .bind(post.account)
            .bind(to_text(post.origin.kind))
            .bind(post.origin.name)
            .bind(post.origin.item)
            .bind(post.created);
        bind_life(use, post, content);
        if (!use.done())
            return failure("insert post");
        applied.inserted.push_back(database_.changes() == 1 ? database_.last_id() : 0);
    }
    for (const Post& post : batch.update) {
        const std::string content = content_to_text(post.content);
        auto use = statements_[update_post].use();
        bind_life(use, post, content);
        use.bind(post.id).bind(post.version);
        if (!use.done())
            return failure("update post");
        if (database_.changes() != 1)
            return Failure{Cause::conflict,
                           "post " + std::to_string(post.id) + " was changed by somebody else"};
    }
    for (const Attempt& attempt : batch.attempts) {
        auto use = statements_[put_attempt].use();
        use.bind(attempt.post)
            .bind(attempt.number)
            .bind(attempt.started)
            .bind(attempt.key)
            .bind(attempt.finished)
            .bind(attempt.http)
            .bind(attempt.outcome)
            .bind(attempt.detail);
        if (!use.done())
            return failure("record attempt");
    }
    return {};
}

Result<> Tables::write_rest(const Batch& batch) {
    for (const SeenItem& item : batch.seen) {
        auto use = statements_[put_seen].use();
        use.bind(item.source).bind(item.account).bind(item.item);
        if (item.link == Digest{})
            use.null();
        else
            use.bind(item.link);
        use.bind(item.title).bind(item.address).bind(item.verdict).bind(item.seen);
        if (!use.done())
            return failure("note item");
    }
    for (const SourceState& state : batch.sources) {
        auto use = statements_[put_source].use();
        use.bind(state.source)
            .bind(state.cursor)
            .bind(state.url)
            .bind(state.last_poll)
            .bind(state.next_poll)
            .bind(state.last_success)
            .bind(state.failures)
            .bind(state.error)
            .bind(state.paused)
            .bind(state.note);
        if (!use.done())
            return failure("write source");
    }
    for (const SourceAccount& state : batch.source_accounts) {
        auto use = statements_[put_source_account].use();
        use.bind(state.source).bind(state.account).bind(state.since);
        if (!use.done())
            return failure("write source account");
    }
    for (const EntryState& state : batch.entries) {
        auto use = statements_[put_entry].use();
        use.bind(state.entry).bind(state.fired).bind(state.since).bind(state.rule).bind(state.paused);
        if (!use.done())
            return failure("write entry");
    }
    for (const AccountState& state : batch.accounts) {
        auto use = statements_[put_account].use();
        use.bind(state.account)
            .bind(state.server)
            .bind(state.state)
            .bind(state.reason)
            .bind(state.action)
            .bind(state.since)
            .bind(state.not_before)
            .bind(state.rate)
            .bind(state.profile)
            .bind(state.handle)
            .bind(state.last_published)
            .bind(state.paused)
            .bind(state.paused_why)
            .bind(state.paused_until);
        if (!use.done())
            return failure("write account");
    }
    if (batch.now != Instant{}) {
        auto use = statements_[put_alive].use();
        use.bind(batch.now);
        if (!use.done())
            return failure("write sign of life");
    }
    return {};
}

} // namespace crier::store
