#include "core/settings.hpp"

#include <algorithm>

namespace crier {
namespace {

template <class Named>
const Named* find_named(const std::vector<Named>& all, std::string_view name) noexcept {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace

const PostTemplate& PostTemplate::turn(std::int64_t counter) const noexcept {
    const auto size = static_cast<std::int64_t>(turns.size()) + 1;
    const std::int64_t index = (counter > 0 ? counter - 1 : 0) % size;
    return index == 0 ? *this : turns[static_cast<std::size_t>(index) - 1];
}

bool PostTemplate::fixed() const noexcept {
    return status.source().find("{{") == std::string::npos &&
           std::all_of(turns.begin(), turns.end(), [](const PostTemplate& other) { return other.fixed(); });
}

std::size_t PostTemplate::most_media() const noexcept {
    std::size_t most = media.size();
    for (const PostTemplate& other : turns)
        most = std::max(most, other.media.size());
    return most;
}

bool moves_files(const SourceSettings& source) noexcept {
    return source.folder && source.folder->after == After::move;
}

bool hears(const SourceSettings& source) noexcept {
    return source.hook.has_value();
}

std::string to_text(const ListenAddress& address) {
    const bool six = address.host.find(':') != std::string::npos;
    return (six ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

const SourceSettings* find_source(const Settings& settings, std::string_view name) noexcept {
    return find_named(settings.sources, name);
}

const EntrySettings* find_entry(const Settings& settings, std::string_view name) noexcept {
    return find_named(settings.schedule, name);
}

const SourceSettings* source_of(const Settings& settings, const EntrySettings& entry) noexcept {
    return entry.draw ? find_source(settings, entry.draw->from) : entry.run.get();
}

std::string command_text(const std::vector<std::string>& command) {
    std::string text;
    for (const std::string& word : command)
        text.append(std::to_string(word.size())).append(":").append(word).append(" ");
    return text;
}

std::string_view to_text(Mode mode) noexcept {
    switch (mode) {
    case Mode::live:
        return "live";
    case Mode::hold:
        return "hold";
    case Mode::dry:
        return "dry";
    }
    return "live";
}

std::string_view to_text(OnDoubt value) noexcept {
    switch (value) {
    case OnDoubt::hold:
        return "hold";
    case OnDoubt::skip:
        return "skip";
    case OnDoubt::resend:
        return "resend";
    }
    return "hold";
}

bool is_thing_elsewhere(const Settings& settings, std::string_view thing) {
    const std::size_t colon = thing.find(':');
    if (settings.elsewhere.empty() || colon == std::string_view::npos)
        return false;
    const std::string_view kind = thing.substr(0, colon);
    const std::string_view name = thing.substr(colon + 1);
    if (kind == "account")
        return settings.elsewhere.accounts.count(name) > 0;
    if (kind == "source")
        return settings.elsewhere.sources.count(name) > 0;
    return kind == "entry" && settings.elsewhere.entries.count(name) > 0;
}

} // namespace crier
