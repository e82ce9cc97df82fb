#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

namespace {

std::string admin_said(const std::string& keys) {
    return said(with_accounts("admin: {" + keys + "}\n"));
}

bool admin_says(const std::string& keys, std::string_view part) {
    return admin_said(keys).find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(config_admin)

BOOST_AUTO_TEST_CASE(the_way_in_has_an_address_and_a_token) {
    const Settings settings = settings_of(
        with_accounts("admin: {listen: '127.0.0.1:8420', token: {file: secrets/admin.token}, url: "
                      "'https://Bot.example.org:443/'}\n"));
    BOOST_REQUIRE(settings.admin_web);
    BOOST_TEST(to_text(settings.admin_web->listen) == "127.0.0.1:8420");
    BOOST_TEST((settings.admin_web->token.kind == TokenRef::Kind::file));
    BOOST_TEST(settings.admin_web->token.name == "/etc/crier/secrets/admin.token");
    BOOST_TEST(settings.admin_web->origin == "https://bot.example.org");
    BOOST_TEST(!settings_of(with_accounts("")).admin_web);
    const Settings six = settings_of(with_accounts("admin: {listen: '[::1]:1', token: {env: ADMIN}}\n"));
    BOOST_TEST(to_text(six.admin_web->listen) == "[::1]:1");
    BOOST_TEST(six.admin_web->origin == "");
}

BOOST_AUTO_TEST_CASE(nobody_but_this_machine_is_let_in) {
    const std::string open = admin_said("listen: '0.0.0.0:8420', token: {env: ADMIN}");
    BOOST_TEST(open ==
               "crier.yaml:3:17: admin.listen: 0.0.0.0:8420 is more than this machine, and crier has no TLS "
               "here: the token would be read on its way\n    hint: listen at 127.0.0.1:8420 and put a web "
               "server with TLS before it (docs/ADMIN.md), or use an SSH tunnel\n");
    BOOST_TEST(admin_says("listen: '192.168.1.2:8420', token: {env: ADMIN}", "is more than this machine"));
    BOOST_TEST(admin_says("listen: '[::]:8420', token: {env: ADMIN}", "is more than this machine"));
    BOOST_TEST(admin_says("listen: 'localhost:8420', token: {env: ADMIN}", "write 127.0.0.1:8420"));
    BOOST_TEST(admin_says("listen: '127.0.0.1', token: {env: ADMIN}", "for example 127.0.0.1:8420"));
}

BOOST_AUTO_TEST_CASE(without_a_token_nobody_is_let_in) {
    BOOST_TEST(admin_said("listen: '127.0.0.1:8420'") ==
               "crier.yaml:3:17: admin.listen: without a token, everybody on this machine could post\n"
               "    hint: token: {file: secrets/admin.token}, or {env: ...}, {credential: ...}\n");
    const std::string bare = admin_said("listen: '127.0.0.1:8420', token: abcdefgh");
    BOOST_TEST(bare.find("admin.token: the token itself must not stand in this file") != std::string::npos,
               bare);
    BOOST_TEST(bare.find("abcdefgh") == std::string::npos, bare);
    BOOST_TEST(admin_says("token: {env: ADMIN}", "warning: admin.token: without `listen`"));
    BOOST_TEST(admin_says("url: 'https://a.example'", "warning: admin.url: without `listen`"));
}

BOOST_AUTO_TEST_CASE(the_address_of_browsers_is_one_with_a_name_of_its_own) {
    const std::string rest = "listen: '127.0.0.1:8420', token: {env: ADMIN}, url: ";
    BOOST_TEST(admin_says(rest + "'https://a.example/crier'", "must end with its host"));
    BOOST_TEST(admin_says(rest + "'http://a.example'", "plain http is for this machine only"));
    BOOST_TEST(admin_said(rest + "'http://localhost:9000'") == "");
}

BOOST_AUTO_TEST_CASE(what_is_sent_to_sources_has_a_port_of_its_own) {
    const std::string both =
        said(with_accounts("inbound: {listen: '127.0.0.1:8420', url: 'https://b.example'}\nadmin: {listen: "
                           "'127.0.0.1:8420', token: {env: ADMIN}}\n"));
    BOOST_TEST(both.find("admin.listen: `inbound` listens there, too") != std::string::npos, both);
}

BOOST_AUTO_TEST_SUITE_END()
