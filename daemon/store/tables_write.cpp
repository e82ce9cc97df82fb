#include "ports/leases.hpp"
#include "store/content_text.hpp"
#include "store/tables.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace crier::store {

namespace {

std::int64_t epoch_of(const std::vector<std::int64_t>& epochs, std::size_t batch) {
    return epochs.empty() ? 0 : epochs[batch];
}

} // namespace

std::vector<Result<Applied>> Tables::apply(const std::vector<Batch*>& batches,
                                           const std::vector<std::int64_t>& epochs) {
    if (batches.size() > 1)
        if (auto answers = together(batches, epochs))
            return std::move(*answers);
    std::vector<Result<Applied>> answers;
    answers.reserve(batches.size());
    for (std::size_t i = 0; i < batches.size(); ++i)
        answers.push_back(alone(*batches[i], epoch_of(epochs, i)));
    return answers;
}

Result<> Tables::step(Name name, std::string_view doing) {
    if (!statements_[name].use().later())
        return failure(doing);
    return {};
}

Result<Applied> Tables::alone(const Batch& batch, std::int64_t epoch) {
    if (!database_.begin(Connection::Writer::shared))
        return failure("begin");
    Result<Applied> applied = write(batch, epoch);
    if (applied && database_.commit() != Committed::yes)
        applied = failure("commit");
    if (!applied)
        database_.abandon();
    return applied;
}

/// Nothing when the transaction as a whole came to nothing.
std::optional<std::vector<Result<Applied>>> Tables::together(const std::vector<Batch*>& batches,
                                                             const std::vector<std::int64_t>& epochs) {
    std::vector<Result<Applied>> answers;
    answers.reserve(batches.size());
    if (!database_.begin(Connection::Writer::shared)) {
        // Somebody else writes: each by itself would wait as long again.
        answers.assign(batches.size(), failure("begin"));
        return answers;
    }
    bool good = true;
    for (std::size_t i = 0; good && i < batches.size(); ++i) {
        good = database_.open_savepoint();
        if (!good)
            break;
        answers.push_back(write(*batches[i], epoch_of(epochs, i)));
        // What fails later than it was asked for is this batch's, as long as its savepoint is open.
        if (answers.back() && !database_.settle())
            answers.back() = failure("write");
        if (!answers.back())
            good = database_.undo_savepoint();
        good = good && database_.keep_savepoint();
    }
    if (good) {
        const Committed committed = database_.commit();
        if (committed == Committed::yes)
            return answers;
        if (committed == Committed::not_known) {
            // Perhaps it was: so nothing is written once more.
            answers.assign(batches.size(), failure("commit"));
            return answers;
        }
    }
    database_.abandon();
    return std::nullopt;
}

Result<Applied> Tables::write(const Batch& batch, std::int64_t epoch) {
    Applied applied;
    applied.inserted.reserve(batch.insert.size());
    Result<> written = hold_leases(batch, epoch);
    if (written)
        written = write_rows(batch, applied);
    // Others have the lease, and may have changed what this batch did not find as it was.
    if (is_fenced())
        return Failure{Cause::fenced, "another daemon works on " + things_.front() + " now"};
    if (!written)
        return written.error();
    return applied;
}

/// The rows are locked, so that nobody takes over before this is committed; what they say is read with the
/// next answer.
Result<> Tables::hold_leases(const Batch& batch, std::int64_t epoch) {
    things_.clear();
    leases_.clear();
    if (!statements_[hold_lease])
        return {};
    things_ = things_of(batch);
    leases_.resize(things_.size());
    for (std::size_t i = 0; i < things_.size(); ++i)
        if (!statements_[hold_lease].use().bind(things_[i]).bind(epoch).later(leases_[i]))
            return failure("hold a lease");
    return {};
}

/// What the leases say, once that is there.
bool Tables::is_fenced() {
    if (things_.empty())
        return false;
    const auto refused = [](const auto& lease) { return lease && *lease == 0; };
    if (std::any_of(leases_.begin(), leases_.end(), [](const auto& lease) { return !lease; }))
        (void)database_.settle(); // what is there already need not be waited for
    const auto found = std::find_if(leases_.begin(), leases_.end(), refused);
    if (found == leases_.end())
        return false;
    std::swap(things_.front(), things_[static_cast<std::size_t>(found - leases_.begin())]);
    return true;
}

Result<> Tables::write_rows(const Batch& batch, Applied& applied) {
    if (Result<> written = write_origins(batch); !written)
        return written;
    if (Result<> inserted = insert_all(batch.insert, batch.each_alone, applied); !inserted)
        return inserted;
    if (Result<> written = write_belongings(batch, applied); !written)
        return written;
    for (const Post& post : batch.update)
        if (Result<> updated = update(post); !updated)
            return updated;
    if (Result<> written = write_attempts(batch); !written)
        return written;
    if (Result<> written = write_amendments(batch); !written)
        return written;
    if (Result<> written = write_sources(batch); !written)
        return written;
    if (Result<> written = write_states(batch); !written)
        return written;
    if (Result<> written = write_subscriptions(batch); !written)
        return written;
    if (Result<> written = write_alerts(batch); !written)
        return written;
    if (Result<> written = write_wishes(batch); !written)
        return written;
    for (const Tombstone& tombstone : batch.tombstones)
        if (!statements_[put_tombstone].use().bind(tombstone.key).bind(tombstone.expires).later())
            return failure("keep a key");
    return notify(batch);
}

/// Tells other daemons of accounts that are not this one's work.
Result<> Tables::notify(const Batch& batch) {
    if (!statements_[notify_written])
        return {};
    std::set<std::string_view> accounts;
    for (const Post& post : batch.insert)
        accounts.insert(post.account);
    for (const Post& post : batch.update)
        accounts.insert(post.account);
    for (const Amendment& amendment : batch.amendments)
        accounts.insert(amendment.account);
    for (const std::string_view account : accounts) {
        const std::string thing = "account:" + std::string{account};
        if (!database_.tells_of(thing))
            continue;
        if (!statements_[notify_written].use().bind(account).later())
            return failure("tell the other daemons");
    }
    return {};
}

namespace {

/// All zero stands for none.
void bind_or_null(Statement::Use& use, const Digest& digest) {
    if (digest == Digest{})
        use.null(Prepared::Type::blob);
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
    if (use.failed())
        return failure("look for a key");
    return false;
}

/// A known key is passed over, and so are the parts behind it. Only for those one waits for what came of the
/// part before.
Result<> Tables::insert_all(const std::vector<Post>& posts, bool each_alone, Applied& applied) {
    if (posts.empty())
        return {};
    bool look_for_buried = false;
    if (!database_.dialect().insert_heeds_tombstones) {
        const Result<bool> any_buried = is_buried(any_tombstone, nullptr);
        if (!any_buried)
            return any_buried.error();
        look_for_buried = *any_buried;
    }
    std::vector<std::optional<std::int64_t>> ids(posts.size());
    std::unordered_map<Digest, std::size_t> places; // of those that others may follow
    const bool threads = !each_alone && std::any_of(posts.begin(), posts.end(),
                                                    [](const Post& post) { return post.parent != Digest{}; });
    for (std::size_t i = 0; i < posts.size(); ++i) {
        const Post& post = posts[i];
        bool known = false;
        if (const auto parent = places.find(post.parent); parent != places.end()) {
            if (!database_.settle())
                return failure("insert post");
            known = !ids[parent->second];
        }
        if (!known && look_for_buried) {
            const Result<bool> buried = is_buried(find_tombstone, &post.key);
            if (!buried)
                return buried.error();
            known = *buried;
        }
        if (!known)
            if (Result<> inserted = insert(post, ids[i]); !inserted)
                return inserted;
        if (threads)
            places.insert_or_assign(post.key, i);
    }
    if (!database_.settle())
        return failure("insert post");
    for (const std::optional<std::int64_t>& id : ids)
        applied.inserted.push_back(id.value_or(0));
    return {};
}

Result<> Tables::insert(const Post& post, std::optional<std::int64_t>& id) {
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
        use.null(Prepared::Type::blob);
    else
        use.bind(text);
    use.bind(post.part).bind(post.parts);
    bind_or_null(use, post.parent);
    return use.insert(id) ? Result<>{} : failure("insert post");
}

Result<> Tables::update(const Post& post) {
    {
        const std::string content = content_to_text(post.content);
        auto use = statements_[update_post].use();
        bind_life(use, post, content);
        use.bind(post.parts).bind(post.id).bind(post.version);
        use.bind(post.status_id).bind(post.account).bind(post.status_id).bind(post.id);
        if (!use.done())
            return failure("update post");
        if (use.changes() == 1)
            return {};
    }
    if (!post.status_id.empty()) {
        auto use = statements_[owner_of_status].use();
        use.bind(post.account).bind(post.status_id).bind(post.id);
        if (use.row())
            return hold_instead(post, use.number());
        if (use.failed())
            return failure("look up a status");
    }
    return Failure{Cause::conflict, "post " + std::to_string(post.id) + " was changed by somebody else"};
}

/// One status settles one post (delivery rule 12). A reply that names another post's status proves nothing of
/// this one: it may be on the server or not, and that takes a person.
Result<> Tables::hold_instead(const Post& post, std::int64_t owner) {
    Post held = post;
    held.state = PostState::held;
    held.in_doubt = true;
    held.code = ReasonCode::foreign_status;
    held.reason = "the server answered with status " + post.status_id + ", which is post " +
                  std::to_string(owner) + "'s: look on the account's page whether this one is there too";
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
    return use.later() ? Result<>{} : failure("record attempt");
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
        if (!use.later())
            return failure("note item");
    }
    for (const Story& story : batch.stories) {
        auto use = statements_[put_story].use();
        use.bind(story.account).bind(story.story).bind(story.source).bind(story.told);
        if (!use.later())
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
        if (!use.later())
            return failure("write source");
    }
    for (const SourceAccount& state : batch.source_accounts) {
        auto use = statements_[put_source_account].use();
        use.bind(state.source).bind(state.account).bind(state.since).bind(state.spaced);
        if (!use.later())
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
        if (!use.later())
            return failure("write entry");
    }
    for (const DrawnItem& drawn : batch.drawn) {
        auto use = statements_[put_drawn].use();
        use.bind(drawn.entry).bind(drawn.item).bind(drawn.mark.last).bind(drawn.mark.round);
        if (!use.later())
            return failure("write what was drawn");
    }
    for (const DrawnItem& drawn : batch.drawn_gone) {
        auto use = statements_[forget_drawn].use();
        use.bind(drawn.entry).bind(drawn.item);
        if (!use.later())
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
        if (!use.later())
            return failure("write account");
    }
    if (batch.trust_noted)
        if (Result<> noted = step(trust_again, "note that the store is believed"); !noted)
            return noted;
    if (batch.now != Instant{}) {
        auto use = statements_[put_alive].use();
        use.bind(batch.now);
        if (!use.later())
            return failure("write sign of life");
    }
    return {};
}

Result<> Tables::write_origins(const Batch& batch) {
    for (const Rename& rename : batch.renames) {
        for (const Name name : {rename_origin, rename_posts}) {
            auto use = statements_[name].use();
            use.bind(to_text(rename.kind)).bind(rename.from).bind(rename.to);
            if (!use.later())
                return failure("rename");
        }
        const bool source = rename.kind == OriginKind::source;
        // What stood under the new name, of an earlier life, gives way.
        const std::initializer_list<Name> of_source{
            clear_source, rename_source, clear_source_accounts, rename_source_accounts,
            clear_seen,   rename_seen,   rename_stories,        rename_subscriptions};
        const std::initializer_list<Name> of_entry{clear_entry, rename_entry, clear_drawn, rename_drawn};
        for (const Name name : source ? of_source : of_entry) {
            auto use = statements_[name].use();
            use.bind(rename.from).bind(rename.to);
            if (!use.later())
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
        if (!use.later())
            return failure("write origin");
    }
    return {};
}

} // namespace crier::store
