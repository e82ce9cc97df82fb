// The host does not believe a plugin: versions, sizes, texts, counts.

#include "plugin/convert.hpp"
#include "plugin/instance.hpp"
#include "plugin/registry.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

using namespace crier;
using namespace std::chrono_literals;
using plugin::Instance;

namespace {

crier_text text_of(std::string_view view) {
    return crier_text{view.data(), view.size()};
}

/// What a test wants a plugin to do while it parses.
using Script = void (*)(const sdk::Input& input, sdk::Sink& sink);
Script script = nullptr;

class Scripted {
public:
    explicit Scripted(const sdk::Settings& settings) {
        for (const auto& [name, value] : settings)
            if (value == "wrong")
                throw sdk::Error(name + " is wrong");
    }
    void parse(const sdk::Input& input, sdk::Sink& sink) const { script(input, sink); }
};

constexpr crier_plugin good =
    sdk::make_table<Scripted>("scripted", "for tests", CRIER_PLUGIN_FETCHES, nullptr, 0);

Result<plugin::Parsed> parse(Script what, std::string_view bytes = "bytes") {
    script = what;
    plugin::Material material;
    material.bytes = bytes;
    material.content_type = "text/x";
    material.base_url = "https://example.org/";
    return Instance::open(good, {}).value()->call(plugin::Entrance::parse, material);
}

std::string refusal(const crier_plugin& table) {
    const Result<> checked = plugin::check_table(table);
    return checked ? std::string{} : checked.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_door)

BOOST_AUTO_TEST_CASE(built_ins_pass_the_door) {
    const auto list = plugin::built_ins();
    const auto named = [&](std::string_view name) {
        return *std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
    };
    BOOST_TEST((named("exec").supply == Supply::command));
    BOOST_TEST(named("exec").options.empty());
    BOOST_TEST(named("exec").own);
    BOOST_TEST((named("feed").supply == Supply::address));
    BOOST_TEST(named("feed").options.size() == 1U);
    BOOST_TEST(!named("feed").own);
    BOOST_TEST(named("feed").table == plugin::find_built_in("feed"));
    BOOST_TEST((named("native").supply == Supply::object));
    BOOST_TEST(std::is_sorted(list.begin(), list.end(),
                              [](const auto& a, const auto& b) { return a.name < b.name; }));
    BOOST_TEST(plugin::find_built_in("nosuch") == nullptr);
}

BOOST_AUTO_TEST_CASE(the_version_is_read_first) {
    BOOST_TEST(refusal(good) == "");
    crier_plugin table = good;
    table.abi = CRIER_PLUGIN_ABI + 1;
    BOOST_TEST(refusal(table).find("was built for version 2 of the plugin interface") != std::string::npos);
    // Nothing beyond what a short table claims to have is read.
    alignas(crier_plugin) unsigned char tiny[8] = {4, 0, 0, 0, 1, 0, 0, 0};
    BOOST_TEST(refusal(*reinterpret_cast<const crier_plugin*>(tiny)).find("version 0") != std::string::npos);
    table = good;
    table.size = offsetof(crier_plugin, parse);
    BOOST_TEST(refusal(table).find("shorter") != std::string::npos);
    table = good;
    table.parse = nullptr;
    BOOST_TEST(refusal(table).find("empty fields") != std::string::npos);
    table = good;
    for (const std::uint32_t none :
         {0U, CRIER_PLUGIN_FETCHES | CRIER_PLUGIN_RUNS, CRIER_PLUGIN_CLOCK | CRIER_PLUGIN_OWN}) {
        table = good;
        table.capabilities = none;
        BOOST_TEST(refusal(table).find("must say where its bytes come from") != std::string::npos);
    }
    table.capabilities = CRIER_PLUGIN_RUNS;
    BOOST_TEST(refusal(table) == "");
    table = good;
    table.size += 100; // a later one, with more at its end
    BOOST_TEST(refusal(table) == "");
}

BOOST_AUTO_TEST_CASE(settings_that_a_plugin_refuses_are_told_in_its_words) {
    const auto opened = Instance::open(good, {{"color", "wrong"}});
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().message == "color is wrong");
}

BOOST_AUTO_TEST_CASE(what_a_plugin_throws_is_a_failure) {
    const auto parsed = parse([](const sdk::Input&, sdk::Sink&) { throw sdk::Error("no feed\x01 here"); });
    BOOST_REQUIRE(!parsed);
    BOOST_TEST(parsed.error().message == "no feed here");
    BOOST_TEST((parsed.error().cause == Cause::server));
    const std::string longest(3000, 'x');
    script = [](const sdk::Input& input, sdk::Sink&) { throw sdk::Error(std::string{input.bytes}); };
    plugin::Material material;
    material.bytes = longest;
    BOOST_TEST(
        Instance::open(good, {}).value()->call(plugin::Entrance::parse, material).error().message.size() ==
        1023U);
}

BOOST_AUTO_TEST_CASE(an_item_comes_whole_and_clean) {
    const auto parsed = parse([](const sdk::Input& input, sdk::Sink& sink) {
        BOOST_TEST(input.base_url == "https://example.org/");
        sdk::Item item;
        item.id = "1";
        item.title = "Caf\xc3\xa9\x07 \xff!";
        item.content = "line\n\ttab\r\x7f";
        item.published = 1'700'000'000'000'000;
        item.categories = {"a", "b"};
        item.media.push_back(sdk::Media{"https://e.org/p.png", "image/png", "a dot", "enclosure"});
        item.media.push_back(sdk::Media{"", "image/png", "nothing", "enclosure"});
        BOOST_TEST(sink.item(item));
        sink.warning("w");
        sink.wait(60);
    });
    BOOST_REQUIRE(parsed);
    BOOST_REQUIRE(parsed->items.size() == 1U);
    const Item& item = parsed->items[0];
    BOOST_TEST(item.title == "Caf\xc3\xa9 \xef\xbf\xbd!");
    BOOST_TEST(item.content == "line\n\ttab");
    BOOST_TEST(to_rfc3339(*item.published) == "2023-11-14T22:13:20Z");
    BOOST_TEST(!item.updated.has_value());
    BOOST_TEST(item.categories == (std::vector<std::string>{"a", "b"}), boost::test_tools::per_element());
    BOOST_REQUIRE(item.media.size() == 1U); // one without an address is none
    BOOST_TEST(item.media[0].alt == "a dot");
    BOOST_TEST(parsed->warnings.size() == 1U);
    BOOST_TEST((parsed->wait == Duration{1min}));
}

BOOST_AUTO_TEST_CASE(there_is_an_end_to_items_and_warnings) {
    const auto parsed = parse([](const sdk::Input&, sdk::Sink& sink) {
        const sdk::Item item;
        int taken = 0;
        while (sink.item(item) && taken < 20'000)
            ++taken;
        BOOST_TEST(taken == 10'000);
        for (int i = 0; i < 100; ++i)
            sink.warning("again");
        sink.wait(-5);
    });
    BOOST_TEST(parsed->items.size() == 10'000U);
    BOOST_TEST(parsed->warnings.size() == 11U);
    BOOST_TEST(!parsed->wait.has_value());
}

BOOST_AUTO_TEST_CASE(shorter_structures_of_an_older_plugin_are_read_as_far_as_they_go) {
    crier_item raw{};
    std::memset(&raw, 0xee, sizeof raw); // what lies behind the older structure
    raw.size = offsetof(crier_item, summary);
    raw.id = text_of("1");
    raw.title = text_of("t");
    raw.link = text_of("https://e.org/");
    const Item item = plugin::to_item(raw);
    BOOST_TEST(item.id == "1");
    BOOST_TEST(item.link == "https://e.org/");
    BOOST_TEST(item.summary == "");
    BOOST_TEST(!item.published.has_value());
    BOOST_TEST(item.categories.empty());
    BOOST_TEST(item.media.empty());
    BOOST_TEST(item.weight == 1);
}

BOOST_AUTO_TEST_CASE(a_weight_that_is_none_is_1) {
    crier_item raw{};
    raw.size = sizeof raw;
    for (const auto& [given, taken] : {std::pair{0.0, 0.0}, {2.5, 2.5}, {-1.0, 1.0}, {HUGE_VAL, 1.0}}) {
        raw.weight = given;
        BOOST_TEST(plugin::to_item(raw).weight == taken);
    }
    raw.weight = std::nan("");
    BOOST_TEST(plugin::to_item(raw).weight == 1);
    raw.weight = 5;
    raw.size = offsetof(crier_item, weight) + 4; // half of one
    BOOST_TEST(plugin::to_item(raw).weight == 1);
}

BOOST_AUTO_TEST_CASE(longer_media_of_a_newer_plugin_are_walked_by_their_own_size) {
    struct Newer {
        crier_media known;
        unsigned char more[24];
    };
    Newer media[2] = {};
    for (Newer& one : media)
        one.known.size = sizeof(Newer);
    media[0].known.url = text_of("https://e.org/1");
    media[1].known.url = text_of("https://e.org/2");
    crier_item raw{};
    raw.size = sizeof raw;
    raw.media = &media[0].known;
    raw.media_count = 2;
    const Item item = plugin::to_item(raw);
    BOOST_REQUIRE(item.media.size() == 2U);
    BOOST_TEST(item.media[1].url == "https://e.org/2");
    media[0].known.size = 4; // a size that cannot be
    BOOST_TEST(plugin::to_item(raw).media.empty());
}

BOOST_AUTO_TEST_CASE(times_that_no_calendar_has_are_none) {
    BOOST_TEST(!plugin::to_instant(CRIER_NO_TIME).has_value());
    BOOST_TEST(!plugin::to_instant(INT64_MAX).has_value());
    BOOST_TEST(!plugin::to_instant(INT64_MIN + 1).has_value());
    BOOST_TEST(plugin::to_instant(0).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
