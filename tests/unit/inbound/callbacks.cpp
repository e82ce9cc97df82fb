// How hubs ask back, and what they push.

#include "inbound/callbacks.hpp"

#include "inbound/hub_signature.hpp"
#include "response.hpp"
#include "support/coro.hpp"
#include "support/log_lines.hpp"
#include "support/virtual_time.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace crier;
using namespace crier::test;
using inbound::HubProof;

namespace {

/// HMAC-SHA-256 of "body" by the key "secret"; by openssl.
const std::string signed_body = "sha256=dc46983557fea127b43af721467eb9b3fde2338fe3e14f51952aa8478c13d355";

/// One subscription, "id1" of the source "blog".
struct Door {
    explicit Door(bool shared = false) {
        subscription.id = "id1";
        subscription.source = "blog";
        subscription.secret = "secret";
        subscription.state = Subscription::State::active;
        callbacks.emplace(
            std::size_t{100},
            inbound::CallbackPorts{
                time, log,
                [this](std::string_view id) { return id == subscription.id ? &subscription : nullptr; },
                [this](std::string id, HubQuestion asked) { return ask(std::move(id), std::move(asked)); },
                [this](std::string id, Heard what) { return hear(std::move(id), std::move(what)); },
                [this](std::string_view id) { looks += std::string{id} + " "; }, shared});
    }

    boost::asio::awaitable<HubAnswer> ask(std::string id, HubQuestion asked) {
        BOOST_TEST(id == "id1");
        question = std::move(asked);
        ++questions;
        co_return answer;
    }
    boost::asio::awaitable<Hearing> hear(std::string id, Heard what) {
        BOOST_TEST(id == "id1");
        bodies.push_back(std::move(what.body));
        co_return hearing;
    }

    LocalResponse send(LocalRequest asked) { return run(context, callbacks->handle(std::move(asked))); }
    LocalResponse get(std::vector<std::pair<std::string, std::string>> query,
                      const std::string& path = "/websub/id1") {
        LocalRequest asked;
        asked.method = "GET";
        asked.path = path;
        asked.query = std::move(query);
        return send(std::move(asked));
    }
    LocalResponse push(const std::string& signature, const std::string& body = "body",
                       std::vector<std::pair<std::string, std::string>> headers = {}) {
        LocalRequest asked;
        asked.method = "POST";
        asked.path = "/websub/id1";
        asked.body = body;
        asked.headers = std::move(headers);
        if (!signature.empty())
            asked.headers.emplace_back("x-hub-signature", signature);
        return send(std::move(asked));
    }

    boost::asio::io_context context;
    VirtualTime time{context, *from_rfc3339("2026-11-24T12:00:00Z")};
    LogLines log;
    Subscription subscription;
    HubAnswer answer = HubAnswer::agreed;
    HubQuestion question;
    int questions = 0;
    Hearing hearing{Hearing::Kind::taken, {}};
    std::vector<std::string> bodies; ///< that came through
    std::string looks;
    std::optional<inbound::Callbacks> callbacks;
};

const std::vector<std::pair<std::string, std::string>> asks{{"hub.mode", "subscribe"},
                                                            {"hub.topic", "https://blog.example/f"},
                                                            {"hub.challenge", "<b>chal&1</b>"},
                                                            {"hub.lease_seconds", "600"}};

} // namespace

BOOST_AUTO_TEST_SUITE(inbound_callbacks)

BOOST_AUTO_TEST_CASE(who_asks_back_rightly_is_given_the_challenge_and_nothing_a_browser_would_run) {
    Door d;
    const LocalResponse response = d.get(asks);
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body == "<b>chal&1</b>");
    BOOST_TEST(response.content_type == "text/plain; charset=utf-8");
    BOOST_TEST(header(response, "X-Content-Type-Options") == "nosniff");
    BOOST_TEST(d.question.mode == "subscribe");
    BOOST_TEST(d.question.topic == "https://blog.example/f");
    BOOST_TEST(d.question.lease == "600");
    BOOST_TEST(d.log.lines.empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_agreed_to_is_not_confirmed) {
    Door d;
    d.answer = HubAnswer::refused;
    const LocalResponse refused = d.get(asks);
    BOOST_TEST(refused.status == 404);
    BOOST_TEST(refused.body.find("chal") == std::string::npos);
    d.answer = HubAnswer::later;
    const LocalResponse later = d.get(asks);
    BOOST_TEST(later.status == 503);
    BOOST_TEST(header(later, "Retry-After") == "30");
    BOOST_TEST(d.get({{"hub.mode", "subscribe"}}).status == 404); // no challenge
    BOOST_TEST(d.questions == 2);
    BOOST_TEST(d.get(asks, "/websub/id2").status == 404);
    BOOST_TEST(d.get(asks, "/websub/").status == 404);
    BOOST_TEST(d.questions == 2);
}

BOOST_AUTO_TEST_CASE(a_hub_that_says_no_needs_no_challenge) {
    Door d;
    BOOST_TEST(d.get({{"hub.mode", "denied"}, {"hub.topic", "t"}, {"hub.reason", "full"}}).status == 200);
    BOOST_TEST(d.question.reason == "full");
}

BOOST_AUTO_TEST_CASE(a_challenge_is_no_way_to_have_much_sent) {
    Door d;
    auto long_one = asks;
    long_one[2].second = std::string(5000, 'x');
    BOOST_TEST(d.get(long_one).body.size() == 1024U);
}

BOOST_AUTO_TEST_CASE(what_is_signed_comes_through_and_nothing_else) {
    Door d;
    BOOST_TEST(d.push(signed_body).status == 200);
    BOOST_TEST(d.bodies == std::vector<std::string>{"body"}, boost::test_tools::per_element());
    struct Wrong {
        std::string signature;
        std::string words;
    };
    for (const Wrong& one : {Wrong{"sha256=00", "does not fit"}, Wrong{"sha1=", "does not fit"}}) {
        d.time.run_for(std::chrono::minutes{2});
        const LocalResponse response = d.push(one.signature);
        BOOST_TEST(response.status == 401);
        BOOST_TEST_INFO(response.body);
        BOOST_TEST(response.body.find(one.words) != std::string::npos);
    }
    BOOST_TEST(d.push(signed_body, "other body").status == 401);
    BOOST_TEST(d.bodies.size() == 1U);
    BOOST_TEST(d.log.lines.size() == 2U); // once a minute
    BOOST_TEST(d.looks.empty());
}

BOOST_AUTO_TEST_CASE(what_nobody_has_signed_says_that_there_is_something_to_look_at_and_no_more) {
    Door d;
    for (const std::string& signature : {std::string{}, std::string{"md5=00"}, signed_body.substr(7)}) {
        d.looks.clear();
        BOOST_TEST(d.push(signature).status == 202);
        BOOST_TEST(d.looks == "id1 ");
    }
    BOOST_TEST(d.bodies.empty());
    BOOST_REQUIRE_EQUAL(d.log.lines.size(), 1U);
    BOOST_TEST(d.log.lines[0].starts_with("websub.looked_at: blog: what a hub pushed is looked for"));
}

BOOST_AUTO_TEST_CASE(what_became_of_a_push_is_what_its_hub_is_told) {
    Door d;
    d.hearing = Hearing{Hearing::Kind::later, "the source is paused"};
    const LocalResponse later = d.push(signed_body);
    BOOST_TEST(later.status == 503);
    BOOST_TEST(header(later, "Retry-After") == "30");
    d.hearing = Hearing{Hearing::Kind::refused, "this is no feed"};
    BOOST_TEST(d.push(signed_body).status == 202); // it is looked at
    d.hearing = Hearing{Hearing::Kind::unknown, "gone"};
    BOOST_TEST(d.push(signed_body).status == 410);
}

BOOST_AUTO_TEST_CASE(what_is_too_large_or_compressed_has_the_source_looked_at) {
    Door d;
    BOOST_TEST(d.push(signed_body, "body", {{"content-length", "101"}}).status == 202);
    BOOST_TEST(d.push(signed_body, "body", {{"content-length", "99999999999999999999999"}}).status == 202);
    BOOST_TEST(d.push(signed_body, "body", {{"content-encoding", "gzip"}}).status == 202);
    BOOST_TEST(d.looks == "id1 id1 id1 ");
    BOOST_TEST(
        d.push(signed_body, "body", {{"content-length", "100"}, {"content-encoding", "Identity"}}).status ==
        200);
    BOOST_TEST(d.bodies.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_the_server_refuses_has_the_source_looked_at) {
    Door d;
    LocalRequest head;
    head.method = "POST";
    head.path = "/websub/id1";
    d.callbacks->note_refusal(head, 413);
    BOOST_TEST(d.looks == "id1 ");
    BOOST_REQUIRE_EQUAL(d.log.lines.size(), 1U);
    head.path = "/websub/id2";
    d.callbacks->note_refusal(head, 413);
    BOOST_TEST(d.looks == "id1 ");
}

BOOST_AUTO_TEST_CASE(other_methods_and_other_subscriptions_are_refused_by_the_head_alone) {
    Door d;
    LocalRequest head;
    head.method = "PUT";
    head.path = "/websub/id1";
    BOOST_TEST(d.callbacks->check_head(head)->status == 405);
    BOOST_TEST(header(*d.callbacks->check_head(head), "Allow") == "GET, POST");
    head.method = "POST";
    BOOST_TEST(!d.callbacks->check_head(head));
    head.path = "/websub/id";
    BOOST_TEST(d.callbacks->check_head(head)->status == 404);
    d.subscription.state = Subscription::State::leaving;
    BOOST_TEST(d.push(signed_body).status == 410);
    BOOST_TEST(d.get(asks).status == 200); // to end it, it is asked as well
}

BOOST_AUTO_TEST_CASE(all_methods_of_the_recommendation_are_known) {
    // `printf body | openssl dgst -sha1 -hmac secret`, and so on
    for (
        const char* proof :
        {"sha1=a18991ff7e4513a1c2d2ee51e3a8e99ca891d9cd",
         "SHA256=DC46983557FEA127B43AF721467EB9B3FDE2338FE3E14F51952AA8478C13D355",
         "sha384=ad10d2f2362ff0d063353e51c631bd545244456ef64ea31871021a1681e44e973c7913cbde7bd978cfd254a83ab2"
         "ae19",
         "sha512=de4a671e8233987c46a9048b8041bda6296901960022836c15c28023d3f66c3720449af241bdfe2e592c5b227373"
         "0cd1df763073e018e60d7313077c5342fde9"}) {
        BOOST_TEST((inbound::check_hub_signature(proof, "body", "secret") == HubProof::good), proof);
        BOOST_TEST((inbound::check_hub_signature(proof, "bode", "secret") == HubProof::wrong), proof);
    }
    BOOST_TEST((inbound::check_hub_signature(signed_body, "body", "secret") == HubProof::good));
    BOOST_TEST((inbound::check_hub_signature(signed_body, "body", "secreT") == HubProof::wrong));
    BOOST_TEST((inbound::check_hub_signature("", "body", "secret") == HubProof::none));
    BOOST_TEST((inbound::check_hub_signature("sha256", "body", "secret") == HubProof::unknown));
    BOOST_TEST((inbound::check_hub_signature("sha224=00", "body", "secret") == HubProof::unknown));
    BOOST_TEST((inbound::check_hub_signature("sha1=", "body", "secret") == HubProof::wrong));
}

/// A hub that is told 404 forgets what it was asked for.
BOOST_AUTO_TEST_CASE(what_another_daemon_may_have_asked_for_is_to_come_again) {
    Door d{true};
    LocalRequest head;
    head.method = "POST";
    head.path = "/websub/id2";
    const auto answer = d.callbacks->check_head(head);
    BOOST_REQUIRE(answer);
    BOOST_TEST(answer->status == 503);
}

BOOST_AUTO_TEST_SUITE_END()
