#include "plugin/instance.hpp"

#include "plugin/convert.hpp"

#include <array>
#include <cstddef>

namespace crier::plugin {

namespace {

/// A broken source could have one for each line.
constexpr std::size_t most_warnings = 10;

constexpr std::size_t longest_address = 2048;

using Words = std::array<char, 1024>;

std::string said(const Words& words, const char* otherwise) {
    const std::string_view text{words.data()};
    return text.empty() ? std::string{otherwise} : clean_text(crier_text{text.data(), text.size()});
}

crier_text text_of(std::string_view view) {
    return crier_text{view.data(), view.size()};
}

std::string_view text_view(crier_text text) {
    return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}

/// What the plugin calls while it parses. Nothing of ours may be thrown through its frames.
struct Collector {
    Parsed parsed;
    bool out_of_memory = false;
    bool cursor_too_long = false;

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

    static void pace(void* host, const crier_pace* pace) noexcept {
        if (pace != nullptr)
            static_cast<Collector*>(host)->parsed.rule = to_rule(*pace);
    }

    static void hub(void* host, crier_text url, crier_text topic) noexcept {
        auto& self = *static_cast<Collector*>(host);
        if (url.size > longest_address || topic.size > longest_address)
            return;
        try {
            self.parsed.hub = Hub{clean_text(url), clean_text(topic)};
        } catch (...) {
            self.out_of_memory = true;
        }
    }

    static void cursor(void* host, crier_text cursor) noexcept {
        auto& self = *static_cast<Collector*>(host);
        if (cursor.size > longest_cursor) {
            self.cursor_too_long = true;
            return;
        }
        try {
            self.parsed.cursor = std::string{text_view(cursor)};
        } catch (...) {
            self.out_of_memory = true;
        }
    }

    static int fetch(void* host, crier_text url) noexcept {
        auto& self = *static_cast<Collector*>(host);
        if (self.parsed.fetches.size() >= most_fetches)
            return 0;
        try {
            self.parsed.fetches.push_back(clean_text(url));
        } catch (...) {
            self.out_of_memory = true;
            return 0;
        }
        return 1;
    }
};

using Call = int (*)(void*, const crier_input*, const crier_sink*, char*, std::size_t);

/// Null where the plugin has none: it may have been built before there was one.
Call call_of(const crier_plugin& table, Entrance entrance) noexcept {
    switch (entrance) {
    case Entrance::begin:
        return table.size >= offsetof(crier_plugin, page) ? table.begin : nullptr;
    case Entrance::page:
        return table.size >= offsetof(crier_plugin, page) + sizeof table.page ? table.page : nullptr;
    case Entrance::parse:
        break;
    }
    return table.parse;
}

} // namespace

bool has_entrance(const crier_plugin& table, Entrance entrance) noexcept {
    return call_of(table, entrance) != nullptr;
}

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

bool Instance::has(Entrance entrance) const noexcept {
    return has_entrance(table_, entrance);
}

Result<Parsed> Instance::call(Entrance entrance, const Material& material) {
    Collector collector;
    crier_sink sink{};
    sink.size = sizeof sink;
    sink.host = &collector;
    sink.item = &Collector::item;
    sink.warning = &Collector::warning;
    sink.wait = &Collector::wait;
    sink.cursor = &Collector::cursor;
    sink.fetch = &Collector::fetch;
    sink.pace = &Collector::pace;
    sink.hub = &Collector::hub;
    std::vector<crier_setting> headers;
    headers.reserve(material.headers.size());
    for (const auto& [name, value] : material.headers)
        headers.push_back(crier_setting{text_of(name), text_of(value)});
    crier_input input{};
    input.size = sizeof input;
    input.bytes = text_of(material.bytes);
    input.content_type = text_of(material.content_type);
    input.base_url = text_of(material.base_url);
    input.now = material.now ? material.now->time_since_epoch().count() : CRIER_NO_TIME;
    input.cursor = text_of(material.cursor);
    input.asked = text_of(material.asked);
    input.headers = headers.data();
    input.header_count = headers.size();
    Words words{};
    const int code = call_of(table_, entrance)(handle_, &input, &sink, words.data(), words.size());
    words.back() = '\0';
    if (collector.out_of_memory)
        return Failure{Cause::temporary, "there is not enough memory for what came"};
    if (code != 0)
        return Failure{Cause::server, said(words, "the plugin could not read what came")};
    if (collector.cursor_too_long)
        return Failure{Cause::server, "the plugin wants more than " + std::to_string(longest_cursor >> 10U) +
                                          " KiB to be remembered"};
    return std::move(collector.parsed);
}

} // namespace crier::plugin
