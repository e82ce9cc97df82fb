// A source that has moved for good, in the hands of the engine.

#include "harness.hpp"
#include "support/engine_harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::plugin::test;

namespace {

/// An engine whose source is fetched by the script.
struct MovingWorld {
    ScriptedHttp http;
    ScriptedRunner programs;
    InlinePool pool;
    crier::test::Harness engine;

    MovingWorld() {
        engine.world.source = [this](const SourceSettings& source, const std::string& moved_to) {
            const plugin::SourcePorts ports{http, programs, pool, engine.time, nullptr, {}};
            return plugin::make_source(source, ports, moved_to);
        };
        engine.source("blog").url = "https://old.example/feed";
    }

    /// Where the next look goes, after a restart.
    std::string next_look(const std::string& moved_to = {}) {
        http.answer(200, rss(rss_item(std::to_string(http.seen.size())))).moved_to = moved_to;
        engine.restart();
        engine.time.run_while([this] { return !http.script.empty(); });
        engine.time.run_for(std::chrono::seconds{1});
        BOOST_REQUIRE(http.script.empty());
        engine.stop();
        return http.seen.back().url;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_moves)

BOOST_AUTO_TEST_CASE(a_new_address_holds_as_long_as_the_configured_one_stays) {
    MovingWorld world;
    BOOST_TEST(world.next_look("https://new.example/feed") == "https://old.example/feed");
    BOOST_TEST(world.next_look() == "https://new.example/feed");
    BOOST_TEST(world.next_look("https://newer.example/feed") == "https://new.example/feed");
    BOOST_TEST(world.next_look() == "https://newer.example/feed");
    std::string& configured = world.engine.settings.sources.back().url;
    configured = "https://mine.example/feed";
    BOOST_TEST(world.next_look() == "https://mine.example/feed");
    BOOST_TEST(world.next_look() == "https://mine.example/feed");
    configured = "https://old.example/feed"; // back again: what it once led to was taken back
    BOOST_TEST(world.next_look() == "https://old.example/feed");
}

BOOST_AUTO_TEST_SUITE_END()
