#include "core/delivery/pin.hpp"
#include "engine/lane.hpp"

#include <utility>

/// What is to stand at the head of the account's page: after everything else.
namespace crier::engine {

namespace asio = boost::asio;

/// To ask twice does no harm, so nothing but what it takes of the limits is recorded before; and what a
/// person changes of the post meanwhile counts for more: then it is asked once more.
asio::awaitable<void> Lane::pin(Post post) {
    sieve_.moved();
    if (!co_await knows_profile())
        co_return;
    post = delivery::prepared_pin(std::move(post), profile_);
    if (!post.pin_next) {
        tell_pinned(post, false);
        outbox_.add(post, OutboxWriter::Kind::intent);
        co_return;
    }
    if (!token_at_hand())
        co_return;
    if (const rates::Turn turn = budget_.turn_of_amendment(rates::Call::pin);
        turn.when > world_.clock.now()) {
        pins_from_ = turn.when;
        co_return;
    }
    budget_.debit(rates::Call::pin);
    keep_budget();
    if (co_await outbox_.flush() != OutboxWriter::Written::yes) {
        budget_.give_back(rates::Call::pin);
        co_return;
    }
    const Reply reply = co_await ports_.publisher->pin(post.status_id, post.content.pin);
    delivery::Settled settled = delivery::settle_pin(std::move(post), reply, settings_->delivery,
                                                     world_.clock.now(), world_.random.next());
    tell_pinned(settled.post, reply.verdict == Verdict::pinned);
    outbox_.add(settled.post, OutboxWriter::Kind::intent);
    if (!heed(budget_.settle(rates::Call::pin, reply), reply))
        apply(settled.lane);
    keep_budget();
}

void Lane::tell_pinned(const Post& post, bool done) const {
    const std::string id = std::to_string(post.id);
    const Log::Fields fields = {{"account", post.account},
                                {"post", id},
                                {"origin", post.origin.name},
                                {"status_url", post.status_url}};
    if (done)
        world_.log.info("post.pinned",
                        "post " + id + (post.content.pin ? " is pinned: " : " is not pinned any more: ") +
                            post.status_url,
                        fields);
    else if (!post.pin_next)
        world_.log.warning("post.not_pinned", "post " + id + ": " + post.reason + ": " + post.status_url,
                           fields);
}

} // namespace crier::engine
