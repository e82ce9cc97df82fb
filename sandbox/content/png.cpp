#include "sandbox/content/png.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <zlib.h>

namespace crier::sandbox {
namespace {

constexpr std::size_t depth = 3;

void append_big(std::string& out, std::uint32_t value) {
    for (unsigned shift = 32; shift > 0; shift -= 8)
        out += static_cast<char>((value >> (shift - 8)) & 0xFFU);
}

void append_chunk(std::string& png, std::string_view name, std::string_view data) {
    append_big(png, static_cast<std::uint32_t>(data.size()));
    const std::size_t begin = png.size();
    png += name;
    png += data;
    append_big(png, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(png.data() + begin),
                                                     static_cast<uInt>(png.size() - begin))));
}

/// A row as the difference to its left (1) or upper (2) neighbours: small numbers pack well.
std::string filtered(const Pixels& pixels, std::size_t row, std::uint8_t filter) {
    const std::size_t stride = pixels.width * depth;
    const std::uint8_t* line = pixels.bytes.data() + row * stride;
    std::string out(1, static_cast<char>(filter));
    for (std::size_t i = 0; i < stride; ++i) {
        std::uint8_t neighbour = 0;
        if (filter == 1 && i >= depth)
            neighbour = line[i - depth];
        if (filter == 2 && row > 0)
            neighbour = (line - stride)[i];
        out += static_cast<char>(static_cast<std::uint8_t>(line[i] - neighbour));
    }
    return out;
}

long roughness(std::string_view row) {
    long sum = 0;
    for (const char c : row.substr(1))
        sum += std::abs(static_cast<int>(static_cast<signed char>(c)));
    return sum;
}

std::string deflated(std::string_view data) {
    uLongf size = compressBound(data.size());
    std::string out(size, '\0');
    compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
              data.size(), Z_DEFAULT_COMPRESSION); // fails for want of memory only
    out.resize(size);
    return out;
}

} // namespace

std::string to_png(const Pixels& pixels) {
    std::string rows;
    rows.reserve((pixels.width * depth + 1) * pixels.height);
    for (std::size_t row = 0; row < pixels.height; ++row) {
        std::string left = filtered(pixels, row, 1);
        std::string upper = filtered(pixels, row, 2);
        rows += roughness(left) < roughness(upper) ? left : upper;
    }

    std::string header;
    append_big(header, static_cast<std::uint32_t>(pixels.width));
    append_big(header, static_cast<std::uint32_t>(pixels.height));
    header.append("\x08\x02\x00\x00\x00", 5); // 8 bits, RGB, the usual packing and filters, not interlaced

    std::string png = "\x89PNG\r\n\x1a\n";
    append_chunk(png, "IHDR", header);
    append_chunk(png, "IDAT", deflated(rows));
    append_chunk(png, "IEND", {});
    return png;
}

} // namespace crier::sandbox
