#include "sandbox/state/world.hpp"

#include <utility>

namespace crier::sandbox {

World::World(Start from, std::string base, Time now)
    : start(std::move(from))
    , base_url(std::move(base)) {
    fill(now);
}

void World::reset(Time now) {
    clock.reset();
    accounts = Accounts{};
    oauth.clear();
    statuses.clear();
    media.clear();
    idempotency.clear();
    rates.clear();
    faults.clear();
    log.clear();
    stale_since.reset();
    fill(now);
}

void World::fill(Time now) {
    settings = start.settings;
    for (const Seat& seat : start.seats) {
        Token token;
        token.value = seat.token;
        token.account = accounts.account(seat.name, now).id;
        token.app = "crier-sandbox";
        token.scopes = seat.scopes;
        token.created = now;
        accounts.put_token(std::move(token));
    }
    feed.start(start.feed_items, start.feed_grows, now);
}

void World::tick(Time now) {
    media.vacuum(now);
    feed.tick(now);
    for (Scheduled& due : statuses.take_due(now)) {
        for (const std::string& id : due.draft.media)
            if (Attachment* const attachment = media.find(id))
                attachment->attached_to.clear();
        if (statuses.full())
            continue;
        Status status;
        static_cast<Draft&>(status) = std::move(due.draft);
        status.id = ids.next(now, settings.facts().ids);
        status.account = due.account;
        status.app = due.app;
        status.created = now;
        status.scheduled = true;
        publish(*this, std::move(status));
    }
}

Status& publish(World& world, Status status) {
    Status& made = world.statuses.add(std::move(status));
    for (const std::string& id : made.media)
        if (Attachment* const attachment = world.media.find(id))
            attachment->attached_to = made.id;
    return made;
}

} // namespace crier::sandbox
