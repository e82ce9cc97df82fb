#include "support/temporary.hpp"
#include "sys/token_source.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace crier;
using test::TemporaryDirectory;

namespace {

Result<Secret> read_file(const std::string& path) {
    return sys::make_token_source({TokenRef::Kind::file, path}, sys::Environment{})->read();
}

void check_refused(const Result<Secret>& token, const std::string& message, const std::string& hint) {
    BOOST_REQUIRE(token.has_error());
    BOOST_TEST((token.error().cause == Cause::token));
    BOOST_TEST_CONTEXT(token.error().message + " / " + token.error().hint) {
        BOOST_TEST(token.error().message.find(message) != std::string::npos);
        BOOST_TEST(token.error().hint.find(hint) != std::string::npos);
        BOOST_TEST((token.error().message + token.error().hint).find("s3cr3t") == std::string::npos);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(token_sources)

BOOST_AUTO_TEST_CASE(a_variable_is_read_and_a_missing_one_named) {
    const sys::Environment environment{{{"NEWS_TOKEN", "abcdef\n"}, {"EMPTY", ""}}};
    BOOST_TEST(sys::make_token_source({TokenRef::Kind::env, "NEWS_TOKEN"}, environment)->read()->reveal() ==
               "abcdef");
    check_refused(sys::make_token_source({TokenRef::Kind::env, "OTHER"}, environment)->read(),
                  "the environment variable OTHER is not set", "give OTHER its value");
    check_refused(sys::make_token_source({TokenRef::Kind::env, "EMPTY"}, environment)->read(),
                  "the environment variable EMPTY is empty", "Preferences");
}

BOOST_AUTO_TEST_CASE(a_source_outlives_the_environment_that_it_was_made_from) {
    std::unique_ptr<TokenSource> source;
    {
        const sys::Environment environment{{{"T", "abcdef"}}};
        source = sys::make_token_source({TokenRef::Kind::env, "T"}, environment);
    }
    BOOST_TEST(source->read()->reveal() == "abcdef");
}

BOOST_AUTO_TEST_CASE(a_credential_is_a_file_in_the_directory_that_systemd_names) {
    const TemporaryDirectory directory;
    (void)directory.file("news_token", "abcdef\n", 0400);
    const sys::Environment environment{{{"CREDENTIALS_DIRECTORY", directory / ""}}};
    const auto read = [&](const std::string& name) {
        return sys::make_token_source({TokenRef::Kind::credential, name}, environment)->read();
    };
    BOOST_TEST(read("news_token")->reveal() == "abcdef");
    check_refused(read("art_token"), "the credential art_token is not there", "LoadCredential=art_token:");
    check_refused(read("../news_token"), "cannot be the name of a credential", "LoadCredential=NAME");
    check_refused(
        sys::make_token_source({TokenRef::Kind::credential, "news_token"}, sys::Environment{})->read(),
        "systemd has given none", "LoadCredential=news_token:");
}

BOOST_AUTO_TEST_CASE(files_are_taken_when_only_the_owner_or_a_group_may_read_them) {
    const TemporaryDirectory directory;
    for (const unsigned mode : {0600U, 0400U, 0640U, 0440U})
        BOOST_TEST(read_file(directory.file("t" + std::to_string(mode), "abcdef\n", mode))->reveal() ==
                   "abcdef");
}

BOOST_AUTO_TEST_CASE(files_that_others_may_read_or_change_are_refused) {
    const TemporaryDirectory directory;
    for (const unsigned mode : {0644U, 0604U, 0602U, 0601U, 0660U, 0620U, 0666U, 0777U}) {
        const std::string path = directory.file("t" + std::to_string(mode), "s3cr3t", mode);
        check_refused(read_file(path), path + " is open to others", "chmod 600 " + path);
    }
    check_refused(read_file(directory.file("shown", "s3cr3t", 0644)), "(mode 0644)", "make a new token");
}

BOOST_AUTO_TEST_CASE(a_file_of_another_user_is_refused) {
    if (::geteuid() != 0) // only root can make one
        return;
    const TemporaryDirectory directory;
    const std::string path = directory.file("t", "s3cr3t");
    BOOST_REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
    check_refused(read_file(path), path + " belongs to another user (uid 12345)", "into a folder of his");
}

BOOST_AUTO_TEST_CASE(root_reads_what_belongs_to_the_owner_of_its_folder) {
    if (::geteuid() != 0) // only root can make one
        return;
    const TemporaryDirectory directory;
    const TemporaryDirectory elsewhere;
    BOOST_REQUIRE(::chown(directory.path().c_str(), 12345, 12345) == 0); // as DynamicUser= has it
    const std::string path = directory.file("t", "abcdef");
    BOOST_REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
    BOOST_TEST(read_file(path)->reveal() == "abcdef");
    std::filesystem::create_symlink(path, elsewhere / "link");
    BOOST_TEST(read_file(elsewhere / "link")->reveal() == "abcdef");
    // No third one's, and no less to itself.
    BOOST_REQUIRE(::chown(path.c_str(), 12346, 12346) == 0);
    check_refused(read_file(path), "belongs to another user (uid 12346)", "run this as that user");
    BOOST_REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
    BOOST_REQUIRE(::chmod(path.c_str(), 0644) == 0);
    check_refused(read_file(path), "is open to others", "chmod 600");
}

BOOST_AUTO_TEST_CASE(a_link_counts_as_what_it_leads_to) {
    const TemporaryDirectory directory;
    std::filesystem::create_symlink(directory.file("good", "abcdef"), directory / "to_good");
    std::filesystem::create_symlink(directory.file("open", "s3cr3t", 0644), directory / "to_open");
    BOOST_TEST(read_file(directory / "to_good")->reveal() == "abcdef");
    check_refused(read_file(directory / "to_open"), "is open to others", "chmod 600");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_or_no_file_is_told_and_does_not_hang) {
    const TemporaryDirectory directory;
    check_refused(read_file(directory / "none"), directory / "none is not there", "mode 0600");
    check_refused(read_file(directory / ""), "is not a regular file", "name the file");
    const std::string pipe = directory / "pipe";
    BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    check_refused(read_file(pipe), "is not a regular file", "name the file");
}

BOOST_AUTO_TEST_CASE(four_kibibytes_are_the_most) {
    const TemporaryDirectory directory;
    BOOST_TEST(read_file(directory.file("most", std::string(4096, 'a')))->reveal().size() == 4096U);
    check_refused(read_file(directory.file("more", std::string(4097, 'a'))), "longer than 4 KiB",
                  "only the token");
}

BOOST_AUTO_TEST_CASE(a_rotated_file_is_found_and_each_token_told_once) {
    const TemporaryDirectory directory;
    const std::string path = directory.file("t", "first-token");
    std::vector<std::string> seen;
    const auto source =
        sys::make_token_source({TokenRef::Kind::file, path}, sys::Environment{},
                               [&](const Secret& token) { seen.emplace_back(token.reveal()); });
    BOOST_TEST(source->read()->reveal() == "first-token");
    BOOST_TEST(source->read()->reveal() == "first-token");
    std::filesystem::rename(directory.file("new", "second-token\n"), path);
    BOOST_TEST(source->read()->reveal() == "second-token");
    std::filesystem::remove(path);
    BOOST_TEST(source->read().has_error());
    BOOST_TEST(seen == (std::vector<std::string>{"first-token", "second-token"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
