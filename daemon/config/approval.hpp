#pragma once

#include "config/drafts.hpp"
#include "core/settings.hpp"

namespace crier::config {

/// `approval` and `approve_within` of an account, a source or an entry.
[[nodiscard]] inline Approval read_approval(const Given<NeedsApproval>& needed,
                                            const Given<Duration>& within) {
    Approval approval;
    if (needed)
        approval.required = needed.value == NeedsApproval::required;
    if (within)
        approval.within = within.value;
    return approval;
}

} // namespace crier::config
