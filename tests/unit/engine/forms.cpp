// What a post is beside its text, from the template to what leaves; and what a server does not offer.

#include "engine/compose.hpp"
#include "engine/unfit.hpp"
#include "support/engine_harness.hpp"

using namespace crier;
using namespace crier::test;
using namespace crier::engine;

namespace {

text::Template written(const std::string& source) {
    return *text::Template::parse(source, {"title", "link"});
}

/// An item of a source with a template that may have everything, on a server that takes it.
struct Forms {
    ServerProfile server;
    SourceSettings source;
    PostTemplate post;
    Item item;

    Forms() {
        server.known = server.quotes = server.local_only = server.polls.with_media = true;
        server.content_types = {"text/markdown"};
        post.status = written("{{ title }}");
        item.title = "A question";
        source.name = "blog";
    }
    std::vector<Composed> composed() {
        PostTarget target;
        target.account = "news";
        target.post = std::make_shared<PostTemplate>(post);
        return compose_item(source, target, item, *schedule::Zone::find("UTC"), Instant{}, server);
    }
    Composed one() { return composed().at(0); }
    void ask(std::vector<std::string> options) {
        auto poll = std::make_shared<PollTemplate>();
        for (const std::string& option : options)
            poll->options.push_back(written(option));
        post.poll = std::move(poll);
    }
};

PostContent content_with(const std::function<void(PostContent&)>& change) {
    PostContent content;
    content.status = "x";
    change(content);
    return content;
}

Poll poll_of(std::vector<std::string> options, Duration open = std::chrono::hours{24}) {
    Poll poll;
    poll.options = std::move(options);
    poll.open = open;
    return poll;
}

} // namespace

BOOST_AUTO_TEST_SUITE(engine_forms)

BOOST_AUTO_TEST_CASE(all_of_it_is_in_the_post_and_the_first_part_alone_has_what_is_there_once) {
    Forms forms;
    forms.ask({"Yes to {{ title }}", " No "});
    forms.post.quote = "7";
    forms.post.in_reply_to = "6";
    forms.post.quote_policy = QuotePolicy::nobody;
    forms.post.content_type = "text/markdown";
    forms.post.local_only = forms.post.pin = true;
    forms.post.overflow = Overflow::thread;
    forms.item.title = std::string(300, 'a') + ". " + std::string(300, 'b') + ".";
    forms.server.polls.characters = 1000;
    forms.server.quote_policies = true;
    const std::vector<Composed> parts = forms.composed();
    BOOST_REQUIRE_EQUAL(parts.size(), 2U);
    const PostContent& first = parts[0].content;
    BOOST_TEST(parts[0].hold == "");
    BOOST_TEST((first.quote == "7" && first.in_reply_to == "6" && first.pin));
    BOOST_REQUIRE(first.poll);
    BOOST_TEST(first.poll->options.at(0) == "Yes to " + forms.item.title);
    BOOST_TEST(first.poll->options.at(1) == "No");
    const PostContent& second = parts[1].content;
    BOOST_TEST((second.quote.empty() && second.in_reply_to.empty() && !second.pin && !second.poll));
    BOOST_TEST((second.local_only && second.content_type == "text/markdown" &&
                second.quote_policy == QuotePolicy::nobody));
}

BOOST_AUTO_TEST_CASE(a_warning_by_rule_counts_in_the_length) {
    Forms forms;
    auto rules = std::make_shared<std::vector<WarningRule>>(1);
    rules->at(0).match = *Patterns::compile({"question"}, {});
    rules->at(0).warning = "Questions";
    forms.post.warnings = rules;
    BOOST_TEST(forms.one().content.spoiler_text == "Questions");
    BOOST_TEST(forms.one().length == 10U + 9U);
    forms.item.title = std::string(495, 'a') + " question";
    const Composed shortened = forms.one();
    BOOST_TEST(shortened.content.spoiler_text == "Questions");
    BOOST_TEST(shortened.length <= 500U);
}

BOOST_AUTO_TEST_CASE(whoever_is_meant_is_notified) {
    Forms forms;
    forms.item.title = "@alice and @bob";
    forms.post.meant_mentions = std::make_shared<std::vector<std::string>>(1, "alice");
    BOOST_TEST(forms.one().content.status == "@alice and @\u200Bbob");
}

BOOST_AUTO_TEST_CASE(what_the_server_does_not_offer_is_held_and_said) {
    struct {
        const char* what;
        std::function<void(Forms&)> change;
        const char* expected;
    } const cases[] = {
        {"quotes",
         [](Forms& f) {
             f.post.quote = "7";
             f.server.quotes = false;
         },
         "the server has no quotes"},
        {"local",
         [](Forms& f) {
             f.post.local_only = true;
             f.server.local_only = false;
         },
         "does not offer that a post stays there"},
        {"markdown",
         [](Forms& f) {
             f.post.content_type = "text/markdown";
             f.server.content_types.clear();
         },
         "does not read text/markdown"},
        {"who may quote it", [](Forms& f) { f.post.quote_policy = QuotePolicy::nobody; },
         "nobody can say on this server who may quote"},
        {"polls",
         [](Forms& f) {
             f.ask({"a", "b"});
             f.server.polls.options = 0;
         },
         "the server has no polls"},
        {"many",
         [](Forms& f) {
             f.ask({"a", "b", "c", "d", "e"});
         },
         "a poll of 5 answers"},
        {"long",
         [](Forms& f) {
             f.ask({"a", "{{ title }}"});
             f.item.title = std::string(51, 'x');
         },
         "has 51 characters, and the server takes 50"},
        {"empty",
         [](Forms& f) {
             f.ask({"a", "{{ link }}"});
         },
         "an answer of the poll is empty"},
        {"twice",
         [](Forms& f) {
             f.ask({"A question", "{{ title }}"});
         },
         "two answers of the poll say the same"},
    };
    for (const auto& one : cases) {
        Forms forms;
        one.change(forms);
        const std::string hold = forms.one().hold;
        BOOST_TEST(hold.find(one.expected) != std::string::npos, one.what << ": " << hold);
    }
}

BOOST_AUTO_TEST_CASE(what_a_person_asks_for_is_checked_in_the_same_way) {
    ServerProfile server; // Mastodon before 4.5
    server.known = true;
    const auto refused = [&](const std::function<void(PostContent&)>& change) {
        const Result<> good = check_forms(content_with(change), server);
        return good ? std::string{} : good.error().message;
    };
    BOOST_TEST(refused([](PostContent& c) { c.poll = poll_of({"a", "b"}); }).empty());
    BOOST_TEST(refused([](PostContent& c) {
                   c.poll = poll_of({"a", "b"}, 4min);
               }) == "a poll that is open for 4m, and the server takes from 5m to 30d10h29m6s");
    BOOST_TEST(refused([](PostContent& c) {
                   c.poll = poll_of({"a", "b"});
                   c.media.resize(1);
               }).find("a poll with media, and the server takes the one or the other") == 0U);
    server.polls.with_media = true;
    BOOST_TEST(refused([](PostContent& c) {
                   c.poll = poll_of({"a", "b"});
                   c.media.resize(1);
               }).empty());
    BOOST_TEST(refused([](PostContent& c) { c.media.resize(5); }) ==
               "the post has 5 media, and the server takes 4");
    // 50 clusters of several code points each
    std::string flags;
    for (int i = 0; i < 50; ++i)
        flags += "🇩🇪";
    BOOST_TEST(refused([&](PostContent& c) { c.poll = poll_of({flags, "b"}); }).empty());
    server.length_unit = text::LengthUnit::code_point; // GoToSocial counts these
    BOOST_TEST(refused([&](PostContent& c) {
                   c.poll = poll_of({flags, "b"});
               }).ends_with("of the poll has 100 characters, and the server takes 50"));
}

BOOST_AUTO_TEST_CASE(of_a_server_that_nobody_has_asked_nothing_is_said) {
    PostContent content = content_with([](PostContent& c) { c.quote = "7"; });
    BOOST_TEST(check_forms(content, ServerProfile{}).has_value());
}

/// What was put into the outbox before the server was known.
struct Early : Harness {
    Early() { start(); }
    Post sent(const std::function<void(PostOrder&)>& change) {
        PostOrder order;
        order.status = "x";
        order.key = "k";
        change(order);
        const Result<Accepted> accepted = hand_in(std::move(order));
        BOOST_REQUIRE(accepted);
        time.run_for(1min);
        return store.post(accepted->id);
    }
};

BOOST_FIXTURE_TEST_CASE(what_the_server_does_not_offer_is_not_sent_to_it, Early) {
    const Post post = sent([](PostOrder& order) { order.local_only = true; });
    BOOST_TEST((post.state == PostState::held && post.code == ReasonCode::content));
    BOOST_TEST(post.reason.find("does not offer that a post stays there") != std::string::npos);
    BOOST_TEST(post.attempts == 0);
    BOOST_TEST(server.statuses.empty());
}

BOOST_FIXTURE_TEST_CASE(what_the_accounts_defaults_say_of_warnings_and_metadata_holds_by_hand_too, Early) {
    auto defaults = std::make_shared<PostTemplate>(*settings.accounts.at("news").defaults);
    auto rules = std::make_shared<std::vector<WarningRule>>(1);
    rules->at(0).match = *Patterns::compile({"soup"}, {});
    rules->at(0).warning = "Food";
    defaults->warnings = rules;
    defaults->strip_metadata = true;
    settings.accounts.at("news").defaults = defaults;
    const Post post = sent([](PostOrder& order) {
        order = picture("soup", "/srv/soup.jpg");
        order.spoiler_text = "Hot";
    });
    BOOST_TEST(post.content.spoiler_text == "Hot, Food");
    BOOST_TEST(post.content.media.at(0).strip_metadata);
}

BOOST_FIXTURE_TEST_CASE(what_it_offers_is, Early) {
    server.server.local_only = true;
    BOOST_TEST((sent([](PostOrder& order) { order.local_only = true; }).state == PostState::published));
}

BOOST_AUTO_TEST_SUITE_END()
