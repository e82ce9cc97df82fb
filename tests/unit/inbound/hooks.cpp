#include "inbound/hooks.hpp"

#include "core/hmac.hpp"
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
using namespace std::chrono_literals;

namespace {

class FixedSecret final : public TokenSource {
public:
    explicit FixedSecret(const std::string& value)
        : value_(value) {}
    Result<Secret> read() override {
        if (value_.empty())
            return Failure{Cause::token, "there is none"};
        return Secret{value_};
    }

private:
    const std::string& value_; ///< the test may change it
};

/// Two sources that hear: "a" with a secret, "open" without.
struct Desk {
    Desk() {
        for (const std::string name : {"a", "open"}) {
            SourceSettings source;
            source.name = name;
            SourceHook hook;
            hook.path = "/hooks/" + name;
            if (name == "a")
                hook.secret = TokenRef{};
            source.hook = hook;
            settings.sources.push_back(std::move(source));
        }
        SourceSettings feed;
        feed.name = "feed";
        settings.sources.push_back(std::move(feed));
        hooks.emplace(settings, inbound::HookPorts{time, log,
                                                   [this](const TokenRef&) -> std::unique_ptr<TokenSource> {
                                                       return std::make_unique<FixedSecret>(secret);
                                                   },
                                                   [this](std::string source, Heard what) {
                                                       return hear(std::move(source), std::move(what));
                                                   }});
    }

    boost::asio::awaitable<Hearing> hear(std::string source, Heard what) {
        sources.push_back(std::move(source));
        heard = std::move(what);
        co_return hearing;
    }

    LocalRequest request(const std::string& path, const std::string& body, bool sign = true) const {
        LocalRequest made;
        made.method = "POST";
        made.path = path;
        made.body = body;
        made.headers = {{"content-type", "application/json"}, {"cookie", "c"}};
        if (sign)
            made.headers.emplace_back("x-hub-signature-256", "sha256=" + to_hex(hmac_sha256("key", body)));
        return made;
    }
    LocalResponse send(LocalRequest asked) { return run(context, hooks->handle(std::move(asked))); }

    boost::asio::io_context context;
    VirtualTime time{context, *from_rfc3339("2026-11-24T12:00:00Z")};
    LogLines log;
    std::string secret = "key";
    Settings settings;
    Hearing hearing;
    std::vector<std::string> sources; ///< to which something came
    Heard heard;
    std::optional<inbound::Hooks> hooks;
};

} // namespace

BOOST_AUTO_TEST_SUITE(inbound_hooks)

BOOST_AUTO_TEST_CASE(what_is_signed_comes_to_its_source_without_its_proofs) {
    Desk d;
    d.hearing.kind = Hearing::Kind::taken;
    d.hearing.items = 2;
    d.hearing.posts = 1;
    const LocalResponse response = d.send(d.request("/hooks/a", "{}"));
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body == "{\"items\":2,\"posts\":1}\n");
    BOOST_TEST(d.sources == std::vector<std::string>{"a"}, boost::test_tools::per_element());
    BOOST_TEST(d.heard.body == "{}");
    BOOST_REQUIRE_EQUAL(d.heard.headers.size(), 1U);
    BOOST_TEST(d.heard.headers[0].first == "content-type");
    BOOST_TEST(d.send(d.request("/hooks/open", "{}", false)).status == 200);
    BOOST_TEST(d.log.lines.empty());
}

BOOST_AUTO_TEST_CASE(a_stranger_reaches_no_source_and_does_not_fill_the_log) {
    Desk d;
    for (int i = 0; i < 100; ++i) {
        BOOST_TEST(d.send(d.request("/hooks/a", "{}", false)).status == 401);
        LocalRequest forged = d.request("/hooks/a", "{}");
        forged.body = "{ }";
        BOOST_TEST(d.send(forged).status == 401);
        BOOST_TEST(d.send(d.request("/hooks/b" + std::to_string(i), "{}")).status == 404);
    }
    BOOST_TEST(d.sources.empty());
    BOOST_TEST(d.log.lines.size() == 2U);
    d.time.run_for(1min);
    (void)d.send(d.request("/hooks/a", "{}", false));
    BOOST_REQUIRE_EQUAL(d.log.lines.size(), 3U);
    BOOST_TEST(d.log.lines[2].find("so were 199 before") != std::string::npos, d.log.lines[2]);
}

BOOST_AUTO_TEST_CASE(a_wrong_name_is_answered_as_any_other_whatever_comes_with_it) {
    Desk d;
    const LocalResponse one = d.send(d.request("/hooks/b", "{}"));
    LocalRequest get;
    get.method = "GET";
    for (const std::string path : {"/", "/hooks/", "/hooks/feed", "/hooks/a/", "/v1/status", "/hooks/A"}) {
        get.path = path;
        const LocalResponse other = d.send(get);
        BOOST_TEST(other.status == 404);
        BOOST_TEST(other.body == one.body);
    }
}

BOOST_AUTO_TEST_CASE(only_post_and_nothing_compressed) {
    Desk d;
    LocalRequest get = d.request("/hooks/a", "");
    get.method = "GET";
    const LocalResponse wrong = d.send(get);
    BOOST_TEST(wrong.status == 405);
    BOOST_TEST(header(wrong, "Allow") == "POST");
    LocalRequest packed = d.request("/hooks/a", "{}");
    packed.headers.emplace_back("content-encoding", "gzip");
    BOOST_TEST(d.send(packed).status == 415);
    BOOST_TEST(d.sources.empty());
}

BOOST_AUTO_TEST_CASE(the_head_alone_is_enough_to_refuse) {
    Desk d;
    BOOST_TEST(d.hooks->check_head(d.request("/hooks/a", "", false))->status == 401);
    BOOST_TEST(d.hooks->check_head(d.request("/x", "", false))->status == 404);
    BOOST_TEST(!d.hooks->check_head(d.request("/hooks/a", "")));
    BOOST_TEST(!d.hooks->check_head(d.request("/hooks/open", "", false)));
    LocalRequest large = d.request("/hooks/a", "");
    large.headers.emplace_back("content-length", "1048576");
    BOOST_TEST(!d.hooks->check_head(large));
    d.log.lines.clear();
    for (const std::string length : {"1048577", "99999999999999999999999"}) {
        large.headers.back().second = length;
        BOOST_TEST(d.hooks->check_head(large)->status == 413);
    }
    BOOST_REQUIRE_EQUAL(d.log.lines.size(), 1U);
    BOOST_TEST(d.log.lines[0].find("max_body") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_not_taken_says_whether_to_send_it_again) {
    Desk d;
    d.hearing = Hearing{Hearing::Kind::later, "the source is paused", "crier resume source:a"};
    for (int i = 0; i < 10; ++i) {
        const LocalResponse later = d.send(d.request("/hooks/a", "{}"));
        BOOST_TEST(later.status == 503);
        BOOST_TEST(header(later, "Retry-After") == "30");
        BOOST_TEST(later.body.find("paused") != std::string::npos);
    }
    BOOST_TEST(d.log.lines.size() == 1U);
    d.hearing = Hearing{Hearing::Kind::refused, "the body must be JSON"};
    const LocalResponse never = d.send(d.request("/hooks/a", "{}"));
    BOOST_TEST(never.status == 422);
    BOOST_TEST(never.body.find("must be JSON") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_secret_that_is_not_there_loses_nothing_and_a_new_one_counts_at_once) {
    Desk d;
    d.hearing.kind = Hearing::Kind::taken;
    d.secret.clear();
    BOOST_TEST(d.hooks->check_secrets() == 1U);
    BOOST_TEST(d.send(d.request("/hooks/a", "{}")).status == 503);
    BOOST_TEST(d.sources.empty());
    d.secret = "key";
    BOOST_TEST(d.hooks->check_secrets() == 0U);
    BOOST_TEST(d.send(d.request("/hooks/a", "{}")).status == 200);
    d.secret = "other";
    BOOST_TEST(d.send(d.request("/hooks/a", "{}")).status == 401);
}

BOOST_AUTO_TEST_CASE(what_the_server_refuses_is_said_of_its_source) {
    Desk d;
    d.hooks->note_refusal(d.request("/hooks/a", ""), 413);
    d.hooks->note_refusal(d.request("/hooks/a", ""), 408);
    d.hooks->note_refusal(d.request("/hooks/a", ""), 413);
    d.hooks->note_refusal(d.request("/elsewhere", ""), 413);
    BOOST_REQUIRE_EQUAL(d.log.lines.size(), 2U);
    BOOST_TEST(d.log.lines[0].starts_with("inbound.refused: what was sent to a was refused (413): the body"));
    BOOST_TEST(d.log.lines[1].find("(408)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
