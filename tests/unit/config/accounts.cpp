#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

namespace {

constexpr const char* token = "ZA-Yj3aBD8U8Cm7lKUp-lm9O9BmDgdhHzDeqsY8tlL0";

std::string server(const std::string& address) {
    return said(with_account("{server: '" + address + "'}"));
}

std::string server_of(const std::string& address) {
    return settings_of(with_account("{server: '" + address + "'}")).accounts.at("news").server;
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_accounts)

BOOST_AUTO_TEST_CASE(an_account_is_read_whole) {
    const Settings loaded = settings_of(with_account(
        "{server: 'HTTPS://Mastodon.Example:443/', handle: '@news', mode: hold, token: {file: s/news.token}, "
        "defaults: {visibility: unlisted, language: de, spoiler_text: 'cw {{ account }}', sensitive: true, "
        "overflow: "
        "reject, mentions: allow}, limits: {min_gap: 90s, per_hour: 6, per_day: 48, quiet: {from: \"23:00\", "
        "to: "
        "\"07:30\", timezone: Europe/Berlin}}, on_doubt: skip, allow_surplus_scopes: true, evidence: {token: "
        "{file: s/read.token}}, receipt: false, delivery: {timeout: 5s, "
        "quiet: 10s, key_window: 2m, look: 2m, retry_first: 1s, retry_most: 2s, probe: 3s}}"));
    const AccountSettings& account = loaded.accounts.at("news");
    BOOST_TEST(account.name == "news");
    BOOST_TEST(account.server == "https://mastodon.example");
    BOOST_TEST(account.handle == "news");
    BOOST_TEST((account.mode == Mode::hold));
    BOOST_TEST((account.token.kind == TokenRef::Kind::file));
    BOOST_TEST(account.token.name == "/etc/crier/s/news.token");
    BOOST_TEST((account.limits.min_gap == std::chrono::seconds{90}));
    BOOST_TEST(account.limits.per_hour.value() == 6);
    BOOST_TEST(account.limits.per_day.value() == 48);
    BOOST_TEST((account.limits.quiet.hours->from == std::chrono::hours{23}));
    BOOST_TEST((account.limits.quiet.hours->to == std::chrono::minutes{450}));
    BOOST_TEST(account.limits.quiet.hours->timezone == "Europe/Berlin");
    BOOST_TEST((account.on_doubt == OnDoubt::skip));
    BOOST_TEST(account.allow_surplus_scopes);
    BOOST_TEST((account.delivery.timeout == std::chrono::seconds{5}));
    BOOST_TEST((account.delivery.quiet == std::chrono::seconds{10}));
    BOOST_TEST((account.delivery.key_window == std::chrono::minutes{2}));
    BOOST_TEST((account.delivery.retry_first == std::chrono::seconds{1}));
    BOOST_TEST((account.delivery.retry_most == std::chrono::seconds{2}));
    BOOST_TEST((account.delivery.probe == std::chrono::seconds{3}));
    BOOST_TEST((account.delivery.look == std::chrono::minutes{2}));
    BOOST_REQUIRE(account.evidence);
    BOOST_TEST(account.evidence->name == "/etc/crier/s/read.token");
    BOOST_TEST(!account.receipt);
    BOOST_REQUIRE(account.defaults);
    BOOST_TEST((account.defaults->visibility == Visibility::unlisted));
    BOOST_TEST(account.defaults->language == "de");
    BOOST_TEST(account.defaults->spoiler_text.source() == "cw {{ account }}");
    BOOST_TEST(account.defaults->sensitive);
    BOOST_TEST((account.defaults->overflow == Overflow::reject));
    BOOST_TEST(!account.defaults->defuse_mentions);
    BOOST_TEST(account.place.file == "/etc/crier/crier.yaml");
    BOOST_TEST(account.place.line == 3);
    BOOST_TEST(account.place.column == 3);
}

BOOST_AUTO_TEST_CASE(quiet_hours_take_the_zone_of_the_defaults) {
    const Settings loaded = settings_of(
        "version: 1\ndefaults: {timezone: Asia/Tokyo}\naccounts: {a: {server: https://m.example, limits: "
        "{quiet: {from: \"23:00\", to: \"07:00\"}}}}\n");
    BOOST_TEST(loaded.accounts.at("a").limits.quiet.hours->timezone == "Asia/Tokyo");
}

BOOST_AUTO_TEST_CASE(without_a_visibility_an_account_has_no_defaults_for_posts_by_hand) {
    BOOST_TEST(!settings_of(with_account("{server: https://m.example}")).accounts.at("news").defaults);
}

BOOST_AUTO_TEST_CASE(a_server_is_an_https_address_without_a_path) {
    BOOST_TEST(server_of("https://m.example:8443") == "https://m.example:8443");
    BOOST_TEST(server_of("http://127.0.0.1:8421/") == "http://127.0.0.1:8421");
    BOOST_TEST(server_of("http://localhost:80") == "http://localhost");
    BOOST_TEST(server_of("http://[::1]:3000") == "http://[::1]:3000");
    BOOST_TEST(server("m.example") ==
               "crier.yaml:3:18: accounts.news.server: the server's address has no scheme\n"
               "    hint: did you mean https://m.example?\n");
    BOOST_TEST(
        server("http://m.example") ==
        "crier.yaml:3:18: accounts.news.server: plain http is for this machine only: the token would travel "
        "in the open\n    hint: write https://m.example\n");
    BOOST_TEST(
        server("http://127.0.0.1.evil.example") ==
        "crier.yaml:3:18: accounts.news.server: plain http is for this machine only: the token would travel "
        "in the open\n    hint: write https://127.0.0.1.evil.example\n");
    for (const std::string rest : {"/@news", "?x=1", "/#x", "/web/"})
        BOOST_TEST(server("https://m.example" + rest) ==
                   "crier.yaml:3:18: accounts.news.server: the server's address must end with its host\n"
                   "    hint: leave out the path: https://m.example\n");
    BOOST_TEST(
        server("https://me:secretword@m.example") ==
        "crier.yaml:3:18: accounts.news.server: an address with a user name or password in it is refused\n"
        "    hint: secrets do not belong into this file\n");
    BOOST_TEST(server("https://m.example:99999") ==
               "crier.yaml:3:18: accounts.news.server: the address has no good port\n"
               "    hint: a number from 1 to 65535\n");
    BOOST_TEST(server("https://") == "crier.yaml:3:18: accounts.news.server: the address has no host\n"
                                     "    hint: write it in full: https://example.org\n");
    BOOST_TEST(server("https://m\xC3\xBCnchen.example") ==
               "crier.yaml:3:18: accounts.news.server: a host's name must be in ASCII\n"
               "    hint: write it as browsers send it: xn--...\n");
    BOOST_TEST(said(with_account("{handle: news}")) ==
               "crier.yaml:3:9: accounts.news: the account has no server\n"
               "    hint: for example server: https://mastodon.example\n");
}

BOOST_AUTO_TEST_CASE(a_token_in_the_file_is_refused_and_never_shown) {
    const std::string refused =
        "the token itself must not stand in this file\n    hint: put it into an environment variable, a "
        "systemd "
        "credential or a file of mode 0600, and name that: token: {env: MASTODON_ACCESS_TOKEN}\n";
    BOOST_TEST(said(with_account("{server: https://m.example, token: shortone}")) ==
               "crier.yaml:3:44: accounts.news.token: " + refused);
    BOOST_TEST(said(with_account(std::string{"{server: https://m.example, token: "} + token + "}")) ==
               "crier.yaml:3:44: accounts.news.token: " + refused);
    for (const std::string kind : {"env", "credential", "file"}) {
        const std::string found =
            said(with_account("{server: https://m.example, token: {" + kind + ": " + token + "}}"));
        BOOST_TEST(found.find("accounts.news.token." + kind + ": this looks like the token itself") !=
                   std::string::npos);
        BOOST_TEST(found.find(token) == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(the_token_for_evidence_is_never_the_one_that_posts) {
    BOOST_TEST(
        said(with_account("{server: https://m.example, token: {file: t}, evidence: {token: {file: t}}}")) ==
        "crier.yaml:3:3: accounts.news.evidence: its token is the one that posts as 'news'\n"
        "    hint: make a second one that may read and nothing else: read:statuses read:accounts\n");
    BOOST_TEST(said(with_account(
                   "{server: https://m.example, token: {file: t}, evidence: {token: {file: u}}}")) == "");
    // Nor does it stand in the file itself.
    const std::string given =
        said(with_account(std::string{"{server: https://m.example, evidence: {token: "} + token + "}}"));
    BOOST_TEST(given.find("accounts.news.evidence.token: the token itself must not stand") !=
               std::string::npos);
    BOOST_TEST(given.find(token) == std::string::npos);
    BOOST_TEST(given.find("posts as") == std::string::npos);
    BOOST_TEST(said(with_account("{server: https://m.example, evidence: {}}")).find("no token") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(looks_are_a_minute_apart_except_in_a_private_network) {
    BOOST_TEST(said(with_account("{server: https://m.example, delivery: {look: 10s}}"))
                   .find("accounts.news.delivery.look: expected at least 1m, found '10s'") !=
               std::string::npos);
    BOOST_TEST(said(with_account("{server: 'http://127.0.0.1:8421', delivery: {look: 10s}}")) == "");
}

BOOST_AUTO_TEST_CASE(a_token_in_any_other_place_is_not_shown_either) {
    const std::string t = token;
    for (const std::string& yaml :
         {with_account("{server: https://m.example, access_token: " + t + "}"),
          with_account("{server: https://m.example, token: {" + t + "}}"),
          with_account("{server: " + t + "}"), with_account("{server: https://m.example, mode: " + t + "}"),
          with_account("{server: https://m.example, token: {" + t + ": {a: 1, a: 2}}}"),
          with_account("{server: https://m.example, limits: {per_day: 'Bearer " + t + "'}}"),
          with_account("{server: https://m.example, handle: '" + t + "@m.example'}"),
          with_account("{server: https://m.example, token: {env: [" + t + "]}}"),
          with_account("{server: https://m.example, token: !" + t + " x}"),
          "version: 1\naccounts: {" + t + ": {server: x}}\nstore: [" + t}) {
        BOOST_TEST_CONTEXT(yaml) {
            const std::string found = said(yaml);
            BOOST_TEST(!found.empty());
            BOOST_TEST(found.find(t) == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_token_comes_from_exactly_one_place) {
    BOOST_TEST(said(with_account("{server: https://m.example, token: {env: A, file: b}}")) ==
               "crier.yaml:3:44: accounts.news.token: the token comes from one place only\n"
               "    hint: exactly one of env, credential and file\n");
    BOOST_TEST(said(with_account("{server: https://m.example, token: {}}")) ==
               "crier.yaml:3:44: accounts.news.token: nothing says where the token comes from\n"
               "    hint: exactly one of env, credential and file\n");
    BOOST_TEST(said(with_account("{server: https://m.example, token: {value: abc}}")) ==
               "crier.yaml:3:45: accounts.news.token.value: unknown key\n"
               "    hint: keys here: env, credential and file\n");
    BOOST_TEST(said(with_account("{server: https://m.example, token: {env: MY TOKEN}}")) ==
               "crier.yaml:3:50: accounts.news.token.env: this is no name of an environment variable\n"
               "    hint: letters, digits and '_', for example MASTODON_ACCESS_TOKEN\n");
    BOOST_TEST(said(with_account("{server: https://m.example, token: {credential: a/b}}")) ==
               "crier.yaml:3:57: accounts.news.token.credential: a credential's name has no '/'\n"
               "    hint: the name that LoadCredential= gives it\n");
}

BOOST_AUTO_TEST_CASE(one_token_belongs_to_one_server) {
    BOOST_TEST(
        said("version: 1\naccounts:\n  a: {server: https://a.example}\n  b: {server: https://b.example}\n") ==
        "crier.yaml:4:3: accounts.b: its token comes from the same place as that of 'a', on another server\n"
        "    hint: a token belongs to one server: give each account a token of its own\n");
    BOOST_TEST(
        said("version: 1\naccounts:\n  a: {server: https://a.example}\n  b: {server: https://a.example}\n") ==
        "crier.yaml:4:3: warning: accounts.b: its token comes from the same place as that of 'a'\n"
        "    hint: they post as the same account, and share its limits\n");
    BOOST_TEST(
        said("version: 1\naccounts:\n  a: {server: https://a.example}\n  b: {server: https://a.example}\n"
             "  c: {server: https://a.example}\n  d: {server: https://a.example}\n") ==
        "crier.yaml:4:3: warning: accounts.b: its token comes from the same place as that of 'a'; so does "
        "that of 2 more\n"
        "    hint: they post as the same account, and share its limits\n");
}

BOOST_AUTO_TEST_CASE(names_and_handles_are_checked) {
    BOOST_TEST(said("version: 1\naccounts: {'a b': {server: https://a.example}}\n") ==
               "crier.yaml:2:12: accounts.a b: 'a b' is no name\n"
               "    hint: up to 80 letters of ASCII, digits, '-', '_' and '.'\n");
    BOOST_TEST(said(with_account("{server: https://m.example, handle: '@news@m.example'}")) ==
               "crier.yaml:3:45: accounts.news.handle: '@news@m.example' is no account's name alone\n"
               "    hint: without the server: handle: news\n");
}

BOOST_AUTO_TEST_CASE(limits_make_sense) {
    BOOST_TEST(said(with_account(
                   "{server: https://m.example, limits: {quiet: {from: \"07:00\", to: \"07:00\"}}}")) ==
               "crier.yaml:3:53: accounts.news.limits.quiet: the quiet hours end when they begin\n"
               "    hint: leave them out, or set the account's mode to hold\n");
    BOOST_TEST(said(with_account("{server: https://m.example, limits: {quiet: {from: \"07:00\"}}}")) ==
               "crier.yaml:3:53: accounts.news.limits.quiet: the quiet hours has no to\n"
               "    hint: for example to: \"07:00\"\n");
    BOOST_TEST(said(with_account("{server: https://m.example, delivery: {retry_first: 1h}}")) ==
               "crier.yaml:3:47: accounts.news.delivery: retry_first is longer than retry_most\n");
}

BOOST_AUTO_TEST_CASE(repeats_stay_within_what_a_server_remembers) {
    const auto found = [](const std::string& delivery, const std::string& server = "https://m.example") {
        return said(with_account("{server: '" + server + "', delivery: {" + delivery + "}}"));
    };
    BOOST_TEST(found("key_window: 55m, timeout: 5m, quiet: 10s") == "");
    BOOST_TEST(
        found("key_window: 56m") ==
        "crier.yaml:3:62: accounts.news.delivery.key_window: expected at most 55m, found '56m'\n"
        "    hint: Mastodon forgets a request after 60 minutes: a repeat after that publishes twice\n");
    BOOST_TEST(
        found("timeout: 20m") ==
        "crier.yaml:3:49: accounts.news.delivery: key_window and timeout are together longer than 60m: "
        "the repeat of a request may publish twice\n"
        "    hint: with this timeout, key_window: 40m at most\n");
    BOOST_TEST(found("timeout: 20m, key_window: 40m") == "");
    BOOST_TEST(
        found("quiet: 50m") ==
        "crier.yaml:3:49: accounts.news.delivery: quiet is not shorter than key_window: no repeat would "
        "be safe\n");
    BOOST_TEST(found("quiet: 9s") ==
               "crier.yaml:3:57: accounts.news.delivery.quiet: expected at least 10s, found '9s'\n"
               "    hint: the first request may still be running on the server, and would publish as well\n");
    BOOST_TEST(found("quiet: 300ms", "http://127.0.0.1:8421") == "");
    BOOST_TEST(found("quiet: 0s", "http://127.0.0.1:8421") ==
               "crier.yaml:3:61: accounts.news.delivery.quiet: expected at least 100ms, found '0s'\n");
}

BOOST_AUTO_TEST_SUITE_END()
