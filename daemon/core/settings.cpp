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

const SourceSettings* find_source(const Settings& settings, std::string_view name) noexcept {
    return find_named(settings.sources, name);
}

const EntrySettings* find_entry(const Settings& settings, std::string_view name) noexcept {
    return find_named(settings.schedule, name);
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

} // namespace crier
