// A source to which others send.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::plugin::test;

namespace {

struct Sent : World {
    Sent() {
        settings.plugin = "webhook";
        settings.url.clear();
        SourceHook hook;
        hook.path = "/hooks/s";
        settings.hook = hook;
    }
    Result<SourceYield> hear(const std::string& body,
                             std::vector<std::pair<std::string, std::string>> headers = {}) {
        Heard heard;
        heard.body = body;
        heard.headers = std::move(headers);
        return crier::test::run(context, source()->hear(std::move(heard), {}));
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_heard_source)

BOOST_AUTO_TEST_CASE(a_request_is_read_by_its_headers_each_time_it_comes) {
    Sent world;
    const std::string release =
        R"({"action":"published","release":{"id":7,"name":"One","html_url":"https://x.example/7"}})";
    for (int i = 0; i < 2; ++i) {
        const auto yield =
            world.hear(release, {{"x-github-event", "release"}, {"content-type", "application/json"}});
        BOOST_REQUIRE(yield);
        BOOST_TEST(!yield->unchanged);
        BOOST_REQUIRE_EQUAL(yield->items.size(), 1U);
        BOOST_TEST(yield->items[0].id == "release:7");
    }
    const auto ping = world.hear(R"({"zen":"x"})", {{"x-github-event", "ping"}});
    BOOST_REQUIRE(ping);
    BOOST_TEST(ping->items.empty());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_told_with_its_place_and_files_are_not_named_by_strangers) {
    Sent world;
    const auto broken = world.hear("{");
    BOOST_REQUIRE(!broken);
    BOOST_TEST(broken.error().message.starts_with("/hooks/s: the body must be JSON"));
    const auto file = world.hear(R"({"id":"1","title":"t","media":[{"file":"/etc/passwd"}]})");
    BOOST_REQUIRE(file);
    for (const Item& item : file->items)
        BOOST_TEST(item.media.empty());
}

BOOST_AUTO_TEST_CASE(there_is_nothing_to_look_at) {
    Sent world;
    const auto look = world.look(*world.source());
    BOOST_REQUIRE(!look);
    BOOST_TEST((look.error().cause == Cause::usage));
    BOOST_TEST(look.error().message.find("/hooks/s") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
