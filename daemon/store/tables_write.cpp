#include "store/content_text.hpp"
#include "store/tables.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace crier::store {

std::vector<Result<Applied>> Tables::apply(const std::vector<Batch*>& batches) {
    if (batches.size() > 1)
        if (auto answers = together(batches))
            return std::move(*answers);
    std::vector<Result<Applied>> answers;
    answers.reserve(batches.size());
    for (const Batch* batch : batches)
        answers.push_back(alone(*batch));
    return answers;
}

Result<> Tables::step(Name name, std::string_view doing) {
    if (!statements_[name].use().done())
        return failure(doing);
    return {};
}

/// SQLite may have rolled back by itself already.
void Tables::abandon() {
    if (database_.in_transaction())
        (void)step(roll_back, "roll back");
}

Result<Applied> Tables::alone(const Batch& batch) {
    if (const Result<> begun = step(begin, "begin"); !begun)
        return begun.error();
    Result<Applied> applied = write(batch);
    if (applied)
        if (const Result<> done = step(commit, "commit"); !done)
            applied = done.error();
    if (!applied)
        abandon();
    return applied;
}

/// Nothing when the transaction as a whole came to nothing.
std::optional<std::vector<Result<Applied>>> Tables::together(const std::vector<Batch*>& batches) {
    std::vector<Result<Applied>> answers;
    answers.reserve(batches.size());
    if (const Result<> begun = step(begin, "begin"); !begun) {
        // Somebody else writes: each by itself would wait as long again.
        answers.assign(batches.size(), begun.error());
        return answers;
    }
    bool good = true;
    for (std::size_t i = 0; good && i < batches.size(); ++i) {
        good = step(open_savepoint, "open a savepoint").has_value();
        if (!good)
            break;
        answers.push_back(write(*batches[i]));
        if (!answers.back())
            good = step(undo_savepoint, "undo").has_value();
        good = good && step(keep_savepoint, "keep a savepoint").has_value();
    }
    if (good && step(commit, "commit"))
        return answers;
    abandon();
    return std::nullopt;
}

Result<Applied> Tables::write(const Batch& batch) {
    Applied applied;
    applied.inserted.reserve(batch.insert.size());
    if (const Result<> written = write_origins(batch); !written)
        return written.error();
    if (const Result<> inserted = insert_all(batch.insert, batch.each_alone, applied); !inserted)
        return inserted.error();
    if (const Result<> written = write_belongings(batch, applied); !written)
        return written.error();
    for (const Post& post : batch.update)
        if (const Result<> updated = update(post); !updated)
            return updated.error();
    if (const Result<> written = write_attempts(batch); !written)
        return written.error();
    if (const Result<> written = write_amendments(batch); !written)
        return written.error();
    if (const Result<> written = write_sources(batch); !written)
        return written.error();
    if (const Result<> written = write_states(batch); !written)
        return written.error();
    if (const Result<> written = write_subscriptions(batch); !written)
        return written.error();
    if (const Result<> written = write_alerts(batch); !written)
        return written.error();
    for (const Tombstone& tombstone : batch.tombstones)
        if (!statements_[put_tombstone].use().bind(tombstone.key).bind(tombstone.expires).done())
            return failure("keep a key");
    return applied;
}

namespace {

/// All zero stands for none.
void bind_or_null(Statement::Use& use, const Digest& digest) {
    if (digest == Digest{})
        use.null();
    else
        use.bind(digest);
}

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
        .bind(post.status_url)
        .bind(to_text(post.code))
        .bind(post.looks)
        .bind(post.absent_since)
        .bind(post.receipt)
        .bind(post.key_since)
        .bind(post.sent.boot)
        .bind(post.sent.key_since)
        .bind(static_cast<std::int64_t>(post.sent.quiet_until.time_since_epoch().count()))
        .bind(static_cast<std::int64_t>(post.sent.over_at.time_since_epoch().count()))
        .bind(post.edited)
        .bind(post.planned)
        .bind(post.undone)
        .bind(post.pin_next);
}

} // namespace

/// With the key, or without one any at all, of a post whose row is gone.
Result<bool> Tables::is_buried(Name name, const Digest* key) {
    auto use = statements_[name].use();
    if (key != nullptr)
        use.bind(*key);
    if (use.row())
        return true;
    if (use.code() != SQLITE_DONE)
        return failure("look for a key");
    return false;
}

/// A known key is passed over, and so are the parts behind it.
Result<> Tables::insert_all(const std::vector<Post>& posts, bool each_alone, Applied& applied) {
    if (posts.empty())
        return {};
    const Result<bool> any_buried = is_buried(any_tombstone, nullptr);
    if (!any_buried)
        return any_buried.error();
    std::unordered_set<Digest> passed_over;
    for (const Post& post : posts) {
        bool known = passed_over.count(post.parent) > 0;
        if (!known && *any_buried) {
            const Result<bool> buried = is_buried(find_tombstone, &post.key);
            if (!buried)
                return buried.error();
            known = *buried;
        }
        if (known)
            applied.inserted.push_back(0);
        else if (Result<> inserted = insert(post, applied); !inserted)
            return inserted;
        if (applied.inserted.back() == 0 && !each_alone)
            passed_over.insert(post.key);
    }
    return {};
}

Result<> Tables::insert(const Post& post, Applied& applied) {
    const std::string content = content_to_text(post.content);
    auto use = statements_[insert_post].use();
    use.bind(post.key)
        .bind(post.account)
        .bind(to_text(post.origin.kind))
        .bind(post.origin.name)
        .bind(post.origin.item)
        .bind(post.created);
    bind_life(use, post, content);
    bind_or_null(use, post.link);
    const Digest text = digest_of(post.content.status);
    if (post.content.status.empty())
        use.null();
    else
        use.bind(text);
    use.bind(post.part).bind(post.parts);
    bind_or_null(use, post.parent);
    if (!use.done())
        return failure("insert post");
    applied.inserted.push_back(database_.changes() == 1 ? database_.last_id() : 0);
    return {};
}

Result<> Tables::update(const Post& post) {
    {
        const std::string content = content_to_text(post.content);
        auto use = statements_[update_post].use();
        bind_life(use, post, content);
        use.bind(post.parts).bind(post.id).bind(post.version);
        if (use.done()) {
            if (database_.changes() == 1)
                return {};
            return Failure{Cause::conflict,
                           "post " + std::to_string(post.id) + " was changed by somebody else"};
        }
        if (use.code() != SQLITE_CONSTRAINT_UNIQUE || post.status_id.empty())
            return failure("update post");
    }
    return hold_instead(post);
}

/// One status settles one post (delivery rule 12). A reply that names another post's status proves nothing of
/// this one: it may be on the server or not, and that takes a person.
Result<> Tables::hold_instead(const Post& post) {
    std::string owner;
    {
        auto use = statements_[owner_of_status].use();
        use.bind(post.account).bind(post.status_id);
        if (!use.row())
            return failure("look up a status");
        owner = std::to_string(use.number());
    }
    Post held = post;
    held.state = PostState::held;
    held.in_doubt = true;
    held.code = ReasonCode::foreign_status;
    held.reason = "the server answered with status " + post.status_id + ", which is post " + owner +
                  "'s: look on the account's page whether this one is there too";
    held.status_id.clear();
    held.status_url.clear();
    held.receipt.reset();
    held.pin_next.reset();
    return update(held);
}

Result<> Tables::write_belongings(const Batch& batch, const Applied& applied) {
    for (const Belongings& belongings : batch.belongings) {
        const PostId post = applied.inserted.at(belongings.place);
        if (post == 0)
            continue;
        for (Attempt attempt : belongings.attempts) {
            attempt.post = post;
            if (Result<> written = write_attempt(attempt); !written)
                return written;
        }
        if (!belongings.amendment)
            continue;
        Amendment amendment = *belongings.amendment;
        amendment.post = post;
        if (Result<> asked = ask(amendment); !asked)
            return asked;
    }
    return {};
}

Result<> Tables::write_attempt(const Attempt& attempt) {
    auto use = statements_[put_attempt].use();
    use.bind(attempt.post)
        .bind(attempt.number)
        .bind(attempt.started)
        .bind(attempt.key)
        .bind(attempt.finished)
        .bind(attempt.http)
        .bind(attempt.outcome)
        .bind(attempt.detail);
    return use.done() ? Result<>{} : failure("record attempt");
}

Result<> Tables::write_attempts(const Batch& batch) {
    for (const Attempt& attempt : batch.attempts)
        if (Result<> written = write_attempt(attempt); !written)
            return written;
    return {};
}

namespace {

/// In the order of their table, in which a row stands beside the one before. Of one item's rows the later one
/// stays the later one.
std::vector<const SeenItem*> in_order(const std::vector<SeenItem>& items) {
    std::vector<const SeenItem*> order;
    order.reserve(items.size());
    for (const SeenItem& item : items)
        order.push_back(&item);
    std::stable_sort(order.begin(), order.end(), [](const SeenItem* a, const SeenItem* b) {
        return std::tie(a->source, a->account, a->item) < std::tie(b->source, b->account, b->item);
    });
    return order;
}

} // namespace

Result<> Tables::write_sources(const Batch& batch) {
    for (const SeenItem* one : in_order(batch.seen)) {
        const SeenItem& item = *one;
        auto use = statements_[put_seen].use();
        use.bind(item.source).bind(item.account).bind(item.item);
        bind_or_null(use, item.link);
        use.bind(item.title).bind(item.address).bind(item.verdict).bind(item.seen);
        use.bind(std::max(item.seen, item.shown));
        bind_or_null(use, item.said);
        use.bind(item.dated);
        if (!use.done())
            return failure("note item");
    }
    for (const Story& story : batch.stories) {
        auto use = statements_[put_story].use();
        use.bind(story.account).bind(story.story).bind(story.source).bind(story.told);
        if (!use.done())
            return failure("note story");
    }
    for (const SourceState& state : batch.sources) {
        auto use = statements_[put_source].use();
        use.bind(state.source)
            .bind(state.cursor)
            .bind(state.url)
            .bind(state.moved_from)
            .bind(state.last_poll)
            .bind(state.next_poll)
            .bind(state.last_success)
            .bind(state.failures)
            .bind(state.error)
            .bind(state.paused)
            .bind(state.note)
            .bind(state.fuse.why)
            .bind(state.fuse.tripped)
            .bind(state.fuse.reset)
            .bind(state.identified);
        if (!use.done())
            return failure("write source");
    }
    for (const SourceAccount& state : batch.source_accounts) {
        auto use = statements_[put_source_account].use();
        use.bind(state.source).bind(state.account).bind(state.since).bind(state.spaced);
        if (!use.done())
            return failure("write source account");
    }
    return {};
}

Result<> Tables::write_states(const Batch& batch) {
    for (const EntryState& state : batch.entries) {
        auto use = statements_[put_entry].use();
        use.bind(state.entry)
            .bind(state.fired)
            .bind(state.since)
            .bind(state.rule)
            .bind(state.paused)
            .bind(state.fuse.why)
            .bind(state.fuse.tripped)
            .bind(state.fuse.reset)
            .bind(state.counter)
            .bind(state.note);
        if (!use.done())
            return failure("write entry");
    }
    for (const DrawnItem& drawn : batch.drawn) {
        auto use = statements_[put_drawn].use();
        use.bind(drawn.entry).bind(drawn.item).bind(drawn.mark.last).bind(drawn.mark.round);
        if (!use.done())
            return failure("write what was drawn");
    }
    for (const DrawnItem& drawn : batch.drawn_gone) {
        auto use = statements_[forget_drawn].use();
        use.bind(drawn.entry).bind(drawn.item);
        if (!use.done())
            return failure("forget what was drawn");
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
            .bind(state.paused_until)
            .bind(state.account_id)
            .bind(state.foreign)
            .bind(state.foreign_newest)
            .bind(state.application)
            .bind(state.memory.knows_until)
            .bind(state.memory.restored)
            .bind(state.memory.posted_until);
        if (!use.done())
            return failure("write account");
    }
    if (batch.trust_noted)
        if (Result<> noted = step(trust_again, "note that the store is believed"); !noted)
            return noted;
    if (batch.now != Instant{}) {
        auto use = statements_[put_alive].use();
        use.bind(batch.now);
        if (!use.done())
            return failure("write sign of life");
    }
    return {};
}

Result<> Tables::write_origins(const Batch& batch) {
    for (const Rename& rename : batch.renames) {
        for (const Name name : {rename_origin, rename_posts}) {
            auto use = statements_[name].use();
            use.bind(to_text(rename.kind)).bind(rename.from).bind(rename.to);
            if (!use.done())
                return failure("rename");
        }
        const bool source = rename.kind == OriginKind::source;
        for (const Name name : {rename_source, rename_source_accounts, rename_seen, rename_stories,
                                rename_subscriptions, rename_entry, rename_drawn}) {
            if (source == (name == rename_entry || name == rename_drawn))
                continue;
            auto use = statements_[name].use();
            use.bind(rename.from).bind(rename.to);
            if (!use.done())
                return failure("rename");
        }
    }
    for (const OriginState& state : batch.origins) {
        auto use = statements_[put_origin].use();
        use.bind(to_text(state.kind))
            .bind(state.name)
            .bind(state.identity)
            .bind(state.reads)
            .bind(state.edition);
        if (!use.done())
            return failure("write origin");
    }
    return {};
}

} // namespace crier::store
