#include "core/scopes.hpp"

namespace crier {

ScopeVerdict judge_scopes(const std::vector<std::string>& scopes) {
    ScopeVerdict verdict;
    for (const std::string& scope : scopes) {
        const bool all_writing = scope == "write";
        verdict.may_post = verdict.may_post || all_writing || scope == "write:statuses";
        verdict.may_upload = verdict.may_upload || all_writing || scope == "write:media";
        if (scope == "admin" || scope.starts_with("admin:"))
            verdict.admin.push_back(scope);
        else if (scope != "write:statuses" && scope != "write:media" && scope != "profile")
            verdict.surplus.push_back(scope);
    }
    return verdict;
}

} // namespace crier
