#include "sys/random.hpp"

#include <random>

namespace crier::sys {
namespace {

class SystemRandom final : public Random {
public:
    std::uint64_t next() override { return engine_(); }

private:
    static std::uint64_t seed() {
        std::random_device device;
        return (static_cast<std::uint64_t>(device()) << 32U) | device();
    }
    std::mt19937_64 engine_{seed()};
};

} // namespace

std::unique_ptr<Random> make_system_random() {
    return std::make_unique<SystemRandom>();
}

} // namespace crier::sys
