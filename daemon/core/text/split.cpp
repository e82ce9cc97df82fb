#include "core/text/split.hpp"

#include "core/text/breaks.hpp"
#include "core/text/cut.hpp"
#include "core/text/plain.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace crier::text {
namespace {

/// "12/20", a line below the text.
std::string counter_text(std::size_t part, std::size_t parts) {
    return "\n\n" + std::to_string(part) + "/" + std::to_string(parts);
}

/// Breaks one text. All lengths are counted as the server does.
class Splitter {
public:
    /// `counted`: how many parts the counter must have room for; 0: there is none.
    Splitter(std::string_view text, std::string_view spoiler_text, const LengthRules& rules,
             const Splitting& how, std::size_t counted)
        : text_(text)
        , spoiler_text_(spoiler_text)
        , rules_(rules)
        , how_(how)
        , room_(counted == 0 ? std::string{} : counter_text(counted, counted))
        , breaks_(breaks_of(text, rules)) {}

    enum class Outcome { done, too_many, unbreakable };

    [[nodiscard]] Outcome run() {
        begin_ = after_blanks(0);
        while (begin_ < text_.size()) {
            if (parts_.size() == how_.most)
                return Outcome::too_many;
            const Break* end = next_break();
            if (end == nullptr)
                return Outcome::unbreakable;
            parts_.push_back(part_until(*end));
            begin_ = after_blanks(end->end);
            done_ = length_before(begin_);
        }
        return parts_.empty() ? Outcome::unbreakable : Outcome::done;
    }

    [[nodiscard]] std::vector<std::string> parts() && { return std::move(parts_); }

private:
    [[nodiscard]] std::size_t after_blanks(std::size_t at) const {
        for (CodePoint next = code_point(text_, at); next.size > 0 && is_space(next.value);
             next = code_point(text_, at))
            at += next.size;
        return at;
    }

    [[nodiscard]] std::size_t length_before(std::size_t byte) const {
        const auto after =
            std::upper_bound(breaks_.begin(), breaks_.end(), byte,
                             [](std::size_t wanted, const Break& one) { return wanted < one.end; });
        return after == breaks_.begin() ? 0 : std::prev(after)->length;
    }

    [[nodiscard]] std::string part_until(const Break& end) const {
        return (parts_.empty() ? std::string{} : how_.lead) + strip(text_.substr(begin_, end.end - begin_));
    }

    /// By the sum of its characters it fits; as it will be sent it may be longer (a link that its
    /// surroundings change), so that is counted.
    [[nodiscard]] bool fits(const Break& end) const {
        return status_length(part_until(end) + room_, spoiler_text_, rules_) <= rules_.max_characters;
    }

    /// What a part may have of the text.
    [[nodiscard]] std::size_t capacity() const {
        const std::size_t taken = status_length("x" + room_, spoiler_text_, rules_) - 1 +
                                  (parts_.empty() ? 0 : status_length(how_.lead + "x", {}, rules_) - 1);
        return taken < rules_.max_characters ? rules_.max_characters - taken : 0;
    }

    [[nodiscard]] const Break* next_break() const {
        std::size_t most = capacity();
        while (most > 0) {
            const Break* end = best_within(most);
            if (end == nullptr || fits(*end))
                return end;
            most = std::min(most, end->length - done_) - 1;
        }
        return nullptr;
    }

    /// The best of those that leave `most` characters at most before them.
    [[nodiscard]] const Break* best_within(std::size_t most) const {
        const std::size_t left = breaks_.back().length - done_;
        if (left <= most)
            return &breaks_.back();
        // Two more will do: at neither end of them only a few words.
        if (left <= 2 * most)
            if (const Break* end = best_between(std::max(left - most, left / 4),
                                                std::min(most, left - left / 4), left / 2, Break::Kind::word))
                return end;
        for (const Break::Kind kind : {Break::Kind::paragraph, Break::Kind::sentence})
            if (const Break* end = best_between(most / 2, most, most, kind))
                return end;
        if (const Break* end = best_between(1, most, most, Break::Kind::word))
            return end;
        return best_between(1, most, most, Break::Kind::grapheme);
    }

    /// Of those of the kind or a better one between these lengths: the best kind's, the nearest to `wanted`.
    [[nodiscard]] const Break* best_between(std::size_t least, std::size_t most, std::size_t wanted,
                                            Break::Kind kind) const {
        const Break* best = nullptr;
        const auto distance = [&](const Break& one) {
            const std::size_t length = one.length - done_;
            return length > wanted ? length - wanted : wanted - length;
        };
        auto one = std::lower_bound(breaks_.begin(), breaks_.end(), done_ + least,
                                    [](const Break& a, std::size_t length) { return a.length < length; });
        for (; one != breaks_.end() && one->length <= done_ + most; ++one) {
            if (one->end <= begin_ || one->kind < kind)
                continue;
            if (best == nullptr || one->kind > best->kind ||
                (one->kind == best->kind && distance(*one) <= distance(*best)))
                best = &*one;
        }
        return best;
    }

    std::string_view text_;
    std::string_view spoiler_text_;
    const LengthRules& rules_;
    const Splitting& how_;
    std::string room_;
    std::vector<Break> breaks_;
    std::size_t begin_ = 0; ///< bytes that are in parts already
    std::size_t done_ = 0;  ///< how long they are
    std::vector<std::string> parts_;
};

/// Breaks the text, and numbers the parts where that is wanted.
Splitter::Outcome break_up(const std::string& text, std::string_view spoiler_text, const LengthRules& rules,
                           const Splitting& how, std::vector<std::string>& parts) {
    // A counter of two digits takes more room than one of one.
    for (const std::size_t counted : {std::size_t{9}, std::size_t{99}, std::size_t{999}}) {
        Splitter splitter{text, spoiler_text, rules, how, how.counter ? counted : 0};
        if (const auto outcome = splitter.run(); outcome != Splitter::Outcome::done)
            return outcome;
        parts = std::move(splitter).parts();
        if (!how.counter)
            break;
        if (parts.size() > counted)
            continue;
        for (std::size_t i = 0; i < parts.size(); ++i)
            parts[i] += counter_text(i + 1, parts.size());
        break;
    }
    return Splitter::Outcome::done;
}

} // namespace

Split split(const std::vector<Piece>& pieces, std::string_view spoiler_text, const LengthRules& rules,
            const Splitting& how) {
    Split made;
    std::string whole;
    for (const Piece& piece : pieces)
        whole += piece.text;
    whole = strip(whole);
    if (status_length(whole, spoiler_text, rules) <= rules.max_characters) {
        made.parts.push_back(std::move(whole));
        return made;
    }
    // By half a post at a time, for breaks at good places fill no part to the brim. What is far too long is
    // bounded before: no feed's megabyte is read so often.
    LengthRules all = rules;
    all.max_characters = how.most * rules.max_characters;
    std::vector<Piece> bounded = pieces;
    for (Piece& piece : bounded) {
        const Cuttable prose{piece.text, rules, all.max_characters};
        if (piece.kind != PieceKind::prose || prose.length() <= all.max_characters)
            continue;
        std::string cut = prose.cut(all.max_characters);
        piece.text = std::move(cut);
        made.shortened = true;
    }
    const std::size_t step = std::max<std::size_t>(1, rules.max_characters / 2);
    for (; all.max_characters > rules.max_characters; all.max_characters -= step) {
        const Fitted fitted = fit(bounded, {}, all);
        if (!fitted.fits)
            break;
        const auto outcome = break_up(strip(fitted.text), spoiler_text, rules, how, made.parts);
        if (outcome == Splitter::Outcome::unbreakable)
            break;
        if (outcome == Splitter::Outcome::too_many)
            continue;
        made.shortened = made.shortened || fitted.shortened;
        return made;
    }
    made.fits = false;
    made.parts.clear();
    return made;
}

} // namespace crier::text
