#include "harness.hpp"

#include "exec/plugin.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <sstream>

namespace crier::exec::test {
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
    for (std::size_t i = 0; i < item->category_count; ++i)
        word(out, "category", text_of(item->categories[i]));
    for (std::size_t i = 0; i < item->media_count; ++i) {
        const crier_media& one = item->media[i];
        word(out, "media",
             text_of(one.url) + "," + text_of(one.type) + "," + text_of(one.alt) + "," + text_of(one.from));
    }
    if (item->weight != 1) {
        std::ostringstream weight;
        weight << item->weight;
        word(out, "weight", weight.str());
    }
    host.yield.items.push_back(std::move(out));
    return host.yield.items.size() < host.most ? 1 : 0;
}

void take_warning(void* host, crier_text message) {
    static_cast<Host*>(host)->yield.warnings.emplace_back(sdk::view(message));
}

} // namespace

Yield read(std::string_view output, std::size_t most_items) {
    const crier_plugin& plugin = table();
    char error[1024] = "";
    void* instance = plugin.open(nullptr, 0, error, sizeof error);
    BOOST_REQUIRE(instance != nullptr);
    // A copy of exactly that size, so that a sanitizer sees who reads past its end.
    const auto bytes = std::make_unique<char[]>(output.size());
    std::copy(output.begin(), output.end(), bytes.get());
    crier_input input{};
    input.size = sizeof input;
    input.bytes = {bytes.get(), output.size()};
    Host host;
    host.most = most_items;
    const crier_sink sink{sizeof(crier_sink), &host, take_item, take_warning, nullptr};
    if (plugin.parse(instance, &input, &sink, error, sizeof error) != 0) {
        BOOST_TEST(error[0] != '\0');
        host.yield.error = error;
    }
    plugin.close(instance);
    return std::move(host.yield);
}

std::string told(std::string_view output) {
    const Yield yield = read(output);
    std::string lines;
    for (const std::string& item : yield.items)
        lines += "- " + item + "\n";
    for (const std::string& warning : yield.warnings)
        lines += "! " + warning + "\n";
    if (!yield.error.empty())
        lines += "error: " + yield.error + "\n";
    return lines;
}

} // namespace crier::exec::test
