#include "feed/charset_guess.hpp"

#include "kit/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace crier::feed {
namespace {

constexpr std::size_t looked_at = std::size_t{256} << 10U;
constexpr std::size_t fewest_pairs = 4;
constexpr std::size_t fewest_letters = 12;
constexpr std::size_t words_share = 60; ///< percent of letters that stand beside others

/// How often each byte occurs, or each first one of two.
struct Counts {
    std::array<std::size_t, 256> of{};

    [[nodiscard]] std::size_t between(unsigned first, unsigned last) const {
        std::size_t sum = 0;
        for (unsigned byte = first; byte <= last; ++byte)
            sum += of[byte];
        return sum;
    }
};

bool is_share(std::size_t part, std::size_t whole, std::size_t percent) {
    return part * 100 >= whole * percent;
}

bool is_between(unsigned byte, unsigned first, unsigned last) {
    return byte >= first && byte <= last;
}

/// How an encoding of two bytes a character is made. ASCII stands for itself.
struct DoubleByte {
    bool (*lead)(unsigned byte);
    bool (*trail)(unsigned byte);
    bool (*alone)(unsigned byte);
};

bool never(unsigned) {
    return false;
}

constexpr DoubleByte euc{[](unsigned byte) { return is_between(byte, 0xA1, 0xFE); },
                         [](unsigned byte) { return is_between(byte, 0xA1, 0xFE); }, never};
constexpr DoubleByte shift_jis{
    [](unsigned byte) { return is_between(byte, 0x81, 0x9F) || is_between(byte, 0xE0, 0xFC); },
    [](unsigned byte) { return is_between(byte, 0x40, 0x7E) || is_between(byte, 0x80, 0xFC); },
    [](unsigned byte) { return is_between(byte, 0xA1, 0xDF); }};
constexpr DoubleByte big5{
    [](unsigned byte) { return is_between(byte, 0xA1, 0xF9); },
    [](unsigned byte) { return is_between(byte, 0x40, 0x7E) || is_between(byte, 0xA1, 0xFE); }, never};
constexpr DoubleByte gbk{
    [](unsigned byte) { return is_between(byte, 0x81, 0xFE); },
    [](unsigned byte) { return is_between(byte, 0x40, 0x7E) || is_between(byte, 0x80, 0xFE); }, never};

struct Pairs {
    std::size_t count = 0; ///< 0, too, where the bytes are not made so
    Counts leads;
    std::size_t common = 0; ///< of GB 2312's first level
    std::size_t low = 0;    ///< second ones where alphabets have no letters
};

Pairs pairs_of(std::string_view bytes, const DoubleByte& made) {
    Pairs pairs;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80 || made.alone(lead))
            continue;
        if (!made.lead(lead))
            return {};
        if (++i == bytes.size())
            break; // cut off
        const auto trail = static_cast<unsigned char>(bytes[i]);
        if (!made.trail(trail))
            return {};
        ++pairs.count;
        ++pairs.leads.of[lead];
        pairs.low += trail < 0xC0 ? 1U : 0U;
        pairs.common += is_between(lead, 0xB0, 0xD7) && trail >= 0xA1 ? 1U : 0U;
    }
    return pairs.count < fewest_pairs ? Pairs{} : pairs;
}

/// China's, Korea's and Japan's are made alike: their most frequent characters tell them apart.
const char* east_asian(std::string_view bytes) {
    constexpr std::size_t kana_share = 15;
    constexpr std::size_t common_share = 70;
    if (const Pairs pairs = pairs_of(bytes, euc); pairs.count > 0) {
        if (is_share(pairs.leads.between(0xA4, 0xA5), pairs.count, kana_share))
            return "EUC-JP";
        const std::size_t letters = pairs.count - pairs.leads.between(0xA1, 0xAF);
        if (letters > 0 && is_share(pairs.leads.between(0xB0, 0xC8), letters, 98))
            return "UHC";
        if (letters > 0 && pairs.low > 0 && is_share(pairs.common, letters, common_share))
            return "GB18030";
    }
    if (const Pairs pairs = pairs_of(bytes, shift_jis);
        pairs.count > 0 && is_share(pairs.leads.between(0x82, 0x83), pairs.count, kana_share))
        return "CP932";
    if (const Pairs pairs = pairs_of(bytes, big5); pairs.count > fewest_pairs) {
        const std::size_t letters = pairs.count - pairs.leads.between(0xA1, 0xA3);
        if (letters > 0 && is_share(pairs.leads.between(0xA4, 0xC6), letters, 80))
            return "BIG5-HKSCS";
    }
    if (const Pairs pairs = pairs_of(bytes, gbk);
        pairs.count > 0 && is_share(pairs.common, pairs.count, common_share))
        return "GB18030";
    return nullptr;
}

/// What is known of bytes above ASCII that are a letter each.
struct Letters {
    Counts counts;
    std::size_t all = 0;
    std::size_t in_words = 0; ///< in rows of three and more
    std::size_t in_utf8 = 0;  ///< in what is UTF-8
};

Letters letters_of(std::string_view bytes) {
    constexpr std::size_t shortest_word = 3;
    Letters letters;
    std::size_t row = 0;
    for (std::size_t i = 0; i <= bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(i < bytes.size() ? bytes[i] : ' ');
        if (byte >= 0x80) {
            ++letters.counts.of[byte];
            ++row;
            continue;
        }
        letters.all += row;
        letters.in_words += row >= shortest_word ? row : 0;
        row = 0;
    }
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t size = kit::utf8_size(bytes.substr(i, 4));
        letters.in_utf8 += size > 1 ? size : 0;
        i += std::max<std::size_t>(size, 1);
    }
    return letters;
}

/// Words of any length, even ones among them: by chance they are made as Chinese is. But every third letter
/// is a vowel or a tone above or below another.
bool is_thai(const Letters& letters) {
    const Counts& counts = letters.counts;
    const std::size_t marks = counts.between(0xD0, 0xDA) + counts.between(0xE0, 0xEC);
    const std::size_t unused =
        counts.between(0x97, 0x9F) + counts.between(0xDB, 0xDE) + counts.between(0xFC, 0xFF);
    return letters.all >= fewest_letters && is_share(letters.in_words, letters.all, words_share) &&
           unused == 0 && is_share(marks, letters.all, 33) &&
           is_share(counts.between(0xE7, 0xEC), letters.all, 5) &&
           is_share(counts.between(0xA1, 0xCE), letters.all, 45);
}

const char* alphabetic(const Letters& letters) {
    // Where most letters are ASCII's, those with accents stand alone.
    if (letters.all < fewest_letters || !is_share(letters.in_words, letters.all, words_share))
        return nullptr;
    const Counts& counts = letters.counts;
    const auto share = [&letters](std::size_t part, std::size_t percent) {
        return is_share(part, letters.all, percent);
    };
    // Alef is every tenth letter, and lam not rare.
    if (share(counts.of[0xC7], 7) && share(counts.of[0xE1], 2) && share(counts.between(0xC0, 0xED), 80))
        return "WINDOWS-1256";
    // Yod and he are frequent, tet and gimel rare; in Cyrillic it is the other way round.
    const std::size_t hebrew = counts.of[0xE9] + counts.of[0xE4];
    const std::size_t cyrillic = counts.of[0xE8] + counts.of[0xE2];
    if (share(counts.between(0xE0, 0xFA), 95) && share(hebrew, 8) && hebrew > cyrillic)
        return "WINDOWS-1255";
    // Letters with the accent that nearly all Greek words have; where Cyrillic has rare capitals.
    if (share(counts.between(0xDC, 0xDF), 3) && counts.of[0xFF] == 0 && share(counts.between(0xDC, 0xFE), 80))
        return "WINDOWS-1253";
    if (share(counts.between(0xC0, 0xFF), 85))
        return counts.between(0xC0, 0xDF) > counts.between(0xE0, 0xFF) ? "KOI8-R" : "WINDOWS-1251";
    return nullptr;
}

} // namespace

const char* guessed_charset(std::string_view bytes) {
    bytes = bytes.substr(0, looked_at);
    const Letters letters = letters_of(bytes);
    if (is_share(letters.in_utf8, letters.all, 50)) // some of it is something else, and not all
        return nullptr;
    if (is_thai(letters))
        return "CP874";
    if (const char* name = east_asian(bytes))
        return name;
    return alphabetic(letters);
}

} // namespace crier::feed
