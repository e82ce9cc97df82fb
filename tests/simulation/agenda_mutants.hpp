#pragma once

#include "ports/command_runner.hpp"
#include "ports/store.hpp"
#include "simulation/mutants.hpp"

#include <memory>

/// Broken engines whose fault shows in what the calendar makes.
namespace crier::sim {

/// The store as that engine would use it; null: as it is.
[[nodiscard]] std::unique_ptr<Store> mutate_agenda(Mutant mutant, Store& store);

} // namespace crier::sim
