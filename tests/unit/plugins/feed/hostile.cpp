#include "feed/plugin.hpp"
#include "harness.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

using namespace crier;
using namespace crier::feed::test;

namespace {

std::string repeated(const std::string& part, std::size_t times) {
    std::string out;
    out.reserve(part.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += part;
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_feeds)

BOOST_AUTO_TEST_CASE(entities_name_nothing_outside) {
    for (const char* declarations :
         {"<!ENTITY x SYSTEM \"file:///etc/passwd\">", "<!ENTITY x SYSTEM \"/etc/hostname\">",
          "<!ENTITY x PUBLIC \"x\" \"http://127.0.0.1:1/\">",
          "<!ENTITY % p SYSTEM \"file:///etc/passwd\"><!ENTITY x \"%p;\">%p;",
          "<!ENTITY % p \"&#60;!ENTITY x SYSTEM 'file:///etc/passwd'>\">%p;"}) {
        const Yield yield = read(
            "<?xml version=\"1.0\"?><!DOCTYPE rss [" + std::string{declarations} +
            "]><rss><channel><item><title>a&x;b</title><enclosure url=\"/&x;\"/></item></channel></rss>");
        BOOST_TEST(joined(yield.items) == "title: a&x;b\nmedia: enclosure https://example.org/&x;\n");
    }
    const Yield outside =
        read("<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss><item><title>a&x;b</title></item></rss>");
    BOOST_TEST(joined(outside.items) == "title: a&x;b\n");
}

BOOST_AUTO_TEST_CASE(entities_do_not_grow) {
    std::string declarations = "<!ENTITY x0 \"ha\">";
    for (int i = 1; i < 30; ++i) {
        const std::string one = "&x" + std::to_string(i - 1) + ";";
        declarations += "<!ENTITY x" + std::to_string(i) + " \"" + repeated(one, 10) + "\">";
    }
    const Yield yield =
        read("<!DOCTYPE rss [" + declarations + "]><rss><item><title>&x29;</title></item></rss>");
    BOOST_TEST(joined(yield.items) == "title: &x29;\n");
    // the same in defaults of attributes
    const Yield defaults =
        read("<!DOCTYPE rss [<!ATTLIST item xml:base CDATA \"" + std::string(100'000, 'x') + "\">]><rss>" +
             repeated("<item><title>t</title></item>", 1000) + "</rss>");
    BOOST_TEST(defaults.items.size() == 1000U);
}

BOOST_AUTO_TEST_CASE(short_entities_do_not_grow_either) {
    const std::string declared = "<!DOCTYPE rss [<!ENTITY a \"" + std::string(200, 'x') + "\">]>";
    const std::string references = repeated("&a;", 100'000);
    const Yield yield = read(declared + "<rss><item><title>t</title><description>" + references +
                             "</description></item></rss>");
    BOOST_REQUIRE_EQUAL(yield.items.size(), 1U);
    BOOST_TEST(value_of("summary", yield.items[0]).size() < references.size() + (std::size_t{256} << 10U));
    std::string many = "<!DOCTYPE rss [";
    for (int i = 0; i < 100'000; ++i)
        many += "<!ENTITY e" + std::to_string(i) + " 'x'>";
    BOOST_TEST(joined(read(many + "]><rss><item><title>&e1; &e99999;</title></item></rss>").items) ==
               "title: x &e99999;\n");
    // Names that nobody declared, each looked for among those that are.
    (void)read(declared + "<rss><item><title>" + repeated("&" + std::string(60, 'b') + ";", 100'000) +
               "</title></item></rss>");
}

BOOST_AUTO_TEST_CASE(depth_is_bounded) {
    const std::string deep = repeated("<a>", 200'000) + "x" + repeated("</a>", 200'000);
    const Yield yield = read(rss("<item><title>t</title><description>" + deep + "</description></item>" +
                                 deep + "<item><title>u</title></item>"));
    BOOST_TEST(joined(yield.items) == "title: t\nsummary: x\n; title: u\n");
    BOOST_TEST(joined(yield.warnings).find("nested too deeply") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(many_attributes_and_names_are_bounded) {
    std::string attributes;
    std::string names;
    for (int i = 0; i < 100'000; ++i) {
        attributes += " a" + std::to_string(i) + "=\"\"";
        names += " xmlns:n" + std::to_string(i) + "=\"urn:" + std::to_string(i) + "\"";
    }
    const Yield yield = read(rss("<item" + attributes + "><title" + names + ">t</title></item>"));
    BOOST_TEST(joined(yield.items) == "title: t\n");
}

BOOST_AUTO_TEST_CASE(long_texts_are_cut) {
    const std::string a_lot = repeated("größe ", 1'000'000);
    for (const std::string& document :
         {rss_item("<title>t</title><description>" + a_lot + "</description>"),
          atom_entry("<title>t</title><summary type=\"xhtml\"><div>" + a_lot + "</div></summary>"),
          "{\"items\": [{\"title\": \"t\", \"summary\": \"" + a_lot + "\"}]}"}) {
        const Yield yield = read(document);
        BOOST_REQUIRE_EQUAL(yield.items.size(), 1U);
        BOOST_TEST(joined(yield.warnings) == "a text of more than a megabyte was cut");
        const std::string summary = value_of("summary", yield.items[0]);
        BOOST_TEST(summary.size() > 1'000'000U);
        BOOST_TEST(summary.size() <= std::size_t{1} << 20U);
        BOOST_TEST((static_cast<unsigned char>(summary.back()) < 0x80 ||
                    summary.substr(summary.size() - 2) == "ö" || summary.substr(summary.size() - 2) == "ß"));
    }
}

BOOST_AUTO_TEST_CASE(long_addresses_are_none) {
    BOOST_TEST(only_item(rss_item("<title>t</title><link>https://example.org/" + std::string(100'000, 'x') +
                                  "</link>")) == "title: t\n");
}

BOOST_AUTO_TEST_CASE(long_categories_are_cut_between_two_characters) {
    const std::string long_one = repeated("ß", 1000);
    for (const std::string& document :
         {rss_item("<title>t</title><category>x" + long_one + "</category>"),
          atom_entry("<title>t</title><category term=\"x" + long_one + "\"/>"),
          "{\"items\": [{\"tags\": [\"x" + long_one + "\"], \"title\": \"t\"}]}"}) {
        const Yield yield = read(document);
        BOOST_REQUIRE_EQUAL(yield.items.size(), 1U);
        BOOST_TEST(value_of("category", yield.items[0]) == "x" + repeated("ß", 99));
    }
}

// Where each is compared with all of what others say, this takes minutes, and CTest ends it.
BOOST_AUTO_TEST_CASE(many_long_categories_take_no_time) {
    std::string categories;
    for (int i = 0; i < 64; ++i)
        categories += "<category>" + std::to_string(i) + std::string(20'000, 'x') + "</category>";
    categories += repeated("<category>one more</category>", 200'000);
    BOOST_TEST(read(rss_item("<title>t</title>" + categories)).items.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_number_of_items_is_bounded) {
    const std::string many = repeated("<item><title>t</title></item>", 10'001);
    const Yield yield = read(rss(many));
    BOOST_TEST(yield.items.size() == 10'000U);
    BOOST_TEST(joined(yield.warnings) ==
               "there are more items than are taken of one look: those at the end were passed over");
    const Yield exactly = read(rss(repeated("<item><title>t</title></item>", 3)), {}, "3");
    BOOST_TEST(exactly.items.size() == 3U);
    BOOST_TEST(joined(exactly.warnings) == "");
    for (const std::string& document : {rss(repeated("<item><title>t</title></item>", 4)),
                                        "{\"items\": [" + repeated("{\"id\": 1},", 3) + "{\"id\": 1}]}"}) {
        const Yield limited = read(document, {}, "3");
        BOOST_TEST(limited.items.size() == 3U);
        BOOST_TEST(limited.warnings.size() == 1U);
    }
}

BOOST_AUTO_TEST_CASE(many_warnings_are_few) {
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "<item><title>t</title><pubDate>day " + std::to_string(i) + "</pubDate></item><item/>";
    BOOST_TEST(joined(read(rss(many)).warnings) ==
               "a date that cannot be read was left out, such as 'day 0' (1000 times); "
               "an item without id, link, title and text was passed over (1000 times)");
}

// Through the door by hand: what the host does.

BOOST_AUTO_TEST_CASE(the_host_may_have_enough) {
    const std::string three = rss(repeated("<item><title>t</title></item>", 3));
    const std::string json = "{\"items\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]}";
    for (const std::string& document : {three, json}) {
        int seen = 0;
        crier_sink sink{};
        sink.size = sizeof sink;
        sink.host = &seen;
        sink.item = [](void* host, const crier_item*) { return ++*static_cast<int*>(host) < 2 ? 1 : 0; };
        char error[100] = "";
        void* instance = feed::table().open(nullptr, 0, error, sizeof error);
        crier_input input{};
        input.size = sizeof input;
        input.bytes = sdk::text(document);
        BOOST_TEST(feed::table().parse(instance, &input, &sink, error, sizeof error) == 0);
        feed::table().close(instance);
        BOOST_TEST(seen == 2);
    }
}

BOOST_AUTO_TEST_CASE(one_instance_reads_many_documents) {
    char error[200] = "";
    void* instance = feed::table().open(nullptr, 0, error, sizeof error);
    const std::string documents[] = {rss_item("<title>t</title>"), "<html>", rss_item("<title>t"),
                                     atom_entry("<id>1</id>")};
    int seen = 0;
    crier_sink sink{};
    sink.size = sizeof sink;
    sink.host = &seen;
    sink.item = [](void* host, const crier_item*) { return ++*static_cast<int*>(host); };
    for (const std::string& document : documents) {
        crier_input input{};
        input.size = sizeof input;
        input.bytes = sdk::text(document);
        (void)feed::table().parse(instance, &input, &sink, error, sizeof error);
    }
    feed::table().close(instance);
    BOOST_TEST(seen == 3);
}

BOOST_AUTO_TEST_SUITE_END()
