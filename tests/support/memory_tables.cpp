#include "support/memory_tables.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace crier::test {
namespace {

template <class Row, class Same>
void put_row(std::vector<Row>& rows, Row&& row, Same same) {
    const auto known = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return same(r, row); });
    if (known == rows.end())
        rows.push_back(std::move(row));
    else
        *known = std::move(row);
}

bool is_open(PostState state) {
    return !is_final(state) && state != PostState::held && state != PostState::failed;
}

bool is_unfinished(PostState state) {
    return is_open(state) && state != PostState::waiting && state != PostState::ready;
}

bool is_admitted(const LaneQuery& query, const Post& post) {
    if (post.state == PostState::sending || post.state == PostState::doubt)
        return true;
    const bool scheduled = post.priority <= Priority::scheduled;
    if (scheduled && post.expires && *post.expires < query.now)
        return true;
    const Admit admit = scheduled ? query.scheduled : query.others;
    return admit == Admit::all ||
           (admit == Admit::text && std::all_of(post.content.media.begin(), post.content.media.end(),
                                                [](const Media& m) { return !m.server_id.empty(); }));
}

bool takes_precedence(const Post* a, const Post* b) {
    return std::make_tuple(!is_unfinished(a->state), static_cast<int>(a->priority), a->due, a->id) <
           std::make_tuple(!is_unfinished(b->state), static_cast<int>(b->priority), b->due, b->id);
}

bool matches(const Post& post, const PostQuery& query) {
    if ((query.id && post.id != *query.id) || (query.key && post.key != *query.key))
        return false;
    if (query.key_between && (post.key < query.key_between->first || post.key > query.key_between->second))
        return false;
    if (!query.account.empty() && post.account != query.account)
        return false;
    if (!query.status_ids.empty() &&
        std::find(query.status_ids.begin(), query.status_ids.end(), post.status_id) == query.status_ids.end())
        return false;
    if (!query.states.empty() &&
        std::find(query.states.begin(), query.states.end(), post.state) == query.states.end())
        return false;
    if (query.parent && (post.parent != *query.parent || post.parent == Digest{}))
        return false;
    if (query.in_doubt && !post.in_doubt)
        return false;
    if (query.behind && (post.code != ReasonCode::thread ||
                         (post.state != PostState::waiting && post.state != PostState::held)))
        return false;
    if (query.untried && (post.attempts > 0 || !is_open(post.state) || post.state == PostState::sending ||
                          post.state == PostState::doubt))
        return false;
    if (!query.origin.empty() && post.origin.name != query.origin)
        return false;
    if ((query.origin_kind && post.origin.kind != *query.origin_kind) ||
        (query.code && post.code != *query.code))
        return false;
    if (query.next_after && post.next <= *query.next_after)
        return false;
    if (query.since && post.created < *query.since)
        return false;
    if (query.active_since && post.created < *query.active_since &&
        (!post.last_attempt || *post.last_attempt < *query.active_since))
        return false;
    return query.grep.empty() ||
           ascii::lower(post.content.status).find(ascii::lower(query.grep)) != std::string::npos;
}

} // namespace

PostId MemoryTables::insert(Post&& post) {
    if (tombstones_.count(post.key) > 0)
        return 0;
    const auto [place, added] = by_key_.emplace(post.key, static_cast<PostId>(posts_.size() + 1));
    if (!added)
        return 0;
    post.id = place->second;
    post.version = 1;
    AccountIndex& account = accounts_[post.account];
    if (is_open(post.state))
        account.open.insert(post.id);
    if (post.receipt)
        account.receipts.emplace(*post.receipt, post.id);
    if (post.pin_next)
        account.pins.emplace(*post.pin_next, post.id);
    if (post.state == PostState::held)
        ++account.held[post.code];
    const Digest text = post.content.status.empty() ? Digest{} : digest_of(post.content.status);
    made_[{post.origin.kind, post.origin.name, post.account}].emplace_back(post.id, text);
    posts_.push_back(std::move(post));
    return place->second;
}

void MemoryTables::update(Post&& post) {
    Post& row = posts_.at(static_cast<std::size_t>(post.id - 1));
    const std::int64_t version = row.version + 1;
    AccountIndex& account = accounts_[row.account];
    if (row.receipt)
        account.receipts.erase({*row.receipt, row.id});
    if (row.pin_next)
        account.pins.erase({*row.pin_next, row.id});
    if (row.state == PostState::held)
        --account.held[row.code];
    row = std::move(post);
    row.version = version;
    if (!row.status_id.empty()) {
        const auto owner = account.by_status.try_emplace(row.status_id, row.id).first;
        if (owner->second != row.id) {
            // One status settles one post (delivery rule 12).
            row.state = PostState::held;
            row.code = ReasonCode::foreign_status;
            row.in_doubt = true;
            row.reason = "status " + row.status_id + " is post " + std::to_string(owner->second) + "'s";
            row.status_id.clear();
            row.status_url.clear();
            row.receipt.reset();
            row.pin_next.reset();
        }
    }
    if (row.receipt)
        account.receipts.emplace(*row.receipt, row.id);
    if (row.pin_next)
        account.pins.emplace(*row.pin_next, row.id);
    if (row.state == PostState::held)
        ++account.held[row.code];
    if (is_open(row.state))
        account.open.insert(row.id);
    else
        account.open.erase(row.id);
}

void MemoryTables::put(const Attempt& attempt) {
    std::vector<std::size_t>& known = attempts_of_[attempt.post];
    for (const std::size_t place : known)
        if (attempts_[place].number == attempt.number) {
            attempts_[place] = attempt;
            return;
        }
    known.push_back(attempts_.size());
    attempts_.push_back(attempt);
}

void MemoryTables::ask(Amendment amendment) {
    const auto known = amendments_.find(amendment.post);
    if (amendment.kind == Amendment::Kind::keep) {
        if (known != amendments_.end() && known->second.next && (amendment.person || !known->second.person)) {
            known->second.kind = amendment.kind;
            known->second.asked = amendment.asked;
            known->second.next.reset();
        }
        return;
    }
    if (known != amendments_.end() && !amendment.person) {
        const Amendment& before = known->second;
        const bool stronger =
            amendment.kind == Amendment::Kind::remove && before.kind != Amendment::Kind::remove;
        if (before.closed || (before.person && before.next && !stronger))
            return;
    }
    amendment.closed = known != amendments_.end() && known->second.closed;
    amendment.edits = known == amendments_.end() ? 0 : known->second.edits;
    amendments_[amendment.post] = std::move(amendment);
}

void MemoryTables::settle(const Amendment& amendment) {
    const auto known = amendments_.find(amendment.post);
    if (known == amendments_.end() || known->second.asked != amendment.asked)
        return;
    known->second.next = amendment.next;
    known->second.tries = amendment.tries;
    known->second.edits = amendment.edits;
    known->second.closed = amendment.closed;
    known->second.note = amendment.note;
}

/// The first that may be made, or when there will be one.
void MemoryTables::tell_amendment(const LaneQuery& query, LaneWork& work) const {
    const Amendment* first = nullptr;
    Instant when{};
    for (const auto& [id, amendment] : amendments_) {
        const Post& post = posts_[static_cast<std::size_t>(id - 1)];
        const bool removes = amendment.kind == Amendment::Kind::remove;
        const bool meant =
            query.undo_only ? removes && amendment.person : amendment.person || !query.orders_only;
        if (amendment.account != query.account || !amendment.next || !meant || post.id != id ||
            post.state != PostState::published || post.status_id.empty())
            continue;
        const Instant turn = std::max(*amendment.next, removes ? query.removals_from : query.edits_from);
        // Of those that may be made, by when they were to be made.
        const bool sooner =
            first == nullptr ||
            (turn <= query.now && when <= query.now ? *amendment.next < *first->next : turn < when);
        if (sooner) {
            first = &amendment;
            when = turn;
        }
    }
    if (first == nullptr || when == Instant::max())
        return;
    if (when <= query.now)
        work.amendment.emplace(*first, posts_[static_cast<std::size_t>(first->post - 1)]);
    else if (!work.next || when < *work.next)
        work.next = when;
}

/// Before all else.
void MemoryTables::tell_undo(const LaneQuery& query, LaneWork& work) const {
    LaneQuery only = query;
    only.undo_only = true;
    tell_amendment(only, work);
    if (!query.undo_only)
        work.next.reset();
}

void MemoryTables::tell_pin(const LaneQuery& query, LaneWork& work) const {
    for (const auto& [when, id] : accounts_.find(query.account)->second.pins) {
        const Post& post = posts_[static_cast<std::size_t>(id - 1)];
        if (post.state != PostState::published || post.status_id.empty())
            continue;
        const Instant turn = std::max(when, query.pins_from);
        if (turn <= query.now)
            work.pin = post;
        else if (!work.next || turn < *work.next)
            work.next = turn;
        return;
    }
}

bool MemoryTables::to_be_deleted(const Post& post) const {
    const auto known = amendments_.find(post.id);
    return known != amendments_.end() && known->second.next &&
           known->second.kind == Amendment::Kind::remove && post.state != PostState::deleted &&
           post.state != PostState::cancelled && post.state != PostState::failed &&
           post.state != PostState::expired;
}

std::optional<Amendment> MemoryTables::amendment(PostId post) const {
    const auto known = amendments_.find(post);
    return known == amendments_.end() ? std::nullopt : std::optional{known->second};
}

void MemoryTables::put(SeenItem item) {
    SourceIndex& index = seen_[{item.source, item.account}];
    item.shown = std::max(item.seen, item.shown);
    const auto [known, added] = index.by_item.emplace(item.item, items_.size());
    if (!added) {
        SeenItem& row = items_[known->second];
        row.shown = std::max(row.shown, item.shown);
        if (item.said != Digest{})
            row.said = item.said;
        return;
    }
    if (item.link != Digest{})
        index.by_link[item.link].push_back(items_.size());
    items_.push_back(item);
}

void MemoryTables::rename(const Rename& rename) {
    const auto change = [&](std::string& name) {
        if (name == rename.from)
            name = rename.to;
    };
    for (OriginState& state : states_.origins)
        if (state.kind == rename.kind)
            change(state.name);
    for (Post& post : posts_)
        if (post.origin.kind == rename.kind)
            change(post.origin.name);
    if (rename.kind == OriginKind::entry) {
        for (EntryState& state : states_.entries)
            change(state.entry);
        for (DrawnItem& drawn : states_.drawn)
            change(drawn.entry);
        return;
    }
    for (SourceState& state : states_.sources)
        change(state.source);
    for (SourceAccount& state : states_.source_accounts)
        change(state.source);
    for (Subscription& one : states_.subscriptions)
        change(one.source);
    for (SeenItem& item : items_)
        change(item.source);
    for (auto& [key, story] : stories_)
        change(story.source);
    std::map<std::pair<std::string, std::string>, SourceIndex> seen;
    for (auto& [key, index] : seen_)
        seen.emplace(std::pair{key.first == rename.from ? rename.to : key.first, key.second},
                     std::move(index));
    seen_ = std::move(seen);
}

Result<Applied> MemoryTables::apply(Batch&& batch) {
    for (const Post& update : batch.update)
        if (update.version != posts_.at(static_cast<std::size_t>(update.id - 1)).version)
            return Failure{Cause::conflict,
                           "post " + std::to_string(update.id) + " was changed by somebody else"};
    ++commits_;
    Applied applied;
    for (const Rename& one : batch.renames)
        rename(one);
    for (OriginState& state : batch.origins)
        put_row(states_.origins, std::move(state),
                [](const auto& a, const auto& b) { return a.kind == b.kind && a.name == b.name; });
    std::unordered_set<Digest> passed_over;
    for (Post& post : batch.insert) {
        const Digest key = post.key;
        applied.inserted.push_back(passed_over.count(post.parent) > 0 ? 0 : insert(std::move(post)));
        if (applied.inserted.back() == 0)
            passed_over.insert(key);
    }
    for (Belongings& belongings : batch.belongings) {
        const PostId post = applied.inserted.at(belongings.place);
        if (post == 0)
            continue;
        for (Attempt& attempt : belongings.attempts) {
            attempt.post = post;
            put(attempt);
        }
        if (belongings.amendment) {
            belongings.amendment->post = post;
            ask(std::move(*belongings.amendment));
        }
    }
    for (Post& post : batch.update)
        update(std::move(post));
    for (const Attempt& attempt : batch.attempts)
        put(attempt);
    for (Amendment& amendment : batch.amendments)
        ask(std::move(amendment));
    for (const Amendment& amendment : batch.amended)
        settle(amendment);
    for (const SeenItem& item : batch.seen)
        put(item);
    for (SourceState& state : batch.sources)
        put_row(states_.sources, std::move(state),
                [](const auto& a, const auto& b) { return a.source == b.source; });
    for (const Story& story : batch.stories) {
        const auto [known, added] = stories_.try_emplace({story.account, story.story}, story);
        if (!added)
            known->second.told = std::max(known->second.told, story.told);
    }
    for (SourceAccount& state : batch.source_accounts) {
        for (const SourceAccount& known : states_.source_accounts)
            if (known.source == state.source && known.account == state.account) {
                state.since = known.since;
                state.spaced = std::max(state.spaced, known.spaced);
            }
        put_row(states_.source_accounts, std::move(state),
                [](const auto& a, const auto& b) { return a.source == b.source && a.account == b.account; });
    }
    for (Wish& wish : batch.wishes)
        put_row(states_.wishes, std::move(wish),
                [](const auto& a, const auto& b) { return a.thing == b.thing; });
    for (const Wish& done : batch.wishes_done)
        std::erase_if(states_.wishes,
                      [&](const Wish& wish) { return wish.thing == done.thing && wish.asked == done.asked; });
    for (EntryState& state : batch.entries) {
        for (const EntryState& known : states_.entries)
            if (known.entry == state.entry)
                state.since = known.since;
        put_row(states_.entries, std::move(state),
                [](const auto& a, const auto& b) { return a.entry == b.entry; });
    }
    const auto same_drawn = [](const DrawnItem& a, const DrawnItem& b) {
        return a.entry == b.entry && a.item == b.item;
    };
    for (DrawnItem& drawn : batch.drawn)
        put_row(states_.drawn, std::move(drawn), same_drawn);
    for (const DrawnItem& gone : batch.drawn_gone)
        std::erase_if(states_.drawn, [&](const DrawnItem& drawn) { return same_drawn(drawn, gone); });
    for (AccountState& state : batch.accounts)
        put_row(states_.accounts, std::move(state),
                [](const auto& a, const auto& b) { return a.account == b.account; });
    const auto same_alert = [](const AlertState& a, const AlertState& b) {
        return a.kind == b.kind && a.subject == b.subject;
    };
    for (AlertState& alert : batch.alerts)
        put_row(states_.alerts, std::move(alert), same_alert);
    for (const AlertState& ended : batch.alerts_ended)
        std::erase_if(states_.alerts, [&](const AlertState& alert) { return same_alert(alert, ended); });
    for (Subscription& one : batch.subscriptions)
        put_row(states_.subscriptions, std::move(one),
                [](const auto& a, const auto& b) { return a.id == b.id; });
    for (const std::string& id : batch.subscriptions_ended)
        std::erase_if(states_.subscriptions, [&](const Subscription& one) { return one.id == id; });
    for (const Tombstone& tombstone : batch.tombstones)
        tombstones_[tombstone.key] = tombstone.expires;
    if (batch.trust_noted)
        states_.trust = Trust::whole;
    states_.last_alive = std::max(states_.last_alive, batch.now);
    return applied;
}

LaneWork MemoryTables::lane(const LaneQuery& query) const {
    LaneWork work;
    std::vector<const Post*> due;
    const auto account = accounts_.find(query.account);
    if (account == accounts_.end())
        return work;
    tell_undo(query, work);
    if (work.amendment || query.undo_only)
        return work;
    for (const PostId id : account->second.open) {
        const Post& post = posts_[static_cast<std::size_t>(id - 1)];
        if (post.priority <= Priority::scheduled && post.next <= query.horizon) {
            Expected expected;
            expected.id = post.id;
            expected.next = post.next;
            expected.media = static_cast<int>(post.content.media.size());
            work.expected.push_back(expected);
        }
        if (post.next <= query.now) {
            if (is_admitted(query, post))
                due.push_back(&post);
        } else if (post.next != Instant::max() && (!work.next || post.next < *work.next)) {
            work.next = post.next;
        }
    }
    if (due.empty())
        tell_amendment(query, work);
    if (due.empty() && !work.amendment)
        tell_pin(query, work);
    if (work.amendment || work.pin)
        return work;
    const auto& receipts = account->second.receipts;
    if (due.empty() && !query.narrow() && !query.tell_next && !receipts.empty()) {
        const auto& [receipt, id] = *receipts.begin();
        const Instant when = std::max(receipt, query.receipts_from);
        if (when <= query.now)
            due.push_back(&posts_[static_cast<std::size_t>(id - 1)]);
        else if (!work.next || when < *work.next)
            work.next = when;
    }
    const std::size_t count = std::min(query.limit, due.size());
    std::partial_sort(due.begin(), due.begin() + static_cast<std::ptrdiff_t>(count), due.end(),
                      takes_precedence);
    work.posts.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        work.posts.push_back(*due[i]);
    if (!work.posts.empty() && !query.narrow() && !query.tell_next)
        work.next.reset();
    return work;
}

std::vector<Post> MemoryTables::find(const PostQuery& query) const {
    std::vector<const Post*> found;
    if (query.id || query.key) {
        PostId id = query.id.value_or(0);
        if (query.key) {
            const auto known = by_key_.find(*query.key);
            id = known == by_key_.end() ? 0 : known->second;
        }
        if (id > 0 && id <= static_cast<PostId>(posts_.size()) &&
            matches(posts_[static_cast<std::size_t>(id - 1)], query))
            found.push_back(&posts_[static_cast<std::size_t>(id - 1)]);
    } else {
        for (const Post& post : posts_)
            if (post.id != 0 && matches(post, query) && (!query.to_be_deleted || to_be_deleted(post)))
                found.push_back(&post);
    }
    if (query.oldest_first)
        std::stable_sort(found.begin(), found.end(),
                         [](const Post* a, const Post* b) { return a->due < b->due; });
    else
        std::reverse(found.begin(), found.end());
    if (found.size() > query.limit)
        found.resize(query.limit);
    std::vector<Post> posts;
    posts.reserve(found.size());
    for (const Post* post : found)
        posts.push_back(*post);
    return posts;
}

std::vector<Attempt> MemoryTables::attempts(PostId post) const {
    std::vector<Attempt> found;
    if (const auto known = attempts_of_.find(post); known != attempts_of_.end())
        for (const std::size_t place : known->second)
            found.push_back(attempts_[place]);
    return found;
}

std::vector<SeenItem> MemoryTables::seen(const SeenQuery& query) const {
    std::vector<SeenItem> found;
    const auto index = seen_.find({query.source, query.account});
    if (index == seen_.end())
        return found;
    std::set<std::size_t> places;
    for (const Digest& item : query.items)
        if (const auto known = index->second.by_item.find(item); known != index->second.by_item.end())
            places.insert(known->second);
    for (const Digest& link : query.links)
        if (const auto known = index->second.by_link.find(link); known != index->second.by_link.end())
            places.insert(known->second.begin(),
                          known->second.begin() +
                              static_cast<std::ptrdiff_t>(std::min<std::size_t>(known->second.size(), 3)));
    for (const std::size_t place : places)
        found.push_back(items_[place]);
    return found;
}

std::vector<SeenItem> MemoryTables::newest_seen(const NewestSeen& query) const {
    std::vector<SeenItem> found;
    for (const SeenItem& item : items_)
        if (item.source == query.source && item.account == query.account)
            found.push_back(item);
    std::sort(found.begin(), found.end(), [](const SeenItem& a, const SeenItem& b) {
        return std::pair{b.seen, a.item} < std::pair{a.seen, b.item};
    });
    if (found.size() > query.limit)
        found.resize(query.limit);
    return found;
}

std::vector<Post> MemoryTables::agenda(const AgendaQuery& query) const {
    const auto inside = [&](Instant when) { return when >= query.from && when < query.until; };
    std::vector<Post> found;
    for (const Post& post : posts_) {
        if (post.id == 0 ||
            std::find(query.accounts.begin(), query.accounts.end(), post.account) == query.accounts.end())
            continue;
        const bool published = post.state == PostState::published && post.last_attempt;
        const bool open = !is_final(post.state) && post.state != PostState::failed;
        if (published ? inside(*post.last_attempt) : open && inside(post.due))
            found.push_back(post);
    }
    std::stable_sort(found.begin(), found.end(), [](const Post& a, const Post& b) { return a.due < b.due; });
    if (found.size() > query.limit)
        found.resize(query.limit);
    return found;
}

Counted MemoryTables::count_days(const std::vector<Instant>& days) const {
    DayTally tally{days};
    for (const Post& post : posts_) {
        if (post.id != 0 && post.state == PostState::published && post.last_attempt)
            tally.published(post.id, post.account, post.due, *post.last_attempt);
        if (post.id != 0 && post.state == PostState::failed)
            tally.failed(post.last_attempt.value_or(post.due));
    }
    return tally.finish();
}

std::vector<Story> MemoryTables::told(const StoryQuery& query) const {
    std::vector<Story> found;
    for (const Digest& story : query.stories)
        if (const auto known = stories_.find({query.account, story});
            known != stories_.end() && known->second.told > query.since)
            found.push_back(known->second);
    return found;
}

std::vector<std::vector<MadePost>> MemoryTables::made(const std::vector<MadeQuery>& queries) const {
    std::vector<std::vector<MadePost>> answers;
    for (const MadeQuery& query : queries) {
        std::vector<MadePost>& found = answers.emplace_back();
        const auto known = made_.find({query.kind, query.name, query.account});
        if (known == made_.end())
            continue;
        for (auto made = known->second.rbegin(); made != known->second.rend(); ++made) {
            const Post& row = posts_[static_cast<std::size_t>(made->first - 1)];
            if (row.created <= query.since || found.size() == query.limit)
                break;
            if (row.state == PostState::expired || row.state == PostState::cancelled ||
                row.priority == Priority::manual || row.part > 0)
                continue;
            found.push_back(MadePost{row.created, row.origin.item, row.link, made->second});
        }
    }
    return answers;
}

std::map<ReasonCode, std::int64_t> MemoryTables::held(const std::string& account) const {
    std::map<ReasonCode, std::int64_t> counted;
    if (const auto known = accounts_.find(account); known != accounts_.end())
        for (const auto& [code, count] : known->second.held)
            if (count > 0)
                counted.emplace(code, count);
    return counted;
}

std::map<PostState, std::int64_t> MemoryTables::counts(const std::string& account) const {
    std::map<PostState, std::int64_t> counted;
    for (const Post& post : posts_)
        if (post.id != 0 && (account.empty() || post.account == account))
            ++counted[post.state];
    return counted;
}

UnsettledCounts MemoryTables::unsettled() const {
    UnsettledCounts counted;
    for (const Post& post : posts_)
        if (post.id != 0 && (!is_final(post.state) || post.state == PostState::failed))
            ++counted[post.account][post.state];
    return counted;
}

std::map<std::string, Leaving> MemoryTables::leaving(const std::vector<std::string>& accounts,
                                                     Instant now) const {
    std::map<std::string, Leaving> all;
    for (const std::string& account : accounts)
        all[account];
    const auto first = [](std::optional<Instant>& of, Instant when) {
        of = std::min(of.value_or(when), when);
    };
    for (const Post& post : posts_) {
        const auto known = all.find(post.account);
        const bool later = post.state == PostState::waiting;
        const bool begun = post.state == PostState::uploading || post.state == PostState::sending ||
                           post.state == PostState::retrying;
        if (post.id == 0 || known == all.end() || (later && post.next == Instant::max()) ||
            (!later && !begun && post.state != PostState::ready))
            continue;
        const Instant since = later ? post.next : post.due;
        first(known->second.next, later || begun ? post.next : post.due);
        if (since <= now)
            first(known->second.overdue, since);
    }
    return all;
}

} // namespace crier::test
