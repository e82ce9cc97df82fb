#pragma once

#include "core/delivery/sighting.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// What is on an account's page more than once, by whomever. Pure.
namespace crier::delivery {

struct Duplicate {
    enum class By {
        text, ///< the same words, through HTML and tracking parameters, and as many media
        link, ///< other words, and the same only link: an edited item, or one link a day on purpose
    };
    By by = By::text;
    std::string what;                  ///< the words of the oldest, or the link in its canonical form
    std::vector<std::size_t> statuses; ///< indices, oldest first; by link: the oldest of each text

    Duplicate() = default;
};

/// `statuses` newest first, as a page has them. Boosts and replies are no duplicates, and what has neither
/// text nor warning is compared with nothing. In the order of their oldest status.
[[nodiscard]] std::vector<Duplicate> duplicates(const std::vector<SeenStatus>& statuses);

} // namespace crier::delivery
