// What the C++ wrapper promises at the door: sizes, exceptions, words.

#include "plain_c.h"
#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstddef>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace crier;

namespace {

using Script = std::function<void(const sdk::Input&, sdk::Sink&)>;
Script script;

class Scripted {
public:
    explicit Scripted(const sdk::Settings& settings) {
        for (const auto& [name, value] : settings) {
            if (value == "error")
                throw sdk::Error(name + " is wrong");
            if (value == "other")
                throw 7; // NOLINT: what no plugin should do
        }
        ++alive;
    }
    Scripted(const Scripted&) = delete;
    Scripted& operator=(const Scripted&) = delete;
    ~Scripted() { --alive; }
    void parse(const sdk::Input& input, sdk::Sink& sink) const { script(input, sink); }

    static inline int alive = 0;
};

constexpr crier_plugin table = sdk::make_table<Scripted>("scripted", "for tests", CRIER_PLUGIN_FETCHES);

struct Host {
    std::vector<std::string> titles;
    std::vector<std::string> warnings;
    std::int64_t wait = 0;
    crier_pace pace{};
    std::size_t most = 100;
    crier_item last{};
};

crier_sink sink_of(Host& host) {
    crier_sink sink{};
    sink.size = sizeof sink;
    sink.host = &host;
    sink.item = [](void* to, const crier_item* item) {
        auto& self = *static_cast<Host*>(to);
        self.titles.emplace_back(sdk::view(item->title));
        self.last = *item;
        return self.titles.size() < self.most ? 1 : 0;
    };
    sink.warning = [](void* to, crier_text message) {
        static_cast<Host*>(to)->warnings.emplace_back(sdk::view(message));
    };
    sink.wait = [](void* to, std::int64_t seconds) { static_cast<Host*>(to)->wait = seconds; };
    sink.pace = [](void* to, const crier_pace* pace) { static_cast<Host*>(to)->pace = *pace; };
    return sink;
}

crier_input input_of(std::string_view bytes) {
    crier_input input{};
    input.size = sizeof input;
    input.bytes = sdk::text(bytes);
    input.content_type = sdk::text("text/x");
    input.base_url = sdk::text("https://example.org/");
    return input;
}

/// An instance of `table`, closed at the end.
class Opened {
public:
    Opened()
        : handle_(table.open(nullptr, 0, nullptr, 0)) {
        BOOST_REQUIRE(handle_ != nullptr);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    ~Opened() { table.close(handle_); }
    int parse(const crier_input& input, const crier_sink& sink) {
        error.fill('#');
        return table.parse(handle_, &input, &sink, error.data(), error.size());
    }
    std::array<char, 64> error{};

private:
    void* handle_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(plugin_sdk)

BOOST_AUTO_TEST_CASE(size_and_version_come_first) {
    static_assert(offsetof(crier_plugin, size) == 0);
    static_assert(offsetof(crier_plugin, abi) == sizeof(std::uint32_t));
    static_assert(offsetof(crier_item, size) == 0);
    static_assert(offsetof(crier_media, size) == 0);
    static_assert(offsetof(crier_sink, size) == 0);
    static_assert(offsetof(crier_input, size) == 0);
    BOOST_TEST(table.size == sizeof(crier_plugin));
    BOOST_TEST(table.abi == CRIER_PLUGIN_ABI);
}

// Where version 1's fields stand. If this fails, the change is no addition at the end: CRIER_PLUGIN_ABI must
// rise.
BOOST_AUTO_TEST_CASE(version_1_stays_what_it_is) {
    static_assert(sizeof(void*) != 8 ||
                  (offsetof(crier_item, published) == 120 && offsetof(crier_item, media) == 152 &&
                   offsetof(crier_item, weight) == 168 && offsetof(crier_media, from) == 56 &&
                   offsetof(crier_sink, wait) == 32 && offsetof(crier_input, base_url) == 40 &&
                   offsetof(crier_plugin, parse) == 64 && sizeof(crier_text) == 16 &&
                   sizeof(crier_option) == 16 && sizeof(crier_setting) == 32));
    BOOST_TEST(CRIER_PLUGIN_ABI == 1U);
}

BOOST_AUTO_TEST_CASE(a_pace_arrives_with_all_that_it_has) {
    Opened plugin;
    Host host;
    sdk::Pace pace;
    script = [&pace](const sdk::Input&, sdk::Sink& sink) { sink.pace(pace); };
    BOOST_TEST(plugin.parse(input_of(""), sink_of(host)) == 0);
    BOOST_TEST(host.pace.size == sizeof(crier_pace));
    BOOST_TEST(host.pace.base == CRIER_NO_TIME);
    pace.skip_hours = 5;
    pace.skip_days = 6;
    pace.step = 7;
    pace.base = 8;
    BOOST_TEST(plugin.parse(input_of(""), sink_of(host)) == 0);
    BOOST_TEST(host.pace.skip_hours == 5U);
    BOOST_TEST(host.pace.skip_days == 6U);
    BOOST_TEST(host.pace.step == 7);
    BOOST_TEST(host.pace.base == 8);
}

BOOST_AUTO_TEST_CASE(a_host_that_knows_no_pace_is_told_none) {
    Opened plugin;
    Host host;
    script = [](const sdk::Input&, sdk::Sink& sink) { sink.pace(sdk::Pace{}); };
    crier_sink sink = sink_of(host);
    sink.size = offsetof(crier_sink, pace);
    BOOST_TEST(plugin.parse(input_of(""), sink) == 0);
    BOOST_TEST(host.pace.size == 0U);
}

BOOST_AUTO_TEST_CASE(an_item_arrives_with_all_that_it_has) {
    Opened plugin;
    Host host;
    script = [](const sdk::Input& input, sdk::Sink& sink) {
        sdk::Item item;
        item.title = std::string{input.bytes} + std::string{input.content_type} + std::string{input.base_url};
        item.published = 5;
        item.categories = {"a", "b"};
        item.weight = 0.5;
        item.media.resize(2);
        item.media[1].alt = "alt";
        sink.item(item);
        sink.warning("careful");
        sink.wait(7);
    };
    BOOST_TEST(plugin.parse(input_of("bytes "), sink_of(host)) == 0);
    BOOST_TEST(host.titles.at(0) == "bytes text/xhttps://example.org/");
    BOOST_TEST(host.warnings.at(0) == "careful");
    BOOST_TEST(host.wait == 7);
    BOOST_TEST(host.last.size == sizeof(crier_item));
    BOOST_TEST(host.last.published == 5);
    BOOST_TEST(host.last.updated == CRIER_NO_TIME);
    BOOST_TEST(host.last.category_count == 2U);
    BOOST_TEST(host.last.media_count == 2U);
    BOOST_TEST(host.last.weight == 0.5);
}

BOOST_AUTO_TEST_CASE(no_exception_crosses) {
    char error[64];
    for (const auto& [value, words] :
         {std::pair{"error", "key is wrong"}, {"other", "the plugin failed and did not say why"}}) {
        const crier_setting setting{sdk::text("key"), sdk::text(value)};
        BOOST_TEST(table.open(&setting, 1, error, sizeof error) == nullptr);
        BOOST_TEST(std::string{error} == words);
    }
    BOOST_TEST(Scripted::alive == 0);
    Opened plugin;
    Host host;
    script = [](const sdk::Input&, sdk::Sink&) { throw sdk::Error("no feed"); };
    BOOST_TEST(plugin.parse(input_of(""), sink_of(host)) != 0);
    BOOST_TEST(std::string{plugin.error.data()} == "no feed");
    script = [](const sdk::Input&, sdk::Sink&) { throw "x"; }; // NOLINT: what no plugin should do
    BOOST_TEST(plugin.parse(input_of(""), sink_of(host)) != 0);
    BOOST_TEST(std::string{plugin.error.data()} == "the plugin failed and did not say why");
}

BOOST_AUTO_TEST_CASE(words_are_cut_to_the_hosts_buffer) {
    Opened plugin;
    Host host;
    script = [](const sdk::Input&, sdk::Sink&) { throw sdk::Error(std::string(62, 'x') + "größe"); };
    BOOST_TEST(plugin.parse(input_of(""), sink_of(host)) != 0);
    BOOST_TEST(std::string{plugin.error.data()} == std::string(62, 'x') + "g");
    script = [](const sdk::Input&, sdk::Sink&) { throw sdk::Error(std::string(60, 'x') + "größe"); };
    BOOST_TEST(plugin.parse(input_of(""), sink_of(host)) != 0);
    BOOST_TEST(std::string{plugin.error.data()} == std::string(60, 'x') + "gr");
    // no room at all
    const crier_sink sink = sink_of(host);
    const crier_input input = input_of("");
    void* handle = table.open(nullptr, 0, nullptr, 0);
    BOOST_TEST(table.parse(handle, &input, &sink, nullptr, 0) != 0);
    char one = 'x';
    BOOST_TEST(table.parse(handle, &input, &sink, &one, 1) != 0);
    BOOST_TEST(one == '\0');
    table.close(handle);
    BOOST_TEST(Scripted::alive == 1);
}

// A host of another version has shorter structures; what it did not write is not read.
BOOST_AUTO_TEST_CASE(no_more_is_read_than_the_host_has) {
    Opened plugin;
    Host host;
    script = [](const sdk::Input& input, sdk::Sink& sink) {
        sdk::Item item;
        item.title = std::string{input.bytes} + "|" + std::string{input.content_type} + "|" +
                     std::string{input.base_url};
        sink.item(item);
        sink.warning("nobody hears it");
        sink.wait(7);
    };
    crier_input input = input_of("bytes");
    input.size = offsetof(crier_input, content_type);
    crier_sink sink = sink_of(host);
    sink.size = offsetof(crier_sink, warning);
    // Exactly as large as they say, so that a sanitizer sees who reads past their ends.
    const auto short_input = std::make_unique<unsigned char[]>(input.size);
    const auto short_sink = std::make_unique<unsigned char[]>(sink.size);
    std::memcpy(short_input.get(), &input, input.size);
    std::memcpy(short_sink.get(), &sink, sink.size);
    char error[64] = "";
    void* handle = table.open(nullptr, 0, error, sizeof error);
    BOOST_TEST(table.parse(handle, reinterpret_cast<const crier_input*>(short_input.get()),
                           reinterpret_cast<const crier_sink*>(short_sink.get()), error, sizeof error) == 0);
    table.close(handle);
    BOOST_TEST(host.titles.at(0) == "bytes||");
    BOOST_TEST(host.warnings.empty());

    sink.size = offsetof(crier_sink, item);
    BOOST_TEST(plugin.parse(input, sink) != 0);
    BOOST_TEST(std::string{plugin.error.data()} == "the host takes no items");
}

BOOST_AUTO_TEST_CASE(the_host_says_when_it_is_enough) {
    Opened plugin;
    Host host;
    host.most = 3;
    int asked = 0;
    script = [&asked](const sdk::Input&, sdk::Sink& sink) {
        do
            ++asked;
        while (sink.item(sdk::Item{}));
    };
    BOOST_TEST(plugin.parse(input_of(""), sink_of(host)) == 0);
    BOOST_TEST(asked == 3);
}

BOOST_AUTO_TEST_CASE(c_is_enough) {
    const crier_plugin& plain = *plain_c_table();
    char error[64] = "";
    const crier_setting setting{};
    BOOST_TEST(plain.open(&setting, 1, error, sizeof error) == nullptr);
    BOOST_TEST(std::string{error} == "it takes no settings");
    void* handle = plain.open(nullptr, 0, error, sizeof error);
    Host host;
    host.most = 2;
    const crier_input input = input_of("abc");
    const crier_sink sink = sink_of(host);
    BOOST_TEST(plain.parse(handle, &input, &sink, error, sizeof error) == 0);
    plain.close(handle);
    BOOST_TEST(host.titles.size() == 2U);
    BOOST_TEST(host.titles[1] == "b");
}

BOOST_AUTO_TEST_SUITE_END()
