#include "core/git_index.hpp"

#include "support/git_index_bytes.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using test::GitIndex;

namespace {

using Paths = std::set<std::string>;

const std::vector<std::string> some{
    ".gitignore", "a",        "ab", "bots/crier.env", "bots/crier.yaml", "bots/" + std::string(300, 'x'),
    "bots/y",     "z\xC3\xA4"};

} // namespace

BOOST_AUTO_TEST_SUITE(git_index)

BOOST_AUTO_TEST_CASE(each_version_is_read) {
    for (const std::uint32_t version : {2U, 3U, 4U})
        for (const std::size_t digest : {std::size_t{20}, std::size_t{32}})
            for (const char* extension : {"", "TREE"})
                for (const bool flags : {false, true}) {
                    const GitIndex index{version, digest, extension, flags};
                    BOOST_TEST_INFO_SCOPE("version " << version << ", digest " << digest << " " << extension);
                    const auto all = tracked_files(index.of(some), "");
                    BOOST_REQUIRE(all);
                    BOOST_TEST((*all == Paths{some.begin(), some.end()}));
                    const auto below = tracked_files(index.of(some), "bots/c");
                    BOOST_REQUIRE(below);
                    BOOST_TEST((*below == Paths{"bots/crier.env", "bots/crier.yaml"}));
                    const auto none = tracked_files(index.of({}), "");
                    BOOST_REQUIRE(none);
                    BOOST_TEST(none->empty());
                }
}

BOOST_AUTO_TEST_CASE(what_is_no_whole_index_says_nothing) {
    for (const std::uint32_t version : {2U, 3U, 4U}) {
        const std::string whole = GitIndex{.version = version}.of(some);
        for (std::size_t size = 0; size < whole.size(); ++size)
            BOOST_TEST(!tracked_files(std::string_view{whole}.substr(0, size), ""), size);
        BOOST_TEST(!tracked_files(whole + "x", ""));
        // most entries are elsewhere
        BOOST_TEST(!tracked_files(GitIndex{.version = version, .extension = "link"}.of(some), ""));
    }
    BOOST_TEST(!tracked_files("", ""));
    BOOST_TEST(!tracked_files("DIRC", ""));
    BOOST_TEST(!tracked_files(GitIndex{.version = 1}.of(some), ""));
    BOOST_TEST(!tracked_files(GitIndex{.version = 5}.of(some), ""));
    std::string other = GitIndex{}.of(some);
    other[0] = 'd';
    BOOST_TEST(!tracked_files(other, ""));
}

BOOST_AUTO_TEST_CASE(any_bytes_are_survived) {
    for (const std::uint32_t version : {2U, 3U, 4U}) {
        const std::string whole = GitIndex{.version = version}.of(some);
        for (std::size_t at = 0; at < whole.size(); ++at)
            for (const char byte : {'\0', '\x7F', '\x80', '\xFF'}) {
                std::string changed = whole;
                changed[at] = byte;
                (void)tracked_files(changed, "");
            }
    }
}

BOOST_AUTO_TEST_SUITE_END()
