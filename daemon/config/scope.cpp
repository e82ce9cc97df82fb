#include "config/scope.hpp"

#include "config/words.hpp"

#include <algorithm>

namespace crier::config {
namespace {

constexpr std::size_t longest_name = 80;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

} // namespace

Place place_of(Ref at, Position position) {
    Place place;
    place.file = at.document().file();
    place.line = position.line;
    place.column = position.column;
    return place;
}

Place place_of(Ref at) {
    return place_of(at, at.position());
}

std::string former_name(Scope& scope, const GivenText& was, std::string_view name, const Path& path) {
    if (!was || was.value.empty() || !scope.good_name(was.value, was.at, was.at.position(), path))
        return {};
    if (was.value == name) {
        scope.problems().error(path, was.at, "this is its name now", "remove `was`");
        return {};
    }
    return std::string{was.value};
}

const schedule::Zone* Scope::zone(const std::string& name) {
    auto [found, fresh] = zones_.try_emplace(name);
    if (fresh) {
        if (name == "UTC")
            found->second = schedule::Zone{};
        else if (auto zone = schedule::Zone::find(name))
            found->second = *zone;
    }
    return found->second ? &*found->second : nullptr;
}

const schedule::Zone* Scope::zone(const GivenText& name, const Path& path) {
    const std::string text{name.value};
    const schedule::Zone* found = zone(text);
    if (found == nullptr) {
        const auto why = schedule::Zone::find(text);
        problems().error(path, name.at, why ? "there is no such time zone" : why.error().message,
                         why ? std::string{} : why.error().hint);
    }
    return found;
}

bool Scope::good_name(std::string_view name, Ref at, Position where, const Path& path) const {
    if (name.empty() || name.size() > longest_name ||
        !std::all_of(name.begin(), name.end(), is_name_character)) {
        problems().error_at(path, at, where, quoted(name) + " is no name",
                            "up to 80 letters of ASCII, digits, '-', '_' and '.'");
        return false;
    }
    return true;
}

} // namespace crier::config
