#include "store/tables.hpp"

#include <utility>

/// What is asked of hubs.
namespace crier::store {

Result<> Tables::write_subscriptions(const Batch& batch) {
    for (const Subscription& one : batch.subscriptions) {
        auto use = statements_[put_subscription].use();
        use.bind(one.id)
            .bind(one.source)
            .bind(one.hub.url)
            .bind(one.hub.topic)
            .bind(one.callback)
            .bind(one.secret)
            .bind(to_text(one.state))
            .bind(one.since)
            .bind(one.until)
            .bind(one.next)
            .bind(one.tries)
            .bind(one.last_push)
            .bind(one.note);
        if (!use.later())
            return failure("write subscription");
    }
    for (const std::string& id : batch.subscriptions_ended) {
        auto use = statements_[end_subscription].use();
        use.bind(id);
        if (!use.later())
            return failure("end subscription");
    }
    return {};
}

bool Tables::load_subscriptions(std::vector<Subscription>& subscriptions) {
    Statement statement =
        database_.prepare("SELECT id, source, hub, topic, callback, secret, state, since, "
                          "until, next, tries, last_push, note FROM subscriptions ORDER BY id");
    if (!statement)
        return false;
    auto use = statement.use();
    while (use.row()) {
        Subscription one;
        one.id = use.text();
        one.source = use.text();
        one.hub.url = use.text();
        one.hub.topic = use.text();
        one.callback = use.text();
        one.secret = use.text();
        one.state = parse_subscription_state(use.text()).value_or(Subscription::State::leaving);
        one.since = use.instant();
        one.until = use.instant();
        one.next = use.instant();
        one.tries = use.small();
        one.last_push = use.instant();
        one.note = use.text();
        subscriptions.push_back(std::move(one));
    }
    return !use.failed();
}

} // namespace crier::store
