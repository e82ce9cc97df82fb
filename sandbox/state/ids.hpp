#pragma once

#include "sandbox/state/time.hpp"

#include <cstdint>
#include <string>

namespace crier::sandbox {

/// How a kind of server writes its ids.
enum class IdStyle {
    snowflake,
    ulid,
    flake,
    number,     ///< a small one: Friendica
    timed_hash, ///< ten digits of seconds and 32 of a hash: snac
    short_word  ///< sixteen of 0-9a-z: Misskey and those after it
};

/// Makes ids that rise with every one; those of one style sort by length and text.
class Ids {
public:
    [[nodiscard]] std::string next(Time now, IdStyle style);

private:
    std::uint64_t last_ = 0;
    std::uint64_t small_ = 4000;
};

/// An unguessable word of letters and digits, 43 long: tokens, codes, secrets.
[[nodiscard]] std::string random_word();

} // namespace crier::sandbox
