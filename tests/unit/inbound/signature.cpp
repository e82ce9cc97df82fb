#include "inbound/signature.hpp"

#include "core/base64.hpp"
#include "core/hmac.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::inbound;
using namespace std::chrono_literals;

namespace {

const std::string secret = "It's a Secret to Everybody";
const std::string body = "Hello, World!";
// GitHub, "Validating webhook deliveries", "Testing the webhook payload validation".
const std::string mac = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

const Instant now = Instant{std::chrono::seconds{1'614'265'330}};

bool good(const Headers& headers, const std::string& with = secret, const std::string& text = body) {
    const SignatureVerdict verdict = check_signature(headers, text, with, now);
    BOOST_TEST(verdict.good == verdict.why.empty());
    BOOST_TEST(verdict.why.find(secret) == std::string::npos);
    return verdict.good;
}

/// One that was sent so much before (or, negative, after) now.
Headers standard(Duration before, const std::string& key, const std::string& more = {}) {
    const auto when = std::chrono::floor<std::chrono::seconds>(now - before).time_since_epoch().count();
    const std::string timestamp = std::to_string(when);
    const auto bytes = hmac_sha256(key, "id." + timestamp + "." + body);
    const std::string text = to_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return {
        {"webhook-id", "id"}, {"webhook-timestamp", timestamp}, {"webhook-signature", more + "v1," + text}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(inbound_signature)

BOOST_AUTO_TEST_CASE(github_as_its_documentation_has_it) {
    BOOST_TEST(good({{"x-hub-signature-256", "sha256=" + mac}}));
    BOOST_TEST(good({{"x-hub-signature-256",
                      "sha256=757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17"}}));
    BOOST_TEST(!good({{"x-hub-signature-256", mac}}));
    BOOST_TEST(!good({{"x-hub-signature-256", "sha1=" + mac}}));
    BOOST_TEST(!good({{"x-hub-signature-256", ""}}));
    BOOST_TEST(!good({{"x-hub-signature-256", "sha256="}}));
    BOOST_TEST(!good({{"x-hub-signature-256", "sha256=" + mac.substr(0, 63)}}));
    BOOST_TEST(!good({{"x-hub-signature-256", "sha256=" + mac + "0"}}));
    BOOST_TEST(!good({{"x-hub-signature-256", "sha256=" + mac}}, "another"));
    BOOST_TEST(!good({{"x-hub-signature-256", "sha256=" + mac}}, secret, "Hello, World?"));
    for (std::size_t i = 0; i < mac.size(); ++i) {
        std::string wrong = mac;
        wrong[i] = wrong[i] == '0' ? '1' : '0';
        BOOST_TEST(!good({{"x-hub-signature-256", "sha256=" + wrong}}));
    }
}

BOOST_AUTO_TEST_CASE(gitea_and_forgejo_have_no_prefix) {
    BOOST_TEST(good({{"x-gitea-signature", mac}}));
    BOOST_TEST(good({{"x-forgejo-signature", mac}}));
    BOOST_TEST(!good({{"x-gitea-signature", "sha256=" + mac}}));
    BOOST_TEST(!good({{"x-gitea-signature", mac}}, "another"));
    // A good one does not make up for a wrong one.
    BOOST_TEST(!good({{"x-gitea-signature", mac}, {"x-hub-signature-256", "sha256=0"}}));
}

BOOST_AUTO_TEST_CASE(gitlab_sends_the_secret_itself) {
    BOOST_TEST(good({{"x-gitlab-token", secret}}));
    BOOST_TEST(!good({{"x-gitlab-token", secret + "x"}}));
    BOOST_TEST(!good({{"x-gitlab-token", secret.substr(1)}}));
    BOOST_TEST(!good({{"x-gitlab-token", ""}}));
}

BOOST_AUTO_TEST_CASE(standard_webhooks_as_the_example_has_it) {
    const std::string key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const std::string text = "{\"test\": 2432232314}";
    const Headers headers{{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"},
                          {"webhook-timestamp", "1614265330"},
                          {"webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}};
    BOOST_TEST(good(headers, key, text));
    BOOST_TEST(!good(headers, key, text + " "));
    BOOST_TEST(!good({headers[0], headers[2]}, key, text));
    BOOST_TEST(!good({headers[1], headers[2]}, key, text));
    BOOST_TEST(!good({{"webhook-id", "msg_other"}, headers[1], headers[2]}, key, text));
}

BOOST_AUTO_TEST_CASE(standard_webhooks_hold_for_five_minutes_and_several_signatures_may_stand_there) {
    BOOST_TEST(good(standard(5min, secret)));
    BOOST_TEST(good(standard(-5min, secret)));
    BOOST_TEST(!good(standard(5min + 1s, secret)));
    BOOST_TEST(!good(standard(-5min - 1s, secret)));
    BOOST_TEST(good(standard(0s, secret, "v1a,xyz v1,AAAA ")));
    BOOST_TEST(!good(standard(0s, "another", "v1a,xyz v1,AAAA ")));
    Headers first = standard(0s, secret);
    first[2].second += " v1,AAAA";
    BOOST_TEST(good(first));
    for (const std::string time :
         {"", "x", "-1", "1614265330x", "99999999999999999999", "9223372036854775807"}) {
        Headers headers = standard(0s, secret);
        headers[1].second = time;
        BOOST_TEST(!good(headers));
    }
}

BOOST_AUTO_TEST_CASE(without_a_proof_and_without_a_secret_nothing_is_good) {
    BOOST_TEST(!good({}));
    BOOST_TEST(!good({{"x-hub-signature-256", "sha256=" + to_hex(hmac_sha256("", body))}}, ""));
    BOOST_TEST(!good({{"x-gitlab-token", ""}}, ""));
    const SignatureVerdict old = look_for_signature({{"x-hub-signature", "sha1=0"}});
    BOOST_TEST(!old.good);
    BOOST_TEST(old.hint.find("X-Hub-Signature-256") != std::string::npos);
    BOOST_TEST(!good({{"x-hub-signature", "sha1=0"}}));
    BOOST_TEST(look_for_signature({{"x-hub-signature", "sha1=0"}, {"x-hub-signature-256", "x"}}).good);
}

BOOST_AUTO_TEST_SUITE_END()
