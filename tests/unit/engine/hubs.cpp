// Hubs that are asked to push what is new, and what they push.

#include "support/engine_harness.hpp"

#include <algorithm>
#include <deque>

using namespace crier;
using namespace crier::test;

namespace {

using Kind = Hearing::Kind;
using State = Subscription::State;

const std::string hub_address = "https://hub.example/";
const std::string feed_address = "https://blog.example/feed.xml";

/// A hub that takes what it is asked, unless the test says otherwise.
class ScriptedHub final : public HttpClient {
public:
    boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
        BOOST_TEST(request.method == "POST");
        urls.push_back(request.url);
        forms.push_back(std::move(request.body));
        HttpResponse response;
        response.status = 202;
        if (answers.empty())
            co_return response;
        HttpResult answer = std::move(answers.front());
        answers.pop_front();
        co_return answer;
    }
    HttpResponse& answers_with(int status, std::string words = {}) {
        HttpResponse response;
        response.status = status;
        response.body = std::move(words);
        answers.emplace_back(std::move(response));
        return *answers.back();
    }
    void is_down() {
        answers.emplace_back(HttpFailure{HttpPhase::connect, Failure{Cause::network, "it is down"}, false});
    }

    std::deque<HttpResult> answers;
    std::vector<std::string> urls;
    std::vector<std::string> forms;
};

/// A blog whose feed names a hub, on a machine that hubs can reach.
struct Bed : Harness {
    Bed() {
        world.http = &hub;
        settings.inbound.emplace();
        settings.inbound->url = "https://bot.example";
        blog().poll_most = 1h;
        feed.hub = Hub{hub_address, feed_address};
        feed.add("1", "Old", time.now() - 24h);
    }
    SourceSettings& blog() {
        if (settings.sources.empty())
            source("blog");
        return settings.sources.front();
    }

    /// Started, looked at once.
    void begin() {
        start();
        time.run_for(1min);
    }

    [[nodiscard]] const Subscription& subscription() const {
        const Subscription* found = engine->subscription_of("blog");
        BOOST_REQUIRE(found != nullptr);
        return *found;
    }

    HubAnswer asks_back(const std::string& id, const std::string& mode,
                        const std::string& topic = feed_address, const std::string& lease = "864000") {
        HubQuestion question;
        question.mode = mode;
        question.topic = topic;
        question.lease = lease;
        std::optional<HubAnswer> answer;
        boost::asio::co_spawn(context, engine->answer_hub(id, std::move(question)),
                              [&](std::exception_ptr, HubAnswer said) { answer = said; });
        time.run_while([&] { return !answer; });
        return *answer;
    }
    /// Up to the point where the hub pushes.
    void subscribe() {
        begin();
        BOOST_REQUIRE((asks_back(subscription().id, "subscribe") == HubAnswer::agreed));
    }

    Hearing push() {
        Heard heard;
        heard.body = "pushed";
        std::optional<Hearing> result;
        boost::asio::co_spawn(context, engine->hear_hub(subscription().id, std::move(heard)),
                              [&](std::exception_ptr, Hearing hearing) { result = std::move(hearing); });
        time.run_while([&] { return !result; });
        return *result;
    }

    [[nodiscard]] std::size_t published() const { return server.statuses.size(); }

    ScriptedHub hub;
};

/// What stands behind this name in a form.
std::string in_form(const std::string& form, const std::string& name) {
    const auto at = ("&" + form).find("&" + name + "=");
    if (at == std::string::npos)
        return "(nothing)";
    const std::string rest = form.substr(at + name.size() + 1);
    return rest.substr(0, rest.find('&'));
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_hubs)

BOOST_AUTO_TEST_CASE(a_hub_that_a_look_shows_is_asked_once_and_pushes_when_it_has_asked_back) {
    Bed h;
    h.begin();
    BOOST_REQUIRE_EQUAL(h.hub.forms.size(), 1U);
    BOOST_TEST(h.hub.urls.front() == hub_address);
    const std::string& form = h.hub.forms.front();
    const Subscription& asked = h.subscription();
    BOOST_TEST((asked.state == State::asked));
    BOOST_TEST(in_form(form, "hub.mode") == "subscribe");
    BOOST_TEST(in_form(form, "hub.topic") == "https%3A%2F%2Fblog.example%2Ffeed.xml");
    BOOST_TEST(in_form(form, "hub.callback") == "https%3A%2F%2Fbot.example%2Fwebsub%2F" + asked.id);
    BOOST_TEST(in_form(form, "hub.lease_seconds") == "864000");
    BOOST_TEST(in_form(form, "hub.verify") == "async"); // hubs of older versions insist
    BOOST_TEST(in_form(form, "hub.secret") == asked.secret);
    BOOST_TEST(asked.id.size() == 32U);
    BOOST_TEST(asked.secret.size() == 64U);
    h.time.run_for(20min);
    BOOST_TEST(h.hub.forms.size() == 1U); // the next look shows the same

    BOOST_TEST((h.asks_back(asked.id, "subscribe") == HubAnswer::agreed));
    BOOST_TEST((h.subscription().state == State::active));
    BOOST_TEST((h.subscription().until > h.time.now() + 240h - 1s));
    BOOST_TEST(h.log.count("websub.active") == 1U);
    BOOST_REQUIRE_EQUAL(h.store.states.subscriptions.size(), 1U);
    BOOST_TEST((h.store.states.subscriptions.front().state == State::active));
}

BOOST_AUTO_TEST_CASE(what_was_not_asked_for_is_not_agreed_to) {
    Bed h;
    h.begin();
    const std::string id = h.subscription().id;
    BOOST_TEST((h.asks_back("0123", "subscribe") == HubAnswer::refused));
    BOOST_TEST((h.asks_back(id, "subscribe", "https://other.example/") == HubAnswer::refused));
    BOOST_TEST((h.asks_back(id, "unsubscribe") == HubAnswer::refused));
    BOOST_TEST((h.asks_back(id, "") == HubAnswer::refused));
    BOOST_TEST((h.subscription().state == State::asked));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_recorded_is_not_agreed_to) {
    Bed h;
    h.begin();
    h.store.failures.assign(1, Failure{Cause::temporary, "the disk is full"});
    BOOST_TEST((h.asks_back(h.subscription().id, "subscribe") == HubAnswer::later));
    BOOST_TEST((h.subscription().state == State::asked));
}

BOOST_AUTO_TEST_CASE(what_is_pushed_is_posted_at_once_and_is_nothing_new_at_the_next_look) {
    Bed h;
    h.subscribe();
    h.feed.add("2", "New", h.time.now());
    const std::size_t polls = h.feed.polls;
    const Hearing hearing = h.push();
    BOOST_TEST((hearing.kind == Kind::taken));
    BOOST_TEST(hearing.posts == 1U);
    h.time.run_for(5s);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"New https://blog.example/2"},
               boost::test_tools::per_element());
    BOOST_TEST(h.feed.polls == polls);
    BOOST_TEST(h.push().posts == 0U);
    h.restart();
    BOOST_TEST(h.push().posts == 0U);
    h.time.run_for(3h);
    BOOST_TEST(h.feed.polls > polls);
    BOOST_TEST(h.published() == 1U);
}

/// As `crier undo` does before it takes back what there is.
BOOST_AUTO_TEST_CASE(a_pause_while_a_push_is_taken_in_keeps_it_back) {
    Bed h;
    h.subscribe();
    h.feed.add("2", "New", h.time.now());
    h.store.latency = 100ms;
    Heard heard;
    heard.body = "pushed";
    std::optional<Hearing> told;
    boost::asio::co_spawn(h.context, h.engine->hear_hub(h.subscription().id, std::move(heard)),
                          [&](std::exception_ptr, Hearing hearing) { told = std::move(hearing); });
    h.time.run_for(50ms);
    const auto blog = *engine::Target::parse("source:blog", h.settings);
    boost::asio::co_spawn(h.context, h.engine->pause(blog, std::nullopt, ""),
                          [](std::exception_ptr, const Result<>&) {});
    h.time.run_for(1h);
    BOOST_REQUIRE(told.has_value());
    BOOST_TEST((told->kind == Kind::later));
    BOOST_TEST(h.store.posts.empty());
    boost::asio::co_spawn(h.context, h.engine->resume(blog), [](std::exception_ptr, const Result<>&) {});
    h.time.run_for(1h);
    BOOST_TEST(h.published() == 1U);
}

BOOST_AUTO_TEST_CASE(a_push_before_the_first_look_is_looked_after_and_floods_nothing) {
    Bed h;
    h.subscribe();
    h.account("art");
    PostTarget other;
    other.account = "art";
    other.post = Harness::text("{{ title }}");
    h.blog().targets.push_back(std::move(other)); // which has not seen anything of it
    h.stop();
    h.feed.failures.emplace_back(Cause::network, "down"); // the look at the start
    h.start();
    h.time.run_for(1s);
    const std::size_t polls = h.feed.polls;
    h.feed.add("2", "New", h.time.now());
    const Hearing hearing = h.push();
    BOOST_TEST((hearing.kind == Kind::taken));
    BOOST_TEST(hearing.posts == 0U);
    BOOST_TEST(h.feed.heard.empty());
    h.time.run_for(2min);
    BOOST_TEST(h.feed.polls == polls + 1);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"New https://blog.example/2"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_late_push_of_old_words_changes_nothing_and_has_the_feed_looked_at) {
    Bed h;
    h.blog().on_update = OnUpdate::edit;
    h.subscribe();
    h.feed.add("2", "First words", h.time.now());
    BOOST_TEST(h.push().posts == 1U);
    h.time.run_for(2min);
    h.feed.items.front().title = "Other words";
    h.time.run_for(2h); // seen by a look, and edited
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Other words https://blog.example/2"},
               boost::test_tools::per_element());
    h.feed.pushed = h.feed.items;
    h.feed.pushed->front().title = "First words";
    const std::size_t polls = h.feed.polls;
    BOOST_TEST((h.push().kind == Kind::taken));
    h.time.run_for(90s);
    BOOST_TEST(h.feed.polls == polls + 1);
    h.time.run_for(10min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Other words https://blog.example/2"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_push_of_changed_words_has_them_looked_at_and_edited_within_minutes) {
    Bed h;
    h.blog().on_update = OnUpdate::edit;
    h.subscribe();
    h.feed.add("2", "First words", h.time.now());
    (void)h.push();
    h.time.run_for(2min);
    h.feed.items.front().title = "Other words";
    (void)h.push();
    h.time.run_for(3min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Other words https://blog.example/2"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_taken_back_in_a_push_goes_by_the_feed_alone) {
    Bed h;
    h.blog().on_delete = OnDelete::remove;
    h.subscribe();
    h.feed.add("2", "New", h.time.now());
    (void)h.push();
    h.time.run_for(2min);
    h.feed.pushed = h.feed.items;
    h.feed.pushed->front().gone = true;
    (void)h.push();
    h.time.run_for(10min);
    BOOST_TEST(!h.server.statuses.at(0).deleted);
    h.feed.items.front().gone = true;
    (void)h.push();
    h.time.run_for(10min);
    BOOST_TEST(h.server.statuses.at(0).deleted);
}

BOOST_AUTO_TEST_CASE(what_is_undated_or_older_than_the_last_look_is_judged_by_a_look) {
    Bed h;
    h.subscribe();
    const std::vector<Item> shown = h.feed.items;
    h.feed.add("0", "From before the first look", h.time.now() - 48h);
    h.feed.pushed = h.feed.items;
    h.feed.items = shown; // the feed does not show it any more
    const std::size_t polls = h.feed.polls;
    BOOST_TEST(h.push().posts == 0U);
    h.time.run_for(10min);
    BOOST_TEST(h.feed.polls == polls + 1);
    BOOST_TEST(h.published() == 0U);
    h.feed.pushed.reset();
    h.feed.add("2", "Undated");
    BOOST_TEST(h.push().posts == 0U);
    h.time.run_for(2min);
    BOOST_TEST(h.timeline() == std::vector<std::string>{"Undated https://blog.example/2"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(more_than_one_look_may_take_comes_with_the_next_look) {
    Bed h;
    h.blog().per_look = 1;
    h.subscribe();
    h.feed.add("2", "Two", h.time.now());
    h.feed.add("3", "Three", h.time.now());
    BOOST_TEST(h.push().posts == 1U);
    h.time.run_for(3h);
    BOOST_TEST(h.timeline() ==
                   (std::vector<std::string>{"Two https://blog.example/2", "Three https://blog.example/3"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_push_that_cannot_be_read_is_no_trouble_of_the_source) {
    Bed h;
    h.subscribe();
    h.feed.failures.emplace_back(Cause::server, "this is no feed");
    const std::size_t polls = h.feed.polls;
    BOOST_TEST((h.push().kind == Kind::refused));
    BOOST_TEST(h.engine->sources().front().failures == 0);
    BOOST_TEST(h.log.count("websub.unread") == 1U);
    h.time.run_for(2min);
    BOOST_TEST(h.feed.polls == polls + 1);
}

BOOST_AUTO_TEST_CASE(however_much_is_pushed_it_is_looked_at_once_a_minute) {
    Bed h;
    h.subscribe();
    h.feed.add("2", "x", h.time.now());
    (void)h.push();
    const std::size_t polls = h.feed.polls;
    for (int i = 0; i < 100; ++i) {
        h.feed.items.front().title += "x";
        (void)h.push();
        h.time.run_for(3s);
    }
    BOOST_TEST(h.feed.polls > polls);
    BOOST_TEST(h.feed.polls <= polls + 6);
}

BOOST_AUTO_TEST_CASE(while_a_hub_pushes_it_is_looked_at_by_the_longest_pause) {
    Bed h;
    h.begin();
    std::size_t polls = h.feed.polls;
    h.feed.rhythm.newest = h.time.now(); // it publishes often
    h.feed.rhythm.gap = 10min;
    h.time.run_for(4h);
    BOOST_TEST(h.feed.polls - polls > 10U);
    (void)h.asks_back(h.subscription().id, "subscribe");
    h.time.run_for(1h);
    polls = h.feed.polls;
    h.time.run_for(8h);
    BOOST_TEST(h.feed.polls - polls >= 7U);
    BOOST_TEST(h.feed.polls - polls <= 8U);
}

BOOST_AUTO_TEST_CASE(after_a_time_in_which_nobody_listened_it_is_looked_at_at_once) {
    Bed h;
    h.subscribe();
    h.time.run_for(2h);
    h.stop();
    h.time.run_for(20min);
    const std::size_t polls = h.feed.polls;
    h.start();
    h.time.run_for(1min);
    BOOST_TEST(h.feed.polls == polls + 1);
}

BOOST_AUTO_TEST_CASE(what_is_granted_is_renewed_before_it_lapses) {
    Bed h;
    h.begin();
    (void)h.asks_back(h.subscription().id, "subscribe", feed_address, "36000");
    h.time.run_for(7h);
    BOOST_TEST(h.hub.forms.size() == 1U);
    h.time.run_for(70min);
    BOOST_TEST(h.hub.forms.size() == 2U);
    BOOST_TEST(in_form(h.hub.forms[1], "hub.mode") == "subscribe");
    BOOST_TEST(in_form(h.hub.forms[1], "hub.secret") == h.subscription().secret);
    (void)h.asks_back(h.subscription().id, "subscribe", feed_address, "36000");
    BOOST_TEST((h.subscription().until > h.time.now() + 10h - 1s));
    h.time.run_for(6h);
    BOOST_TEST(h.hub.forms.size() == 2U);
    BOOST_TEST(h.log.count("websub.active") == 1U);
}

BOOST_AUTO_TEST_CASE(one_that_lapses_is_told_asked_for_anew_and_looked_at_as_before) {
    Bed h;
    h.begin();
    (void)h.asks_back(h.subscription().id, "subscribe", feed_address, "36000");
    for (int i = 0; i < 100; ++i)
        h.hub.is_down();
    h.time.run_for(30h);
    BOOST_TEST(h.log.count("websub.lapsed") == 1U);
    BOOST_TEST(h.log.count("websub.failed") == 1U);
    BOOST_TEST((h.subscription().state == State::asked));
    BOOST_TEST(h.subscription().note == "it is down");
    BOOST_TEST(h.hub.forms.size() < 20U);
    h.hub.answers.clear();
    h.time.run_for(13h);
    (void)h.asks_back(h.subscription().id, "subscribe");
    BOOST_TEST((h.subscription().state == State::active));
    BOOST_TEST(h.subscription().note.empty());
    BOOST_TEST(h.log.count("websub.active") == 2U);
}

BOOST_AUTO_TEST_CASE(a_hub_that_says_no_is_asked_soon_and_then_each_day) {
    Bed h;
    for (int i = 0; i < 3; ++i)
        h.hub.answers_with(403, "not\nyou");
    h.begin();
    BOOST_TEST(h.subscription().note == "it answers 403: not you");
    BOOST_TEST(h.log.count("websub.failed") == 1U);
    h.time.run_for(20min); // it could not ask back just then, perhaps
    BOOST_TEST(h.hub.forms.size() == 3U);
    h.time.run_for(23h);
    BOOST_TEST(h.hub.forms.size() == 3U);
    h.time.run_for(61min);
    BOOST_TEST(h.hub.forms.size() == 4U);
    BOOST_TEST((h.asks_back(h.subscription().id, "denied") == HubAnswer::agreed));
    BOOST_TEST((h.subscription().state == State::denied));
    BOOST_TEST(h.log.count("websub.denied") == 1U);
    h.time.run_for(23h);
    BOOST_TEST(h.hub.forms.size() == 4U);
    h.time.run_for(61min);
    BOOST_TEST(h.hub.forms.size() == 5U);
    h.restart(); // what was in the way may have been mended
    h.time.run_for(1s);
    BOOST_TEST(h.hub.forms.size() == 6U);
}

BOOST_AUTO_TEST_CASE(a_hub_without_https_is_tried_with_it_and_is_told_no_secret_in_the_open) {
    Bed h;
    h.feed.hub.url = "http://hub.example/";
    h.hub.is_down(); // with https
    h.begin();
    BOOST_TEST(h.hub.urls == (std::vector<std::string>{"https://hub.example/", "http://hub.example/"}),
               boost::test_tools::per_element());
    BOOST_TEST(in_form(h.hub.forms.at(0), "hub.secret") == h.subscription().secret);
    BOOST_TEST(in_form(h.hub.forms.at(1), "hub.secret") == "(nothing)");
    Bed both;
    both.feed.hub.url = "http://hub.example/";
    both.begin();
    BOOST_TEST(both.hub.urls == std::vector<std::string>{"https://hub.example/"},
               boost::test_tools::per_element());
    Bed other_port;
    other_port.feed.hub.url = "http://hub.example:8080/";
    other_port.begin();
    BOOST_TEST(other_port.hub.urls == std::vector<std::string>{"http://hub.example:8080/"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_hub_that_pushes_nothing_is_found_out_and_the_source_looked_at_as_before) {
    Bed h;
    h.feed.rhythm.gap = 10min;
    h.subscribe();
    h.time.run_for(1h);
    for (int i = 0; i < 3; ++i) {
        h.feed.add("n" + std::to_string(i), "News", h.time.now());
        h.feed.rhythm.newest = h.time.now();
        h.time.run_for(70min);
    }
    BOOST_TEST(h.log.count("websub.silent") == 1U);
    BOOST_TEST(h.hub.forms.size() == 2U);
    (void)h.asks_back(h.subscription().id, "subscribe"); // which proves nothing
    std::size_t polls = h.feed.polls;
    h.time.run_for(4h);
    BOOST_TEST(h.feed.polls - polls > 6U);
    h.feed.add("pushed", "News", h.time.now());
    (void)h.push();
    h.time.run_for(1h);
    polls = h.feed.polls;
    h.time.run_for(4h);
    BOOST_TEST(h.feed.polls - polls < 5U);
    BOOST_TEST(h.log.count("websub.silent") == 1U);
}

BOOST_AUTO_TEST_CASE(a_paused_source_keeps_its_hub_and_is_looked_at_when_it_goes_on) {
    Bed h;
    h.subscribe();
    engine::Target target = *engine::Target::parse("source:blog", h.settings);
    bool done = false;
    boost::asio::co_spawn(h.context, h.engine->pause(target, std::nullopt, ""),
                          [&](std::exception_ptr, const Result<>&) { done = true; });
    h.time.run_while([&] { return !done; });
    h.feed.add("2", "New", h.time.now());
    BOOST_TEST((h.push().kind == Kind::taken));
    h.time.run_for(1h);
    BOOST_TEST(h.published() == 0U);
    done = false;
    boost::asio::co_spawn(h.context, h.engine->resume(target),
                          [&](std::exception_ptr, const Result<>&) { done = true; });
    h.time.run_while([&] { return !done; });
    h.time.run_for(1min);
    BOOST_TEST(h.published() == 1U);
}

BOOST_AUTO_TEST_CASE(what_a_hub_repeats_of_its_secret_is_in_no_note) {
    Bed h;
    h.start();
    h.time.run_while([&] { return h.engine->subscription_of("blog") == nullptr; });
    const std::string secret = h.subscription().secret;
    const std::string id = h.subscription().id;
    h.hub.answers_with(400,
                       "bad: " + secret + " at /websub/" + id + " and " + std::string(150, 'x') + secret);
    h.time.run_for(1min);
    const std::string& note = h.subscription().note;
    BOOST_TEST(note.starts_with("it answers 400: bad: ... at /websub/... and x"), note);
    BOOST_TEST(note.find(secret.substr(0, 8)) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_hub_that_takes_it_and_never_asks_back_is_told_of) {
    Bed h;
    h.begin();
    h.time.run_for(29min);
    BOOST_TEST(h.hub.forms.size() == 1U);
    BOOST_TEST(h.log.count("websub.failed") == 0U);
    h.time.run_for(2min);
    BOOST_TEST(h.hub.forms.size() == 2U);
    BOOST_TEST(h.log.count("websub.failed") == 1U);
    BOOST_TEST(h.log.first("websub.failed").find("can it reach https://bot.example?") != std::string::npos);
    h.time.run_for(48h);
    BOOST_TEST(h.hub.forms.size() < 12U);
    BOOST_TEST(h.log.count("websub.failed") == 1U);
}

BOOST_AUTO_TEST_CASE(a_hub_that_sends_elsewhere_is_followed_but_not_away_from_https) {
    Bed h;
    h.hub.answers_with(307).headers = {{"Location", "https://hub.example/new"}};
    h.begin();
    BOOST_TEST(h.hub.urls == (std::vector<std::string>{hub_address, "https://hub.example/new"}),
               boost::test_tools::per_element());
    BOOST_TEST(h.hub.forms[0] == h.hub.forms[1]);
    Bed other;
    other.hub.answers_with(308).headers = {{"Location", "http://hub.example/new"}};
    other.begin();
    BOOST_TEST(other.hub.urls.size() == 1U);
    Bed round;
    for (int i = 0; i < 10; ++i)
        round.hub.answers_with(308).headers = {{"Location", hub_address}};
    round.begin();
    BOOST_TEST(round.hub.urls.size() == 4U);
}

BOOST_AUTO_TEST_CASE(another_hub_takes_its_place_and_the_old_one_is_asked_to_end) {
    Bed h;
    h.subscribe();
    const std::string old = h.subscription().id;
    h.feed.hub.url = "https://other.example/";
    h.time.run_while([&] { return h.hub.forms.size() < 3; });
    BOOST_REQUIRE_EQUAL(h.hub.forms.size(), 3U);
    const std::string now = h.subscription().id;
    BOOST_TEST(now != old);
    std::vector<std::string> asked;
    for (std::size_t i = 1; i < 3; ++i)
        asked.push_back(in_form(h.hub.forms[i], "hub.mode") + " " + h.hub.urls[i]);
    std::sort(asked.begin(), asked.end());
    BOOST_TEST(asked == (std::vector<std::string>{"subscribe https://other.example/",
                                                  "unsubscribe https://hub.example/"}),
               boost::test_tools::per_element());
    BOOST_TEST((h.asks_back(old, "subscribe") == HubAnswer::refused));
    BOOST_TEST((h.asks_back(old, "unsubscribe") == HubAnswer::agreed));
    BOOST_TEST((h.asks_back(old, "unsubscribe") == HubAnswer::refused));
    BOOST_TEST(h.store.states.subscriptions.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_the_configuration_does_not_want_any_more_is_ended) {
    for (int i = 0; i < 4; ++i) {
        Bed h;
        h.subscribe();
        const std::string id = h.subscription().id;
        h.stop();
        if (i == 0)
            h.blog().websub = false;
        else if (i == 1)
            h.settings.sources.clear();
        else if (i == 2)
            h.settings.inbound->url = "https://new.example"; // it can be asked at the old one no more
        else
            h.settings.inbound.reset();
        h.start();
        h.time.run_for(1min);
        const bool parts = i < 2;
        BOOST_TEST(h.hub.forms.size() == (parts ? 2U : 1U));
        if (parts)
            BOOST_TEST(in_form(h.hub.forms[1], "hub.mode") == "unsubscribe");
        BOOST_TEST(h.store.states.subscriptions.size() == (parts ? 1U : 0U));
        h.time.run_for(24h); // the hub does not ask back
        if (i != 2)          // there it is asked anew, under the new address
            BOOST_TEST(h.hub.forms.size() == (parts ? 4U : 1U));
        BOOST_TEST((h.engine->subscription(id) == nullptr));
        BOOST_TEST(std::none_of(h.store.states.subscriptions.begin(), h.store.states.subscriptions.end(),
                                [&](const Subscription& one) { return one.id == id; }));
    }
}

BOOST_AUTO_TEST_CASE(another_public_address_is_another_subscription) {
    Bed h;
    h.subscribe();
    h.stop();
    h.settings.inbound->url = "https://new.example/crier";
    h.start();
    h.time.run_for(2h);
    BOOST_REQUIRE_EQUAL(h.hub.forms.size() >= 2U, true);
    BOOST_TEST(in_form(h.hub.forms[1], "hub.callback") ==
               "https%3A%2F%2Fnew.example%2Fcrier%2Fwebsub%2F" + h.subscription().id);
}

BOOST_AUTO_TEST_CASE(without_a_public_address_or_where_it_is_not_wanted_no_hub_is_asked) {
    for (int i = 0; i < 4; ++i) {
        Bed h;
        if (i == 0)
            h.settings.inbound->url.clear();
        else if (i == 1)
            h.settings.inbound.reset();
        else if (i == 2)
            h.blog().websub = false;
        else
            h.feed.hub = Hub{"ftp://hub.example/", feed_address};
        h.begin();
        h.time.run_for(3h);
        BOOST_TEST(h.hub.forms.empty());
        BOOST_TEST(h.store.states.subscriptions.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_feed_that_is_gone_for_good_or_names_no_hub_any_more_is_not_pushed) {
    Bed h;
    h.subscribe();
    h.feed.hub = Hub{};
    h.time.run_for(2h);
    BOOST_TEST(in_form(h.hub.forms.back(), "hub.mode") == "unsubscribe");
    Bed gone;
    gone.subscribe();
    gone.feed.gone = true;
    gone.time.run_for(2h);
    BOOST_TEST(in_form(gone.hub.forms.back(), "hub.mode") == "unsubscribe");
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_before_that_is_durable) {
    Bed h;
    h.start();
    h.time.run_while([&] { return h.engine->subscription_of("blog") == nullptr; });
    h.store.failures.assign(3, Failure{Cause::temporary, "the disk is full"});
    h.time.run_for(4s);
    BOOST_TEST(h.hub.forms.empty());
    h.time.run_for(1min);
    BOOST_TEST(h.hub.forms.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_renamed_source_keeps_its_subscription) {
    Bed h;
    h.subscribe();
    const std::string id = h.subscription().id;
    h.stop();
    h.blog().name = "log";
    h.blog().was = "blog";
    h.start();
    h.time.run_for(1min);
    BOOST_REQUIRE((h.engine->subscription_of("log") != nullptr));
    BOOST_TEST(h.engine->subscription_of("log")->id == id);
    BOOST_TEST(h.hub.forms.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_is_left_alone_whatever_is_pushed) {
    Bed h;
    h.subscribe();
    h.time.run_for(2min);
    for (int i = 0; i < 1000; ++i)
        h.feed.failures.emplace_back(Cause::server, "429");
    const std::size_t polls = h.feed.polls;
    h.time.run_for(2h);
    const std::size_t before = h.feed.polls;
    for (int i = 0; i < 60; ++i) {
        h.engine->look_for_hub(h.subscription().id);
        h.time.run_for(1s);
    }
    BOOST_TEST(h.feed.polls - before <= 1U);
    BOOST_TEST(before - polls < 10U);
}

BOOST_AUTO_TEST_CASE(what_is_agreed_to_is_durable_although_the_hub_answers_meanwhile) {
    struct QuickHub final : HttpClient {
        explicit QuickHub(Bed& b)
            : bed(b) {}
        boost::asio::awaitable<HttpResult> send(HttpRequest request) override {
            (void)request;
            ++asked;
            co_await bed.time.pass(1ms);
            HubQuestion question;
            question.mode = "subscribe";
            question.topic = feed_address;
            question.lease = "864000";
            boost::asio::co_spawn(bed.context,
                                  bed.engine->answer_hub(bed.subscription().id, std::move(question)),
                                  [this](std::exception_ptr, HubAnswer said) { answer = said; });
            co_await bed.time.pass(100us);
            HttpResponse response;
            response.status = 202;
            co_return response;
        }
        Bed& bed;
        int asked = 0;
        std::optional<HubAnswer> answer;
    };
    Bed h;
    QuickHub quick{h};
    h.world.http = &quick;
    h.begin();
    BOOST_REQUIRE(quick.answer);
    BOOST_TEST((*quick.answer == HubAnswer::agreed));
    BOOST_TEST((h.subscription().state == State::active));
    BOOST_TEST((h.store.states.subscriptions.front().state == State::active));
    h.stop();
}

BOOST_AUTO_TEST_CASE(what_is_to_come_is_not_taken_of_a_push) {
    Bed h;
    h.subscribe();
    h.feed.add("2", "Event", h.time.now() + 48h);
    h.feed.items.front().due = h.time.now() + 47h;
    h.feed.pushed = h.feed.items;
    const Hearing hearing = h.push();
    BOOST_TEST(hearing.posts == 0U);
    h.feed.pushed.reset();
    std::erase_if(h.feed.items, [](const Item& item) { return item.id == "2"; });
    h.time.run_for(72h);
    BOOST_TEST(h.published() == 0U);
}

BOOST_AUTO_TEST_CASE(a_lease_of_a_clock_that_stood_in_the_future_is_asked_for_anew) {
    Bed h;
    h.time.jump(24h * 365 * 12);
    h.subscribe();
    h.time.jump(-24h * 365 * 12);
    h.time.run_for(24h * 20);
    BOOST_TEST(h.hub.forms.size() > 1U);
    BOOST_TEST((h.subscription().until <= h.time.now()));
    BOOST_TEST((h.subscription().state == State::asked));
}

BOOST_AUTO_TEST_CASE(a_lease_of_years_is_renewed_all_the_same) {
    Bed h;
    h.begin();
    (void)h.asks_back(h.subscription().id, "subscribe", feed_address, "315360000");
    h.time.run_for(24h * 250);
    BOOST_TEST(h.hub.forms.size() > 1U);
}

BOOST_AUTO_TEST_CASE(a_hub_that_asks_for_time_gets_it) {
    Bed h;
    for (int i = 0; i < 10; ++i)
        h.hub.answers_with(429).headers = {{"Retry-After", "21600"}};
    h.begin();
    h.time.run_for(5h);
    BOOST_TEST(h.hub.forms.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
