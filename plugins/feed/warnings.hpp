#pragma once

#include "sdk/crier_plugin.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::feed {

/// What was wrong with a document: each thing is said once, with how often it was so.
class Warnings {
public:
    /// `example`: what stood there, the first time.
    void add(std::string_view what, std::string_view example = {});
    void report(sdk::Sink& sink) const;

private:
    struct Kind {
        std::string what;
        std::string example;
        std::size_t times = 1;
    };
    std::vector<Kind> kinds_;
};

} // namespace crier::feed
