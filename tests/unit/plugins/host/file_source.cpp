// A source that is a file.

#include "harness.hpp"
#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <sys/stat.h>

using namespace crier;
using namespace crier::plugin::test;

namespace {

struct TempFile {
    crier::test::TemporaryDirectory directory;
    std::string path = directory / "feed.xml";

    void write(const std::string& text) const { (void)directory.file("feed.xml", text); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_file_source)

BOOST_AUTO_TEST_CASE(a_file_is_read_when_it_has_changed) {
    const TempFile file;
    file.write(rss(rss_item("1")));
    World world;
    world.settings.url = file.path;
    const auto source = world.source();
    const auto first = world.look(*source);
    BOOST_REQUIRE(first);
    BOOST_TEST(first->items.size() == 1U);
    BOOST_TEST(world.look(*source, first->cursor)->unchanged);
    file.write(rss(rss_item("1") + rss_item("2")));
    BOOST_TEST(world.look(*source, first->cursor)->items.size() == 2U);
    BOOST_TEST(world.http.seen.empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_named_with_the_reason) {
    World world;
    world.settings.url = "/no/such/feed.xml";
    const auto missing = world.look(*world.source());
    BOOST_REQUIRE(!missing);
    BOOST_TEST(missing.error().message == "/no/such/feed.xml: No such file or directory");
    BOOST_TEST(!missing.error().hint.empty());
    world.settings.url = std::filesystem::temp_directory_path().string();
    BOOST_TEST(!world.look(*world.source())); // a directory
}

BOOST_AUTO_TEST_CASE(a_pipe_is_not_waited_for) {
    const TempFile file;
    BOOST_REQUIRE(::mkfifo(file.path.c_str(), 0600) == 0);
    World world;
    world.settings.url = file.path;
    const auto yield = world.look(*world.source());
    BOOST_REQUIRE(!yield);
    BOOST_TEST(yield.error().message == file.path + " is no regular file");
    BOOST_TEST(!yield.error().hint.empty());
}

BOOST_AUTO_TEST_CASE(a_file_beyond_32_MiB_is_not_read) {
    const TempFile file;
    file.write("");
    std::filesystem::resize_file(file.path, (std::uintmax_t{32} << 20U) + 1);
    World world;
    world.settings.url = file.path;
    const auto yield = world.look(*world.source());
    BOOST_REQUIRE(!yield);
    BOOST_TEST(yield.error().message == file.path + " has more than the 32 MiB that are read");
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_no_feed) {
    const TempFile file;
    file.write("");
    World world;
    world.settings.url = file.path;
    const auto yield = world.look(*world.source());
    BOOST_REQUIRE(!yield);
    BOOST_TEST(yield.error().message.find(file.path + ": ") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
