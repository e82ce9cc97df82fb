// One that reads what others send: the body is a title, and a header says what it is known by.

#include "sdk/crier_plugin.hpp"

namespace {

class Hearing {
public:
    explicit Hearing(const crier::sdk::Settings&) {}

    static void parse(const crier::sdk::Input& input, crier::sdk::Sink& sink) {
        crier::sdk::Item item;
        item.title = input.bytes;
        for (const auto& [name, value] : input.headers)
            if (name == "x-item")
                item.id = value;
        if (item.id.empty())
            throw crier::sdk::Error("there is no X-Item");
        sink.item(item);
    }
};

constexpr crier_plugin table =
    crier::sdk::make_table<Hearing>("hearing", "a request, an item", CRIER_PLUGIN_HEARS);

} // namespace

CRIER_EXPORT_PLUGIN(table)
