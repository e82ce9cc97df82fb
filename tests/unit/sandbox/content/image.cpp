#include "sandbox/content/image.hpp"

#include "sandbox/content/picture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>
#include <zlib.h>

using namespace crier::sandbox;
using namespace std::string_literals;

namespace {

std::string big(std::uint64_t value, unsigned count) {
    std::string out;
    for (unsigned i = count; i > 0; --i)
        out += static_cast<char>((value >> (8 * (i - 1))) & 0xFFU);
    return out;
}

std::string little(std::uint64_t value, unsigned count) {
    const std::string turned = big(value, count);
    return {turned.rbegin(), turned.rend()};
}

const std::string
    tiny_png("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
             "\x15\xc4\x89\x00\x00\x00\rIDATx\x9c"
             "c\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xae"
             "B`\x82",
             70);

std::string jpeg() {
    const auto segment = [](int marker, const std::string& data) {
        return "\xff"s + static_cast<char>(marker) + big(data.size() + 2, 2) + data;
    };
    return "\xff\xd8"s + segment(0xE0, "JFIF\0\1\1\0\0\1\0\1\0\0"s) + segment(0xDB, std::string(65, '\1')) +
           segment(0xC4, std::string(20, '\0')) + "\xff" + // one to fill
           segment(0xC0, "\x08"s + big(120, 2) + big(300, 2) + "\3\1\x22\0\2\x11\1\3\x11\1"s) +
           segment(0xDA, "\3\1\0\2\x11\3\x11\0\x3f\0"s) + "pixels\xff\0more\xff\xd9"s;
}

std::string gif(unsigned frames) {
    std::string out = "GIF89a"s + little(20, 2) + little(10, 2) + "\x80\0\0"s + std::string(6, '\x7f');
    for (unsigned i = 0; i < frames; ++i)
        out += "!\xf9\4\0\0\0\0\0"s + "," + little(0, 4) + little(20, 2) + little(10, 2) + "\0\2\3abc\0"s;
    return out + ";";
}

std::string webp(const std::string& chunk, const std::string& data) {
    const std::string body = "WEBP" + chunk + little(data.size(), 4) + data;
    return "RIFF" + little(body.size(), 4) + body;
}

std::string box(const std::string& name, const std::string& inside) {
    return big(inside.size() + 8, 4) + name + inside;
}

std::string track(unsigned width, unsigned height) {
    return box("trak",
               box("tkhd", std::string(76, '\0') + big(width, 2) + "\0\0"s + big(height, 2) + "\0\0"s));
}

std::string mp4(const std::string& brand, const std::string& tracks) {
    return box("ftyp", brand + "\0\0\2\0isom"s) + box("moov", box("mvhd", std::string(100, '\0')) + tracks) +
           box("mdat", "frames");
}

std::string element(const std::string& id, const std::string& inside) {
    return id + "\x40"s + static_cast<char>(inside.size()) + inside;
}

std::string webm(const std::string& kind, const std::string& track_inside, bool size_known = true) {
    const std::string tracks = element("\x16\x54\xAE\x6B", element("\xAE", "\xD7\x81\1"s + track_inside));
    const std::string segment =
        size_known ? element("\x18\x53\x80\x67", tracks) : "\x18\x53\x80\x67\xFF" + tracks;
    return element("\x1A\x45\xDF\xA3", "\x42\x82"s + static_cast<char>(0x80U + kind.size()) + kind) + segment;
}

std::string ogg_page(const std::string& packet, int flags, unsigned number) {
    std::string page = "OggS\0"s + static_cast<char>(flags) + std::string(8, '\0') + little(77, 4) +
                       little(number, 4) + std::string(4, '\0') + '\1' + static_cast<char>(packet.size()) +
                       packet;
    std::uint32_t sum = 0; // by the table's own definition, a bit at a time
    for (const char c : page)
        for (unsigned bit = 8; bit > 0; --bit) {
            const bool one = ((static_cast<unsigned char>(c) >> (bit - 1)) & 1U) != 0;
            const bool out = (sum >> 31U) != 0;
            sum = (sum << 1U) ^ (out != one ? 0x04C11DB7U : 0U);
        }
    return page.replace(22, 4, little(sum, 4));
}

// MPEG 1, layer 3, 128 kbit/s, 44.1 kHz: 417 bytes a frame.
std::string mp3_frames(unsigned count) {
    std::string out;
    for (unsigned i = 0; i < count; ++i)
        out += "\xff\xfb\x90\0"s + std::string(413, '\0');
    return out;
}

void check(const std::string& bytes, const std::string& type, int width, int height) {
    const auto info = inspect_media(bytes);
    BOOST_REQUIRE_MESSAGE(info, "not known as " << type);
    BOOST_TEST(info->type == type);
    BOOST_TEST(info->width == width);
    BOOST_TEST(info->height == height);
}

// Not one byte may be missing at the end.
void check_cut(const std::string& bytes, const std::string& type) {
    for (std::size_t size = 0; size < bytes.size(); ++size)
        BOOST_TEST(!inspect_media(bytes.substr(0, size)), type << " cut to " << size << " bytes");
}

} // namespace

BOOST_AUTO_TEST_SUITE(sandbox_image)

BOOST_AUTO_TEST_CASE(png) {
    check(tiny_png, "image/png", 1, 1);
    check(tiny_png + "behind it", "image/png", 1, 1);
    check(make_picture(1, 40, 30), "image/png", 40, 30);
    check_cut(tiny_png, "PNG");
}

BOOST_AUTO_TEST_CASE(each_damaged_byte_of_a_png_is_seen) {
    for (std::size_t at = 0; at < tiny_png.size(); ++at) {
        std::string damaged = tiny_png;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        BOOST_TEST(!inspect_media(damaged), "byte " << at);
    }
}

BOOST_AUTO_TEST_CASE(a_png_without_pixels_or_extent_is_none) {
    const auto chunk = [](const std::string& name, const std::string& data) {
        const std::string summed = name + data;
        return big(data.size(), 4) + summed +
               big(crc32(0, reinterpret_cast<const Bytef*>(summed.data()), static_cast<uInt>(summed.size())),
                   4);
    };
    const auto file = [&](unsigned width, bool pixels) {
        return "\x89PNG\r\n\x1a\n"s + chunk("IHDR", big(width, 4) + big(1, 4) + "\x08\2\0\0\0"s) +
               (pixels ? chunk("IDAT", "x") : "") + chunk("IEND", "");
    };
    BOOST_TEST(inspect_media(file(1, true)).has_value());
    BOOST_TEST(!inspect_media(file(1, false)));
    BOOST_TEST(!inspect_media(file(0, true)));
    BOOST_TEST(!inspect_media(file(0x80000000U, true)));
}

BOOST_AUTO_TEST_CASE(jpegs) {
    check(jpeg(), "image/jpeg", 300, 120);
    check_cut(jpeg(), "JPEG");
    BOOST_TEST(!inspect_media("\xff\xd8\xff\xd9"));
}

BOOST_AUTO_TEST_CASE(gifs) {
    check(gif(1), "image/gif", 20, 10);
    check(gif(3), "image/gif", 20, 10);
    check_cut(gif(2), "GIF");
    BOOST_TEST(!inspect_media(gif(0)));
}

BOOST_AUTO_TEST_CASE(webps) {
    const std::string lossy =
        webp("VP8 ", "\0\0\0\x9d\x01\x2a"s + little(320, 2) + little(200, 2) + "12345678");
    check(lossy, "image/webp", 320, 200);
    check_cut(lossy, "WebP");
    check(webp("VP8L", "\x2f" + little(99U | (49U << 14U), 4) + "1234567"), "image/webp", 100, 50);
    check(webp("VP8X", "\0\0\0\0"s + little(639, 3) + little(479, 3) + "VP8 "), "image/webp", 640, 480);
    BOOST_TEST(!inspect_media(webp("ALPH", std::string(20, 'x'))));
}

BOOST_AUTO_TEST_CASE(films) {
    const std::string film = mp4("isom", track(0, 0) + track(1280, 720));
    check(film, "video/mp4", 1280, 720);
    check_cut(film, "MP4");
    check(mp4("qt  ", track(64, 48)), "video/quicktime", 64, 48);
    check(mp4("M4A ", track(0, 0)), "audio/mp4", 0, 0);
    BOOST_TEST(!inspect_media(box("ftyp", "isom\0\0\2\0"s) + box("mdat", "frames")));

    const std::string size = element("\xE0", "\xB0\x82\1\x40\xBA\x81\xF0"s); // 320 x 240
    check(webm("webm", size), "video/webm", 320, 240);
    check(webm("webm", size, false), "video/webm", 320, 240);
    check(webm("matroska", size), "video/x-matroska", 320, 240);
    check(webm("webm", ""), "audio/webm", 0, 0);
    check_cut(webm("webm", size), "WebM");
}

BOOST_AUTO_TEST_CASE(sounds) {
    const std::string opus =
        ogg_page("OpusHead\1\2", 2, 0) + ogg_page("OpusTags", 0, 1) + ogg_page("sound", 4, 2);
    check(opus, "audio/ogg", 0, 0);
    check(ogg_page("\1vorbis", 2, 0), "audio/ogg", 0, 0);
    check(ogg_page("\x80theora\3\2\1"s + big(2, 2) + big(1, 2) + big(30, 3) + big(15, 3), 2, 0), "video/ogg",
          30, 15);
    for (std::size_t at = 0; at < opus.size(); ++at) {
        std::string damaged = opus;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        BOOST_TEST(!inspect_media(damaged), "Ogg, byte " << at);
    }
    BOOST_TEST(!inspect_media(opus.substr(0, opus.size() - 1)));
    BOOST_TEST(!inspect_media(ogg_page("what?", 2, 0)));

    check(mp3_frames(3), "audio/mpeg", 0, 0);
    check(mp3_frames(1), "audio/mpeg", 0, 0);
    check(mp3_frames(1) + "TAG", "audio/mpeg", 0, 0);
    check("ID3\4\0\0"s + "\0\0\1\2"s + std::string(130, 'x') + mp3_frames(2), "audio/mpeg", 0, 0);
    BOOST_TEST(!inspect_media(mp3_frames(1) + "x"));
    BOOST_TEST(!inspect_media(mp3_frames(1).substr(0, 416)));
    BOOST_TEST(!inspect_media("ID3\4\0\0\0\0\1\2"s));
}

BOOST_AUTO_TEST_CASE(what_is_none_of_them) {
    for (const auto& text : {""s, "hello"s, "<svg xmlns='http://www.w3.org/2000/svg'/>"s, "%PDF-1.7"s, "BM"s,
                             "RIFF\4\0\0\0WAVE"s, std::string(1000, '\0'), std::string(1000, '\xff')})
        BOOST_TEST(!inspect_media(text));
}

BOOST_AUTO_TEST_CASE(no_damage_reads_past_the_end) {
    std::uint32_t random = 1;
    const auto next = [&random] { return random = random * 1664525U + 1013904223U; };
    const std::vector<std::string> files = {tiny_png,
                                            jpeg(),
                                            gif(2),
                                            mp4("isom", track(4, 4)),
                                            webm("webm", element("\xE0", "\xB0\x81\4\xBA\x81\4")),
                                            mp3_frames(1),
                                            ogg_page("OpusHead", 2, 0)};
    for (const std::string& file : files)
        for (int round = 0; round < 2000; ++round) {
            std::string damaged = file;
            for (int i = 0; i < 3; ++i)
                damaged[(next() >> 8U) % damaged.size()] = static_cast<char>(next() >> 24U);
            if (const auto info = inspect_media(damaged))
                BOOST_TEST(!info->type.empty());
        }
}

BOOST_AUTO_TEST_SUITE_END()
