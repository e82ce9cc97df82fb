#include "engine/why.hpp"

#include "core/filter.hpp"
#include "core/identity.hpp"
#include "support/engine_harness.hpp"

#include <algorithm>

using namespace crier;
using namespace crier::test;

namespace {

Result<engine::Why> ask(Harness& h, const std::string& about, bool running = true) {
    std::optional<Result<engine::Why>> answer;
    boost::asio::co_spawn(h.context, engine::why_of(*h.engine, about, running),
                          [&](std::exception_ptr error, Result<engine::Why> why) {
                              BOOST_REQUIRE(!error);
                              answer = std::move(why);
                          });
    h.time.run_while([&] { return !answer; });
    return *answer;
}

/// The words of the chain's steps, in order.
std::string steps(const Result<engine::Why>& why) {
    BOOST_REQUIRE_MESSAGE(why.has_value(), why.error().message);
    std::string list;
    for (const engine::WhyStep& step : why->chain)
        list += (list.empty() ? "" : " ") + step.what;
    return list;
}

const engine::WhyStep& step(const Result<engine::Why>& why, std::string_view what) {
    BOOST_REQUIRE_MESSAGE(why.has_value(), why.error().message);
    for (const engine::WhyStep& one : why->chain)
        if (one.what == what)
            return one;
    BOOST_FAIL("no step " << what << " in " << steps(why));
    return why->chain.front();
}

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// The latest moment until which something stands in the way.
Instant last_until(const engine::Why& why) {
    Instant last{};
    for (const engine::WhyStep& one : why.chain)
        last = std::max(last, one.until.value_or(Instant{}));
    return last;
}

/// What `why` says is when the post leaves: not a second before, and then.
void check_leaves_then(Harness& h, PostId id, const std::string& what) {
    const Result<engine::Why> why = ask(h, std::to_string(id));
    (void)step(why, what);
    const Instant until = last_until(*why);
    BOOST_REQUIRE(until > h.time.now() + 2s);
    const std::size_t before = h.server.keys.size();
    h.time.run_for(until - h.time.now() - 1s);
    BOOST_TEST(h.server.keys.size() == before, what);
    h.time.run_for(4s);
    BOOST_TEST(h.server.keys.size() == before + 1, what);
    BOOST_TEST((h.store.post(id).state == PostState::published), what);
}

PostId put(Harness& h, const std::string& text, std::optional<Instant> at = std::nullopt) {
    engine::PostOrder order;
    order.status = text;
    order.key = text;
    order.at = at;
    PostId id = 0;
    boost::asio::co_spawn(h.context, h.engine->post(std::move(order)),
                          [&](std::exception_ptr, Result<engine::Accepted> r) { id = r->id; });
    h.time.run_while([&] { return id == 0; });
    return id;
}

void pause(Harness& h, const std::string& target, std::optional<Duration> length = std::nullopt) {
    boost::asio::co_spawn(h.context,
                          h.engine->pause(*engine::Target::parse(target, h.settings), length, "moving house"),
                          [](std::exception_ptr, Result<>) {});
    h.time.run_for(1s);
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_why)

// --- posts ---

BOOST_AUTO_TEST_CASE(a_published_item_has_one_chain_from_its_sight_to_its_address) {
    Harness h;
    h.source("blog").first_run.publish.reset();
    h.feed.add("a", "First");
    h.server.faults = {Fault::not_sent};
    h.start();
    h.time.run_for(1min);
    const Result<engine::Why> why = ask(h, "1");
    BOOST_TEST(steps(why) == "seen verdict made due attempt attempt published receipt");
    BOOST_TEST(why->kind == "post");
    BOOST_TEST(step(why, "seen").text == "seen by source:blog: First https://blog.example/a");
    BOOST_TEST(step(why, "verdict").text == "accepted");
    BOOST_TEST(says(step(why, "attempt").text, "attempt 1: not_sent"));
    BOOST_TEST(says(step(why, "published").text, "https://model.example/@bot/"));
    for (const engine::WhyStep& one : why->chain)
        BOOST_TEST(one.account == "news");
    for (std::size_t i = 1; i < why->chain.size(); ++i)
        if (why->chain[i].at)
            BOOST_TEST((*why->chain[i - 1].at <= *why->chain[i].at));
}

BOOST_AUTO_TEST_CASE(what_it_says_a_post_waits_for_is_what_it_waits_for) {
    {
        Harness h;
        h.start();
        check_leaves_then(h, put(h, "later", h.time.now() + 1h), "not due");
    }
    {
        Harness h;
        h.account("news").limits.min_gap = 10min;
        h.start();
        put(h, "one");
        h.time.run_for(1min);
        const PostId id = put(h, "two");
        h.time.run_for(1s);
        BOOST_TEST(says(step(ask(h, std::to_string(id)), "limited").text, "min_gap"));
        check_leaves_then(h, id, "limited");
    }
    {
        Harness h;
        QuietHours quiet;
        quiet.from = std::chrono::hours{11};
        quiet.to = std::chrono::hours{15};
        quiet.timezone = "UTC";
        h.account("news").limits.quiet.hours = quiet;
        h.start();
        const PostId id = put(h, "one");
        h.time.run_for(1s);
        BOOST_TEST(says(step(ask(h, std::to_string(id)), "limited").text, "quiet hours"));
        check_leaves_then(h, id, "limited");
    }
    {
        Harness h;
        h.server.faults = {Fault::limited};
        h.start();
        const PostId id = put(h, "one");
        h.time.run_for(5s);
        check_leaves_then(h, id, "limited");
    }
    {
        Harness h;
        h.start();
        pause(h, "account:news", 2h);
        const PostId id = put(h, "one");
        h.time.run_for(5s);
        const engine::WhyStep paused = step(ask(h, std::to_string(id)), "paused");
        BOOST_TEST(paused.text == "the account is paused: moving house");
        BOOST_TEST(paused.action == "crier resume account:news");
        check_leaves_then(h, id, "paused");
    }
    {
        Harness h;
        h.server.faults = {Fault::lost_before};
        h.start();
        const PostId id = put(h, "one");
        h.time.run_for(5s);
        BOOST_TEST(says(step(ask(h, std::to_string(id)), "doubt").then,
                        "it is asked for once more with the same key, which makes no second one (its key "
                        "is safe to repeat until 2026-11-24T12:50:00Z)"));
        check_leaves_then(h, id, "doubt");
    }
}

BOOST_AUTO_TEST_CASE(a_doubt_that_ends_in_a_look_says_so) {
    Harness h;
    h.server.server.idempotent = false;
    h.server.faults = {Fault::lost_before};
    h.account("news").handle = "bot";
    h.start();
    const PostId id = put(h, "one");
    h.time.run_for(5s);
    BOOST_TEST(
        says(step(ask(h, std::to_string(id)), "doubt").then, "it is looked for on the account's page"));
    h.time.run_for(4min);
    BOOST_TEST(says(step(ask(h, std::to_string(id)), "evidence").text, "looked for on the account's page"));
}

BOOST_AUTO_TEST_CASE(a_dead_token_is_told_with_what_to_do_and_when_it_is_tried_again) {
    Harness h;
    h.server.good_token = "new token";
    h.start();
    const PostId id = put(h, "hello");
    h.time.run_for(1min);
    const engine::WhyStep held = step(ask(h, std::to_string(id)), "held");
    BOOST_TEST(!held.text.empty());
    BOOST_TEST(held.until.has_value());
    BOOST_TEST(!held.action.empty());
    const Result<engine::Why> account = ask(h, "news");
    BOOST_TEST(step(account, "held").at.has_value());
    BOOST_TEST((step(account, "first").post == id));
}

BOOST_AUTO_TEST_CASE(what_needs_a_person_says_what_a_person_can_do) {
    Harness h;
    h.account("news").mode = Mode::hold;
    h.start();
    const PostId id = put(h, "hello");
    h.time.run_for(1min);
    const engine::WhyStep held = step(ask(h, std::to_string(id)), "held");
    BOOST_TEST(held.text == "held: waits for approval (mode: hold)");
    BOOST_TEST(held.action == "crier outbox approve 1, or crier outbox cancel 1");
}

BOOST_AUTO_TEST_CASE(a_part_of_a_thread_names_the_part_that_it_waits_for_and_why_that_waits) {
    Harness h;
    EntrySettings& entry = h.entry("thread", *schedule::Cron::parse("0 * * * *"), "one");
    auto parts = Harness::text("one");
    parts->replies.push_back(*Harness::text("two"));
    parts->replies.push_back(*Harness::text("three"));
    entry.targets[0].post = parts;
    h.server.faults = {Fault::lost_before};
    h.start();
    h.time.run_for(1h + 5s);
    BOOST_REQUIRE_EQUAL(h.store.posts.size(), 3U);
    const Result<engine::Why> why = ask(h, "3");
    BOOST_TEST((step(why, "part before").post == 1));
    BOOST_TEST((step(why, "doubt").post == 1));
    BOOST_TEST(step(why, "doubt").until.has_value());
}

BOOST_AUTO_TEST_CASE(an_edited_post_shows_it) {
    Harness h;
    h.start();
    const Instant planned = h.time.now() + 1h;
    const PostId id = put(h, "hello", planned);
    engine::PostEdit edit;
    edit.due = h.time.now() + 3h;
    boost::asio::co_spawn(h.context, h.engine->edit(id, edit), [](std::exception_ptr, Result<Post>) {});
    h.time.run_for(1s);
    BOOST_TEST(step(ask(h, std::to_string(id)), "edited").text ==
               "changed by a person; it was planned for " + to_rfc3339(planned));
}

// --- items ---

BOOST_AUTO_TEST_CASE(an_item_is_found_by_each_form_of_its_address_and_by_its_id) {
    Harness h;
    h.source("blog").first_run.publish.reset();
    h.feed.add("a", "First");
    h.start();
    h.time.run_for(1min);
    for (const char* about :
         {"https://blog.example/a", "http://BLOG.example/a/?utm_source=x#top", "a", "item:a"}) {
        const Result<engine::Why> why = ask(h, about);
        BOOST_TEST(steps(why) == "seen verdict made due attempt published receipt", about);
        BOOST_TEST(why->kind == "item");
        BOOST_TEST(why->name == "https://blog.example/a");
        BOOST_TEST((step(why, "verdict").post == 1));
    }
    BOOST_TEST(ask(h, h.store.post(1).origin.item)->kind == "item");
}

BOOST_AUTO_TEST_CASE(a_refused_item_says_by_what_for_each_account) {
    Harness h;
    h.account("art");
    SourceSettings& blog = h.source("blog");
    blog.first_run.publish.reset();
    blog.targets.push_back(blog.targets.front());
    blog.targets[1].account = "art";
    auto filter = std::make_shared<Filter>();
    filter->exclude.push_back({"title", {"First"}});
    blog.targets[1].filter = filter;
    h.feed.add("a", "First");
    h.start();
    h.time.run_for(1min);
    const Result<engine::Why> why = ask(h, "https://blog.example/a");
    BOOST_REQUIRE(why.has_value());
    const auto refused = std::find_if(why->chain.begin(), why->chain.end(), [](const engine::WhyStep& one) {
        return one.what == "verdict" && one.account == "art";
    });
    BOOST_REQUIRE(refused != why->chain.end());
    BOOST_TEST(says(refused->text, "refused by the filter: "));
    BOOST_TEST(says(refused->action, "crier items blog --post https://blog.example/a --account art"));
    BOOST_TEST(says(steps(why), "published"));
}

BOOST_AUTO_TEST_CASE(what_the_first_run_noted_and_ids_that_changed_are_told) {
    Harness h;
    h.source("blog");
    h.feed.add("a", "First");
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(says(step(ask(h, "https://blog.example/a"), "verdict").text, "first run"));
    h.feed.items[0].id = "another";
    h.time.run_for(1h);
    BOOST_TEST(says(step(ask(h, "another"), "verdict").text, "first run"));
}

BOOST_AUTO_TEST_CASE(a_published_status_is_found_by_its_address) {
    Harness h;
    h.start();
    put(h, "hello");
    h.time.run_for(1min);
    const std::string address = h.store.post(1).status_url;
    BOOST_TEST(ask(h, address)->name == "1");
    const std::string id = h.store.post(1).status_id;
    BOOST_TEST(ask(h, "https://model.example/users/bot/statuses/" + id)->name == "1");
    BOOST_TEST(!ask(h, "https://elsewhere.example/@bot/" + id));
}

// --- names ---

BOOST_AUTO_TEST_CASE(an_entry_tells_its_last_and_next_firings_and_what_stops_it) {
    Harness h;
    EntrySettings& entry = h.entry("hourly", *schedule::Cron::parse("0 * * * *"), "hello");
    entry.missed.policy = Missed::skip;
    h.start();
    h.time.run_for(61min);
    h.stop();
    h.time.run_for(3h);
    h.start();
    h.time.run_for(1min);
    const Result<engine::Why> why = ask(h, "hourly");
    BOOST_TEST(why->kind == "entry");
    BOOST_TEST(says(step(why, "rule").text, "cron 0 * * * *"));
    BOOST_TEST((step(why, "fired").at == from_rfc3339("2026-11-24T13:00:00Z")));
    BOOST_TEST(says(step(why, "fired").text, "published"));
    BOOST_TEST(std::any_of(why->chain.begin(), why->chain.end(), [](const engine::WhyStep& one) {
        return one.what == "fired" && says(one.text, "expired (missed)");
    }));
    BOOST_TEST((step(why, "next").at == from_rfc3339("2026-11-24T17:00:00Z")));
    pause(h, "entry:hourly");
    BOOST_TEST(step(ask(h, "entry:hourly"), "paused").action == "crier resume entry:hourly");
}

BOOST_AUTO_TEST_CASE(an_account_tells_what_is_first_in_its_queue_and_why_it_does_not_leave) {
    Harness h;
    h.account("news").limits.min_gap = 10min;
    h.start();
    put(h, "one");
    h.time.run_for(1min);
    const PostId two = put(h, "two");
    put(h, "three");
    h.time.run_for(1s);
    const Result<engine::Why> why = ask(h, "account:news");
    BOOST_TEST((step(why, "first").post == two));
    BOOST_TEST((step(why, "limited").post == two));
    BOOST_TEST(says(step(why, "limited").text, "min_gap"));
    BOOST_TEST(says(step(why, "outbox").text, "published 1"));
}

BOOST_AUTO_TEST_CASE(a_source_tells_its_looks) {
    Harness h;
    h.source("blog");
    h.feed.failures.push_back(Failure{Cause::network, "no route", {}});
    h.start();
    h.time.run_for(10s);
    const Result<engine::Why> why = ask(h, "blog");
    BOOST_TEST(why->kind == "source");
    BOOST_TEST(step(why, "failing").text == "1 look has failed: no route");
    BOOST_TEST(step(why, "next").at.has_value());
}

BOOST_AUTO_TEST_CASE(a_name_of_several_things_asks_which_one_and_an_unknown_one_says_what_is_near) {
    Harness h;
    h.source("news");
    h.entry("greeting", *schedule::Cron::parse("0 * * * *"), "hello");
    h.start();
    const Result<engine::Why> several = ask(h, "news");
    BOOST_REQUIRE(!several);
    BOOST_TEST((several.error().cause == Cause::usage));
    BOOST_TEST(several.error().hint == "say which one: account:news or source:news");
    BOOST_TEST(ask(h, "source:news")->kind == "source");
    const Result<engine::Why> near = ask(h, "greting");
    BOOST_REQUIRE(!near);
    BOOST_TEST((near.error().cause == Cause::not_found));
    BOOST_TEST(says(near.error().message, "nothing is known of greting"));
    BOOST_TEST(near.error().hint == "did you mean greeting?");
    BOOST_TEST(ask(h, "entry:news").error().message == "there is no entry named news");
    BOOST_TEST(ask(h, "77").error().message == "there is no post 77");
    BOOST_TEST(says(ask(h, "https://blog.example/none").error().message, "no source has seen an item"));
    BOOST_TEST((ask(h, "").error().cause == Cause::usage));
}

BOOST_AUTO_TEST_CASE(what_is_gone_from_the_configuration_is_said_to_be) {
    Harness h;
    h.account("old");
    h.entry("hourly", *schedule::Cron::parse("0 * * * *"), "hello").jitter = 50min;
    h.start();
    h.time.run_for(61min);
    h.stop();
    h.settings.schedule.clear();
    h.settings.accounts.erase("old");
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(steps(ask(h, "hourly")) == "gone fired");
    const engine::WhyStep held = step(ask(h, "1"), "held");
    BOOST_TEST(says(held.action, "put it back into the configuration"));
}

BOOST_AUTO_TEST_CASE(beside_a_stopped_daemon_it_says_that_none_runs_and_what_held_the_account) {
    Harness h;
    h.server.good_token = "new token";
    h.start();
    const PostId id = put(h, "hello");
    h.time.run_for(1min);
    h.stop();
    h.engine = std::make_unique<engine::Engine>(h.context.get_executor(), h.settings, h.world);
    bool begun = false;
    boost::asio::co_spawn(h.context, h.engine->begin(), [&](std::exception_ptr, Result<>) { begun = true; });
    h.time.run_while([&] { return !begun; });
    BOOST_TEST(says(steps(ask(h, std::to_string(id), false)), "stopped"));
    const Result<engine::Why> account = ask(h, "news", false);
    BOOST_TEST(says(step(account, "held").text, "was held when the daemon ended: "));
    h.engine.reset();
}

BOOST_AUTO_TEST_SUITE_END()
