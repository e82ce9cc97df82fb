// A document as a feed's server sends it, with its Content-Type in the first line.

#include "feed/plugin.hpp"
#include "fuzzing.hpp"
#include "sdk/crier_plugin.hpp"

#include <algorithm>
#include <array>
#include <string>

using namespace crier;

namespace {

void check(crier_text text) {
    fuzz::must(fuzz::is_utf8(sdk::view(text)), "what a plugin hands over is UTF-8");
}

void check_link(crier_text text) {
    const auto link = sdk::view(text);
    check(text);
    const auto is_http = [&link](std::string_view scheme) {
        return std::equal(scheme.begin(), scheme.end(), link.begin(),
                          link.begin() + static_cast<std::ptrdiff_t>(std::min(scheme.size(), link.size())),
                          [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
    };
    fuzz::must(link.empty() || is_http("http://") || is_http("https://"), "a link is http or https");
    fuzz::must(link.find_first_of(" \t\r\n") == std::string_view::npos, "a link has no white space");
}

int take_item(void* host, const crier_item* item) {
    ++*static_cast<std::size_t*>(host);
    for (const auto text :
         {item->id, item->title, item->summary, item->content, item->author, item->language})
        check(text);
    check_link(item->link);
    for (std::size_t i = 0; i < item->category_count; ++i)
        check(item->categories[i]);
    for (std::size_t i = 0; i < item->media_count; ++i) {
        check_link(item->media[i].url);
        check(item->media[i].type);
        check(item->media[i].alt);
        check(item->media[i].from);
    }
    return 1;
}

void take_warning(void*, crier_text message) {
    check(message);
    fuzz::must(message.size > 0, "a warning says something");
}

void take_wait(void*, std::int64_t seconds) {
    fuzz::must(seconds >= 0, "nobody waits backwards");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const auto type = in.line();
    const auto& plugin = feed::table();
    std::array<char, 256> error{};
    void* instance = plugin.open(nullptr, 0, error.data(), error.size());
    fuzz::must(instance != nullptr, "no settings are good settings");

    std::size_t items = 0;
    crier_input input{};
    input.size = sizeof input;
    input.bytes = sdk::text(in.rest());
    input.content_type = sdk::text(type);
    input.base_url = sdk::text("https://example.org/blog/feed.xml");
    const crier_sink sink{
        sizeof(crier_sink), &items, take_item, take_warning, take_wait, nullptr, nullptr, nullptr, nullptr};
    const int code = plugin.parse(instance, &input, &sink, error.data(), error.size());
    fuzz::must(code == 0 || error[0] != '\0', "a failure has words");
    plugin.close(instance);
    return 0;
}
