// Lists come from people, and from whoever else writes to where they keep them.

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

using namespace crier::plugin_test;

namespace {

const std::vector<std::string> good{
    "id,title,text\n1,\"a \"\"b\"\"\",\"x\ny\"\n2,\"c, d\",e\n# no\n3,f,g\n",
    "{\"id\":\"1\",\"tags\":\"#a #b\"}\n[{\"id\":2,\"media\":\"https://e.org/p "
    "https://e.org/q\",\"alt\":[\"x\",\"y\"]}]\n",
    "- &a {id: 1, title: 'it''s'}\n- {<<: *a, id: 2}\n- |\n  text\n- id: 3\n  due: 2026-11-24 12:00\n  "
    "media: [https://e.org/p]\n",
};

Yield look(std::string_view list, const char* format) {
    return read(crier::queue::table(), {list}, {{"format", format}});
}

} // namespace

BOOST_AUTO_TEST_SUITE(queue_hostile)

BOOST_AUTO_TEST_CASE(cut_off_after_every_byte) {
    for (const std::string& list : good)
        for (std::size_t size = 0; size < list.size(); ++size)
            for (const char* format : {"csv", "json", "yaml"})
                (void)look(std::string_view{list}.substr(0, size), format);
    // Of JSON only whole rows come; a row of CSV may end anywhere.
    const std::vector<std::string> whole = look(good[1], "json").items;
    BOOST_REQUIRE(whole.size() == 2U);
    for (std::size_t size = 0; size < good[1].size(); ++size) {
        const Yield yield = look(std::string_view{good[1]}.substr(0, size), "json");
        for (std::size_t i = 0; i < yield.items.size(); ++i)
            BOOST_TEST(yield.items[i] == whole[i], size);
    }
}

BOOST_AUTO_TEST_CASE(bytes_changed_by_chance_do_no_harm) {
    std::mt19937_64 random{test_seed()};
    for (int round = 0; round < 3000; ++round) {
        std::string list = good[random() % good.size()];
        for (std::size_t changes = 1 + random() % 4; changes > 0; --changes)
            list[random() % list.size()] = static_cast<char>(random());
        for (const char* format : {"csv", "json", "yaml"})
            (void)look(list, format);
    }
}

BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size_of_csv) {
    many_times({"\"", "\"\"", ",", "\n", "a\n", "\"\n", "\",\"", "#\n", "\r", " ", "title,", "\"a\"b",
                "x,y\n", "\"x\",\"y\"\n", "https://e.org/ ", ",;#a "},
               "title,text,tags,media\n", "\n", [](const std::string& list) { (void)look(list, "csv"); });
    // A header may be as long as a list.
    many_times({"title,", "\"", "a;b,c\t"}, "", "\n1",
               [](const std::string& list) { (void)look(list, "csv"); });
    many_times({"https://e.org/ ", ",", "#a ", "a;", "http", "\"\""}, "id,tags,media,alt\n1,\"", "\"",
               [](const std::string& list) { (void)look(list, "csv"); });
}

BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size_of_json_and_yaml) {
    many_times({"{\"id\":1},", "\"a\",", "[", "{\"a\":", "{\"id\":1}\n", "\n", "1,"}, "[", "]",
               [](const std::string& list) { (void)look(list, "json"); });
    many_times({"{\"url\":\"https://e.org/p\"},", "\"p\",", "null,"}, "[{\"id\":1,\"media\":[", "null]}]",
               [](const std::string& list) { (void)look(list, "json"); });
    many_times({"- a: b\n", "- *a\n"}, "- &a b\n", "",
               [](const std::string& list) { (void)look(list, "yaml"); });
}

BOOST_AUTO_TEST_CASE(many_keys_and_columns) {
    std::string keys = "[{\"id\":1";
    for (int i = 0; i < 100'000; ++i)
        keys += ",\"k" + std::to_string(i) + "\":1";
    BOOST_TEST(look(keys + "}]", "json").items.size() == 1U);
    std::string columns = "id";
    for (int i = 0; i < 100'000; ++i)
        columns += ",title";
    BOOST_TEST(look(columns + "\n1,a\n2,b\n", "csv").items.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
