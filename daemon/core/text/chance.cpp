#include "core/text/chance.hpp"

namespace crier::text {

std::uint64_t draw(const Digest& seed, std::int64_t turn, std::uint64_t count) {
    const Digest drawn = Digester{}.field(seed.view()).field(turn).finish();
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number = (number << 8U) | drawn.bytes[i];
    return number % count;
}

} // namespace crier::text
