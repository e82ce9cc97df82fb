#include "plugin/instance.hpp"

#include "plugin/convert.hpp"

#include <array>

namespace crier::plugin {

namespace {

/// However much a source has, more is not taken in one look.
constexpr std::size_t most_items = 10'000;

/// A broken source could have one for each line.
constexpr std::size_t most_warnings = 10;

using Words = std::array<char, 1024>;

std::string said(const Words& words, const char* otherwise) {
    const std::string_view text{words.data()};
    return text.empty() ? std::string{otherwise} : clean_text(crier_text{text.data(), text.size()});
}

crier_text text_of(std::string_view view) {
    return crier_text{view.data(), view.size()};
}

/// What the plugin calls while it parses. Nothing of ours may be thrown through its frames.
struct Collector {
    Parsed parsed;
    bool out_of_memory = false;

    static int item(void* host, const crier_item* item) noexcept {
        auto& self = *static_cast<Collector*>(host);
        if (item == nullptr || self.parsed.items.size() >= most_items)
            return 0;
        try {
            self.parsed.items.push_back(to_item(*item));
        } catch (...) {
            self.out_of_memory = true;
            return 0;
        }
        return 1;
    }

    static void warning(void* host, crier_text message) noexcept {
        auto& warnings = static_cast<Collector*>(host)->parsed.warnings;
        try {
            if (warnings.size() < most_warnings)
                warnings.push_back(clean_text(message));
            else if (warnings.size() == most_warnings)
                warnings.emplace_back("and more of the kind");
        } catch (...) {
            static_cast<Collector*>(host)->out_of_memory = true;
        }
    }

    static void wait(void* host, std::int64_t seconds) noexcept {
        constexpr std::int64_t year = std::int64_t{366} * 24 * 3600;
        if (seconds > 0)
            static_cast<Collector*>(host)->parsed.wait =
                std::chrono::seconds{seconds < year ? seconds : year};
    }
};

} // namespace

Result<std::shared_ptr<Instance>>
Instance::open(const crier_plugin& table, const std::vector<std::pair<std::string, std::string>>& options) {
    std::vector<crier_setting> settings;
    settings.reserve(options.size());
    for (const auto& [name, value] : options)
        settings.push_back(crier_setting{text_of(name), text_of(value)});
    Words words{};
    void* handle = table.open(settings.data(), settings.size(), words.data(), words.size());
    words.back() = '\0';
    if (handle == nullptr)
        return Failure{Cause::config, said(words, "the plugin does not take these settings")};
    return std::shared_ptr<Instance>{new Instance{table, handle}};
}

Instance::~Instance() {
    table_.close(handle_);
}

Result<Parsed> Instance::parse(std::string_view bytes, std::string_view content_type,
                               std::string_view base_url) {
    Collector collector;
    crier_sink sink{};
    sink.size = sizeof sink;
    sink.host = &collector;
    sink.item = &Collector::item;
    sink.warning = &Collector::warning;
    sink.wait = &Collector::wait;
    crier_input input{};
    input.size = sizeof input;
    input.bytes = text_of(bytes);
    input.content_type = text_of(content_type);
    input.base_url = text_of(base_url);
    Words words{};
    const int code = table_.parse(handle_, &input, &sink, words.data(), words.size());
    words.back() = '\0';
    if (collector.out_of_memory)
        return Failure{Cause::temporary, "there is not enough memory for what came"};
    if (code != 0)
        return Failure{Cause::server, said(words, "the plugin could not read what came")};
    return std::move(collector.parsed);
}

} // namespace crier::plugin
