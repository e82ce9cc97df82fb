#pragma once

#include "commands/invocation.hpp"
#include "core/secret.hpp"
#include "core/settings.hpp"

#include <set>
#include <string>
#include <vector>

namespace crier::commands {

/// One of the configured tokens, so far as it can be read.
struct TokenInUse {
    std::string what; ///< "the token of account news"
    Secret value;
};

/// The tokens that the configuration names, and the files that they come from.
class TokensInUse {
public:
    TokensInUse(const Invocation& call, const Settings& settings);

    [[nodiscard]] const std::vector<TokenInUse>& all() const noexcept { return all_; }

    /// With the records beside them, and where a symbolic link leads, the file there.
    [[nodiscard]] const std::set<std::string>& files() const noexcept { return files_; }

private:
    void add(std::string what, const TokenRef& ref);

    const Invocation& call_;
    std::vector<TokenInUse> all_;
    std::set<std::string> files_;
};

} // namespace crier::commands
