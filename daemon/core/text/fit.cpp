#include "core/text/cut.hpp"

#include <algorithm>
#include <optional>

namespace crier::text {
namespace {

/// The pieces, and of prose what may be left of it.
class Fitter {
public:
    Fitter(const std::vector<Piece>& pieces, const LengthRules& rules)
        : pieces_(pieces) {
        prose_.reserve(pieces.size());
        for (const Piece& piece : pieces) {
            prose_.emplace_back();
            if (piece.kind == PieceKind::prose)
                prose_.back().emplace(piece.text, rules, rules.max_characters);
        }
    }

    /// No prose longer than `level`.
    [[nodiscard]] std::string text_at(std::size_t level) const {
        std::string text;
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            text += prose_[i] ? prose_[i]->cut(level) : pieces_[i].text;
        return text;
    }

    /// How long all prose is, cut to `level`.
    [[nodiscard]] std::size_t prose_at(std::size_t level) const {
        std::size_t sum = 0;
        for (const auto& prose : prose_)
            sum += prose ? std::min(prose->length(), level) : 0;
        return sum;
    }

    [[nodiscard]] std::size_t cut_at(std::size_t level) const {
        return static_cast<std::size_t>(std::count_if(prose_.begin(), prose_.end(), [&](const auto& prose) {
            return prose && prose->length() > level;
        }));
    }

private:
    const std::vector<Piece>& pieces_;
    std::vector<std::optional<Cuttable>> prose_;
};

} // namespace

Fitted fit(const std::vector<Piece>& pieces, std::string_view spoiler_text, const LengthRules& rules) {
    Fitted fitted;
    for (const Piece& piece : pieces)
        fitted.text += piece.text;
    if (status_length(fitted.text, spoiler_text, rules) <= rules.max_characters)
        return fitted;

    const Fitter fitter{pieces, rules};
    const std::string bare = fitter.text_at(0);
    const std::size_t bare_length = status_length(bare, spoiler_text, rules);
    if (bare_length > rules.max_characters) {
        fitted.fits = false;
        return fitted;
    }
    fitted.shortened = true;

    // The highest level to which all prose must be cut, by the sum of the pieces; the whole may be a little
    // longer (white space that no longer stands at an end, a link that its surroundings change), so it is
    // counted as it will be sent.
    std::size_t level = 0;
    std::size_t above = rules.max_characters + 1;
    while (above - level > 1) {
        const std::size_t middle = level + (above - level) / 2;
        (fitter.prose_at(middle) <= rules.max_characters - bare_length ? level : above) = middle;
    }
    while (level > 0) {
        std::string text = fitter.text_at(level);
        const std::size_t length = status_length(text, spoiler_text, rules);
        if (length <= rules.max_characters) {
            fitted.text = std::move(text);
            return fitted;
        }
        const std::size_t surplus = length - rules.max_characters;
        level -= std::min(level,
                          std::max<std::size_t>(1, surplus / std::max<std::size_t>(1, fitter.cut_at(level))));
    }
    fitted.text = bare;
    return fitted;
}

} // namespace crier::text
