#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

namespace {

const std::string local = "inbound: {listen: '127.0.0.1:8430'}\n";

/// Its keys are on line 5.
std::string hook(const std::string& keys, const std::string& inbound = local) {
    return with_accounts(inbound + "sources:\n  s: {plugin: webhook, account: news, post: {status: x}" +
                         keys + "}\n");
}

std::string listening(const std::string& listen) {
    return said(hook(", secret: {env: S}", "inbound: {listen: " + listen + "}\n"));
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_inbound)

BOOST_AUTO_TEST_CASE(a_source_that_hears_has_a_path_and_a_secret) {
    const Settings settings = settings_of(hook(", secret: {file: s.key}, form: github"));
    BOOST_REQUIRE(settings.inbound);
    BOOST_TEST(to_text(settings.inbound->listen.at(0)) == "127.0.0.1:8430");
    BOOST_TEST(settings.inbound->most_body == 1U << 20U);
    const SourceSettings& source = settings.sources.at(0);
    BOOST_TEST(hears(source));
    BOOST_TEST(source.hook->path == "/hooks/s");
    BOOST_REQUIRE(source.hook->secret);
    BOOST_TEST((source.hook->secret->kind == TokenRef::Kind::file));
    BOOST_TEST(source.hook->secret->name == "/etc/crier/s.key");
    BOOST_TEST(!source.first_run.publish); // all that is sent is meant
    BOOST_TEST(
        !hears(settings_of(with_accounts("sources: {f: {plugin: feed, url: a.xml, account: news, post: "
                                         "{status: x}}}\n"))
                   .sources.at(0)));
    BOOST_TEST(settings_of(hook(", secret: {env: S}, hook: /gh/x-1")).sources.at(0).hook->path == "/gh/x-1");
    const Settings more = settings_of(
        hook(", unsigned: true", "inbound: {listen: ['127.0.0.1:1', '[::1]:2'], max_body: 25}\n"));
    BOOST_TEST(to_text(more.inbound->listen.at(1)) == "[::1]:2");
    BOOST_TEST(more.inbound->most_body == 25U << 20U);
    BOOST_TEST(!more.sources.at(0).hook->secret);
}

BOOST_AUTO_TEST_CASE(without_a_secret_nobody_but_this_machine_may_send) {
    BOOST_TEST(said(hook("")) ==
               "crier.yaml:5:3: sources.s: the source has no secret: anybody could make it post\n"
               "    hint: secret: {env: HOOK_SECRET}, and the same one at the sender\n");
    BOOST_TEST(has(said(hook(", unsigned: true")), "5:68: warning: sources.s.unsigned: whoever reaches"));
    const std::string open = said(hook(", unsigned: true", "inbound: {listen: '0.0.0.0:8430'}\n"));
    BOOST_TEST(has(open, "5:68: sources.s.unsigned: anybody on the network could make it post"));
    BOOST_TEST(has(said(hook(", unsigned: true, secret: {env: S}")),
                   "5:68: sources.s.unsigned: the source has a secret, so what is sent must be signed"));
    const std::string bare = said(hook(", secret: abcdefgh"));
    BOOST_TEST(has(bare, "sources.s.secret: the secret itself must not stand in this file"));
    BOOST_TEST(has(bare, "secret: {env: HOOK_SECRET}"));
    BOOST_TEST(!has(bare, "abcdefgh"));
}

BOOST_AUTO_TEST_CASE(where_nothing_listens_nothing_is_heard) {
    BOOST_TEST(said(hook(", secret: {env: S}", "")) ==
               "crier.yaml:4:3: sources.s: others send to this source, and nothing says where crier listens\n"
               "    hint: inbound: {listen: \"127.0.0.1:8430\"}\n");
    BOOST_TEST(
        said(with_accounts(local)) ==
        "crier.yaml:3:10: warning: inbound: no source hears what is sent: nothing will be taken there\n"
        "    hint: a source with plugin: webhook hears, and with `url` feeds are pushed; or remove "
        "`inbound`\n");
    BOOST_TEST(said(hook(", secret: {env: S}", "inbound: {}\n")) ==
               "crier.yaml:3:10: inbound: the inbound has no listen\n    hint: for example listen: "
               "127.0.0.1:8430\n");
}

BOOST_AUTO_TEST_CASE(addresses_to_listen_at_are_numbers_with_a_port) {
    BOOST_TEST(listening("'127.0.0.1:8430'") == "");
    BOOST_TEST(listening("'[::1]:8430'") == "");
    BOOST_TEST(has(listening("'192.168.1.5:8430'"),
                   "warning: inbound.listen: what is sent there comes in the open"));
    BOOST_TEST(
        has(listening("'[::]:8430'"), "warning: inbound.listen: what is sent there comes in the open"));
    BOOST_TEST(has(listening("'127.0.0.1'"), "hint: for example 127.0.0.1:8430"));
    BOOST_TEST(has(listening("8430"), "hint: for example 127.0.0.1:8430"));
    BOOST_TEST(has(listening("':8430'"), "hint: 0.0.0.0:8430 is all of IPv4, [::]:8430 all of IPv6"));
    BOOST_TEST(has(listening("'*:8430'"), "hint: 0.0.0.0:8430 is all of IPv4"));
    BOOST_TEST(has(listening("'localhost:8430'"), "write 127.0.0.1:8430"));
    BOOST_TEST(has(listening("'bot.example:8430'"), "a number, no name"));
    BOOST_TEST(has(listening("'::1:8430'"), "a number, no name"));
    BOOST_TEST(has(listening("'127.0.0.1:0'"), "a number from 1 to 65535"));
    BOOST_TEST(has(listening("'127.0.0.1:65536'"), "a number from 1 to 65535"));
    BOOST_TEST(has(listening("['127.0.0.1:1', '127.0.0.1:1']"),
                   "inbound.listen[1]: '127.0.0.1:1' stands there twice"));
}

BOOST_AUTO_TEST_CASE(keys_that_make_no_sense_for_one_that_hears_are_refused_with_the_reason) {
    const std::pair<std::string, std::string> cases[] = {
        {"poll: 5m", "it is not looked at: others send when they have something"},
        {"max_per_poll: 3", "what is left of a request would not come again"},
        {"first_run: {publish: 3}", "all that is sent is meant"},
        {"on_demand: true", "there is nothing that could be drawn from"},
    };
    for (const auto& [key, why] : cases)
        BOOST_TEST_CONTEXT(key) {
            const std::string found = said(hook(", secret: {env: S}, " + key));
            BOOST_TEST(
                has(found, "a source to which others send has no use for it\n    hint: remove it: " + why));
        }
    BOOST_TEST(has(said(hook(", secret: {env: S}, url: 'https://x.example/'")),
                   "sources.s.url: the plugin webhook has no use for it"));
    BOOST_TEST(has(
        said(with_accounts("sources: {f: {plugin: feed, url: a.xml, secret: {env: S}, account: news, "
                           "post: {status: x}}}\n")),
        "sources.f.secret: the plugin feed has no use for it\n    hint: remove it; plugin: webhook hears"));
    for (const std::string path : {"x", "/", "/a b", "/a?b", "/../x", "//x"})
        BOOST_TEST(has(said(hook(", secret: {env: S}, hook: '" + path + "'")), "is no path to hear at"),
                   path);
}

BOOST_AUTO_TEST_CASE(each_hears_at_a_path_of_its_own_and_none_is_drawn_from) {
    const std::string two = said(with_accounts(
        local +
        "sources:\n"
        "  a: {plugin: webhook, secret: {env: S}, account: news, post: {status: x}}\n"
        "  b: {plugin: webhook, secret: {env: S}, account: news, post: {status: x}, hook: /hooks/a}\n"));
    BOOST_TEST(has(two, "crier.yaml:6:3: sources.b.hook: a hears at /hooks/a, too"));
    const std::string drawn = said(
        hook(", secret: {env: S}") +
        "schedule:\n- {name: e, account: news, cron: '0 9 * * *', draw: {from: s}, post: {status: x}}\n");
    BOOST_TEST(has(drawn, "schedule.e.draw.from: others send to s: there is nothing to draw from"));
}

BOOST_AUTO_TEST_CASE(hubs_need_an_address_by_which_others_reach_it) {
    const auto with_url = [](const std::string& url) {
        return with_accounts(
            "inbound: {listen: '127.0.0.1:8430', url: '" + url +
            "'}\nsources: {f: {plugin: feed, url: 'https://a.example/f', account: news, post: "
            "{status: x}}}\n");
    };
    BOOST_TEST(said(with_url("https://bot.example/")) == "");
    BOOST_TEST(settings_of(with_url("https://bot.example/")).inbound->url == "https://bot.example");
    BOOST_TEST(settings_of(with_url("https://bot.example/a/b")).inbound->url == "https://bot.example/a/b");
    BOOST_TEST(settings_of(with_url("https://bot.example")).sources.at(0).websub);
    BOOST_TEST(has(said(with_url("bot.example")), "inbound.url: this is no http or https address"));
    BOOST_TEST(has(said(with_url("https://bot.example/?a=b")), "inbound.url: an address without ? and #"));
    BOOST_TEST(has(said(with_url("https://bot.example/#a")), "inbound.url: an address without ? and #"));
    BOOST_TEST(has(said(with_url("http://bot.example")), "warning: inbound.url: without https"));
    BOOST_TEST(has(said(with_url("https://192.168.1.1")), "warning: inbound.url: this address is on this"));
    // Nothing would come there.
    const std::string own =
        "sources: {f: {plugin: queue, url: /srv/q.csv, account: news, post: {status: x}}}\n";
    BOOST_TEST(
        has(said(with_accounts("inbound: {listen: '127.0.0.1:8430', url: 'https://b.example'}\n" + own)),
            "warning: inbound: no source hears"));
    BOOST_TEST(has(said(hook(", secret: {env: S}, websub: true")),
                   "sources.s.websub: the plugin webhook has no use for it"));
}

BOOST_AUTO_TEST_CASE(a_shared_object_hears_where_it_has_a_secret) {
    const auto native = [](const std::string& keys) {
        return with_accounts(local +
                             "sources:\n  s: {plugin: native, object: /opt/a.so, account: news, post: "
                             "{status: x}" +
                             keys + "}\n");
    };
    const Settings settings = settings_of(native(", secret: {env: S}"));
    BOOST_TEST(hears(settings.sources.at(0)));
    BOOST_TEST(settings.sources.at(0).hook->path == "/hooks/s");
    BOOST_TEST(!hears(settings_of(native(", url: 'https://a.example/f'")).sources.at(0)));
    BOOST_TEST(has(said(native(", hook: /x")), "the source has no secret"));
}

BOOST_AUTO_TEST_CASE(the_paths_of_hubs_are_taken) {
    BOOST_TEST(
        has(said(hook(", secret: {env: S}, hook: /websub/x")), "sources.s.hook: hubs come to /websub/"));
}

BOOST_AUTO_TEST_SUITE_END()
