#pragma once

#include "core/digest.hpp"

#include <cstdint>

namespace crier::text {

/// A number from 0 to `count` - 1 (`count` at least 1) that cannot be foreseen without `seed`, and is always
/// the same with it: the `turn`-th draw (from 0) of a template.
///
/// How it is made is a promise, for a post must not read otherwise after an update than its preview did
/// before: the SHA-256 digest of two fields as Digester writes them, the 32 bytes of `seed` and `turn`; its
/// first eight bytes as a number, most significant first; the remainder of that divided by `count`. With the
/// numbers that fit into a template none is more likely than another by more than 2^-32 of its chance.
[[nodiscard]] std::uint64_t draw(const Digest& seed, std::int64_t turn, std::uint64_t count);

} // namespace crier::text
