#include "store/tables.hpp"

#include <algorithm>
#include <utility>

namespace crier::store {

namespace {

void read_fuse(Statement::Use& use, fuse::State& fuse) {
    fuse.why = use.text();
    fuse.tripped = use.instant();
    fuse.reset = use.instant();
}

} // namespace

Result<States> Tables::load() {
    States states;
    const auto each = [&](const char* sql, auto read) {
        Statement statement = database_.prepare(sql);
        if (!statement)
            return false;
        auto use = statement.use();
        while (use.row())
            read(use);
        return !use.failed();
    };
    bool good =
        each("SELECT source, cursor, url, moved_from, last_poll, next_poll, last_success, failures, error, "
             "paused, note, fuse, fuse_tripped, fuse_reset, identified FROM sources ORDER BY source",
             [&](Statement::Use& use) {
                 SourceState state;
                 state.source = use.text();
                 state.cursor = use.text();
                 state.url = use.text();
                 state.moved_from = use.text();
                 state.last_poll = use.instant();
                 state.next_poll = use.instant();
                 state.last_success = use.instant();
                 state.failures = use.small();
                 state.error = use.text();
                 state.paused = use.flag();
                 state.note = use.text();
                 read_fuse(use, state.fuse);
                 state.identified = use.text();
                 states.sources.push_back(std::move(state));
             });
    good = good && each("SELECT source, account, since, spaced FROM source_accounts ORDER BY source, account",
                        [&](Statement::Use& use) {
                            SourceAccount state;
                            state.source = use.text();
                            state.account = use.text();
                            state.since = use.instant();
                            state.spaced = use.instant();
                            states.source_accounts.push_back(std::move(state));
                        });
    good = good && each("SELECT entry, fired, since, rule, paused, fuse, fuse_tripped, fuse_reset, counter, "
                        "note FROM entries ORDER BY entry",
                        [&](Statement::Use& use) {
                            EntryState state;
                            state.entry = use.text();
                            state.fired = use.instant();
                            state.since = use.instant();
                            state.rule = use.text();
                            state.paused = use.flag();
                            read_fuse(use, state.fuse);
                            state.counter = use.number();
                            state.note = use.text();
                            states.entries.push_back(std::move(state));
                        });
    good = good &&
           each("SELECT entry, item, last, round FROM drawn ORDER BY entry, item", [&](Statement::Use& use) {
               DrawnItem drawn;
               drawn.entry = use.text();
               drawn.item = use.digest();
               drawn.mark.last = use.instant();
               drawn.mark.round = use.number();
               states.drawn.push_back(std::move(drawn));
           });
    good =
        good &&
        each(
            "SELECT account, server, state, reason, action, since, not_before, rate, profile, handle, "
            "last_published, paused, paused_why, paused_until, account_id, foreign_count, "
            "foreign_newest, application, knows_until, restored, posted_until FROM accounts ORDER BY account",
            [&](Statement::Use& use) {
                AccountState state;
                state.account = use.text();
                state.server = use.text();
                state.state = use.text();
                state.reason = use.text();
                state.action = use.text();
                state.since = use.instant();
                state.not_before = use.instant();
                state.rate = use.text();
                state.profile = use.text();
                state.handle = use.text();
                state.last_published = use.instant();
                state.paused = use.flag();
                state.paused_why = use.text();
                state.paused_until = use.maybe_instant();
                state.account_id = use.text();
                state.foreign = use.small();
                state.foreign_newest = use.instant();
                state.application = use.text();
                state.memory.knows_until = use.maybe_instant();
                state.memory.restored = use.flag();
                state.memory.posted_until = use.instant();
                states.accounts.push_back(std::move(state));
            });
    good = good && each("SELECT kind, name, identity, reads, edition FROM origins ORDER BY kind, name",
                        [&](Statement::Use& use) {
                            OriginState state;
                            state.kind = parse_origin_kind(use.text()).value_or(OriginKind::source);
                            state.name = use.text();
                            state.identity = use.text();
                            state.reads = use.text();
                            state.edition = use.small();
                            states.origins.push_back(std::move(state));
                        });
    good = good && each(database_.dialect().read_alive.c_str(),
                        [&](Statement::Use& use) { states.last_alive = use.instant(); });
    good = good && each("SELECT value FROM meta WHERE name='trust'", [&](Statement::Use& use) {
               states.trust = static_cast<Trust>(std::clamp<std::int64_t>(use.number(), 0, 2));
           });
    good = good && load_alerts(states.alerts) && load_subscriptions(states.subscriptions) &&
           load_wishes(states.wishes);
    if (!good)
        return failure("read states");
    return states;
}

} // namespace crier::store
