#include "core/delivery/amend.hpp"
#include "engine/lane.hpp"

#include <utility>

/// Other words for what is published, or none: when nothing else is to be done.
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
    if (!profile_known_ || world_.clock.now() - profile_read_ > ServerProfiles::life) {
        (void)co_await learn_profile();
        co_return;
    }
    amendment = delivery::prepared(std::move(amendment), post);
    if (amendment.next && !wants(source_of_(post.origin), amendment.kind)) {
        amendment.next.reset();
        amendment.note = "its source does not have it " +
                         std::string{amendment.kind == Amendment::Kind::edit ? "edited" : "deleted"} +
                         " any more";
    }
    if (!amendment.next) {
        if (!amendment.note.empty())
            tell(amendment, post);
        outbox_.add(std::move(amendment));
        co_return;
    }
    if (!token_at_hand())
        co_return;
    const bool edits = amendment.kind == Amendment::Kind::edit;
    const rates::Call call = edits ? rates::Call::edit : rates::Call::remove;
    if (const rates::Turn turn = budget_.turn_of_amendment(call); turn.when > world_.clock.now()) {
        amendments_from_ = turn.when;
        co_return;
    }
    budget_.debit(call);
    keep_budget();
    if (co_await outbox_.flush() != OutboxWriter::Written::yes) {
        budget_.give_back(call);
        co_return;
    }
    Reply reply;
    if (edits)
        reply = co_await ports_.publisher->edit(post.status_id, amendment.content);
    else
        reply = co_await ports_.publisher->remove(post.status_id);
    delivery::Amended amended =
        delivery::settle_amendment(std::move(amendment), std::move(post), reply, settings_.delivery,
                                   world_.clock.now(), world_.random.next());
    if (amended.post_changed)
        outbox_.add(amended.post, OutboxWriter::Kind::outcome);
    tell(amended.amendment, amended.post);
    outbox_.add(std::move(amended.amendment));
    if (!heed(budget_.settle(call, reply), reply))
        apply(amended.lane);
    keep_budget();
}

void Lane::tell(const Amendment& amendment, const Post& post) const {
    const std::string id = std::to_string(post.id);
    const Log::Fields fields = {{"account", post.account}, {"post", id}, {"origin", post.origin.name}};
    if (post.state == PostState::deleted)
        world_.log.info("post.deleted", "post " + id + ": " + post.reason + ": " + post.status_url, fields);
    else if (amendment.note.empty())
        world_.log.info("post.edited", "post " + id + " follows its item: " + post.status_url, fields);
    else
        world_.log.warning("post.not_amended",
                           "post " + id + ": " + amendment.note +
                               (amendment.next ? "; again at " + to_rfc3339(*amendment.next) : ""),
                           fields);
}

} // namespace crier::engine
