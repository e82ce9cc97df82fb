#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace crier::inbound {

/// What strangers can bring about as often as they like is said once a minute for each thing that it is
/// about.
///
/// Ownership: the things are of the configuration, so there are few.
class Seldom {
public:
    /// May it be said now? Then how often it was not said since the last time.
    [[nodiscard]] std::optional<std::size_t> may_say(const std::string& about, Mono now);

private:
    struct Said {
        Mono when{};
        std::size_t kept_back = 0;
    };
    std::map<std::string, Said> said_;
};

/// "; so were 3 before"; nothing where nothing was kept back.
[[nodiscard]] std::string and_before(std::size_t kept_back, std::string_view so_were);

} // namespace crier::inbound
