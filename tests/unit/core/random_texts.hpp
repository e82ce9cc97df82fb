#pragma once

#include <cstddef>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

/// Texts of scraps, the same from the same seed everywhere.
namespace crier::test {

class RandomTexts {
public:
    explicit RandomTexts(unsigned seed)
        : random_(seed) {}

    [[nodiscard]] std::size_t below(std::size_t end) { return random_() % end; }

    /// At most `most` scraps, one after the other.
    template <class Scraps>
    [[nodiscard]] std::string text(const Scraps& scraps, std::size_t most) {
        std::string made;
        for (std::size_t i = below(most + 1); i > 0; --i)
            made += scraps[below(std::size(scraps))];
        return made;
    }

private:
    std::mt19937 random_;
};

} // namespace crier::test
