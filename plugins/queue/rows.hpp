#pragma once

#include "queue/items.hpp"
#include "queue/options.hpp"

#include <string_view>

namespace crier::queue {

/// Each reads the rows of a list in their order, until it ends or the host has enough. A row that makes no
/// sense costs itself. They throw sdk::Error where nothing can be made of the list.
void read_csv(std::string_view text, const Options& options, Items& items);
void read_json(std::string_view text, Items& items);
void read_yaml(std::string_view text, sdk::Sink& sink, Items& items);

} // namespace crier::queue
