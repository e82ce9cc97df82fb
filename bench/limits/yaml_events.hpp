#pragma once

#include <string>

namespace crier::bench {

/// Has yaml-cpp read a text and does nothing with what it finds: the least that reading it can cost.
void yaml_events(const std::string& text);

} // namespace crier::bench
