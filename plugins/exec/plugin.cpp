#include "exec/plugin.hpp"

#include "exec/json_output.hpp"
#include "kit/text.hpp"
#include "sdk/crier_plugin.hpp"

#include <string>

namespace crier::exec {
namespace {

/// What some shells put before everything.
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

class Exec {
public:
    explicit Exec(const sdk::Settings&) {}

    void parse(const sdk::Input& input, sdk::Sink& sink) const {
        std::string_view output = input.bytes;
        if (output.substr(0, byte_order_mark.size()) == byte_order_mark)
            output.remove_prefix(byte_order_mark.size());
        const std::string_view text = kit::trimmed(output);
        if (text.empty())
            return;
        if (text.front() == '{' || text.front() == '[') {
            read_json(output, sink);
            return;
        }
        sdk::Item item;
        item.title = kit::trimmed(text.substr(0, text.find('\n')));
        item.content = text;
        sink.item(item);
    }
};

constexpr crier_plugin exec_table =
    sdk::make_table<Exec>("exec", "what a program writes: JSON or text",
                          CRIER_PLUGIN_RUNS | CRIER_PLUGIN_OWN | CRIER_PLUGIN_EDITS | CRIER_PLUGIN_DELETES);

} // namespace

const crier_plugin& table() noexcept {
    return exec_table;
}

} // namespace crier::exec
