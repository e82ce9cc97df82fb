#pragma once

#include "core/secret.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sys {

/// Takes secrets out of text before it leaves the process: those it knows, also percent-encoded, and whatever
/// stands behind "Bearer ".
///
/// Thread: any.
class Redactor {
public:
    void keep_out(Secret secret);
    [[nodiscard]] std::string clean(std::string_view text) const;

private:
    mutable std::mutex mutex_;
    std::vector<Secret> secrets_; ///< as they are, and as they look in an address
};

} // namespace crier::sys
