#include "sandbox/content/scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

// A landscape is painted pixel by pixel, from the back to the front: sky, sun, clouds, hills, sea, boats,
// shore. Coordinates: x from 0 to the picture's aspect, y from 0 (top) to 1 (bottom), so that circles are
// round.
namespace crier::sandbox {
namespace {

struct Color {
    double red = 0, green = 0, blue = 0;
};

Color mix(const Color& a, const Color& b, double share) {
    const double s = std::clamp(share, 0.0, 1.0);
    return {a.red + (b.red - a.red) * s, a.green + (b.green - a.green) * s, a.blue + (b.blue - a.blue) * s};
}

Color lit(const Color& base, const Color& light, double amount) {
    return {base.red + light.red * amount, base.green + light.green * amount,
            base.blue + light.blue * amount};
}

double smooth(double from, double to, double value) {
    const double t = std::clamp((value - from) / (to - from), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

struct Palette {
    Color sky_top, sky_low, sun, cloud, far_hill, near_hill, sea_far, sea_near, shore;
};

const Palette& palette(Daytime daytime) {
    static const Palette morning = {{.45, .57, .80}, {1.0, .83, .74}, {1.0, .95, .84},
                                    {1.0, .91, .88}, {.66, .66, .80}, {.34, .43, .55},
                                    {.86, .78, .80}, {.35, .47, .62}, {.15, .20, .27}};
    static const Palette noon = {{.20, .50, .86}, {.78, .91, .98}, {1.0, .99, .90},
                                 {1.0, 1.0, 1.0}, {.55, .72, .82}, {.25, .50, .40},
                                 {.50, .77, .88}, {.07, .36, .58}, {.11, .27, .18}};
    static const Palette evening = {{.25, .18, .43}, {1.0, .60, .34}, {1.0, .86, .58},
                                    {.98, .55, .45}, {.60, .36, .47}, {.28, .18, .33},
                                    {.93, .56, .40}, {.22, .17, .38}, {.09, .06, .14}};
    static const Palette night = {{.02, .04, .13}, {.17, .25, .43}, {.97, .96, .88},
                                  {.30, .36, .50}, {.14, .20, .34}, {.06, .10, .19},
                                  {.17, .25, .42}, {.03, .06, .15}, {.01, .02, .05}};
    switch (daytime) {
    case Daytime::morning:
        return morning;
    case Daytime::noon:
        return noon;
    case Daytime::evening:
        return evening;
    case Daytime::night:
        break;
    }
    return night;
}

constexpr double horizon = 0.62;
constexpr std::size_t ridges = 3;

/// What depends on x alone.
struct Column {
    double x = 0;
    std::array<double, ridges> ridge{}; ///< heights at which the hills begin
    double from_shore_side = 0;         ///< 0 at the picture's side with the shore, 1 at the other
    double shore = 0;
    double blade_height = 0; ///< of the grass on it
    double blade_lean = 0;
    double blade_middle = 0; ///< from -0.5 to 0.5: where in its place x is
};

class Painter {
public:
    Painter(const Scene& scene, double aspect, double pixel)
        : scene_(scene)
        , colors_(palette(scene.daytime))
        , aspect_(aspect)
        , pixel_(pixel)
        , sun_x_(scene.sun_x * aspect) {}

    [[nodiscard]] Column column(double x) const {
        Column column;
        column.x = x;
        for (std::size_t i = 0; i < ridges; ++i) {
            const auto layer = static_cast<double>(i);
            const double shape = rough(static_cast<std::uint32_t>(20 + 10 * i), x * (1.7 + 0.8 * layer));
            column.ridge[i] = horizon - (0.20 - 0.055 * layer) * std::pow(shape, 1.35);
        }
        column.from_shore_side = (shore_is_left() ? x : aspect_ - x) / aspect_;
        column.shore = 0.985 - 0.23 * smooth(0.62, 0.0, column.from_shore_side) -
                       0.05 * rough(510, x * 5) * smooth(0.9, 0.2, column.from_shore_side);
        const double place = std::floor(x * blades);
        const auto blade = static_cast<std::int64_t>(place);
        column.blade_height =
            (0.006 + 0.018 * random(520, blade)) * smooth(0.75, 0.3, column.from_shore_side);
        column.blade_lean = (random(521, blade) - 0.5) * 0.8;
        column.blade_middle = x * blades - place - 0.5;
        return column;
    }

    [[nodiscard]] Color at(const Column& column, double y) const {
        Color color = y < horizon ? above(column, y) : water(column.x, y);
        for (unsigned boat = 0; boat < scene_.boats; ++boat)
            color = with_boat(color, boat, column.x, y);
        return with_shore(color, column, y);
    }

private:
    static constexpr double blades = 150; // places for them on a length of 1

    [[nodiscard]] bool shore_is_left() const { return random(500, 1) < 0.5; }

    // One in the shape, zero outside, between on the edge; `inside` is the distance to the edge.
    [[nodiscard]] double coverage(double inside) const { return std::clamp(inside / pixel_ + 0.5, 0.0, 1.0); }

    [[nodiscard]] double random(std::uint32_t which, std::int64_t place) const {
        const auto cell = static_cast<std::uint32_t>(static_cast<std::uint64_t>(place) & 0xFFFFFFFFU);
        return static_cast<double>(scrambled(scrambled(scene_.seed, which), cell)) / 4294967296.0;
    }

    [[nodiscard]] double wave(std::uint32_t which, double x) const {
        const double cell = std::floor(x);
        const auto place = static_cast<std::int64_t>(cell);
        const double a = random(which, place);
        return a + (random(which, place + 1) - a) * smooth(0, 1, x - cell);
    }

    [[nodiscard]] double rough(std::uint32_t which, double x) const {
        return wave(which, x) * 0.56 + wave(which + 1, x * 2.1) * 0.27 + wave(which + 2, x * 4.3) * 0.12 +
               wave(which + 3, x * 9.1) * 0.05;
    }

    [[nodiscard]] Color above(const Column& column, double y) const {
        Color color = sky(column.x, y);
        for (std::size_t i = 0; i < ridges; ++i) {
            const double inside = y - column.ridge[i];
            if (inside < -pixel_)
                continue;
            const double nearness = static_cast<double>(i) / (ridges - 1);
            const Color hill = mix(colors_.far_hill, colors_.near_hill, nearness);
            const Color misty = mix(hill, colors_.sky_low, 0.45 * smooth(column.ridge[i], horizon + 0.03, y));
            color = mix(color, misty, coverage(inside));
        }
        return color;
    }

    [[nodiscard]] Color sky(double x, double y) const {
        Color color = mix(colors_.sky_top, colors_.sky_low, std::pow(y / horizon, 1.25));
        const bool night = scene_.daytime == Daytime::night;
        if (night)
            color = with_stars(color, x, y);
        const double distance = std::hypot(x - sun_x_, y - scene_.sun_y);
        const double radius = night ? 0.052 : scene_.daytime == Daytime::noon ? 0.050 : 0.066;
        color = lit(color, colors_.sun, (night ? 0.16 : 0.30) * std::exp(-distance * (night ? 9 : 5.5)));
        Color disc = colors_.sun;
        if (night) { // its seas
            const double seas = rough(90, x * 46) * rough(95, y * 46 + 7);
            disc = mix(disc, {.78, .78, .74}, smooth(0.22, 0.48, seas));
        }
        color = mix(color, disc, coverage(radius - distance));
        return scene_.cloudy ? with_clouds(color, x, y) : color;
    }

    [[nodiscard]] Color with_stars(const Color& sky, double x, double y) const {
        constexpr double cells = 26;
        const double column = std::floor(x * cells), row = std::floor(y * cells);
        const auto place = static_cast<std::int64_t>(column * 977 + row);
        if (random(70, place) < 0.55)
            return sky;
        const double star_x = (column + 0.15 + 0.7 * random(71, place)) / cells;
        const double star_y = (row + 0.15 + 0.7 * random(72, place)) / cells;
        const double size = 0.0009 + 0.0017 * std::pow(random(73, place), 3);
        const double shine = (0.35 + 0.65 * random(74, place)) * smooth(horizon, 0.25, y);
        return mix(sky, {.95, .96, 1.0}, shine * coverage(size - std::hypot(x - star_x, y - star_y)));
    }

    [[nodiscard]] Color with_clouds(const Color& sky, double x, double y) const {
        constexpr double thickest = 0.045;
        double thickness = 0;
        for (std::uint32_t band = 0; band < 3; ++band) {
            const double middle = 0.10 + 0.13 * band + 0.05 * random(80, band);
            if (y < middle - thickest || y > middle + thickest)
                continue;
            const double shape = rough(100 + 10 * band, x * 2.4 + 0.6 * std::sin(y * 30));
            const double height = thickest * std::max(0.0, shape - 0.42) / 0.58;
            const double off = y < middle ? (middle - y) * 1.0 : (y - middle) * 2.2; // flat below
            thickness = std::max(thickness, smooth(0.0, 0.016, height - off));
        }
        return mix(sky, colors_.cloud, 0.72 * thickness);
    }

    [[nodiscard]] Color water(double x, double y) const {
        const double depth = (y - horizon) / (1 - horizon);
        Color color = mix(colors_.sea_far, colors_.sea_near, std::pow(depth, 0.75));
        // Waves look longer and higher the nearer they are.
        const double row = 34 * std::pow(depth, 0.55);
        const auto line = static_cast<std::uint32_t>(std::floor(row));
        const double length = 0.045 + 0.16 * depth;
        const double crest = wave(200 + line, x / length);
        const double across = row - std::floor(row);
        const double stroke = smooth(0.0, 0.35, across) * smooth(1.0, 0.65, across);
        color = mix(color, colors_.sky_low, 0.20 * stroke * smooth(0.52, 0.9, crest));
        // The sun's path is a column that frays and widens towards us.
        const double spread = 0.035 + 0.13 * depth;
        const double path = std::exp(-std::pow((x - sun_x_) / spread, 2));
        const double glitter = smooth(0.30, 0.75, wave(300 + line, x / (length * 0.6)) * 0.6 + 0.5 * stroke);
        return mix(color, colors_.sun, 0.85 * path * glitter * (1 - 0.45 * depth));
    }

    // Two triangles of sail over a shallow hull.
    [[nodiscard]] Color with_boat(Color color, unsigned boat, double x, double y) const {
        const double size = boat == 0 ? 0.085 : 0.055;
        const double middle =
            aspect_ * (boat == 0 ? 0.30 + 0.14 * random(400, 1) : 0.62 + 0.2 * random(401, 1));
        const double foot = horizon + (boat == 0 ? 0.085 : 0.035);
        const double u = (x - middle) / size, v = (foot - y) / size; // from the foot of the mast, upwards
        if (std::abs(u) > 1.2 || std::abs(v) > 1.2)
            return color;
        const double unit = size;
        const auto cover = [&](double inside) { return coverage(inside * unit); };
        const bool night = scene_.daytime == Daytime::night;
        const Color sail = night ? Color{.62, .66, .74} : mix({1, 1, .98}, colors_.sun, 0.35);
        const double main = std::min({u - 0.02, v - 0.06, (1.0 - v) * 0.42 - u});
        const double front = std::min({-0.03 - u, v - 0.08, (0.80 - v) * 0.34 + u + 0.03});
        color = mix(color, sail, cover(main));
        color = mix(color, mix(sail, colors_.far_hill, 0.28), cover(front));
        const double hull = std::min({0.03 - v, v + 0.11, 0.46 - u + 0.6 * v, 0.40 + u + 0.5 * v});
        color = mix(color, colors_.shore, cover(hull));
        const double mirror = std::min({-0.12 - v, v + 0.55, 0.34 - std::abs(u - 0.05) + 0.5 * v});
        return mix(color, sail, 0.22 * cover(mirror));
    }

    [[nodiscard]] Color with_shore(Color color, const Column& column, double y) const {
        const bool left = shore_is_left();
        if (scene_.lighthouse)
            color = with_lighthouse(color, (left ? 0.13 : 0.87) * aspect_, left, column.x, y);
        const Color ground =
            mix(colors_.shore, colors_.near_hill, 0.25 * smooth(column.shore + 0.03, column.shore, y));
        color = mix(color, ground, coverage(y - column.shore));
        return with_grass(color, column, y);
    }

    [[nodiscard]] Color with_grass(const Color& color, const Column& column, double y) const {
        const double up = (column.shore - y) / std::max(column.blade_height, 1e-6); // 1 at the blade's tip
        if (up <= 0 || up > 1.5)
            return color;
        const double off = std::abs(column.blade_middle - column.blade_lean * up * 0.5);
        return mix(color, colors_.shore, coverage((0.42 * (1 - up) - off) / blades));
    }

    [[nodiscard]] Color with_lighthouse(Color color, double middle, bool light_to_right, double x,
                                        double y) const {
        constexpr double top = 0.46, foot = 0.86;
        const double u = x - middle;
        const bool dark = scene_.daytime == Daytime::night || scene_.daytime == Daytime::evening;
        if (dark) { // the beam
            const double along = light_to_right ? u : -u;
            const double width = 0.012 + 0.16 * along;
            const double across = std::abs(y - top + 0.02 + 0.10 * along);
            if (along > 0 && across < width)
                color = lit(color, {1.0, .93, .68}, 0.26 * std::exp(-along * 1.9) * (1 - across / width));
        }
        const double half = 0.019 + 0.016 * (y - top) / (foot - top);
        const double tower = std::min({half - std::abs(u), y - top, foot - y});
        const int stripe = static_cast<int>(std::floor((y - top) / 0.052));
        const Color white = mix({.96, .95, .92}, colors_.shore, dark ? 0.42 : 0.0);
        const Color red = mix({.80, .22, .20}, colors_.shore, dark ? 0.45 : 0.05);
        const Color paint = mix(stripe % 2 == 0 ? white : red, colors_.shore, 0.40 * smooth(-half, half, u));
        color = mix(color, paint, coverage(tower));
        const double gallery = std::min({0.030 - std::abs(u), y - top + 0.006, top + 0.004 - y});
        color = mix(color, colors_.shore, coverage(gallery));
        const double lamp = std::min({0.013 - std::abs(u), y - top + 0.036, top - 0.006 - y});
        color = mix(color, dark ? Color{1.0, .95, .72} : Color{.80, .88, .92}, coverage(lamp));
        const double roof = std::min({(y - top + 0.062) * 0.75 - std::abs(u), top - 0.034 - y});
        color = mix(color, red, coverage(roof));
        if (dark)
            color = lit(color, {1.0, .92, .66}, 0.55 * std::exp(-std::hypot(u, y - top + 0.02) * 34));
        return color;
    }

    const Scene& scene_;
    const Palette& colors_;
    double aspect_;
    double pixel_; // its width
    double sun_x_;
};

std::uint8_t to_byte(double value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
}

} // namespace

Pixels paint(const Scene& scene, std::size_t width, std::size_t height) {
    const double scale = 1.0 / static_cast<double>(height);
    const Painter painter(scene, static_cast<double>(width) * scale, scale);
    std::vector<Column> columns;
    columns.reserve(width);
    for (std::size_t i = 0; i < width; ++i)
        columns.push_back(painter.column((static_cast<double>(i) + 0.5) * scale));
    Pixels pixels{width, height, {}};
    pixels.bytes.reserve(width * height * 3);
    for (std::size_t row = 0; row < height; ++row)
        for (const Column& column : columns) {
            const Color color = painter.at(column, (static_cast<double>(row) + 0.5) * scale);
            pixels.bytes.push_back(to_byte(color.red));
            pixels.bytes.push_back(to_byte(color.green));
            pixels.bytes.push_back(to_byte(color.blue));
        }
    return pixels;
}

} // namespace crier::sandbox
