// Programs are a person's own, and what they print may come from anywhere.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

using namespace crier::exec::test;

namespace {

const std::string good =
    "{\"id\":\"1\",\"title\":\"a \\\"b\\\" \\u00e9\",\"published\":\"2026-11-24T12:00:00Z\"}\n"
    "{\n \"id\": \"2\",\n \"media\": [{\"url\": \"https://e.org/p\"}]\n}\n"
    "[{\"id\":\"3\",\"categories\":[\"x\"]},{\"id\":\"4\",\"weight\":1e2}]\n";

} // namespace

BOOST_AUTO_TEST_SUITE(exec_hostile)

BOOST_AUTO_TEST_CASE(cut_off_after_every_byte_only_whole_items_come) {
    const std::vector<std::string> whole = read(good).items;
    BOOST_REQUIRE(whole.size() == 4U);
    for (std::size_t size = 0; size < good.size(); ++size) {
        const Yield yield = read(std::string_view{good}.substr(0, size));
        BOOST_TEST(yield.items.size() <= whole.size());
        for (std::size_t i = 0; i < yield.items.size() && i < whole.size(); ++i)
            BOOST_TEST(yield.items[i] == whole[i], size);
    }
}

BOOST_AUTO_TEST_CASE(bytes_changed_by_chance_do_no_harm) {
    std::mt19937_64 random{crier::plugin_test::test_seed()};
    for (int round = 0; round < 2000; ++round) {
        std::string output = good;
        for (std::size_t changes = 1 + random() % 4; changes > 0; --changes)
            output[random() % output.size()] = static_cast<char>(random());
        (void)read(output);
    }
}

BOOST_AUTO_TEST_CASE(depth_is_bounded) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    BOOST_TEST(read(deep).error == "no item could be read of it; line 1: broken JSON (too deep)");
    BOOST_TEST(read("{\"id\":1,\"x\":" + deep + "}\n{\"id\":2}").items.size() == 1U);
}

// Where the time grows with the square of the size, these take minutes, and CTest ends them.
BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    for (const char* part : {"{\n", "[\n", "{\"a\":\n", "{\"a\":[\n", "[{},\n", "\"\n", "}\n", "1\n", "{}\n",
                             "{\"a\":1},\n", "\n", "[[[[[[[[[[[[[[[[\n"}) {
        std::string many = "{\"a\":[\n";
        for (int i = 0; i < 30'000; ++i)
            many += part;
        (void)read(many);
        (void)read(many.substr(7));
    }
}

BOOST_AUTO_TEST_SUITE_END()
