#include "harness.hpp"

#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <sstream>

namespace crier::plugin_test {
namespace {

struct Host {
    Yield yield;
    std::size_t most = 0;
};

void word(std::string& out, const char* name, std::string value) {
    if (value.empty())
        return;
    std::replace(value.begin(), value.end(), '\n', '|');
    out += (out.empty() ? "" : " ") + std::string{name} + "=" + value;
}

void time(std::string& out, const char* name, std::int64_t time) {
    if (time != CRIER_NO_TIME)
        word(out, name, std::to_string(time));
}

std::string text_of(crier_text text) {
    return std::string{sdk::view(text)};
}

int take_item(void* to, const crier_item* item) {
    Host& host = *static_cast<Host*>(to);
    std::string out;
    word(out, "id", text_of(item->id));
    word(out, "title", text_of(item->title));
    word(out, "link", text_of(item->link));
    word(out, "summary", text_of(item->summary));
    word(out, "content", text_of(item->content));
    word(out, "author", text_of(item->author));
    word(out, "language", text_of(item->language));
    time(out, "published", item->published);
    time(out, "updated", item->updated);
    time(out, "due", item->due);
    time(out, "expires", item->expires);
    for (std::size_t i = 0; i < item->category_count; ++i)
        word(out, "category", text_of(item->categories[i]));
    for (std::size_t i = 0; i < item->media_count; ++i) {
        const crier_media& one = item->media[i];
        word(out, "media",
             text_of(one.url) + (one.file.size > 0 ? "file:" + text_of(one.file) : "") + "," +
                 text_of(one.type) + "," + text_of(one.alt) + "," + text_of(one.from));
    }
    if (item->weight != 1) {
        std::ostringstream weight;
        weight << item->weight;
        word(out, "weight", weight.str());
    }
    if (item->gone != 0)
        word(out, "gone", "yes");
    host.yield.items.push_back(std::move(out));
    return host.yield.items.size() < host.most ? 1 : 0;
}

void take_warning(void* host, crier_text message) {
    static_cast<Host*>(host)->yield.warnings.emplace_back(sdk::view(message));
}

void take_wait(void* host, std::int64_t seconds) {
    static_cast<Host*>(host)->yield.asked.push_back("wait " + std::to_string(seconds));
}

void take_cursor(void* host, crier_text cursor) {
    static_cast<Host*>(host)->yield.asked.push_back("cursor " + text_of(cursor));
}

int take_fetch(void* host, crier_text url) {
    static_cast<Host*>(host)->yield.asked.push_back("fetch " + text_of(url));
    return 1;
}

std::vector<crier_setting> raw(const Pairs& pairs) {
    std::vector<crier_setting> list;
    for (const auto& [name, value] : pairs)
        list.push_back({sdk::text(name), sdk::text(value)});
    return list;
}

} // namespace

Yield read(const crier_plugin& plugin, const Given& given, const Pairs& settings, std::size_t most_items) {
    Host host;
    host.most = most_items;
    char error[1024] = "";
    const std::vector<crier_setting> options = raw(settings);
    void* instance = plugin.open(options.data(), options.size(), error, sizeof error);
    if (instance == nullptr) {
        host.yield.error = error;
        BOOST_TEST(host.yield.error != "");
        return std::move(host.yield);
    }
    // A copy of exactly that size, so that a sanitizer sees who reads past its end.
    const auto bytes = std::make_unique<char[]>(given.bytes.size());
    std::copy(given.bytes.begin(), given.bytes.end(), bytes.get());
    const std::vector<crier_setting> headers = raw(given.headers);
    crier_input input{};
    input.size = sizeof input;
    input.bytes = {bytes.get(), given.bytes.size()};
    input.content_type = sdk::text(given.content_type);
    input.base_url = sdk::text(given.base_url);
    input.now = CRIER_NO_TIME;
    input.headers = headers.data();
    input.header_count = headers.size();
    crier_sink sink{};
    sink.size = sizeof sink;
    sink.host = &host;
    sink.item = take_item;
    sink.warning = take_warning;
    sink.wait = take_wait;
    sink.cursor = take_cursor;
    sink.fetch = take_fetch;
    if (plugin.parse(instance, &input, &sink, error, sizeof error) != 0) {
        BOOST_TEST(error[0] != '\0');
        host.yield.error = error;
    }
    plugin.close(instance);
    return std::move(host.yield);
}

std::string told(const Yield& yield) {
    std::string lines;
    for (const std::string& item : yield.items)
        lines += "- " + item + "\n";
    for (const std::string& warning : yield.warnings)
        lines += "! " + warning + "\n";
    for (const std::string& asked : yield.asked)
        lines += "? " + asked + "\n";
    if (!yield.error.empty())
        lines += "error: " + yield.error + "\n";
    return lines;
}

std::uint64_t test_seed() {
    const char* given = std::getenv("CRIER_TEST_SEED");
    const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 20261124ULL;
    BOOST_TEST_MESSAGE("CRIER_TEST_SEED=" << seed);
    return seed;
}

} // namespace crier::plugin_test
