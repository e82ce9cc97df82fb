#include "core/rates/text.hpp"
#include "support/engine_harness.hpp"

#include <algorithm>
#include <cmath>

using namespace crier;
using namespace crier::test;

/// Rate planning as a server sees it: tests/support/model_limits counts for itself.
namespace {

/// A backlog, as a source without a fuse leaves it: `media` files with each.
void backlog(Harness& h, int posts, int media = 0, const std::string& account = "news") {
    Batch batch;
    for (int i = 0; i < posts; ++i) {
        Post post;
        post.key = digest_of(account + std::to_string(i) + (media > 0 ? "m" : ""));
        post.account = account;
        post.origin.kind = OriginKind::source;
        post.origin.name = "blog";
        post.state = PostState::ready;
        post.priority = Priority::item;
        post.created = post.due = post.next = h.time.now();
        post.content.status = "item " + std::to_string(i);
        for (int m = 0; m < media; ++m) {
            Media file;
            file.file = "/srv/" + std::to_string(i) + "-" + std::to_string(m) + ".png";
            post.content.media.push_back(std::move(file));
        }
        batch.insert.push_back(std::move(post));
    }
    h.put(std::move(batch));
}

schedule::Rule every(Duration period) {
    schedule::Every rule;
    rule.period = period;
    return rule;
}

std::size_t count_of(const Harness& h, const std::string& text) {
    std::size_t count = 0;
    for (const ModelServer::Status& status : h.server.statuses)
        count += status.text.compare(0, text.size(), text) == 0 ? 1U : 0U;
    return count;
}

/// The longest that a post of the schedule came after the firing that it names.
Duration latest(const Harness& h) {
    Duration worst{};
    for (const ModelServer::Status& status : h.server.statuses)
        if (const auto due = from_rfc3339(status.text))
            worst = std::max(worst, status.created - *due);
    return worst;
}

const std::string due_text = "{{ due | date('%Y-%m-%dT%H:%M:%SZ') }}";

} // namespace

BOOST_AUTO_TEST_SUITE(engine_limits)

BOOST_AUTO_TEST_CASE(
    a_backlog_of_3000_drains_at_the_pace_of_the_server_without_one_429_and_delays_no_scheduled_post) {
    Harness h; // noon: the beginning of a window of three hours
    h.server.limits.limits = ModelLimits::mastodon();
    h.entry("clock", every(10min), due_text);
    h.entry("hourly", every(1h), due_text);
    const Instant start = h.time.now();
    backlog(h, 3000);
    h.start();
    while (count_of(h, "item") < 3000U && h.time.now() < start + 48h)
        h.time.run_for(5min);
    BOOST_TEST(count_of(h, "item") == 3000U);
    BOOST_TEST(h.server.limits.refused == 0U);
    BOOST_TEST(h.log.count("account.limited") == 0U);
    // Of 300 in three hours the schedule takes 18 and 3. What the last window takes is ten minutes at least:
    // 300 requests in five.
    const int windows = 3000 / (300 - 21);
    const Duration least = windows * Duration{3h};
    Instant last{};
    for (const ModelServer::Status& status : h.server.statuses)
        if (status.text.compare(0, 4, "item") == 0)
            last = std::max(last, status.created);
    const double ratio = static_cast<double>((last - start).count()) / static_cast<double>(least.count());
    BOOST_TEST_MESSAGE("3000 posts in " << to_text(last - start) << ", least " << to_text(least));
    BOOST_TEST(ratio <= 1.05);
    BOOST_TEST((latest(h) < 30s));
    BOOST_TEST((count_of(h, "20") > 100U));
}

BOOST_AUTO_TEST_CASE(restarts_in_the_middle_forget_nothing) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    h.start();
    h.time.run_for(1s);
    backlog(h, 700);
    (void)h.post("wake", "k");
    for (int i = 0; i < 40; ++i) {
        h.time.run_for(3s);
        h.restart();
    }
    BOOST_TEST(h.server.statuses.size() == 299U); // and the question what the token may do
    h.time.run_for(3h);
    h.restart();
    h.time.run_for(3h);
    BOOST_TEST(h.server.statuses.size() == 701U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(a_call_is_debited_durably_before_its_first_byte) {
    Harness h;
    h.server.latency = 10s;
    backlog(h, 1, 1);
    h.start();
    const auto used = [&](const std::string& name) {
        const auto saved = rates::parse_saved(h.store.states.accounts.at(0).rate);
        BOOST_REQUIRE(saved.has_value());
        for (const rates::Saved::Count& bucket : saved->buckets)
            if (bucket.name == name)
                return bucket.count.used;
        return 0;
    };
    h.time.run_for(5s);
    BOOST_TEST(used("anonymous") > 0);
    h.time.run_for(10s); // the upload is on its way
    BOOST_TEST(h.server.uploads.empty());
    BOOST_TEST(used("media") == 1);
    BOOST_TEST(used("statuses") == 0);
    h.time.run_for(10s); // the post is
    BOOST_TEST(h.server.statuses.empty());
    BOOST_REQUIRE_EQUAL(h.store.all_attempts.size(), 1U);
    BOOST_TEST(!h.store.all_attempts[0].finished.has_value());
    BOOST_TEST(used("statuses") == 1);
    BOOST_TEST(rates::parse_saved(h.store.states.accounts.at(0).rate)->leaves.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_a_death_leaves_in_doubt_counts_as_spent) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    h.start();
    h.time.run_for(1s);
    backlog(h, 310);
    for (int i = 0; i < 5; ++i)
        h.server.faults.push_back(i % 2 == 0 ? Fault::lost_after : Fault::lost_before);
    (void)h.post("wake", "k");
    h.time.run_for(2h);
    // Of 300 calls in five minutes one asks about the token; the repeats then find room, and are counted as
    // if they needed it.
    BOOST_TEST(h.server.statuses.size() >= 299U);
    BOOST_TEST(h.server.limits.refused == 0U);
    h.time.run_for(3h);
    BOOST_TEST(h.server.statuses.size() == 311U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(accounts_on_one_gotosocial_share_what_it_allows_an_address) {
    Harness h;
    h.server.limits.limits = ModelLimits::gotosocial();
    h.server.server.software = "gotosocial";
    h.server.server.idempotent = false;
    h.account("second");
    backlog(h, 400);
    backlog(h, 400, 0, "second");
    h.start();
    for (int i = 0; i < 20; ++i) {
        h.time.run_for(100s);
        h.restart();
    }
    BOOST_TEST(h.server.statuses.size() == 800U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(accounts_with_one_token_share_its_limits) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    h.account("second");
    backlog(h, 200);
    backlog(h, 200, 0, "second");
    h.start();
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 300U);
    h.restart();
    h.time.run_for(30min);
    BOOST_TEST(h.server.statuses.size() == 300U);
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 400U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(one_account_asks_what_the_server_is_for_all_that_post_there) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon(); // 300 requests of nobody's in five minutes
    for (int i = 0; i < 400; ++i) {
        const std::string name = "a" + std::to_string(i);
        h.account(name);
        backlog(h, 1, 0, name);
    }
    h.server.no_profiles = 1;
    h.start();
    h.time.run_for(50ms);
    BOOST_TEST(h.server.profiles == 1U);
    BOOST_TEST(h.log.count("account.backing_off") == 401U); // nobody tries at once what has just failed
    h.time.run_for(1min);
    BOOST_TEST(h.server.profiles == 2U);
    BOOST_TEST(h.log.count("account.server_known") == 1U);
    BOOST_TEST(h.server.probes == 0U); // what the token may do is asked when posts leave room for it
    BOOST_TEST(h.server.statuses.size() == 300U); // one token: that is its limit
    BOOST_TEST(h.server.limits.refused == 0U);
    h.restart();
    h.time.run_for(3h);
    BOOST_TEST(h.server.profiles == 3U);
    BOOST_TEST(h.server.statuses.size() == 400U);
}

BOOST_AUTO_TEST_CASE(spent_uploads_stop_no_post_without_pictures) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    backlog(h, 100, 1);
    backlog(h, 50);
    h.start();
    h.time.run_for(10min);
    BOOST_TEST(h.server.uploads.size() == 30U);
    BOOST_TEST(h.server.statuses.size() == 80U); // 30 with a picture, and all 50 without
    const engine::LaneView view = h.engine->lanes()[0];
    BOOST_TEST(view.waits == "limited");
    BOOST_TEST(view.waits_why == "the server's 30 uploads in 30m are used up");
    BOOST_REQUIRE(view.waits_until.has_value());
    BOOST_TEST(to_rfc3339(*view.waits_until) == "2026-11-24T12:30:02Z");
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 150U);
    BOOST_TEST(h.server.uploads.size() == 100U); // none was uploaded twice
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(nothing_is_uploaded_before_its_post_may_be_published) {
    Harness h;
    h.account("news").limits.per_hour = 1;
    backlog(h, 3, 1);
    h.start();
    h.time.run_for(30min);
    BOOST_TEST(h.server.uploads.size() == 1U);
    BOOST_TEST(h.server.statuses.size() == 1U);
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_scheduled_picture_finds_room_for_its_upload) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    EntrySettings& entry = h.entry("picture", every(20min), due_text);
    auto post = std::make_shared<PostTemplate>(*entry.targets[0].post);
    MediaTemplate picture;
    picture.file = "/srv/sunrise.png";
    picture.missing_alt = MissingAlt::post;
    post->media.push_back(picture);
    entry.targets[0].post = post;
    backlog(h, 200, 1);
    h.start();
    h.time.run_for(2h + 1min);
    BOOST_TEST(count_of(h, "20") == 6U);
    BOOST_TEST((latest(h) < 30s));
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(a_server_with_other_limits_than_the_table_is_believed) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    h.server.limits.limits[3].most = 40; // posts in three hours
    h.server.limits.limits[2].most = 5;  // uploads
    backlog(h, 60);
    backlog(h, 20, 1);
    h.start();
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 40U);
    h.restart();
    h.time.run_for(7h);
    BOOST_TEST(h.server.statuses.size() == 80U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(a_server_of_an_unknown_kind_teaches_its_limits) {
    Harness h;
    h.server.server.software = "unknown";
    h.server.limits.limits = {{"odd", 7, 10min, "publish upload state", false, false}};
    backlog(h, 20);
    h.start();
    h.time.run_for(9min);
    BOOST_TEST(h.server.statuses.size() == 7U);
    h.restart();
    h.time.run_for(20min);
    BOOST_TEST(h.server.statuses.size() == 20U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(somebody_else_with_the_same_account_is_noticed_by_the_headers) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    for (int i = 0; i < 250; ++i)
        h.server.limits.succeeded("publish", "token", h.time.now());
    backlog(h, 100);
    h.start();
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 50U);
    BOOST_TEST(h.server.limits.refused == 0U);
    h.time.run_for(2h);
    BOOST_TEST(h.server.statuses.size() == 100U);
}

BOOST_AUTO_TEST_CASE(a_429_closes_the_limit_that_it_names_and_no_other) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    for (int i = 0; i < 31; ++i)
        (void)h.server.limits.admit("upload", "token", h.time.now()); // somebody else's
    h.server.limits.refused = 0;
    backlog(h, 5, 1);
    backlog(h, 5);
    h.start();
    h.time.run_for(20min);
    BOOST_TEST(h.server.limits.refused == 1U);
    BOOST_TEST(h.server.statuses.size() == 5U);
    h.restart();
    h.time.run_for(9min);
    BOOST_TEST(h.server.limits.refused == 1U);
    h.time.run_for(10min);
    BOOST_TEST(h.server.statuses.size() == 10U);
}

BOOST_AUTO_TEST_CASE(windows_go_by_the_servers_clock) {
    for (const Duration ahead : {Duration{90s}, Duration{-90s}}) {
        Harness h;
        h.server.limits.limits = ModelLimits::mastodon();
        h.server.limits.ahead = ahead;
        h.time.run_for(2h + 50min);
        backlog(h, 650);
        h.start();
        h.time.run_for(6h);
        BOOST_TEST(h.server.statuses.size() == 650U);
        BOOST_TEST(h.server.limits.refused == 0U);
    }
}

BOOST_AUTO_TEST_CASE(a_step_of_our_clock_opens_no_window) {
    Harness h;
    h.server.limits.limits = ModelLimits::mastodon();
    backlog(h, 650);
    h.start();
    h.time.run_for(10s);
    h.time.jump(4h);
    h.server.limits.ahead = -4h; // the server's clock went on
    h.time.run_for(1h);
    BOOST_TEST(h.server.statuses.size() == 300U);
    h.time.jump(-4h);
    h.server.limits.ahead = 0s;
    h.time.run_for(7h);
    BOOST_TEST(h.server.statuses.size() == 650U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(the_accounts_own_limits_hold_over_restarts_and_let_the_schedule_through) {
    Harness h;
    Limits& limits = h.account("news").limits;
    limits.min_gap = 90s;
    limits.per_hour = 6;
    limits.per_day = 20;
    h.entry("clock", every(15min), due_text);
    backlog(h, 60);
    h.start();
    for (int i = 0; i < 96; ++i) {
        h.time.run_for(30min + 7s);
        h.restart();
    }
    std::vector<Instant> items;
    Instant before{};
    for (const ModelServer::Status& status : h.server.statuses) {
        BOOST_TEST((status.created - before >= 90s));
        before = status.created;
        if (status.text.compare(0, 4, "item") == 0)
            items.push_back(status.created);
    }
    for (std::size_t i = 6; i < items.size(); ++i)
        BOOST_TEST((items[i] - items[i - 6] >= 1h));
    for (std::size_t i = 20; i < items.size(); ++i)
        BOOST_TEST((items[i] - items[i - 20] >= 24h));
    BOOST_TEST(items.size() >= 40U);
    BOOST_TEST((latest(h) < 30s)); // the gap before what is due is left free
    BOOST_TEST(count_of(h, "20") >= 190U);
}

BOOST_AUTO_TEST_CASE(a_schedule_that_wants_more_than_the_server_allows_does_not_silence_the_rest) {
    Harness h; // noon: the beginning of a window of three hours
    h.server.limits.limits = ModelLimits::mastodon();
    h.entry("fast", every(15s), due_text); // 720 in three hours
    h.start();
    h.time.run_for(1min);
    backlog(h, 40);
    (void)h.post("by hand", "k");
    h.time.run_for(10min);
    BOOST_TEST(count_of(h, "by hand") == 1U);
    BOOST_TEST(count_of(h, "item") >= 1U);
    h.time.run_for(6h);
    BOOST_TEST(count_of(h, "item") == 40U);
    BOOST_TEST(h.server.limits.refused == 0U);
}

BOOST_AUTO_TEST_CASE(a_schedule_that_leaves_no_gap_gives_way_by_one_gap) {
    Harness h;
    h.account("news").limits.min_gap = 10min;
    h.entry("clock", every(15min), due_text); // ten before and ten after do not fit between two
    h.start();
    h.time.run_for(6min);
    (void)h.post("by hand", "k");
    h.time.run_for(25min);
    BOOST_TEST(count_of(h, "by hand") == 1U);
    h.time.run_for(3h);
    BOOST_TEST((latest(h) <= 10min));
    BOOST_TEST((latest(h) > 1min));
    for (std::size_t i = 1; i < h.server.statuses.size(); ++i)
        BOOST_TEST((h.server.statuses[i].created - h.server.statuses[i - 1].created >= 10min));
}

BOOST_AUTO_TEST_CASE(room_between_the_schedules_posts_is_waited_for) {
    Harness h;
    h.account("news").limits.min_gap = 10min;
    h.entry("clock", schedule::Cron::parse("0,15 * * * *").value(), due_text);
    h.start();
    h.time.run_for(6min);
    (void)h.post("by hand", "k");
    h.time.run_for(2h);
    BOOST_TEST((latest(h) < 30s));
    for (const ModelServer::Status& status : h.server.statuses)
        if (status.text == "by hand")
            BOOST_TEST(to_rfc3339(status.created).substr(0, 19) ==
                       "2026-11-24T12:25:00"); // the gap is free from there on
    BOOST_TEST(count_of(h, "by hand") == 1U);
}

BOOST_AUTO_TEST_CASE(nothing_leaves_in_quiet_hours_also_where_the_clock_changes) {
    for (const char* const day : {"2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z", "2026-11-24T12:00:00Z"}) {
        Harness h;
        h.time.jump(*from_rfc3339(day) - h.time.now());
        h.server.ahead = h.time.now() - h.time.unset_now(); // it is that day there, too
        QuietHours quiet;
        quiet.from = std::chrono::minutes{22 * 60};
        quiet.to = std::chrono::minutes{2 * 60 + 30};
        quiet.timezone = "Europe/Berlin";
        h.account("news").limits.quiet.hours = quiet;
        h.entry("clock", every(20min), due_text).expires_after = 10min;
        h.account("news").limits.per_hour = 5;
        backlog(h, 100);
        h.start();
        h.time.run_for(24h);
        const auto zone = schedule::Zone::find_or_utc("Europe/Berlin");
        std::size_t after = 0;
        for (const ModelServer::Status& status : h.server.statuses) {
            const auto local = zone.to_local(status.created);
            const auto of_day = local - std::chrono::floor<std::chrono::days>(local);
            BOOST_TEST((of_day >= 2h + 30min && of_day < 22h));
            after += of_day < 3h + 30min ? 1U : 0U;
        }
        BOOST_TEST(after > 0U);
        // What was due in the night leaves in the morning: `expires_after` counts from then.
        for (const Post& post : h.store.posts)
            BOOST_TEST((post.state != PostState::expired));
    }
}

BOOST_AUTO_TEST_CASE(a_repeat_in_doubt_is_no_second_post) {
    Harness h;
    h.account("news").limits.per_hour = 1;
    h.server.faults = {Fault::lost_before};
    h.start();
    (void)h.post("hello", "k1");
    h.time.run_for(10min);
    BOOST_TEST((h.timeline() == std::vector<std::string>{"hello"}));
}

BOOST_AUTO_TEST_CASE(a_kept_state_that_does_not_read_is_told_of) {
    Harness h;
    AccountState state;
    state.account = "news";
    state.rate = "{\"old\": 1}";
    Batch batch;
    batch.accounts.push_back(state);
    h.put(std::move(batch));
    h.start();
    BOOST_TEST(h.log.count("account.budget_unread") == 1U);
    (void)h.post("hello", "k");
    h.time.run_for(1s);
    BOOST_TEST(h.server.statuses.size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_account_that_waits_for_a_limit_does_so_in_silence) {
    Harness h;
    h.account("news").limits.per_hour = 1;
    backlog(h, 40);
    h.start();
    h.time.run_for(1min);
    const std::size_t commits = h.store.commits();
    std::size_t steps = 0;
    while (h.time.step(h.time.now() + 50min) && h.store.commits() == commits)
        ++steps;
    BOOST_TEST(steps < 20U);
}

BOOST_AUTO_TEST_SUITE_END()
