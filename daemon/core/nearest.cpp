#include "core/nearest.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace crier {
namespace {

/// Edit distance with transpositions of neighbours, or more than `most`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most)
        return most + 1;
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = ascii::lower(a[i - 1]) == ascii::lower(b[j - 1]) ? 0 : 1;
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && ascii::lower(a[i - 1]) == ascii::lower(b[j - 2]) &&
                ascii::lower(a[i - 2]) == ascii::lower(b[j - 1]))
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

} // namespace

std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
    // A word that long is no slip of the finger, and its table would cost.
    if (word.size() > 200)
        return {};
    const std::size_t most = word.size() / 3;
    std::string_view best;
    std::size_t best_distance = most + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t found = distance(word, candidate, most);
        if (found < best_distance) {
            best = candidate;
            best_distance = found;
        }
    }
    return std::string{best};
}

} // namespace crier
