#include "sys/random.hpp"

#include <array>
#include <cstddef>
#include <cstdlib>
#include <sys/random.h>

namespace crier::sys {
namespace {

/// The kernel's, because secrets are made of it, too; a block at a time.
class SystemRandom final : public Random {
public:
    std::uint64_t next() override {
        if (at_ == block_.size()) {
            // Up to 256 bytes are never cut short; it cannot fail on a kernel that has it.
            if (::getentropy(block_.data(), sizeof block_) != 0)
                std::abort();
            at_ = 0;
        }
        const std::uint64_t value = block_[at_];
        block_[at_++] = 0; // what was handed out is nobody's business here
        return value;
    }

private:
    std::array<std::uint64_t, 32> block_{};
    std::size_t at_ = block_.size();
};

} // namespace

std::unique_ptr<Random> make_system_random() {
    return std::make_unique<SystemRandom>();
}

} // namespace crier::sys
