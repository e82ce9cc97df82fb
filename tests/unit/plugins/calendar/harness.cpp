#include "harness.hpp"

#include "calendar/plugin.hpp"
#include "kit/moment.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>

namespace crier::calendar::test {
namespace {

struct Host {
    Yield yield;
    std::size_t most = 0;
    bool words = true;
};

std::string utc(std::int64_t time) {
    const std::time_t seconds = time / 1'000'000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

void word(std::string& out, const char* name, std::string value) {
    if (value.empty())
        return;
    std::replace(value.begin(), value.end(), '\n', '|');
    out += (out.empty() ? "" : " ") + std::string{name} + "=" + value;
}

void time(std::string& out, const char* name, std::int64_t time) {
    if (time != CRIER_NO_TIME)
        word(out, name, utc(time));
}

std::string text_of(crier_text text) {
    return std::string{sdk::view(text)};
}

std::string words_of(const crier_item* item) {
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
    for (std::size_t i = 0; i < item->media_count; ++i)
        word(out, "media",
             text_of(item->media[i].url) + "," + text_of(item->media[i].type) + "," +
                 text_of(item->media[i].from));
    return out;
}

int take_item(void* to, const crier_item* item) {
    Host& host = *static_cast<Host*>(to);
    host.yield.items.push_back(
        {text_of(item->id), item->due, item->expires, host.words ? words_of(item) : std::string{}});
    return host.yield.items.size() < host.most ? 1 : 0;
}

void take_warning(void* host, crier_text message) {
    static_cast<Host*>(host)->yield.warnings.emplace_back(sdk::view(message));
}

} // namespace

Instance::Instance(const Settings& settings) {
    std::vector<crier_setting> raw;
    for (const auto& [name, value] : settings)
        raw.push_back({sdk::text(name), sdk::text(value)});
    char error[1024] = "";
    instance_ = table().open(raw.data(), raw.size(), error, sizeof error);
    refused_ = error;
    BOOST_TEST((instance_ == nullptr) == !refused_.empty());
}

Instance::~Instance() {
    if (instance_ != nullptr)
        table().close(instance_);
}

Yield Instance::look(std::string_view bytes, std::int64_t now, std::size_t most, bool words) const {
    // A copy of exactly that size, so that a sanitizer sees who reads past its end.
    const auto copy = std::make_unique<char[]>(bytes.size());
    std::copy(bytes.begin(), bytes.end(), copy.get());
    crier_input input{};
    input.size = sizeof input;
    input.bytes = {copy.get(), bytes.size()};
    input.now = now;
    Host host;
    host.most = most;
    host.words = words;
    crier_sink sink{};
    sink.size = sizeof sink;
    sink.host = &host;
    sink.item = take_item;
    sink.warning = take_warning;
    char error[1024] = "";
    if (table().parse(instance_, &input, &sink, error, sizeof error) != 0) {
        BOOST_TEST(error[0] != '\0');
        host.yield.error = error;
    }
    return std::move(host.yield);
}

std::int64_t at(std::string_view time) {
    const auto moment = kit::parse_moment(time);
    BOOST_REQUIRE(moment);
    return *moment;
}

Yield look(std::string_view bytes, std::string_view now, const Settings& settings) {
    const Instance instance{settings};
    BOOST_REQUIRE(instance.refused() == "");
    return instance.look(bytes, at(now));
}

namespace {

std::string troubles(const Yield& yield) {
    std::string lines;
    for (const std::string& warning : yield.warnings)
        lines += "! " + warning + "\n";
    if (!yield.error.empty())
        lines += "error: " + yield.error + "\n";
    return lines;
}

} // namespace

std::string told(std::string_view bytes, std::string_view now, const Settings& settings) {
    const Yield yield = look(bytes, now, settings);
    std::string lines;
    for (const Seen& item : yield.items)
        lines += "- " + item.told + "\n";
    return lines + troubles(yield);
}

std::string dues(std::string_view bytes, std::string_view now, const Settings& settings) {
    const Yield yield = look(bytes, now, settings);
    std::string lines;
    for (const Seen& item : yield.items)
        lines += utc(item.due) + " " + item.id + "\n";
    return lines + troubles(yield);
}

std::string calendar(std::string_view lines) {
    std::string out = "BEGIN:VCALENDAR\r\n";
    for (const char c : lines)
        out += c == '\n' ? "\r\n" : std::string(1, c);
    return out + (lines.empty() || lines.back() == '\n' ? "" : "\r\n") + "END:VCALENDAR\r\n";
}

std::string event(std::string_view lines) {
    return calendar("BEGIN:VEVENT\nUID:e\n" + std::string{lines} + "\nEND:VEVENT");
}

} // namespace crier::calendar::test
