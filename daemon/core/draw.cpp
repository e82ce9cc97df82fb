#include "core/draw.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace crier::draw {
namespace {

using Indices = std::vector<std::size_t>;
using std::chrono::floor;

class Drawing {
public:
    Drawing(const Draw& rules, const std::vector<Candidate>& candidates, const Marks& marks,
            const Occasion& occasion)
        : rules_(rules)
        , candidates_(candidates)
        , marks_(marks)
        , occasion_(occasion) {}

    std::optional<Choice> choose() {
        Indices open = eligible();
        if (rules_.repeat_after)
            remove(open, [&](std::size_t i) { return last(i) > occasion_.due - *rules_.repeat_after; });
        else if (rules_.order == DrawOrder::anniversary)
            remove(open, [&](std::size_t i) {
                return mark(i) != nullptr && day_of(last(i)) == day_of(occasion_.due);
            });
        else if (rules_.order == DrawOrder::weighted)
            leave_out_latest(open);
        else
            open = of_this_round(std::move(open));
        if (open.empty() && rules_.when_empty == WhenEmpty::repeat)
            return made(longest_ago(eligible()));
        return made(pick(open));
    }

private:
    [[nodiscard]] const Mark* mark(std::size_t index) const {
        const auto found = marks_.find(candidates_[index].item);
        return found == marks_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] Instant last(std::size_t index) const {
        const Mark* known = mark(index);
        return known == nullptr ? Instant::min() : known->last;
    }
    [[nodiscard]] std::int64_t round(std::size_t index) const {
        const Mark* known = mark(index);
        return known == nullptr ? 0 : known->round;
    }
    [[nodiscard]] schedule::LocalTime local(Instant when) const { return occasion_.zone.to_local(when); }
    [[nodiscard]] std::chrono::local_days day_of(Instant when) const {
        return floor<std::chrono::days>(local(when));
    }

    template <class Out>
    static void remove(Indices& from, const Out& out) {
        from.erase(std::remove_if(from.begin(), from.end(), out), from.end());
    }

    /// All that the order lets in at all.
    [[nodiscard]] Indices eligible() const {
        Indices all(candidates_.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        if (rules_.order == DrawOrder::anniversary)
            remove(all, [&](std::size_t i) { return !is_anniversary(candidates_[i]); });
        if (rules_.order == DrawOrder::weighted)
            remove(all, [&](std::size_t i) { return !(candidates_[i].weight > 0); });
        return all;
    }

    [[nodiscard]] bool is_anniversary(const Candidate& candidate) const {
        if (!candidate.date)
            return false;
        const std::chrono::year_month_day today{day_of(occasion_.due)};
        const std::chrono::year_month_day then{day_of(*candidate.date)};
        const auto this_year = today.year() / then.month() / then.day();
        return this_year.ok() ? this_year == today
                              : today == today.year() / std::chrono::February / 28; // of 29 February
    }

    void leave_out_latest(Indices& open) const {
        if (open.size() < 2)
            return;
        const auto latest = std::max_element(open.begin(), open.end(),
                                             [&](std::size_t a, std::size_t b) { return last(a) < last(b); });
        if (mark(*latest) != nullptr)
            open.erase(latest);
    }

    [[nodiscard]] Indices of_this_round(Indices open) {
        for (const std::size_t i : open)
            round_ = std::max(round_, round(i));
        Indices left = open;
        remove(left, [&](std::size_t i) { return round(i) >= round_; });
        if (!left.empty())
            return left;
        ++round_;
        if (rules_.order == DrawOrder::shuffle)
            leave_out_latest(open);
        return open;
    }

    [[nodiscard]] std::optional<std::size_t> pick(const Indices& open) const {
        if (open.empty())
            return std::nullopt;
        switch (rules_.order) {
        case DrawOrder::shuffle:
            return open[chance() % open.size()];
        case DrawOrder::weighted:
            return by_weight(open);
        case DrawOrder::turn:
        case DrawOrder::anniversary:
            break;
        }
        return rules_.repeat_after || rules_.order == DrawOrder::anniversary ? longest_ago(open)
                                                                             : std::optional{open.back()};
    }

    /// Of those never drawn the oldest.
    [[nodiscard]] std::optional<std::size_t> longest_ago(const Indices& open) const {
        std::optional<std::size_t> found;
        for (const std::size_t i : open)
            if (!found || last(i) <= last(*found))
                found = i;
        return found;
    }

    [[nodiscard]] std::size_t by_weight(const Indices& open) const {
        double whole = 0;
        for (const std::size_t i : open)
            whole += candidates_[i].weight;
        constexpr double steps = 9007199254740992.0; // 2^53: what a double counts without a gap
        double left = whole * (static_cast<double>(chance() >> 11U) / steps);
        for (const std::size_t i : open) {
            left -= candidates_[i].weight;
            if (left < 0)
                return i;
        }
        return open.back();
    }

    [[nodiscard]] std::uint64_t chance() const { return std::hash<Digest>{}(occasion_.seed); }

    [[nodiscard]] std::optional<Choice> made(std::optional<std::size_t> index) const {
        if (!index)
            return std::nullopt;
        return Choice{*index, Mark{occasion_.due, std::max(round_, round(*index))}};
    }

    const Draw& rules_;
    const std::vector<Candidate>& candidates_;
    const Marks& marks_;
    const Occasion& occasion_;
    std::int64_t round_ = 1;
};

} // namespace

std::optional<Choice> choose(const Draw& rules, const std::vector<Candidate>& candidates, const Marks& marks,
                             const Occasion& occasion, const std::function<bool(std::size_t)>& refused) {
    // What is refused leaves the hat, for this time.
    std::vector<Candidate> hat = candidates;
    std::vector<std::size_t> places(hat.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    while (auto choice = Drawing{rules, hat, marks, occasion}.choose()) {
        const auto drawn = static_cast<std::ptrdiff_t>(choice->index);
        choice->index = places[choice->index];
        if (!refused(choice->index))
            return choice;
        hat.erase(hat.begin() + drawn);
        places.erase(places.begin() + drawn);
    }
    return std::nullopt;
}

} // namespace crier::draw
