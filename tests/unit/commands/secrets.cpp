#include "commands/check_secrets.hpp"
#include "commands/checking.hpp"
#include "commands/folder_files.hpp"
#include "support/git_index_bytes.hpp"
#include "support/made_up_secret.hpp"
#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <vector>

using namespace crier;
using commands::SecretCheck;
using crier::test::GitIndex;
using crier::test::made_up_secret;

namespace {

/// A folder with a configuration of one account, and what `crier check` finds there.
class Folder {
public:
    /// `token`: YAML of where the token is.
    explicit Folder(const std::string& token = "{env: MASTODON_ACCESS_TOKEN}") {
        write("crier.yaml",
              "version: 1\n"
              "accounts:\n"
              "  news:\n"
              "    server: https://mastodon.example\n"
              "    handle: news\n"
              "    token: " +
                  token +
                  "\n"
                  "    defaults: {visibility: public}\n"
                  "schedule:\n"
                  "  - {name: a, account: news, every: 1d, post: {status: x}}\n"
                  "store: " +
                  directory_.path() + "/crier.db\n",
              0644);
    }

    void write(const std::string& name, const std::string& content, unsigned mode) const {
        std::filesystem::create_directories(std::filesystem::path{path(name)}.parent_path());
        (void)directory_.file(name, content, mode);
    }

    /// As if these were added to a repository of this folder.
    void track(const std::vector<std::string>& names, const GitIndex& index = {}) const {
        write(".git/index", index.of(names), 0644);
    }

    [[nodiscard]] std::string path(const std::string& name) const { return directory_ / name; }
    [[nodiscard]] const std::string& path() const { return directory_.path(); }

    [[nodiscard]] SecretCheck check() const { return check(path("crier.yaml")); }

    /// Of a configuration that is named so.
    [[nodiscard]] SecretCheck check(const std::string& file) const {
        const sys::Environment environment{{{"MASTODON_ACCESS_TOKEN", in_use}}};
        std::ostringstream out;
        const commands::Invocation call{environment, file, false, out, out};
        return commands::check_secrets(call, commands::load_config(file));
    }

    /// "crier.env:1:23 warning: the token of account news stands here in the open" of each.
    [[nodiscard]] std::vector<std::string> found() const {
        std::vector<std::string> lines;
        for (const config::Problem& problem : check().problems) {
            std::string line = problem.file.substr(path().size());
            line.erase(0, line.starts_with('/') ? 1 : 0);
            if (problem.line > 0)
                line += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
            lines.push_back(line + (problem.warning ? " warning: " : " error: ") + problem.message);
            BOOST_TEST(!problem.hint.empty());
            for (const std::string& secret : {in_use, other})
                BOOST_TEST((problem.message + problem.hint).find(secret.substr(0, 6)) == std::string::npos);
        }
        return lines;
    }

    const std::string in_use = made_up_secret(1);
    const std::string other = made_up_secret(2);

private:
    crier::test::TemporaryDirectory directory_;
};

using Lines = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(secrets_in_the_open)

BOOST_AUTO_TEST_CASE(what_init_writes_is_the_right_place) {
    Folder folder;
    folder.write("crier.env", "# the token\nMASTODON_ACCESS_TOKEN=" + folder.in_use + "\n", 0600);
    folder.write("secrets/evidence", folder.other + "\n", 0640);
    folder.write("news.token", folder.other, 0600);
    BOOST_TEST(folder.found() == Lines{}, boost::test_tools::per_element());
    BOOST_TEST(folder.check().code == commands::exit_ok);
    folder.track({"crier.yaml"});
    BOOST_TEST(folder.found() == Lines{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_token_in_use_that_git_tracks_is_an_error) {
    const Folder folder;
    folder.write("crier.env", "MASTODON_ACCESS_TOKEN=" + folder.in_use + "\n", 0600);
    folder.write("old.env", "MASTODON_ACCESS_TOKEN=" + folder.other + "\n", 0600);
    folder.track({"crier.env", "crier.yaml", "old.env"});
    const Lines expected{
        "crier.env:1:23 error: the token of account news stands in a file that git tracks",
        "old.env:1:23 warning: an access token (43 characters) stands in a file that git tracks"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());
    BOOST_TEST(folder.check().code == commands::exit_token);
}

BOOST_AUTO_TEST_CASE(a_work_tree_above_and_one_elsewhere_are_found_too) {
    const Folder folder;
    const Folder above;
    std::filesystem::create_directories(above.path("bots"));
    std::filesystem::copy(folder.path(), above.path("bots"), std::filesystem::copy_options::recursive);
    above.write("bots/crier.env", "MASTODON_ACCESS_TOKEN=" + above.in_use + "\n", 0600);
    above.track({"bots/crier.env"}, GitIndex{.version = 4});
    BOOST_TEST(above.check().code == commands::exit_token);

    const Folder further;
    further.write("crier.env", "MASTODON_ACCESS_TOKEN=" + further.in_use + "\n", 0600);
    further.write("elsewhere/index", GitIndex{.version = 3}.of({"crier.env"}), 0644);
    further.write(".git", "gitdir: elsewhere\n", 0644);
    BOOST_TEST(further.check().code == commands::exit_token);
}

BOOST_AUTO_TEST_CASE(what_windows_wrote_is_read) {
    const Folder folder;
    std::string wide = "\xFF\xFE";
    for (const char c : "a: 1\r\naccess_token: " + folder.other + "\r\n")
        (wide += c) += '\0';
    folder.write("notes.txt", wide, 0644);
    const Lines expected{"notes.txt:2:15 warning: an access token (43 characters) stands here in the open"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_repository_behind_a_link_is_one) {
    const Folder folder;
    const Folder other;
    folder.write("crier.env", "MASTODON_ACCESS_TOKEN=" + folder.in_use + "\n", 0600);
    other.track({"crier.env"});
    std::filesystem::create_directory_symlink(other.path(".git"), folder.path(".git"));
    BOOST_TEST(folder.check().code == commands::exit_token);

    const Folder shared; // as git-new-workdir makes it: the index, too, may be one
    shared.write("crier.env", "MASTODON_ACCESS_TOKEN=" + shared.in_use + "\n", 0600);
    std::filesystem::create_directory(shared.path(".git"));
    std::filesystem::create_symlink(other.path(".git/index"), shared.path(".git/index"));
    BOOST_TEST(shared.check().code == commands::exit_token);
}

BOOST_AUTO_TEST_CASE(a_configuration_behind_a_link_is_looked_at_where_it_lies) {
    const Folder real;
    real.write("crier.env", "MASTODON_ACCESS_TOKEN=" + real.in_use + "\n", 0600);
    real.track({"crier.env"});
    const crier::test::TemporaryDirectory etc;
    std::filesystem::create_symlink(real.path("crier.yaml"), etc / "crier.yaml");
    (void)etc.file("notes.txt", "access_token: " + real.other + "\n", 0644);
    const SecretCheck check = real.check(etc / "crier.yaml");
    BOOST_TEST(check.code == commands::exit_token);
    std::vector<std::string> files; // both folders
    for (const config::Problem& problem : check.problems)
        files.push_back(problem.file);
    Lines expected{etc / "notes.txt", real.path("crier.env")};
    std::sort(files.begin(), files.end());
    std::sort(expected.begin(), expected.end());
    BOOST_TEST(files == expected, boost::test_tools::per_element());

    // A folder that is one: it is named as it was, and looked at once.
    std::filesystem::create_directory_symlink(real.path(), etc / "linked");
    const SecretCheck linked = real.check(etc / "linked/crier.yaml");
    BOOST_REQUIRE(linked.problems.size() == 1U);
    BOOST_TEST(linked.problems[0].file == etc / "linked/crier.env");
    BOOST_TEST(linked.problems[0].hint.find("git rm --cached " + real.path("crier.env")) !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_token_file_behind_a_link_is_looked_at) {
    const Folder tracked;
    tracked.write("bot", tracked.other + "\n", 0600);
    tracked.track({"bot"});
    const Folder folder{"{file: news.token}"};
    std::filesystem::create_symlink(tracked.path("bot"), folder.path("news.token"));
    const SecretCheck check = folder.check();
    BOOST_TEST(check.code == commands::exit_token);
    BOOST_REQUIRE(check.problems.size() == 1U);
    BOOST_TEST(check.problems[0].file == tracked.path("bot"));
    BOOST_TEST(check.problems[0].message == "the token of account news stands in a file that git tracks");
}

BOOST_AUTO_TEST_CASE(the_record_beside_a_token_is_as_good_as_the_token) {
    const std::string record = "{\"client_secret\":\"" + made_up_secret(2) + "\"}\n";
    const Folder folder{"{file: bot}"};
    folder.write("bot", folder.in_use + "\n", 0640);
    folder.write("bot.app", record, 0640);
    folder.write("old.token.app", record, 0640);
    BOOST_TEST(folder.found() == Lines{}, boost::test_tools::per_element());
    folder.write("other.app", record, 0640);
    folder.write("bot.app", record, 0644);
    folder.track({"old.token.app"});
    const Lines expected{
        "bot.app:1:19 warning: a client secret (43 characters) stands in a file that others may read (mode "
        "0644)",
        "old.token.app:1:19 warning: a client secret (43 characters) stands in a file that git tracks",
        "other.app:1:19 warning: a client secret (43 characters) stands here in the open"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());

    const crier::test::TemporaryDirectory elsewhere;
    const Folder further{"{file: " + elsewhere.path() + "/t}"};
    (void)elsewhere.file("t.app", record, 0644);
    BOOST_REQUIRE(further.check().problems.size() == 1U);
    BOOST_TEST(further.check().problems[0].file == elsewhere / "t.app");
}

BOOST_AUTO_TEST_CASE(a_token_by_itself) {
    const Folder folder;
    const std::string lone = folder.other + "\n";
    folder.write("token.txt", lone, 0644);
    folder.write(".Mastodon-Token", "\xEF\xBB\xBF" + lone, 0604);
    folder.write("bot_secret", lone, 0640); // the right mode for it
    folder.write("token.md5", made_up_secret(3, 32, "0123456789abcdef"), 0644);
    folder.write("token.sha256", made_up_secret(3, 64, "0123456789abcdef"), 0644);
    folder.write("commit.txt", made_up_secret(3, 40, "0123456789abcdef"), 0644);
    folder.write("tokens.txt", "a " + lone, 0644);
    folder.write("my_token", "YOUR_TOKEN_HERE_12345\n", 0644);
    folder.write("pytooter_usercred.secret", lone + "https://mastodon.example\n", 0644);
    folder.write("sealed.credential", std::string(3, 'A') + made_up_secret(4, 400), 0644);
    const std::string mode = " stands in a file that others may read (mode ";
    const Lines expected{
        ".Mastodon-Token:1:1 warning: what looks like a token (43 characters)" + mode + "0604)",
        "pytooter_usercred.secret:1:1 warning: what looks like a token (43 characters)" + mode + "0644)",
        "token.txt:1:1 warning: what looks like a token (43 characters)" + mode + "0644)"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_index_that_cannot_be_read_is_said) {
    const Folder folder;
    folder.track({"crier.env"}, GitIndex{.extension = "link"});
    const Lines expected{
        " warning: its .git/index is in a form that crier does not read: whether git tracks a secret "
        "is not known"};
    folder.write("crier.env", "MASTODON_ACCESS_TOKEN=" + folder.in_use + "\n", 0600);
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());
    BOOST_TEST(folder.check().code == commands::exit_ok);
}

BOOST_AUTO_TEST_CASE(a_file_of_secrets_that_others_may_read) {
    const Folder folder;
    folder.write("crier.env", "\nMASTODON_ACCESS_TOKEN=" + folder.in_use + "\n", 0644);
    folder.write("news.token", folder.other + "\n", 0604);
    folder.write("secrets/app", folder.other + "\n", 0642);
    folder.write("empty.env", "MASTODON_ACCESS_TOKEN=\n", 0644);
    const Lines expected{
        "crier.env:2:23 warning: the token of account news stands in a file that others may read (mode 0644)",
        "news.token:1:1 warning: what looks like a token (43 characters) stands in a file that others may "
        "read (mode "
        "0604)",
        "secrets/app:1:1 warning: what looks like a token (43 characters) stands in a file that others may "
        "read (mode "
        "0642)"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());
    BOOST_TEST(folder.check().code == commands::exit_ok);
}

BOOST_AUTO_TEST_CASE(secrets_in_yaml_and_scripts) {
    const Folder folder;
    folder.write("app.yaml", "client_id: x\nclient_secret: " + folder.other + "\n", 0600);
    folder.write("post.sh",
                 "#!/bin/sh\ncurl -H 'Authorization: Bearer " + folder.other + "' x\n# " + folder.in_use,
                 0755);
    folder.write("private.py", "access_token = '" + folder.other + "'\n", 0600); // for its owner alone
    folder.write("sub/app.json", "{\"access_token\": \"" + folder.other + "\"}", 0640);
    const Lines expected{
        "app.yaml:2:16 warning: a client secret (43 characters) stands here in the open",
        "post.sh:2:32 warning: a bearer token (43 characters) stands here in the open",
        "post.sh:3:3 warning: the token of account news stands here in the open",
        "sub/app.json:1:19 warning: an access token (43 characters) stands here in the open"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(where_a_web_server_would_serve_it) {
    const Folder folder;
    folder.write("public_html/bot/crier.env", "MASTODON_ACCESS_TOKEN=" + folder.in_use + "\n", 0600);
    const Lines expected{
        "public_html/bot/crier.env:1:23 warning: the token of account news stands where a web server "
        "looks for what it serves"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_tokens_own_file_counts_wherever_it_lies) {
    const crier::test::TemporaryDirectory elsewhere;
    const Folder folder{"{file: " + elsewhere.path() + "/t}"};
    (void)elsewhere.file("t", folder.other + "\n", 0600);
    BOOST_TEST(folder.found().empty());
    folder.write("notes.txt", "it is " + folder.other, 0644);
    const Lines expected{"notes.txt:1:7 warning: the token of account news stands here in the open"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());
    // One that is open to all is refused when a post is due, and found here.
    (void)elsewhere.file("t", folder.other + "\n", 0644);
    BOOST_TEST(folder.check().problems.size() == 2U);
    BOOST_TEST(folder.check().problems[0].message ==
               "the token of account news stands in a file that others may read (mode 0644)");
    BOOST_TEST(folder.check().problems[0].file == elsewhere / "t");
}

BOOST_AUTO_TEST_CASE(what_is_not_looked_at) {
    const Folder folder;
    const std::string leak = "access_token: " + folder.other + "\n";
    const crier::test::TemporaryDirectory outside;
    (void)outside.file("a.txt", leak, 0644);
    std::filesystem::create_symlink(outside / "a.txt", folder.path("link.txt"));
    std::filesystem::create_directory_symlink(outside.path(), folder.path("linked"));
    folder.write(".git/config", leak, 0644);
    folder.write("node_modules/a/b.txt", leak, 0644);
    folder.write("picture.jpg", leak, 0644);
    folder.write("crier.db-wal", leak, 0644);
    folder.write("crier.db.media/1", leak, 0644);
    folder.write("binary", std::string("\0\1", 2) + leak, 0644);
    folder.write("large.txt", leak + std::string(1U << 20U, ' '), 0644);
    BOOST_REQUIRE(::mkfifo(folder.path("pipe").c_str(), 0644) == 0);
    BOOST_TEST(folder.found() == Lines{}, boost::test_tools::per_element());
    for (const char* name : {"link.txt", "linked", "pipe", "binary", "large.txt", "none"})
        BOOST_TEST(!commands::read_text(folder.path(name), 1U << 20U), name);
    folder.write("small.txt", leak, 0644);
    BOOST_TEST(folder.found().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_included_is_looked_at_and_what_the_loader_said_is_not_said_again) {
    const crier::test::TemporaryDirectory elsewhere;
    const Folder folder;
    (void)elsewhere.file("more.yaml", "# access_token: " + folder.other + "\n", 0644);
    folder.write("crier.yaml",
                 "version: 1\ninclude: [" + elsewhere.path() +
                     "/more.yaml]\naccounts:\n  news:\n    token: " + folder.other + "\n",
                 0644);
    const commands::SecretCheck check = folder.check();
    BOOST_REQUIRE(check.problems.size() == 1U);
    BOOST_TEST(check.problems[0].file == elsewhere / "more.yaml");
}

BOOST_AUTO_TEST_CASE(a_large_folder_is_looked_at_in_part_and_that_is_said) {
    const Folder folder;
    std::string deep;
    for (int i = 0; i < 12; ++i)
        deep += "d/";
    folder.write(deep + "x.txt", "access_token: " + folder.other, 0644);
    const Lines expected{" warning: the folder is large: secrets were looked for in a part of it only"};
    BOOST_TEST(folder.found() == expected, boost::test_tools::per_element());

    const Folder many;
    for (int i = 0; i < 70; ++i)
        many.write("f" + std::to_string(i) + ".txt", "access_token: " + many.other, 0644);
    const Lines lines = many.found();
    BOOST_TEST(lines.size() == 50U);
    BOOST_TEST(lines.back().ends_with("21 more such places are not shown"));

    many.write("z.env", "MASTODON_ACCESS_TOKEN=" + many.in_use, 0600);
    many.track({"z.env"});
    const Lines with_error = many.found(); // which is never among those that are not shown
    BOOST_REQUIRE(with_error.size() == 51U);
    BOOST_TEST(with_error[49] ==
               "z.env:1:23 error: the token of account news stands in a file that git tracks");
    BOOST_TEST(with_error[50].ends_with("21 more such places are not shown"));
}

BOOST_AUTO_TEST_SUITE_END()
