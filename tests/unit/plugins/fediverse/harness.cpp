#include "harness.hpp"

#include "fediverse/plugin.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>

namespace crier::fediverse::test {
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
        word(out, name, std::to_string(time / 1'000'000));
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
    host.yield.items.push_back(std::move(out));
    return host.yield.items.size() < host.most ? 1 : 0;
}

void take_warning(void* host, crier_text message) {
    static_cast<Host*>(host)->yield.warnings.emplace_back(sdk::view(message));
}

void take_cursor(void* host, crier_text cursor) {
    static_cast<Host*>(host)->yield.cursor = sdk::view(cursor);
}

int take_address(void* host, crier_text url) {
    static_cast<Host*>(host)->yield.asked.emplace_back(sdk::view(url));
    return 1;
}

} // namespace

Yield look(const Server& server, const std::string& url, const std::string& cursor, const Settings& settings,
           std::int64_t now, std::size_t most_items) {
    const crier_plugin& plugin = table();
    std::vector<crier_setting> raw;
    for (const auto& [name, value] : settings)
        raw.push_back({sdk::text(name), sdk::text(value)});
    char error[1024] = "";
    void* instance = plugin.open(raw.data(), raw.size(), error, sizeof error);
    BOOST_REQUIRE(instance != nullptr);
    Host host;
    host.most = most_items;
    const crier_sink sink{sizeof(crier_sink), &host,        take_item, take_warning, nullptr,
                          take_cursor,        take_address, nullptr,   nullptr};
    crier_input input{};
    input.size = sizeof input;
    input.base_url = sdk::text(url);
    input.now = now;
    input.cursor = sdk::text(cursor);
    bool good = plugin.begin(instance, &input, &sink, error, sizeof error) == 0;
    for (std::size_t i = 0; good && i < host.yield.asked.size(); ++i) {
        BOOST_REQUIRE(i < 10);
        const std::string asked = host.yield.asked[i];
        const std::string answer = server(asked);
        // A copy of exactly that size, so that a sanitizer sees who reads past its end.
        const auto bytes = std::make_unique<char[]>(answer.size());
        std::copy(answer.begin(), answer.end(), bytes.get());
        input.bytes = {bytes.get(), answer.size()};
        input.base_url = input.asked = sdk::text(asked);
        good = plugin.parse(instance, &input, &sink, error, sizeof error) == 0;
    }
    if (!good) {
        BOOST_TEST(error[0] != '\0');
        host.yield.error = error;
    }
    plugin.close(instance);
    return std::move(host.yield);
}

std::string told(std::string_view statuses, const Settings& settings) {
    const Yield yield = look(with(statuses), "https://m.example/@jo", {}, settings);
    std::string lines;
    for (const std::string& item : yield.items)
        lines += "- " + item + "\n";
    for (const std::string& warning : yield.warnings)
        lines += "! " + warning + "\n";
    if (!yield.error.empty())
        lines += "error: " + yield.error + "\n";
    return lines;
}

Server with(std::string_view statuses) {
    return [statuses](const std::string& address) {
        return address.find("/lookup?") != std::string::npos ? R"({"id":"7","acct":"jo"})"
                                                             : std::string{statuses};
    };
}

std::string refused(const Settings& settings) {
    std::vector<crier_setting> raw;
    for (const auto& [name, value] : settings)
        raw.push_back({sdk::text(name), sdk::text(value)});
    char error[1024] = "";
    void* instance = table().open(raw.data(), raw.size(), error, sizeof error);
    if (instance != nullptr)
        table().close(instance);
    return error;
}

std::string status(int number, const std::string& more) {
    const std::string n = std::to_string(number);
    return R"({"id":")" + n + R"(","uri":"u)" + n + R"(","account":{"id":"7","username":"jo"})" + more + "}";
}

} // namespace crier::fediverse::test
