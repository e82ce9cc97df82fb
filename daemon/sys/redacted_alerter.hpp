#pragma once

#include "ports/alerter.hpp"
#include "sys/redactor.hpp"

#include <memory>

namespace crier::sys {

/// What `inner` delivers holds no secret that `redactor` knows: an alert has the server's words in it, and
/// those may have anything.
///
/// Ownership: `redactor` outlives it.
[[nodiscard]] std::unique_ptr<Alerter> make_redacted(std::unique_ptr<Alerter> inner,
                                                     const Redactor& redactor);

} // namespace crier::sys
