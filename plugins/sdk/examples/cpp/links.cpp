// A list of lines, each with a title, a tab and a link.
//
//   sources:
//     links:
//       plugin: native
//       object: /opt/crier/links.so
//       url: https://example.org/links.txt
//       settings: {comment: ";"}
//       account: news
//       post: {status: "{{ title }} {{ link }}"}

#include "sdk/crier_plugin.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace {

namespace sdk = crier::sdk;

constexpr crier_option options[] = {
    {"comment", "lines that begin with this are passed over (default: #)"},
};

class Links {
public:
    explicit Links(const sdk::Settings& settings) {
        for (const auto& [name, value] : settings)
            if (name == "comment")
                comment_ = value;
        if (comment_.empty())
            throw sdk::Error("comment must not be empty: every line begins with nothing");
    }

    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        std::string_view rest = input.bytes;
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            const auto tab = line.find('\t');
            if (line.empty() || line.starts_with(comment_))
                continue;
            if (tab == std::string_view::npos) {
                sink.warning("a line without a tab was passed over: " + std::string{line.substr(0, 40)});
                continue;
            }
            sdk::Item item;
            item.title = line.substr(0, tab);
            item.link = line.substr(tab + 1);
            if (!sink.item(item))
                return; // the host has enough
        }
    }

private:
    std::string comment_ = "#";
};

constexpr crier_plugin table = sdk::make_table<Links>("links", "lines \"title <tab> link\"",
                                                      CRIER_PLUGIN_FETCHES, options, std::size(options));

} // namespace

CRIER_EXPORT_PLUGIN(table)
