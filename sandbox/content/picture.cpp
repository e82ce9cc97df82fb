#include "sandbox/content/picture.hpp"

#include "sandbox/content/png.hpp"
#include "sandbox/content/scene.hpp"

#include <algorithm>
#include <string_view>

namespace crier::sandbox {
namespace {

double fraction(std::uint32_t seed, std::uint32_t which) {
    return static_cast<double>(scrambled(seed, which)) / 4294967296.0;
}

std::string_view sky_words(Daytime daytime) {
    switch (daytime) {
    case Daytime::morning:
        return "Early morning by the sea: a pale sun in a pink and blue sky";
    case Daytime::noon:
        return "Noon by the sea: a bright sun in a blue sky";
    case Daytime::evening:
        return "Evening by the sea: a low sun in an orange and violet sky";
    case Daytime::night:
        return "Night by the sea: a full moon among stars in a dark blue sky";
    }
    return {};
}

} // namespace

std::uint32_t scrambled(std::uint32_t a, std::uint32_t b) noexcept {
    std::uint32_t mixed = a * 0x9E3779B1U ^ (b + 0x7F4A7C15U) * 0x85EBCA6BU;
    mixed = (mixed ^ (mixed >> 16U)) * 0x7FEB352DU;
    mixed = (mixed ^ (mixed >> 15U)) * 0x846CA68BU;
    return mixed ^ (mixed >> 16U);
}

Scene scene_of(unsigned number) {
    Scene scene;
    scene.seed = scrambled(number, 1);
    constexpr Daytime in_turn[] = {Daytime::evening, Daytime::noon, Daytime::night, Daytime::morning};
    scene.daytime = in_turn[number % 4];
    scene.cloudy = scene.daytime != Daytime::night && fraction(scene.seed, 2) < 0.7;
    scene.lighthouse = fraction(scene.seed, 3) < 0.45;
    scene.boats = scrambled(scene.seed, 4) % 3;
    scene.sun_x = 0.22 + 0.56 * fraction(scene.seed, 5);
    const bool low = scene.daytime == Daytime::morning || scene.daytime == Daytime::evening;
    scene.sun_y = low ? 0.40 + 0.08 * fraction(scene.seed, 6) : 0.16 + 0.10 * fraction(scene.seed, 6);
    return scene;
}

std::string make_picture(unsigned number, int width, int height) {
    constexpr int least = 16, most = 4096;
    return to_png(paint(scene_of(number), static_cast<std::size_t>(std::clamp(width, least, most)),
                        static_cast<std::size_t>(std::clamp(height, least, most))));
}

std::string picture_alt_text(unsigned number) {
    const Scene scene = scene_of(number);
    std::string text(sky_words(scene.daytime));
    text += scene.cloudy ? " with thin clouds" : "";
    text += ", hills in layers behind calm water";
    if (scene.boats > 0)
        text += scene.boats == 1 ? " with a sailing boat" : " with two sailing boats";
    text += scene.lighthouse ? ", and a lighthouse on the " : ", and a ";
    text += scene.daytime == Daytime::noon ? "green" : "dark";
    return text + " shore in front.";
}

} // namespace crier::sandbox
