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

std::string and_before(std::size_t kept_back, std::string_view so_were) {
    return kept_back == 0 ? std::string{}
                          : "; " + std::string{so_were} + ' ' + std::to_string(kept_back) + " before";
}

} // namespace crier::inbound
