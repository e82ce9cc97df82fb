#include "feed/plugin.hpp"

#include "feed/charset.hpp"
#include "feed/document.hpp"
#include "feed/json_feed.hpp"
#include "feed/limits.hpp"
#include "feed/linked_page.hpp"
#include "feed/warnings.hpp"
#include "feed/xml_feed.hpp"
#include "sdk/crier_plugin.hpp"

#include <charconv>
#include <iterator>
#include <string>
#include <utility>

namespace crier::feed {
namespace {

constexpr crier_option options[] = {
    {"max_items", "how many items of one look are taken at most, from the top (default: 10000)"},
};

class Feed {
public:
    explicit Feed(const sdk::Settings& settings) {
        for (const auto& [name, value] : settings)
            if (name == "max_items")
                set_max_items(value);
    }

    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        Warnings warnings;
        std::string storage;
        const std::string_view text = to_utf8(input, storage, warnings);
        const Document document = recognise(text, input.content_type, input.base_url, warnings);
        if (document.kind == Kind::json)
            read_json_feed(document.text, input.base_url, max_items_, sink, warnings);
        else
            read_xml_feed(document.text, input.base_url, max_items_, sink, warnings);
        warnings.report(sink);
    }

    /// The page that an item links to.
    void page(const sdk::Input& input, sdk::Sink& sink) const {
        LinkedPage page = read_linked_page(input.bytes, input.content_type, input.base_url);
        sdk::Item item;
        item.title = std::move(page.title);
        item.link = std::move(page.canonical);
        item.summary = std::move(page.description);
        item.published = page.published;
        if (!page.image.empty())
            item.media.push_back(sdk::Media{std::move(page.image),
                                            page.image_type.empty() ? "image/*" : std::move(page.image_type),
                                            std::move(page.image_alt),
                                            "og_image",
                                            {}});
        sink.item(item);
    }

private:
    void set_max_items(const std::string& value) {
        const char* end = value.data() + value.size();
        const auto read = std::from_chars(value.data(), end, max_items_);
        if (read.ec != std::errc{} || read.ptr != end || max_items_ == 0 || max_items_ > most_items)
            throw sdk::Error("max_items must be a number from 1 to " + std::to_string(most_items));
    }

    std::size_t max_items_ = most_items;
};

constexpr crier_plugin feed_table = sdk::make_table<Feed>(
    "feed", "RSS, Atom and JSON Feed", CRIER_PLUGIN_FETCHES | CRIER_PLUGIN_EDITS | CRIER_PLUGIN_DELETES,
    options, std::size(options));

} // namespace

const crier_plugin& table() noexcept {
    return feed_table;
}

} // namespace crier::feed
