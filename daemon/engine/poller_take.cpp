#include "core/address.hpp"
#include "core/text/plain.hpp"
#include "engine/item_post.hpp"
#include "engine/pages.hpp"
#include "engine/poller.hpp"
#include "engine/revise.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

// What a look means: posts, verdicts, and the source's own state, in one transaction.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// After a death a source is looked at so much too early at most.
constexpr Duration longest_unnoted = std::chrono::minutes{20};

} // namespace

asio::awaitable<Result<Intake>> Poller::take_for(std::size_t target, std::vector<Item>& items,
                                                 const std::vector<ItemIdentity>& identities, Instant now) {
    const PostTarget& to = source_->targets[target];
    SeenQuery query = seen_query(source_->name, to.account, identities);
    const Result<std::vector<SeenItem>> known = co_await world_.store.seen(std::move(query));
    if (!known)
        co_return known.error();
    const auto first_run = first_runs_.find(to.account);
    IntakeQuery intake{*source_,
                       to,
                       source_.whole().accounts.find(to.account)->second,
                       profile_(to.account),
                       filters_[target],
                       zone_,
                       now,
                       first_run == first_runs_.end() && !hears(*source_)};
    intake.empty_since = empty_since_;
    intake.identity = identity_;
    intake.heard = hears(*source_);
    intake.pushed = pushed_;
    intake.last_look = state_.last_success;
    intake.last_showing = last_showing_;
    if (memory_of)
        intake.memory = memory_of(to.account);
    if (first_run != first_runs_.end() && source_->first_run.publish)
        intake.first_look = first_run->second;
    if (const auto spaced = spaced_.find(to.account); spaced != spaced_.end())
        intake.spaced = spaced->second;
    intake.rebased =
        !hears(*source_) && !state_.identified.empty() && state_.identified != to_text(source_->identify_by);
    if (source_->dedupe && source_.whole().dedupe)
        intake.dedupe = &*source_.whole().dedupe;
    const StoryQuery stories = story_query(intake, items);
    if (!stories.stories.empty()) {
        Result<std::vector<Story>> told = co_await world_.store.told(stories);
        if (!told)
            co_return told.error();
        intake.told = std::move(*told);
    }
    co_await add_pages(intake, items, identities, *known);
    // From here on nothing is waited for until the stories are claimed.
    stories_.add_to(intake.told, stories);
    Intake taken = take_in(intake, items, identities, *known);
    stories_.claim(taken.stories);
    co_return taken;
}

/// Reads the pages that items link to, of those that are to be posted and want something of them.
asio::awaitable<void> Poller::add_pages(const IntakeQuery& intake, std::vector<Item>& items,
                                        const std::vector<ItemIdentity>& identities,
                                        const std::vector<SeenItem>& known) {
    if (!port_->reads_pages())
        co_return;
    const PostTemplate& post = *intake.target.post;
    if (std::none_of(items.begin(), items.end(), [&](const Item& item) { return wants_page(post, item); }))
        co_return;
    const Intake would = take_in(intake, items, identities, known);
    for (std::size_t i = 0; i < would.made.size() && i < most_pages; ++i) {
        Item& item = items[would.made[i]];
        if (wants_page(post, item))
            co_await read_page(item);
    }
}

/// Once, for all accounts.
asio::awaitable<void> Poller::read_page(Item& item) {
    if (item.page_read || !port_->reads_pages())
        co_return;
    item.page_read = true;
    Result<Item> page = co_await port_->page(item.link);
    if (page)
        add_page(item, std::move(*page));
    else
        world_.log.warning("source.page_unread", source_->name + ": " + page.error().message,
                           {{"source", source_->name}});
}

asio::awaitable<Result<ItemThread>> Poller::thread_of(std::string account, Digest item) {
    ItemOf of{*source_, identity_, std::move(account), item};
    co_return co_await thread_of_item(world_.store, source_.whole(), std::move(of));
}

void Poller::tell_post(const char* event, const Post& post, std::string_view what) const {
    const std::string which = std::to_string(post.id);
    world_.log.info(event, source_->name + ": post " + which + std::string{what},
                    {{"source", source_->name}, {"account", post.account}, {"post", which}});
}

/// Posts of items that say something else than they did, or that were taken back: those that have not left
/// follow, and the others where the source wants that.
asio::awaitable<Result<>> Poller::follow(std::size_t target, std::vector<Item>& items, const Intake& intake,
                                         Batch& batch) {
    const PostTarget& to = source_->targets[target];
    for (const Known& known : intake.changed) {
        Result<ItemThread> thread = co_await thread_of(to.account, known.first);
        if (!thread)
            co_return thread.error();
        if (thread->rows.empty())
            continue;
        const bool follows = follows_item(*thread);
        const bool edits = source_->on_update == OnUpdate::edit && may_be_edited(thread->rows.front());
        if (!follows && !edits) {
            tell_left(*thread);
            continue;
        }
        if (wants_page(*to.post, items[known.place]))
            co_await read_page(items[known.place]);
        std::vector<Composed> composed = compose_item(*source_, to, items[known.place], zone_,
                                                      thread->rows.front().created, profile_(to.account));
        if (follows)
            revise(std::move(*thread), std::move(composed), items[known.place], batch);
        else
            edit(thread->rows.front(), composed, batch);
    }
    for (const Known& known : intake.gone) {
        Result<ItemThread> thread = co_await thread_of(to.account, known.first);
        if (!thread)
            co_return thread.error();
        if (thread->rows.empty())
            continue;
        TakenBack back = taken_back(std::move(*thread), source_->on_delete == OnDelete::remove, batch.now);
        for (Post& post : back.cancelled) {
            tell_post("source.taken_back", post, " is cancelled: its item was taken back");
            batch.update.push_back(std::move(post));
        }
        for (Amendment& amendment : back.amendments) {
            world_.log.info("source.taken_back",
                            source_->name + ": post " + std::to_string(amendment.post) +
                                " is to be deleted: its item was taken back",
                            {{"source", source_->name},
                             {"account", to.account},
                             {"post", std::to_string(amendment.post)}});
            batch.amendments.push_back(std::move(amendment));
        }
    }
    co_return Result<>{};
}

void Poller::revise(ItemThread thread, std::vector<Composed> composed, const Item& item, Batch& batch) {
    const Post& head = thread.rows.front();
    const auto account = source_.whole().accounts.find(head.account);
    Acceptance acceptance;
    acceptance.origin = head.origin;
    acceptance.identity = identity_;
    acceptance.revision = thread.edition;
    acceptance.now = batch.now;
    acceptance.expires = item.expires;
    const bool was_held = head.state == PostState::held;
    Revised made =
        revised(std::move(thread), account->second, std::move(acceptance), std::move(composed), item.due);
    if (made.update.empty())
        return;
    // What was held for what it lacked is let go by nobody while the fuse is open.
    if (was_held && state_.fuse.open() && made.update.front().state != PostState::held)
        hold_by_fuse(made.update.front(), OriginKind::source, source_->name, state_.fuse);
    tell_post("source.revised", made.update.front(), " follows its item, which was changed");
    std::move(made.update.begin(), made.update.end(), std::back_inserter(batch.update));
    std::move(made.insert.begin(), made.insert.end(), std::back_inserter(batch.insert));
}

void Poller::edit(const Post& post, const std::vector<Composed>& composed, Batch& batch) {
    std::optional<Amendment> amendment = edited(post, composed, batch.now);
    if (amendment)
        batch.amendments.push_back(std::move(*amendment));
    else if (composed.size() > 1)
        tell_post("source.not_edited", post,
                  " stays as it is: what its item says now would take " + std::to_string(composed.size()) +
                      " posts");
    else
        tell_post(
            "source.not_edited", post,
            " stays as it is: what its item says now cannot be posted so (see `crier items --explain`)");
}

/// That a thread is not edited is said, once for each change.
void Poller::tell_left(const ItemThread& thread) const {
    const PostState state = thread.rows.front().state;
    const bool wanted =
        state == PostState::published ? source_->on_update == OnUpdate::edit : !is_final(state);
    if (thread.parts() > 1 && wanted)
        tell_post("source.not_edited", thread.rows.front(),
                  " stays as it is, although its item was changed: a thread that has begun, or that a person "
                  "has changed, is not made anew");
}

FuseCheck Poller::fuse_check(std::size_t target, Intake& intake, Instant now) const {
    FuseCheck check;
    check.kind = OriginKind::source;
    check.name = source_->name;
    check.account = source_->targets[target].account;
    check.limits = source_->fuse.value_or(source_.whole().fuse);
    // Posts that keep such a distance cannot be too many at a time, however many come at once.
    if (source_->spacing > Duration{} && source_->spacing * check.limits.posts >= check.limits.within)
        check.limits.posts = std::numeric_limits<int>::max();
    // What a first run may post a person has asked for.
    const bool asked_for = !source_->first_run.publish ||
                           intake.posts.size() <= static_cast<std::size_t>(*source_->first_run.publish);
    if (intake.first_run && asked_for)
        check.limits.on = false;
    // After an absence as much may be new as it makes in such a time.
    check.within = check.limits.within;
    if (state_.last_success != Instant{} && !hears(*source_))
        check.within = std::max(check.within, now - state_.last_success);
    if (const auto first_run = first_runs_.find(check.account);
        first_run != first_runs_.end() && first_run->second <= now)
        check.after = first_run->second;
    check.one_link = source_->repeats || !source_->links_tell;
    check.fixed_text =
        source_->repeats || source_->targets[target].post->status.source().find("{{") == std::string::npos;
    check.posts = std::move(intake.posts);
    return check;
}

/// What a good look changes. Nothing is awaited here: a pause that came meanwhile stands.
void Poller::note_look(const SourceYield& yield) {
    state_.failures = 0;
    state_.error.clear();
    failing_since_.reset();
    alerts_.clear(AlertKind::source_down, "source:" + source_->name);
    state_.last_success = world_.clock.now();
    state_.cursor = yield.cursor;
    if (!yield.moved_to.empty() && yield.moved_to != state_.url) {
        state_.url = yield.moved_to;
        state_.moved_from = source_->url;
        world_.log.info("source.moved",
                        source_->name + " has moved for good to " + shown_address(yield.moved_to) +
                            "; put that into its `url`",
                        {{"source", source_->name}});
        port_.reset();
    }
    if (yield.gone) {
        state_.paused = true;
        state_.note = std::string{gone_for_good} +
                      ": not looked at again until `crier resume source:" + source_->name + "`";
        world_.log.error("source.gone", source_->name + " is " + state_.note, {{"source", source_->name}});
        alerts_.raise(AlertKind::source_down, "source:" + source_->name, source_->name + " is " + state_.note,
                      "give it another `url`, or remove it");
    } else if (!yield.unchanged && !state_.paused) {
        state_.note = text::counted(yield.items.size() + waiting_.items().size(), "item", "items");
        if (!waiting_.empty())
            state_.note += ", " + std::to_string(waiting_.items().size()) + std::string{for_later};
    }
    if (!yield.unchanged && !yield.gone)
        state_.identified = to_text(source_->identify_by);
    schedule_next(yield.wait);
    if (yield.again)
        state_.next_poll = std::min(state_.next_poll, world_.clock.now() + *yield.again);
}

namespace {

/// What a look has claimed of the stories is free again when nothing comes of it, also when it is cut off: of
/// a source that goes, nobody would release it.
class Claims {
public:
    Claims(StoryBook& book, const std::vector<std::pair<std::string, Intake>>& taken)
        : book_(book)
        , taken_(taken) {}
    ~Claims() { release(); }
    Claims(const Claims&) = delete;
    Claims& operator=(const Claims&) = delete;

    void release() {
        if (!std::exchange(held_, false))
            return;
        for (const auto& [account, intake] : taken_)
            book_.release(intake.stories);
    }
    /// They are the store's now, whatever becomes of the look.
    void hand_over() noexcept { held_ = false; }
    /// It did not take them.
    void refused() {
        held_ = true;
        release();
    }

private:
    StoryBook& book_;
    const std::vector<std::pair<std::string, Intake>>& taken_;
    bool held_ = true;
};

} // namespace

asio::awaitable<bool> Poller::take(SourceYield& yield, bool looked) {
    for (const std::string& warning : yield.warnings)
        world_.log.warning("source.warned", source_->name + ": " + warning, {{"source", source_->name}});
    Batch batch;
    batch.now = world_.clock.now();
    made_ = 0;
    std::vector<std::pair<std::string, Intake>> taken;
    Claims claims{stories_, taken};
    std::vector<FuseCheck> checks;
    const bool shows_any = !yield.items.empty() || !waiting_.empty();
    if (!yield.unchanged && !yield.gone) {
        const std::vector<ItemIdentity> identities = identify_all(yield.items, source_->identify_by);
        if (moves_files(*source_))
            for (std::size_t i = 0; i < yield.items.size(); ++i)
                shown_.emplace_back(yield.items[i].id, identities[i].item);
        for (std::size_t i = 0; i < source_->targets.size(); ++i) {
            Result<Intake> intake = co_await take_for(i, yield.items, identities, batch.now);
            if (!intake) {
                claims.release();
                co_return co_await failed(intake.error());
            }
            taken.emplace_back(source_->targets[i].account, std::move(*intake));
            Intake& mine = taken.back().second;
            if (const Result<> followed = co_await follow(i, yield.items, mine, batch); !followed) {
                claims.release();
                co_return co_await failed(followed.error());
            }
            stale_ = stale_ || mine.stale;
            note_account(mine, taken.back().first, shows_any, batch);
            checks.push_back(fuse_check(i, mine, batch.now));
        }
    }
    if (!checks.empty())
        if (const Result<> read = co_await read_pasts(world_.store, checks); !read) {
            claims.release();
            co_return co_await failed(read.error());
        }
    // Paused meanwhile: as if it had not looked. What it made would come after all that was taken back.
    if (state_.paused && !began_paused_) {
        claims.release();
        co_return false;
    }
    // From here to apply() nothing is waited for: what a person has said of the fuse meanwhile stands.
    const fuse::State fuse_before = state_.fuse;
    bool tripped = false;
    bool left = false;
    for (std::size_t i = 0; i < checks.size(); ++i) {
        tripped = heed_fuse(checks[i], state_.fuse, batch.now) || tripped;
        Intake& intake = taken[i].second;
        intake.posts = std::move(checks[i].posts);
        // How many they are, and in which state, is asked below.
        std::move(intake.posts.begin(), intake.posts.end(), std::back_inserter(batch.insert));
        std::move(intake.parts.begin(), intake.parts.end(), std::back_inserter(batch.insert));
        batch.stories.insert(batch.stories.end(), intake.stories.begin(), intake.stories.end());
        left = left || intake.left > 0;
    }
    const Instant last_whole_look = state_.last_success;
    const bool recovers = state_.failures > 0;
    if (looked)
        note_look(yield);
    if (looked && !left && (shows_any || (yield.unchanged && !state_.note.starts_with(shows_nothing))))
        last_showing_ = state_.last_success;
    if (left) { // the rest is in the same document: it must come again, and counts as not shown yet
        state_.cursor.clear();
        state_.last_success = last_whole_look;
    }
    if (!recovers && may_note_later(yield, batch)) {
        owes_note_ = true;
        count(taken, looked);
        co_return true;
    }
    batch.sources.push_back(state_);
    const Instant batch_now = batch.now;
    const PostsMade posts{batch.insert};
    if (stopping_) // cut off meanwhile: this would end here, and the store would not hear of it
        co_return false;
    claims.hand_over();
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    if (!applied) {
        // Nothing of it happened: the same look again, soon.
        claims.refused();
        state_.cursor.clear();
        if (tripped && state_.fuse.tripped == batch_now)
            state_.fuse = fuse_before;
        if (applied.error().cause == Cause::conflict) { // a post has just left, and follows no more
            crossed_ = true;
            state_.next_poll = world_.clock.now();
            co_return false;
        }
        co_return co_await failed(applied.error());
    }
    noted_ = batch_now;
    owes_note_ = false;
    posts.count(world_.tally, *applied);
    count(taken, looked);
    if (tripped)
        tell_tripped(world_.log, alerts_, OriginKind::source, source_->name, state_.fuse);
    // One that has shown something before (to another account) and is empty now is being made anew.
    if (looked && !shows_any && !yield.unchanged && !empty_since_ && first_runs_.empty())
        empty_since_ = world_.clock.now();
    for (const auto& [account, intake] : taken) {
        made_ += intake.posts.size();
        if (shows_any)
            first_runs_.emplace(account, batch_now);
        if (intake.spaced != Instant{})
            spaced_[account] = intake.spaced;
        tell(account, intake, yield.items.size());
        if (!intake.posts.empty() || !intake.changed.empty() || !intake.gone.empty())
            accepted_(account);
        if (std::any_of(intake.posts.begin(), intake.posts.end(),
                        [](const Post& post) { return post.state == PostState::held; }))
            alerts_.review_held(account);
    }
    co_return true;
}

void Poller::count(const std::vector<std::pair<std::string, Intake>>& taken, bool looked) {
    SourceTally& tally = world_.tally.source(source_->name);
    bool news = false;
    for (const auto& [account, intake] : taken) {
        tally.items[ItemFate::accepted] += intake.posts.size();
        tally.items[ItemFate::filtered] += intake.filtered;
        tally.items[ItemFate::noted] += intake.noted;
        tally.items[ItemFate::told] += intake.told;
        tally.items[ItemFate::adopted] += intake.adopted;
        news = news || intake.fresh > 0;
        if (!intake.posts.empty())
            tally.last_new = world_.clock.now();
    }
    if (looked)
        ++tally.looks[news ? LookEnd::news : LookEnd::unchanged];
}

/// That there was nothing new is worth a write now and then, and at the end: what a death forgets is only
/// that the source need not be looked at again so soon.
bool Poller::may_note_later(const SourceYield& yield, const Batch& batch) const {
    const bool only_a_look = yield.unchanged && !yield.gone && batch.empty() && yield.moved_to.empty();
    return only_a_look && batch.now - noted_ < longest_unnoted &&
           state_.next_poll - batch.now < longest_unnoted;
}

/// What the store is to know of the source and this account.
void Poller::note_account(Intake& intake, const std::string& account, bool shows_any, Batch& batch) {
    std::move(intake.seen.begin(), intake.seen.end(), std::back_inserter(batch.seen));
    intake.seen.clear();
    // A look that shows nothing (a site that is being made anew) is no first run: the next one would flood.
    const bool first = intake.first_run && shows_any;
    if (!first && intake.spaced == Instant{})
        return;
    const auto known = first_runs_.find(account);
    SourceAccount row;
    row.source = source_->name;
    row.account = account;
    row.since = known == first_runs_.end() ? batch.now : known->second;
    row.spaced = intake.spaced;
    batch.source_accounts.push_back(std::move(row));
}

void Poller::tell(const std::string& account, const Intake& intake, std::size_t items) {
    if (intake.empty > 0)
        world_.log.warning("source.empty",
                           source_->name + ": " + text::counted(intake.empty, "item", "items") +
                               " without title, text, link and media " +
                               (intake.empty == 1 ? "was" : "were") + " passed over",
                           {{"source", source_->name}, {"account", account}});
    if (!world_.log.takes(LogLevel::info))
        return;
    const std::string& name = source_->name;
    const auto held = std::count_if(intake.posts.begin(), intake.posts.end(),
                                    [](const Post& post) { return post.state == PostState::held; });
    if (intake.first_run && (intake.noted > 0 || intake.adopted > 0))
        world_.log.info("source.first_run",
                        name + ": " + text::counted(intake.noted, "item", "items") + " noted, " +
                            (intake.posts.empty() ? "none" : std::to_string(intake.posts.size())) +
                            " posted (first_run)" +
                            (intake.adopted > 0 ? ", " + std::to_string(intake.adopted) + " adopted" : "") +
                            "; see one with `crier preview --source " + name +
                            " --last 1`, post one with `crier items " + name + " --post ID`",
                        {{"source", name}, {"account", account}});
    else if (intake.fresh > 0)
        world_.log.info("source.items_taken",
                        name + ": " + std::to_string(intake.fresh) + " new of " + std::to_string(items) +
                            ": " + std::to_string(intake.posts.size()) + " accepted, " +
                            std::to_string(intake.filtered) + " passed over (filter, age)" +
                            (intake.told > 0 ? ", " + std::to_string(intake.told) + " told before" : "") +
                            (intake.left > 0 ? ", " + std::to_string(intake.left) + " left for later" : "") +
                            (held > 0 ? ", " + std::to_string(held) + " of them held for a person" : ""),
                        {{"source", name}, {"account", account}});
}

} // namespace crier::engine
