#pragma once

#include "sandbox/content/png.hpp"

#include <cstdint>

namespace crier::sandbox {

enum class Daytime { morning, noon, evening, night };

/// What is to be seen on a picture; the painter and its description both go by it.
struct Scene {
    std::uint32_t seed = 0; ///< shapes of hills, clouds and waves
    Daytime daytime = Daytime::noon;
    bool cloudy = false;
    bool lighthouse = false;
    unsigned boats = 0; ///< at most 2
    double sun_x = 0.5; ///< of the sun or moon, of the width
    double sun_y = 0.3; ///< of the height
};

[[nodiscard]] Scene scene_of(unsigned number);
[[nodiscard]] Pixels paint(const Scene& scene, std::size_t width, std::size_t height);

/// A number that looks random, of two that do not.
[[nodiscard]] std::uint32_t scrambled(std::uint32_t a, std::uint32_t b) noexcept;

} // namespace crier::sandbox
