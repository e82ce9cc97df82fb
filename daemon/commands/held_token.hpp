#pragma once

#include "core/secret.hpp"
#include "ports/token_source.hpp"

namespace crier::commands {

/// A token in hand, wherever it came from. It outlives this.
class HeldToken final : public TokenSource {
public:
    explicit HeldToken(const Secret& token)
        : token_(token) {}
    Result<Secret> read() override { return token_.clone(); }

private:
    const Secret& token_;
};

} // namespace crier::commands
