#pragma once

#include <string>
#include <vector>

/// What a token may do, against what posting needs (P4: least privilege).
namespace crier {

/// What posting does not need, and what it lacks; each as the server writes it ("write:media").
struct ScopeVerdict {
    std::vector<std::string> admin;   ///< may administer the server: never a bot's
    std::vector<std::string> surplus; ///< more than posting
    bool may_post = false;
    bool may_upload = false;
};

/// A parent scope holds its children: `write` is `write:statuses`, and much more.
[[nodiscard]] ScopeVerdict judge_scopes(const std::vector<std::string>& scopes);

} // namespace crier
