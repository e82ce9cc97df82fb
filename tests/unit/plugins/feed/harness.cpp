#include "harness.hpp"

#include "feed/plugin.hpp"
#include "kit/address.hpp"
#include "kit/utf8.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>

namespace crier::feed::test {
namespace {

std::string shown(crier_text text) {
    std::string out{sdk::view(text)};
    std::replace(out.begin(), out.end(), '\n', '|');
    return out;
}

void line(std::string& out, const char* word, const std::string& value) {
    if (!value.empty())
        out += std::string{word} + ": " + value + "\n";
}

void date(std::string& out, const char* word, std::int64_t time) {
    if (time == CRIER_NO_TIME)
        return;
    BOOST_TEST(time % 1'000'000 == 0);
    line(out, word, std::to_string(time / 1'000'000));
}

/// What the host may rely on, whatever came.
void check_promises(const crier_item& item) {
    for (const crier_text text :
         {item.id, item.title, item.link, item.summary, item.content, item.author, item.language})
        BOOST_TEST(kit::valid_utf8_prefix(sdk::view(text)) == text.size);
    for (const crier_text line : {item.id, item.title, item.author})
        BOOST_TEST(sdk::view(line).find('\n') == std::string_view::npos);
    const auto check_address = [](crier_text address) {
        const std::string_view view = sdk::view(address);
        BOOST_TEST((view.empty() || kit::is_http(view)));
        BOOST_TEST(view.find_first_of(" \t\r\n") == std::string_view::npos);
    };
    check_address(item.link);
    for (std::size_t i = 0; i < item.media_count; ++i) {
        check_address(item.media[i].url);
        BOOST_TEST(kit::valid_utf8_prefix(sdk::view(item.media[i].alt)) == item.media[i].alt.size);
    }
    for (std::size_t i = 0; i < item.category_count; ++i)
        BOOST_TEST(kit::valid_utf8_prefix(sdk::view(item.categories[i])) == item.categories[i].size);
}

int take_item(void* host, const crier_item* item) {
    BOOST_TEST(item->size == sizeof(crier_item));
    check_promises(*item);
    std::string out;
    line(out, "id", shown(item->id));
    line(out, "title", shown(item->title));
    line(out, "link", shown(item->link));
    line(out, "summary", shown(item->summary));
    line(out, "content", shown(item->content));
    line(out, "author", shown(item->author));
    line(out, "language", shown(item->language));
    date(out, "published", item->published);
    date(out, "updated", item->updated);
    date(out, "expires", item->expires);
    for (std::size_t i = 0; i < item->category_count; ++i)
        line(out, "category", shown(item->categories[i]));
    for (std::size_t i = 0; i < item->media_count; ++i) {
        const crier_media& media = item->media[i];
        BOOST_TEST(media.size == sizeof(crier_media));
        std::string words = shown(media.from) + " " + shown(media.url);
        for (const crier_text more : {media.type, media.alt})
            if (more.size > 0)
                words += " " + shown(more);
        line(out, "media", words);
    }
    if (item->gone != 0)
        line(out, "gone", "true");
    if (item->weight != 1)
        line(out, "weight", std::to_string(item->weight));
    static_cast<Yield*>(host)->items.push_back(out);
    return 1;
}

void take_warning(void* host, crier_text message) {
    static_cast<Yield*>(host)->warnings.push_back(shown(message));
}

void take_pace(void* host, const crier_pace* pace) {
    auto& yield = *static_cast<Yield*>(host);
    BOOST_TEST(pace->size == sizeof(crier_pace));
    yield.wait = pace->step;
    const auto list = [&yield](const char* word, std::uint32_t bits) {
        if (bits != 0)
            yield.pace.append(yield.pace.empty() ? "" : " ").append(word);
        for (unsigned i = 0; i < 32; ++i)
            if ((bits >> i & 1U) != 0)
                yield.pace += " " + std::to_string(i);
    };
    list("hours", pace->skip_hours);
    list("days", pace->skip_days);
    if (pace->base != CRIER_NO_TIME)
        yield.pace += (yield.pace.empty() ? "base " : " base ") + std::to_string(pace->base / 1'000'000);
}

void take_hub(void* host, crier_text url, crier_text topic) {
    BOOST_TEST(static_cast<Yield*>(host)->hub == "");
    static_cast<Yield*>(host)->hub = shown(url) + " " + shown(topic);
}

} // namespace

Yield read(std::string_view document, const Origin& origin, const std::string& max_items) {
    const crier_plugin& plugin = table();
    char error[2048] = "";
    const crier_setting setting{sdk::text("max_items"), sdk::text(max_items)};
    Yield yield;
    void* instance = plugin.open(&setting, max_items.empty() ? 0 : 1, error, sizeof error);
    if (instance == nullptr) {
        yield.error = error;
        return yield;
    }
    // A copy of exactly that size, so that a sanitizer sees who reads past its end.
    const auto bytes = std::make_unique<char[]>(document.size());
    std::copy(document.begin(), document.end(), bytes.get());
    crier_input input{};
    input.size = sizeof input;
    input.bytes = {bytes.get(), document.size()};
    input.content_type = sdk::text(origin.content_type);
    input.base_url = sdk::text(origin.base_url);
    const crier_sink sink{sizeof(crier_sink), &yield,  take_item, take_warning, nullptr, nullptr, nullptr,
                          take_pace,          take_hub};
    const int failed = plugin.parse(instance, &input, &sink, error, sizeof error);
    plugin.close(instance);
    if (failed != 0) {
        BOOST_TEST(error[0] != '\0');
        yield.error = error;
    }
    return yield;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : "; ") + word;
    return out;
}

std::string only_item(std::string_view document, const Origin& origin) {
    const Yield yield = read(document, origin);
    if (!yield.error.empty())
        return "error: " + yield.error;
    if (!yield.warnings.empty())
        return "warnings: " + joined(yield.warnings);
    return yield.items.size() == 1 ? yield.items.front() : std::to_string(yield.items.size()) + " items";
}

std::string value_of(std::string_view word, std::string_view lines) {
    const std::string key = std::string{word} + ": ";
    while (!lines.empty()) {
        const std::string_view first = lines.substr(0, lines.find('\n'));
        if (first.substr(0, key.size()) == key)
            return std::string{first.substr(key.size())};
        lines.remove_prefix(std::min(first.size() + 1, lines.size()));
    }
    return {};
}

std::string data(const std::string& name) {
    std::ifstream file{std::string{CRIER_FEED_DATA} + "/" + name, std::ios::binary};
    BOOST_REQUIRE_MESSAGE(file.good(), name);
    return {std::istreambuf_iterator<char>{file}, {}};
}

unsigned seed() {
    const char* given = std::getenv("CRIER_TEST_SEED"); // NOLINT(concurrency-mt-unsafe)
    return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                            : std::random_device{}();
}

std::string with_other_bytes(const std::string& document, std::mt19937& random) {
    const auto below = [&random](std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>{0, bound - 1}(random);
    };
    std::string changed = document;
    for (std::size_t changes = 1 + below(8); changes > 0 && !changed.empty(); --changes) {
        const std::size_t at = below(changed.size());
        switch (below(4)) {
        case 0:
            changed[at] = static_cast<char>(static_cast<unsigned char>(below(256)));
            break;
        case 1:
            changed.erase(at, 1 + below(20));
            break;
        case 2:
            changed.insert(at, changed.substr(below(changed.size()), below(60)));
            break;
        default:
            changed.insert(at, 1, "<>&\"'/![]{}:,\\;\0\xff"[below(17)]);
            break;
        }
    }
    return changed;
}

std::string rss(std::string_view items) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
           " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\""
           " xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" "
           "xmlns:atom=\"http://www.w3.org/2005/Atom\""
           " xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\">"
           "<channel><title>The blog</title>" +
           std::string{items} + "</channel></rss>\n";
}

std::string rss_item(std::string_view inside) {
    return rss("<item>" + std::string{inside} + "</item>");
}

std::string atom_entry(std::string_view inside) {
    return "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The blog</title><entry>" +
           std::string{inside} + "</entry></feed>";
}

} // namespace crier::feed::test
