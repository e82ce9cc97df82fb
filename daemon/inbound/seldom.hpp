#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>

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

} // namespace crier::inbound
