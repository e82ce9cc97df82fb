// What crier and the process of a shared object say to each other comes back as it went.

#include "plugin/object_wire.hpp"

#include "plugin/object_file.hpp"
#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace crier;
using namespace crier::plugin;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(plugin_object_wire)

BOOST_AUTO_TEST_CASE(a_request_comes_back_with_its_bytes) {
    ObjectRequest request;
    request.entrance = Entrance::page;
    request.settings = {{"a", "b\n\""}, {"a", ""}};
    request.material.bytes = std::string{"\n{}\0\xff", 6};
    request.material.content_type = "text/x";
    request.material.base_url = "https://example.org/";
    request.material.now = Instant{7us};
    request.material.cursor = "{\"x\":1}";
    request.material.asked = "asked";
    request.material.headers = {{"name", "value"}};
    const Result<ObjectRequest> read = read_request(write_request(request));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->entrance == Entrance::page));
    BOOST_TEST((read->settings == request.settings));
    BOOST_TEST(read->material.bytes == request.material.bytes);
    BOOST_TEST(read->material.content_type == "text/x");
    BOOST_TEST(read->material.base_url == "https://example.org/");
    BOOST_TEST((read->material.now == Instant{7us}));
    BOOST_TEST(read->material.cursor == "{\"x\":1}");
    BOOST_TEST(read->material.asked == "asked");
    BOOST_TEST((read->material.headers == request.material.headers));
    for (const char* wrong : {"", "{}", "[]", "{\"entrance\": 9}", "{\"entrance\": -1}"})
        BOOST_TEST(!read_request(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(a_reply_comes_back_whole_or_not_at_all) {
    Parsed parsed;
    Item item;
    item.id = "1";
    item.title = "Größe\n\"";
    item.published = Instant{5us};
    item.due = Instant{6us};
    item.expires = Instant{7us};
    item.weight = 0.25;
    item.categories = {"a", "b"};
    item.media.push_back(ItemMedia{"https://example.org/p.png", "image/png", "alt", "enclosure", ""});
    item.gone = true;
    parsed.items = {item, Item{}};
    parsed.warnings = {"careful"};
    parsed.fetches = {"https://example.org/2"};
    parsed.wait = 60s;
    parsed.cursor = "here";
    parsed.rule.emplace();
    parsed.rule->step = 90s;
    parsed.rule->base = Instant{-8us};
    parsed.rule->skip_hours = 0x80'0001;
    parsed.rule->skip_days = 0x41;
    parsed.hub = Hub{"https://hub.example/", "https://example.org/feed"};
    const std::string text = write_reply(Result<Parsed>{parsed});
    const Result<Parsed> read = read_reply(text);
    BOOST_REQUIRE(read.has_value());
    BOOST_REQUIRE(read->items.size() == 2U);
    const Item& back = read->items[0];
    BOOST_TEST(back.title == item.title);
    BOOST_TEST((back.published == item.published && back.due == item.due && back.expires == item.expires));
    BOOST_TEST(back.weight == 0.25);
    BOOST_TEST(back.gone);
    BOOST_TEST((back.categories == item.categories));
    BOOST_TEST(back.media.at(0).alt == "alt");
    BOOST_TEST(back.media[0].from == "enclosure");
    BOOST_TEST((read->warnings == parsed.warnings && read->fetches == parsed.fetches));
    BOOST_TEST((read->wait == parsed.wait && read->cursor == parsed.cursor));
    BOOST_TEST((read->rule == parsed.rule));
    BOOST_TEST((read->hub == parsed.hub));
    for (std::size_t size = 0; size + 1 < text.size(); ++size)
        BOOST_TEST(!read_reply(std::string_view{text}.substr(0, size)));
    const Result<Parsed> refused = read_reply(write_reply(Failure{Cause::server, "no", "why"}));
    BOOST_TEST(refused.error().message == "no");
    BOOST_TEST(refused.error().hint == "why");
}

BOOST_AUTO_TEST_CASE(a_shared_object_that_others_could_change_is_not_loaded) {
    const crier::test::TemporaryDirectory folder;
    const std::string path = folder.file("a.so", "x", 0755);
    BOOST_TEST(check_object_file(path).has_value());
    const auto said = [](const std::string& file) {
        const Result<> checked = check_object_file(file);
        return checked ? std::string{} : checked.error().message;
    };
    std::filesystem::permissions(path, std::filesystem::perms{0775});
    BOOST_TEST(said(path) == path + " can be changed by others than its owner");
    std::filesystem::permissions(path, std::filesystem::perms{0755});
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0777});
    BOOST_TEST(said(path) == folder.path() + "/ can be changed by others than its owner");
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0700});
    BOOST_TEST(said("a.so") == "'a.so' is no absolute path");
    BOOST_TEST(said(folder.path()) == folder.path() + " is no regular file");
    BOOST_TEST(said(folder / "b.so") == folder / "b.so" + ": No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()
