#include "queue/plugin.hpp"

#include "kit/encoding.hpp"
#include "kit/text.hpp"
#include "queue/format.hpp"
#include "queue/items.hpp"
#include "queue/rows.hpp"

#include <iterator>

namespace crier::queue {
namespace {

constexpr crier_option options[] = {
    {"format", "csv, json or yaml (default: as the list shows)"},
    {"separator",
     "what stands between the fields of CSV: comma, semicolon, tab or a sign (default: as it shows)"},
    {"fields", "which column or key of the list is which field of an item: {title: Headline}"},
};

class Queue {
public:
    explicit Queue(const sdk::Settings& settings)
        : options_(settings) {}

    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        const kit::FileText file{input.bytes};
        const std::string_view text = file.text();
        if (kit::trimmed(text).empty())
            return;
        if (file.guessed())
            sink.warning(
                "the list is not UTF-8 and was read as windows-1252: save it as UTF-8 if signs look wrong");
        const Format format = options_.format ? *options_.format
                              : options_.separator != '\0'
                                  ? Format::csv
                                  : recognised(text, input.content_type, input.base_url);
        Items items{sink, options_.fields};
        if (format == Format::csv)
            read_csv(text, options_, items);
        else if (format == Format::json)
            read_json(text, items);
        else
            read_yaml(text, sink, items);
        items.finish();
    }

private:
    Options options_;
};

constexpr crier_plugin queue_table = sdk::make_table<Queue>(
    "queue", "a list that you keep: CSV, JSON or YAML",
    CRIER_PLUGIN_FETCHES | CRIER_PLUGIN_OWN | CRIER_PLUGIN_FORWARD | CRIER_PLUGIN_EDITS, options,
    std::size(options));

} // namespace

const crier_plugin& table() noexcept {
    return queue_table;
}

} // namespace crier::queue
