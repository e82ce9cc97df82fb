// A source that is what a program writes.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace std::chrono_literals;
using namespace crier::plugin::test;

namespace {

struct CommandWorld : World {
    CommandWorld() {
        settings.plugin = "exec";
        settings.url.clear();
        settings.command = {"/usr/bin/books", "--json"};
        settings.timeout = 5s;
    }

    /// The words of the failure, where the program ends so.
    std::string failure(int code, const std::string& output, const std::string& errors) {
        programs.end(code, output, errors);
        const auto yield = look(*source());
        return yield ? "no failure" : yield.error().message;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_command_source)

BOOST_AUTO_TEST_CASE(the_command_is_run_and_its_output_read) {
    CommandWorld world;
    world.programs.end(0, "{\"id\":1}\n{\"id\":2,\"weight\":3}\nx\n");
    const auto yield = world.look(*world.source());
    BOOST_REQUIRE(yield);
    BOOST_REQUIRE(yield->items.size() == 2U);
    BOOST_TEST(yield->items[1].id == "2");
    BOOST_TEST(yield->items[1].weight == 3);
    BOOST_TEST(yield->warnings.size() == 1U);
    BOOST_REQUIRE(world.programs.seen.size() == 1U);
    BOOST_TEST(world.programs.seen[0].arguments == world.settings.command, boost::test_tools::per_element());
    BOOST_TEST((world.programs.seen[0].timeout == 5s));
    BOOST_TEST(world.programs.seen[0].input == "{\"now\":\"2026-11-24T12:00:00Z\",\"cursor\":\"\"}\n");
    BOOST_TEST(world.http.seen.empty());
}

BOOST_AUTO_TEST_CASE(the_same_output_is_unchanged_for_who_has_seen_it) {
    CommandWorld world;
    for (int i = 0; i < 4; ++i)
        world.programs.end(0, "Good morning!");
    const auto source = world.source();
    const auto first = world.look(*source);
    BOOST_REQUIRE(first);
    BOOST_TEST(first->items.size() == 1U);
    BOOST_TEST(world.look(*source, first->cursor)->unchanged);
    BOOST_TEST(world.look(*source)->items.size() == 1U); // who has no cursor has seen nothing
    // Another command's output is another one, also where its words only seem the same.
    world.settings.command = {"/usr/bin/books --json"};
    BOOST_TEST(world.look(*world.source(), first->cursor)->items.size() == 1U);
    world.programs.end(0, "Good evening!");
    BOOST_TEST(world.look(*source, first->cursor)->items.at(0).title == "Good evening!");
    BOOST_TEST(world.programs.seen.size() == 5U);
}

BOOST_AUTO_TEST_CASE(no_output_is_no_items) {
    CommandWorld world;
    world.programs.end(0, " \n");
    const auto yield = world.look(*world.source());
    BOOST_REQUIRE(yield);
    BOOST_TEST(!yield->unchanged);
    BOOST_TEST(yield->items.empty());
}

BOOST_AUTO_TEST_CASE(how_it_failed_is_said) {
    CommandWorld world;
    BOOST_TEST(world.failure(3, "{\"id\":1}", "\n no\x1b network\nmore\n") ==
               "/usr/bin/books: it ended with 3:  no network");
    BOOST_TEST(world.failure(1, "", "") == "/usr/bin/books: it ended with 1");
    BOOST_TEST(world.failure(1, "", std::string(199, 'x') + "\xc3\xa9") ==
               "/usr/bin/books: it ended with 1: " + std::string(199, 'x') + "...");
    BOOST_TEST(
        world.failure(0, "[1]", "") ==
        "/usr/bin/books: no item could be read of it; line 1, item 1: an item is an object {...}, and this "
        "is none");
    world.programs.end(137, "{\"id\":1}").late = true;
    const auto late = world.look(*world.source());
    BOOST_REQUIRE(!late);
    BOOST_TEST(late.error().message == "/usr/bin/books: it took longer than 5s and was ended");
    BOOST_TEST((late.error().cause == Cause::temporary));
    world.programs.script.emplace_back(Failure{Cause::not_found, "/usr/bin/books cannot be run: gone"});
    BOOST_TEST(world.look(*world.source()).error().message == "/usr/bin/books cannot be run: gone");
}

BOOST_AUTO_TEST_CASE(what_a_good_run_complains_of_is_a_warning_within_bounds) {
    CommandWorld world;
    std::string many;
    for (int i = 1; i < 100; ++i)
        many += "trouble " + std::to_string(i) + "\n \n";
    world.programs.end(0, "a", many);
    const auto first = world.look(*world.source());
    BOOST_REQUIRE(first);
    BOOST_REQUIRE(first->warnings.size() == 5U);
    BOOST_TEST(first->warnings[4] == "/usr/bin/books says: trouble 5");
    // Also where there is nothing new.
    world.programs.end(0, "a", "again");
    const auto second = world.look(*world.source(), first->cursor);
    BOOST_TEST(second->unchanged);
    BOOST_TEST(second->warnings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(much_output_is_read_on_the_pool) {
    CommandWorld world;
    world.programs.end(0, std::string(100'000, 'x'));
    BOOST_TEST(world.look(*world.source()).has_value());
    BOOST_TEST(world.pool.runs == 1);
}

BOOST_AUTO_TEST_SUITE_END()
