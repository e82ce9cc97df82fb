#pragma once

#include "sandbox/state/time.hpp"

#include <cstdint>
#include <string>

namespace crier::sandbox {

/// How a kind of server writes its ids.
enum class IdStyle { snowflake, ulid, flake };

/// Makes ids that rise with every one; equal length, so that they sort as text.
class Ids {
public:
    [[nodiscard]] std::string next(Time now, IdStyle style);

private:
    std::uint64_t last_ = 0;
};

/// An unguessable word of letters and digits, 43 long: tokens, codes, secrets.
[[nodiscard]] std::string random_word();

} // namespace crier::sandbox
