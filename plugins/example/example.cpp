#include "example/example.hpp"

#include "sdk/crier_plugin.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace crier::example {
namespace {

/// The keys of a source that are this plugin's own.
constexpr crier_option options[] = {
    {"comment", "lines that begin with this are passed over (default: #)"},
};

class Lines {
public:
    explicit Lines(const sdk::Settings& settings) {
        for (const auto& [name, value] : settings)
            if (name == "comment")
                comment_ = value;
        if (comment_.empty())
            throw sdk::Error("comment must not be empty: every line begins with nothing");
    }

    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        if (input.bytes.substr(0, 1) == "<")
            throw sdk::Error("this is HTML or XML, and no list of lines \"title <tab> link\"");
        std::string_view rest = input.bytes;
        while (!rest.empty()) {
            std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            if (!line.empty() && line.back() == '\r')
                line.remove_suffix(1);
            if (line.empty() || line.substr(0, comment_.size()) == comment_)
                continue;
            const auto tab = line.find('\t');
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

constexpr crier_plugin example_table = sdk::make_table<Lines>(
    "example", "lines \"title <tab> link\"", CRIER_PLUGIN_FETCHES, options, std::size(options));

} // namespace

const crier_plugin& table() noexcept {
    return example_table;
}

} // namespace crier::example
