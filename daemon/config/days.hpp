#pragma once

#include "config/each_text.hpp"
#include "config/scope.hpp"
#include "core/schedule/dates.hpp"

#include <bitset>

namespace crier::config {

/// Days as schedule::Dates has them; what is wrong is told of and left out.
[[nodiscard]] schedule::Dates read_dates(Scope& scope, Ref given, const Path& path);
void add_dates(Scope& scope, schedule::Dates& dates, Ref day, const Path& path);

/// MON, SAT-SUN, names in any case; 0 is Sunday. What is wrong is told of; then it is every day.
[[nodiscard]] std::bitset<7> read_weekdays(Scope& scope, Ref given, const Path& path);

} // namespace crier::config
