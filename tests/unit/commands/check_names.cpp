#include "commands/commands.hpp"
#include "core/text/utf8.hpp"
#include "support/git_index_bytes.hpp"
#include "support/made_up_secret.hpp"
#include "support/temporary.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <sstream>
#include <string>

using namespace crier;

namespace {

/// What `crier check` prints of a folder in which a file of that name holds a token.
std::string checked(const std::string& name, bool tracked, bool json) {
    const crier::test::TemporaryDirectory folder;
    (void)folder.file("crier.yaml",
                      "version: 1\n"
                      "accounts: {news: {server: 'https://mastodon.example', token: {env: T}}}\n"
                      "defaults: {visibility: public}\n"
                      "schedule: [{name: a, account: news, every: 1d, post: {status: x}}]\n"
                      "store: " +
                          folder / "crier.db" + "\n",
                      0644);
    (void)folder.file(name, "T=x\naccess_token=" + crier::test::made_up_secret(1) + "\n", 0644);
    std::filesystem::create_directory(folder / ".git");
    if (tracked)
        (void)folder.file(".git/index", crier::test::GitIndex{}.of({name}), 0644);
    const sys::Environment environment{{}};
    std::ostringstream out;
    const commands::Invocation call{environment, folder / "crier.yaml", json, out, out};
    (void)commands::check(call, {});
    std::string text = std::move(out).str();
    for (auto at = text.find(folder.path()); at != std::string::npos; at = text.find(folder.path()))
        text.replace(at, folder.path().size(), "DIR");
    return text;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(names_of_files_in_a_check)

BOOST_AUTO_TEST_CASE(a_terminal_sees_nothing_to_act_on) {
    const std::string text = checked("q\n\x1b[31m\xC2\x9B.env", true, false);
    BOOST_TEST(holds(text, "DIR/q\\n\\x1b[31m\\u009b.env:2:14: warning: an access token"));
    BOOST_TEST(holds(text, "git rm --cached $'DIR/q\\012\\033[31m\\302\\233.env' and name"));
    BOOST_TEST(!holds(text, "\x1b"));
    BOOST_TEST(!holds(text, "\xC2\x9B"));
    BOOST_TEST(!holds(text, "q\n"));
}

BOOST_AUTO_TEST_CASE(a_command_of_a_hint_is_one_to_copy) {
    BOOST_TEST(holds(checked("a b;c.env", false, false), "chmod 600 'DIR/a b;c.env'; if"));
    BOOST_TEST(holds(checked("plain.env", false, false), "chmod 600 DIR/plain.env; if"));
    BOOST_TEST(holds(checked("it's.txt", true, false), "git rm --cached 'DIR/it'\\''s.txt' and"));
}

BOOST_AUTO_TEST_CASE(json_is_utf_8) {
    const std::string text = checked("a\xFF\xC2\x9B.env", true, true);
    for (std::size_t at = 0; at < text.size();) {
        const text::CodePoint c = text::code_point(text, at);
        BOOST_REQUIRE(c.value >= 0);
        at += c.size;
    }
    BOOST_TEST(!holds(text, "\xC2\x9B"));
    const boost::json::value value = boost::json::parse(text);
    BOOST_TEST(value.at("problems").at(0).at("file").as_string() == "DIR/a\xEF\xBF\xBD\xC2\x9B.env");
}

BOOST_AUTO_TEST_SUITE_END()
