#include "core/sha256_block.hpp"

#include <bit>

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace crier {
namespace {

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t read_big_endian(const std::uint8_t* bytes) noexcept {
    return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U |
           bytes[3];
}

} // namespace

void compress_portable(Sha256State& state, const std::uint8_t* block) noexcept {
    std::array<std::uint32_t, 64> words; // all are written before they are read
    for (std::size_t i = 0; i < 16; ++i)
        words[i] = read_big_endian(block + 4 * i);
    for (std::size_t i = 16; i < words.size(); ++i) {
        const std::uint32_t a = words[i - 15];
        const std::uint32_t b = words[i - 2];
        words[i] = words[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ (a >> 3U)) + words[i - 7] +
                   (std::rotr(b, 17) ^ std::rotr(b, 19) ^ (b >> 10U));
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::uint32_t one = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                  ((e & f) ^ (~e & g)) + round_constants[i] + words[i];
        const std::uint32_t two =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + one;
        d = c;
        c = b;
        b = a;
        a = one + two;
    }
    const std::array<std::uint32_t, 8> worked{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] += worked[i];
}

#if defined(__x86_64__) && defined(__GNUC__)

bool has_sha_instructions() noexcept {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    constexpr unsigned ssse3_and_sse41 = 1U << 9U | 1U << 19U;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & ssse3_and_sse41) != ssse3_and_sse41)
        return false;
    constexpr unsigned sha = 1U << 29U;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
}

/// Four rounds a step; `words` holds the last sixteen of the schedule. The instructions want the state as
/// ABEF and CDGH (Intel's manual, "SHA extensions").
[[gnu::target("sha,sse4.1,ssse3")]] void compress_by_instructions(Sha256State& state,
                                                                  const std::uint8_t* block) noexcept {
    const auto* const input = reinterpret_cast<const __m128i*>(block);
    auto* const output = reinterpret_cast<__m128i*>(state.data());
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(output), 0xB1);
    const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(output + 1), 0x1B);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
    const __m128i first_abef = abef;
    const __m128i first_cdgh = cdgh;
    __m128i words[4];
    for (std::size_t i = 0; i < 16; ++i) {
        __m128i& word = words[i % 4];
        const __m128i& last = words[(i + 3) % 4];
        if (i < 4) {
            word = _mm_shuffle_epi8(_mm_loadu_si128(input + i), big_endian);
        } else {
            const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(word, words[(i + 1) % 4]),
                                              _mm_alignr_epi8(last, words[(i + 2) % 4], 4));
            word = _mm_sha256msg2_epu32(sum, last);
        }
        const auto* const constants = reinterpret_cast<const __m128i*>(&round_constants[4 * i]);
        const __m128i round = _mm_add_epi32(word, _mm_loadu_si128(constants));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, round);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(round, 0x0E));
    }
    const __m128i feba = _mm_shuffle_epi32(_mm_add_epi32(abef, first_abef), 0x1B);
    const __m128i dchg = _mm_shuffle_epi32(_mm_add_epi32(cdgh, first_cdgh), 0xB1);
    _mm_storeu_si128(output, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128(output + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool has_sha_instructions() noexcept {
    return false;
}

void compress_by_instructions(Sha256State& state, const std::uint8_t* block) noexcept {
    compress_portable(state, block);
}

#endif

} // namespace crier
