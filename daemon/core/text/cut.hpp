#pragma once

#include "core/text/length.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::text {

/// A text that can be cut short at words' ends, with an ellipsis, and never inside a link, mention, hashtag
/// or grapheme cluster. Reads the text once; then each cut costs little.
///
/// Ownership: views the text given.
class Cuttable {
public:
    /// Lengths are as `rules` count them. Nothing longer than `most` will be asked for.
    Cuttable(std::string_view text, const LengthRules& rules, std::size_t most);

    /// Its whole length, or `most + 1` when it is longer than `most`.
    [[nodiscard]] std::size_t length() const noexcept { return length_; }

    /// At most `length` long, ellipsis included; empty when not even a character and the ellipsis fit.
    [[nodiscard]] std::string cut(std::size_t length) const;

private:
    /// A place to cut at.
    struct Stop {
        std::size_t end = 0;    ///< bytes before it
        std::size_t length = 0; ///< counted, before it
        std::size_t solid = 0;  ///< up to this byte it is a link or the like
        bool word_end = false;
        bool link = false; ///< what is solid is a link
    };

    [[nodiscard]] std::string ellipted(const Stop& stop) const;

    std::string_view text_;
    std::vector<Stop> stops_;
    std::size_t length_ = 0;
};

} // namespace crier::text
