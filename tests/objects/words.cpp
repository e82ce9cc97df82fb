// A good one: each line of its document is an item; without a document it makes one by itself.

#include "sdk/crier_plugin.hpp"

#include <algorithm>
#include <iterator>

namespace {

constexpr crier_option options[] = {{"prefix", "stands before each title"}};

class Words {
public:
    explicit Words(const crier::sdk::Settings& settings) {
        for (const auto& [name, value] : settings)
            if (name == "prefix")
                prefix_ = value;
    }

    void parse(const crier::sdk::Input& input, crier::sdk::Sink& sink) const {
        std::string_view rest = input.bytes;
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            crier::sdk::Item item;
            item.id = line;
            item.title = prefix_ + std::string{line};
            if (!line.empty() && !sink.item(item))
                return;
        }
    }

private:
    std::string prefix_;
};

constexpr crier_plugin table = crier::sdk::make_table<Words>("words", "a line, an item", CRIER_PLUGIN_FETCHES,
                                                             options, std::size(options));

} // namespace

CRIER_EXPORT_PLUGIN(table)
