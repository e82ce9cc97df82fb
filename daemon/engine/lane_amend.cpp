#include "core/delivery/amend.hpp"
#include "engine/lane.hpp"

#include <utility>

/// Other words for what is published, or none: when nothing else is to be done, but that what a person wants
/// gone comes first.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// A person may have thought better of it since.
bool wants(const SourceSettings* source, Amendment::Kind kind) {
    return source != nullptr && (kind == Amendment::Kind::edit ? source->on_update == OnUpdate::edit
                                                               : source->on_delete == OnDelete::remove);
}

} // namespace

/// Both calls may be repeated, so nothing but what they take of the limits is recorded before them.
asio::awaitable<void> Lane::amend(Amendment amendment, Post post) {
    sieve_.moved(); // there may be another one
    if (!co_await knows_profile())
        co_return;
    amendment = delivery::prepared(std::move(amendment), post, profile_, world_.clock.now());
    if (amendment.next && !amendment.person && !wants(source_of_(post.origin), amendment.kind)) {
        amendment.next.reset();
        amendment.note = "its source does not have it " +
                         std::string{amendment.kind == Amendment::Kind::edit ? "edited" : "deleted"} +
                         " any more";
    }
    if (amendment.next && !amendment.person && amendment.kind == Amendment::Kind::edit && needs_approval &&
        needs_approval(post)) {
        amendment.next.reset();
        amendment.note =
            "its item was changed, and what is sent needs approval: `crier outbox edit` changes it";
    }
    if (!amendment.next) {
        if (!amendment.note.empty())
            tell(amendment, post);
        outbox_.add(std::move(amendment));
        co_return;
    }
    const bool edits = amendment.kind == Amendment::Kind::edit;
    if (!edits && post.parts > 1) {
        if (const std::optional<Instant> behind = co_await turn_of_part_behind(post)) {
            amendment.next = *behind + std::chrono::microseconds{1};
            outbox_.add(std::move(amendment));
            co_return;
        }
    }
    if (!token_at_hand())
        co_return;
    const rates::Call call = edits ? rates::Call::edit : rates::Call::remove;
    if (const rates::Turn turn = budget_.turn_of_amendment(call); turn.when > world_.clock.now()) {
        (edits ? edits_from_ : removals_from_) = turn.when;
        if (amendment.person)
            world_.log.info("account.budget_spent",
                            settings_->name + (edits ? " edits" : " deletes") + " more at " +
                                to_rfc3339(turn.when) + ": " + turn.why,
                            {{"account", settings_->name}, {"until", to_rfc3339(turn.when)}});
        co_return;
    }
    budget_.debit(call);
    keep_budget();
    if (co_await outbox_.flush() != OutboxWriter::Written::yes) {
        budget_.give_back(call);
        co_return;
    }
    Reply reply;
    const PostContent sent =
        edits ? delivery::edit_to_send(amendment, post, world_.clock.now()) : PostContent{};
    if (edits)
        reply = co_await ports_.publisher->edit(post.status_id, sent);
    else
        reply = co_await ports_.publisher->remove(post.status_id);
    delivery::Amended amended =
        delivery::settle_amendment(std::move(amendment), std::move(post), reply, settings_->delivery,
                                   world_.clock.now(), world_.random.next());
    if (amended.post_changed)
        outbox_.add(amended.post, OutboxWriter::Kind::outcome);
    if (amended.post.state == PostState::deleted)
        world_.tally.note_end(amended.post);
    tell(amended.amendment, amended.post);
    outbox_.add(std::move(amended.amendment));
    if (!heed(budget_.settle(call, reply), reply))
        apply(amended.lane);
    keep_budget();
}

/// False: it is asked for first, or could not be had.
asio::awaitable<bool> Lane::knows_profile() {
    if (profile_known_ && world_.clock.now() - profile_read_ <= ServerProfiles::life)
        co_return true;
    (void)co_await learn_profile();
    co_return false;
}

/// Of a thread that is deleted, the last part goes first: when the one behind `post` is to go, if it is.
asio::awaitable<std::optional<Instant>> Lane::turn_of_part_behind(const Post& post) {
    PostQuery query;
    query.parent = post.key;
    query.states = {PostState::published};
    const Result<std::vector<Post>> found = co_await world_.store.find(std::move(query));
    if (!found || found->empty())
        co_return std::nullopt;
    const Result<std::optional<Amendment>> asked = co_await world_.store.amendment(found->front().id);
    if (!asked || !asked->has_value() || (*asked)->kind != Amendment::Kind::remove)
        co_return std::nullopt;
    co_return (*asked)->next;
}

/// Whoever pauses an account and takes back what it posted means both. False: there is nothing to do now.
asio::awaitable<bool> Lane::undo_while_paused() {
    undo_next_.reset();
    if (settings_->mode == Mode::dry)
        co_return false;
    if (!outbox_.empty() && co_await outbox_.flush() == OutboxWriter::Written::stopped)
        co_return false;
    LaneQuery query;
    query.account = settings_->name;
    query.now = world_.clock.now();
    query.undo_only = true;
    query.removals_from = removals_from_;
    Result<LaneWork> work = co_await world_.store.lane(std::move(query));
    if (!work) {
        undo_next_ = world_.clock.now() + std::chrono::seconds{5};
        co_return false;
    }
    undo_next_ = work->next;
    if (!work->amendment || stopping_)
        co_return false;
    if (!ours()) {
        undo_next_ = world_.clock.now() + std::chrono::seconds{1};
        co_return false;
    }
    undo_next_ = world_.clock.now(); // and whatever comes behind it
    auto [amendment, published] = std::move(*work->amendment);
    at_work_ = published.id;
    co_await amend(std::move(amendment), std::move(published));
    at_work_.reset();
    if (profile_known_)
        co_return true;
    undo_next_ = world_.clock.now() + std::chrono::seconds{5}; // a server that has not said what it is yet
    co_return false;
}

void Lane::tell(const Amendment& amendment, const Post& post) const {
    const std::string id = std::to_string(post.id);
    const Log::Fields fields = {{"account", post.account},
                                {"post", id},
                                {"origin", post.origin.name},
                                {"status_url", post.status_url}};
    if (post.state == PostState::deleted)
        world_.log.info("post.deleted", "post " + id + ": " + post.reason + ": " + post.status_url, fields);
    else if (amendment.note.empty())
        world_.log.info(
            "post.edited",
            "post " + id +
                (amendment.person ? " is edited, as a person wanted it: " : " follows its item: ") +
                post.status_url,
            fields);
    else
        world_.log.warning("post.not_amended",
                           "post " + id + ": " + amendment.note +
                               (amendment.next ? "; again at " + to_rfc3339(*amendment.next) : ""),
                           fields);
}

} // namespace crier::engine
