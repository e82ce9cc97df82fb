#include "inbound/seldom.hpp"

#include <utility>

namespace crier::inbound {

namespace {

constexpr Duration between = std::chrono::minutes{1};

} // namespace

std::optional<std::size_t> Seldom::may_say(const std::string& about, Mono now) {
    const auto [found, first] = said_.try_emplace(about);
    Said& said = found->second;
    if (!first && now - said.when < between) {
        ++said.kept_back;
        return std::nullopt;
    }
    said.when = now;
    return std::exchange(said.kept_back, 0);
}

} // namespace crier::inbound
