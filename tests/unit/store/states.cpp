#include "harness.hpp"

using namespace crier;
using namespace crier::test;

BOOST_AUTO_TEST_SUITE(states)

BOOST_AUTO_TEST_CASE(an_empty_store_knows_nothing) {
    const Folder folder;
    OpenStore store{folder.db()};
    const States states = store.load();
    BOOST_TEST(states.sources.empty());
    BOOST_TEST(states.source_accounts.empty());
    BOOST_TEST(states.entries.empty());
    BOOST_TEST(states.accounts.empty());
    BOOST_TEST((states.last_alive == Instant{}));
    BOOST_TEST(store.counts().empty());
    BOOST_TEST(store.all().empty());
}

BOOST_AUTO_TEST_CASE(every_field_of_every_state_survives_a_reopen) {
    const Folder folder;
    SourceState source;
    source.source = "blog";
    source.cursor = "etag \"x\"";
    source.url = "https://moved.example/feed";
    source.moved_from = "https://blog.example/feed";
    source.last_poll = noon + 1us;
    source.next_poll = noon + 2us;
    source.last_success = noon + 3us;
    source.failures = 4;
    source.error = "404";
    source.paused = true;
    source.note = "5 items";
    source.fuse.why = "25 posts";
    source.fuse.tripped = noon + 4us;
    source.fuse.reset = noon + 5us;
    source.identified = "link";
    SourceAccount source_account;
    source_account.source = "blog";
    source_account.account = "news";
    source_account.since = noon + 6us;
    source_account.spaced = noon + 19us;
    EntryState entry;
    entry.entry = "greeting";
    entry.fired = noon + 7us;
    entry.since = noon + 8us;
    entry.rule = "UTC cron 0 9 * * *";
    entry.paused = true;
    entry.fuse.why = "10 posts";
    entry.fuse.tripped = noon + 20us;
    entry.fuse.reset = noon + 21us;
    entry.counter = 7;
    entry.note = "it rained";
    AlertState alert;
    alert.kind = AlertKind::source_down;
    alert.subject = "source:blog";
    alert.text = "it is down";
    alert.action = "look at it";
    alert.since = noon + 22us;
    alert.told = noon + 23us;
    alert.over = true;
    Subscription subscription;
    subscription.id = "0123";
    subscription.source = "blog";
    subscription.hub = Hub{"https://hub.example/", "https://blog.example/feed"};
    subscription.callback = "https://bot.example/websub/0123";
    subscription.secret = "s3cret";
    subscription.state = Subscription::State::denied;
    subscription.since = noon + 24us;
    subscription.until = noon + 25us;
    subscription.next = noon + 26us;
    subscription.tries = 3;
    subscription.last_push = noon + 27us;
    subscription.note = "it says no";
    AccountState account;
    account.account = "news";
    account.server = "https://mastodon.example";
    account.state = "held";
    account.reason = "401";
    account.action = "put a new token there";
    account.since = noon + 9us;
    account.not_before = noon + 10us;
    account.rate = R"({"left":3})";
    account.profile = R"({"software":"mastodon"})";
    account.handle = "news";
    account.last_published = noon + 11us;
    account.paused = true;
    account.paused_why = "holiday";
    account.paused_until = noon + 12us;
    account.foreign = 3;
    account.foreign_newest = noon + 13us;
    account.account_id = "17";
    account.application = "crier";
    account.memory.knows_until = noon + 14us;
    account.memory.restored = true;
    account.memory.posted_until = noon + 15us;
    {
        OpenStore store{folder.db()};
        Batch batch;
        batch.now = noon;
        batch.sources = {source};
        batch.source_accounts = {source_account};
        batch.entries = {entry};
        batch.accounts = {account};
        batch.alerts = {alert};
        batch.subscriptions = {subscription};
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    OpenStore store{folder.db()};
    const States states = store.load();
    BOOST_REQUIRE(states.sources.size() == 1U);
    const SourceState& s = states.sources[0];
    BOOST_TEST(s.source == source.source);
    BOOST_TEST(s.cursor == source.cursor);
    BOOST_TEST(s.url == source.url);
    BOOST_TEST(s.moved_from == source.moved_from);
    BOOST_TEST((s.last_poll == source.last_poll));
    BOOST_TEST((s.next_poll == source.next_poll));
    BOOST_TEST((s.last_success == source.last_success));
    BOOST_TEST(s.failures == 4);
    BOOST_TEST(s.error == source.error);
    BOOST_TEST(s.paused);
    BOOST_TEST(s.note == source.note);
    BOOST_TEST(s.fuse.why == source.fuse.why);
    BOOST_TEST((s.fuse.tripped == source.fuse.tripped));
    BOOST_TEST((s.fuse.reset == source.fuse.reset));
    BOOST_TEST(s.identified == "link");
    BOOST_REQUIRE(states.source_accounts.size() == 1U);
    BOOST_TEST(states.source_accounts[0].source == "blog");
    BOOST_TEST(states.source_accounts[0].account == "news");
    BOOST_TEST((states.source_accounts[0].since == source_account.since));
    BOOST_TEST((states.source_accounts[0].spaced == source_account.spaced));
    BOOST_REQUIRE(states.entries.size() == 1U);
    const EntryState& e = states.entries[0];
    BOOST_TEST(e.entry == entry.entry);
    BOOST_TEST((e.fired == entry.fired));
    BOOST_TEST((e.since == entry.since));
    BOOST_TEST(e.rule == entry.rule);
    BOOST_TEST(e.paused);
    BOOST_TEST(e.fuse.why == entry.fuse.why);
    BOOST_TEST((e.fuse.tripped == entry.fuse.tripped));
    BOOST_TEST((e.fuse.reset == entry.fuse.reset));
    BOOST_TEST(e.counter == 7);
    BOOST_TEST(e.note == "it rained");
    BOOST_REQUIRE(states.alerts.size() == 1U);
    const AlertState& w = states.alerts[0];
    BOOST_TEST((w.kind == alert.kind));
    BOOST_TEST(w.subject == alert.subject);
    BOOST_TEST(w.text == alert.text);
    BOOST_TEST(w.action == alert.action);
    BOOST_TEST((w.since == alert.since));
    BOOST_TEST((w.told == alert.told));
    BOOST_TEST(w.over);
    BOOST_REQUIRE(states.accounts.size() == 1U);
    const AccountState& a = states.accounts[0];
    BOOST_TEST(a.account == account.account);
    BOOST_TEST(a.server == account.server);
    BOOST_TEST(a.state == account.state);
    BOOST_TEST(a.reason == account.reason);
    BOOST_TEST(a.action == account.action);
    BOOST_TEST((a.since == account.since));
    BOOST_TEST((a.not_before == account.not_before));
    BOOST_TEST(a.rate == account.rate);
    BOOST_TEST(a.profile == account.profile);
    BOOST_TEST(a.handle == account.handle);
    BOOST_TEST((a.last_published == account.last_published));
    BOOST_TEST(a.paused);
    BOOST_TEST(a.paused_why == account.paused_why);
    BOOST_TEST((a.paused_until == account.paused_until));
    BOOST_TEST(a.foreign == 3);
    BOOST_TEST((a.foreign_newest == account.foreign_newest));
    BOOST_TEST(a.account_id == "17");
    BOOST_TEST(a.application == "crier");
    BOOST_TEST((a.memory.knows_until == account.memory.knows_until));
    BOOST_TEST(a.memory.restored);
    BOOST_TEST((a.memory.posted_until == account.memory.posted_until));
    BOOST_REQUIRE(states.subscriptions.size() == 1U);
    const Subscription& h = states.subscriptions[0];
    BOOST_TEST(h.id == subscription.id);
    BOOST_TEST(h.source == subscription.source);
    BOOST_TEST((h.hub == subscription.hub));
    BOOST_TEST(h.callback == subscription.callback);
    BOOST_TEST(h.secret == subscription.secret);
    BOOST_TEST((h.state == subscription.state));
    BOOST_TEST((h.since == subscription.since));
    BOOST_TEST((h.until == subscription.until));
    BOOST_TEST((h.next == subscription.next));
    BOOST_TEST(h.tries == 3);
    BOOST_TEST((h.last_push == subscription.last_push));
    BOOST_TEST(h.note == subscription.note);
    BOOST_TEST((states.last_alive == noon));
}

BOOST_AUTO_TEST_CASE(a_state_is_written_over_by_its_name) {
    const Folder folder;
    OpenStore store{folder.db()};
    for (int i = 0; i < 2; ++i) {
        Batch batch;
        batch.sources.resize(2);
        batch.sources[0].source = "blog";
        batch.sources[0].failures = i;
        batch.sources[1].source = "art";
        batch.entries.resize(1);
        batch.entries[0].entry = "greeting";
        batch.entries[0].fired = noon + i * 1h;
        batch.accounts.resize(1);
        batch.accounts[0].account = "news";
        if (i == 0)
            batch.accounts[0].paused_until = noon;
        batch.accounts[0].reason = std::to_string(i);
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    const States states = store.load();
    BOOST_REQUIRE(states.sources.size() == 2U);
    BOOST_TEST(states.sources[1].failures == 1); // in order of name
    BOOST_TEST((states.entries.at(0).fired == noon + 1h));
    BOOST_TEST(states.accounts.at(0).reason == "1");
    BOOST_TEST((states.accounts.at(0).paused_until == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_first_run_and_an_entry_keep_their_date) {
    const Folder folder;
    OpenStore store{folder.db()};
    for (const Instant when : {noon, noon + 1h}) {
        Batch batch;
        batch.source_accounts.resize(1);
        batch.source_accounts[0].source = "blog";
        batch.source_accounts[0].account = "news";
        batch.source_accounts[0].since = when;
        batch.entries.resize(1);
        batch.entries[0].entry = "daily";
        batch.entries[0].fired = when;
        batch.entries[0].since = when;
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    const States states = store.load();
    BOOST_TEST((states.source_accounts.at(0).since == noon));
    BOOST_TEST((states.entries.at(0).since == noon));
    BOOST_TEST((states.entries.at(0).fired == noon + 1h));
}

BOOST_AUTO_TEST_CASE(the_last_sign_of_life_never_goes_back) {
    const Folder folder;
    OpenStore store{folder.db()};
    for (const Instant now : {noon + 1h, noon, Instant{}}) {
        Batch batch;
        batch.now = now;
        batch.entries.resize(1);
        batch.entries[0].entry = "x";
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    BOOST_TEST((store.load().last_alive == noon + 1h));
}

BOOST_AUTO_TEST_CASE(an_alert_is_written_over_and_ends_by_its_kind_and_subject) {
    const Folder folder;
    OpenStore store{folder.db()};
    AlertState alert;
    alert.kind = AlertKind::token;
    alert.subject = "account:news";
    AlertState other = alert;
    other.kind = AlertKind::silent;
    for (const char* text : {"first", "second"}) {
        alert.text = text;
        Batch batch;
        batch.alerts = {alert, other};
        BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    }
    BOOST_TEST(store.load().alerts.size() == 2U);
    Batch batch;
    batch.alerts_ended = {other};
    BOOST_REQUIRE(store.apply(std::move(batch)).has_value());
    const States states = store.load();
    BOOST_REQUIRE(states.alerts.size() == 1U);
    BOOST_TEST(states.alerts[0].text == "second");
}

BOOST_AUTO_TEST_SUITE_END()
