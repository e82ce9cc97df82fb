#include "commands/composition.hpp"

#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>
#include <vector>

using namespace crier;

BOOST_AUTO_TEST_SUITE(composition)

BOOST_AUTO_TEST_CASE(a_token_is_told_before_it_is_used_also_after_a_rotation) {
    const test::TemporaryDirectory directory;
    boost::asio::io_context context{1};
    const sys::Environment environment;
    std::ostringstream out;
    const commands::Invocation call{environment, {}, false, out, out};
    Settings settings;
    settings.store = directory / "crier.db";
    AccountSettings account;
    account.token.kind = TokenRef::Kind::file;
    account.token.name = directory / "token";
    commands::NoLog log;
    std::vector<std::string> seen;
    commands::Composition made{context, call, settings, log,
                               [&](const Secret& token) { seen.emplace_back(token.reveal()); }};
    const auto token = made.token(account);
    BOOST_TEST(!token->read()); // not there yet when the daemon starts
    for (const char* value : {"f1rst-t0ken", "f1rst-t0ken", "sec0nd-t0ken"}) {
        (void)directory.file("token", value);
        BOOST_TEST(token->read().has_value());
    }
    const std::vector<std::string> expected{"f1rst-t0ken", "sec0nd-t0ken"};
    BOOST_TEST(seen == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
