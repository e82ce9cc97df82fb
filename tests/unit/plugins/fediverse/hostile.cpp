// Servers are strangers.

#include "harness.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <random>
#include <string>

using namespace crier::fediverse::test;

namespace {

const std::string good =
    "[" +
    status(
        3,
        R"(,"created_at":"2026-11-27T01:00:00.000Z","content":"<p>Hi <a href=\"https://e.org/x\">e.org/x</a> )"
        R"(<a href=\"https://m.example/@al\">@<span>al</span></a></p>","mentions":[{"acct":"al",)"
        R"("url":"https://m.example/@al"}],"tags":[{"name":"x"}],"poll":{"options":[{"title":"a"}]},)"
        R"("media_attachments":[{"type":"image","url":"https://e.org/p.png","description":"d"}])") +
    "," + status(2, R"(,"reblog":{"uri":"u9","content":"<p>&amp;</p>"},"visibility":"public")") + "," +
    status(1) + "]";

} // namespace

BOOST_AUTO_TEST_SUITE(fediverse_hostile)

BOOST_AUTO_TEST_CASE(cut_off_after_every_byte_it_is_an_error) {
    BOOST_TEST(look(with(good), "https://m.example/@jo", {}, everything).items.size() == 3U);
    for (std::size_t size = 0; size < good.size(); ++size) {
        const std::string cut = good.substr(0, size);
        const Yield yield = look(with(cut), "https://m.example/@jo", {}, everything);
        BOOST_TEST(yield.items.empty(), size);
        BOOST_TEST(yield.error != "", size);
    }
}

BOOST_AUTO_TEST_CASE(bytes_changed_by_chance_do_no_harm) {
    const char* given = std::getenv("CRIER_TEST_SEED");
    const unsigned long seed = given != nullptr ? std::strtoul(given, nullptr, 10) : 20261127UL;
    BOOST_TEST_MESSAGE("CRIER_TEST_SEED=" << seed);
    std::mt19937_64 random{seed};
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = good;
        for (std::size_t changes = 1 + random() % 4; changes > 0; --changes)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        (void)look(with(bytes), "https://m.example/@jo", {}, everything);
        std::string url = "https://m.example/@jo@o.example";
        url[random() % url.size()] = static_cast<char>(random());
        (void)look(with("[]"), url, bytes);
    }
}

BOOST_AUTO_TEST_CASE(depth_and_numbers_are_bounded) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    BOOST_TEST(look(with(deep)).error.find("broken JSON") != std::string::npos);
    BOOST_TEST(told(R"([{"id":99999999999999999999999999,"uri":"u1"},{"id":-1e308,"uri":"u2"},)"
                    R"({"id":18446744073709551615,"uri":"u3","created_at":"9999-12-31T23:59:59Z"}])")
                   .substr(0, 24) == "- id=u1\n- id=u2\n- id=u3 ");
    std::string boosts = R"({"uri":"u"})";
    for (int i = 0; i < 20; ++i)
        boosts = R"({"id":"1","uri":"u","reblog":)" + boosts + "}";
    BOOST_TEST(look(with("[" + boosts + "]"), "https://m.example/@jo", {}, everything).items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_server_that_always_has_more_comes_to_an_end) {
    const std::string cursor =
        look(with("[" + status(1, R"(,"created_at":"1980-01-01T00:00:00Z")") + "]")).cursor;
    const Yield yield = look(with("[" + status(2) + "]"), "https://m.example/@jo", cursor);
    BOOST_TEST(yield.asked.size() == 3U);
    // Not even one that answers a list with an account, and the account with a list.
    int turns = 0;
    (void)look(
        [&](const std::string&) { return ++turns % 2 == 0 ? R"({"id":"7"})" : "[" + status(turns) + "]"; },
        "https://m.example/@jo", cursor);
    BOOST_TEST(turns < 8);
    (void)look([](const std::string&) { return R"({"id":"7"})"; });
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_posts_are_read) {
    std::string many = "[";
    for (int i = 0; i < 100'000; ++i)
        many += (i == 0 ? "" : ",") + status(i, R"(,"content":"<p>x</p>")");
    BOOST_TEST(look(with(many + "]")).items.size() == 100'000U);
}

BOOST_AUTO_TEST_SUITE_END()
