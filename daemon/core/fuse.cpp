#include "core/fuse.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace crier::fuse {
namespace {

/// How many moments lie in (end - within, end], for ends that only grow.
class Window {
public:
    Window(std::vector<Instant> moments, Duration within)
        : moments_(std::move(moments))
        , within_(within) {
        std::sort(moments_.begin(), moments_.end());
    }

    std::size_t count(Instant end) {
        while (to_ < moments_.size() && moments_[to_] <= end)
            ++to_;
        while (from_ < to_ && moments_[from_] <= end - within_)
            ++from_;
        return to_ - from_;
    }

private:
    std::vector<Instant> moments_;
    Duration within_;
    std::size_t from_ = 0;
    std::size_t to_ = 0;
};

/// Which of the wanted is the first of too many with the same digest, and how many those are.
class Repeats {
public:
    Repeats(std::size_t most, Duration within)
        : most_(most)
        , within_(within) {}

    void add(const Digest& digest, Instant when) {
        if (digest != Digest{})
            seen_[digest].push_back(when);
    }

    bool too_many(const Digest& digest, Instant when) {
        if (digest == Digest{})
            return false;
        std::vector<Instant>& moments = seen_[digest];
        moments.push_back(when);
        const auto inside = std::count_if(moments.begin(), moments.end(), [&](Instant moment) {
            return moment > when - within_ && moment <= when;
        });
        return static_cast<std::size_t>(inside) >= most_;
    }

private:
    std::size_t most_;
    Duration within_;
    std::unordered_map<Digest, std::vector<Instant>> seen_;
};

/// Numbers for people need no seconds when there are hours.
std::string span(Duration within) {
    const Duration step = within >= std::chrono::hours{2} ? Duration{std::chrono::minutes{1}}
                                                          : Duration{std::chrono::seconds{1}};
    return to_text(within < step ? within : within - within % step);
}

std::string too_many_text(std::size_t count, Duration within, std::size_t posts, std::size_t habit) {
    return std::to_string(count) + " posts within " + span(within) + ", and " + std::to_string(posts) +
           " trip the fuse" +
           (habit > 0 ? " (until now at most " + std::to_string(habit) + " in such a time)" : "");
}

std::string repeat_text(std::string_view what, int times, Duration within) {
    return "the same " + std::string{what} + " in " + std::to_string(times) + " posts within " + span(within);
}

} // namespace

std::size_t most_within(std::vector<Instant> moments, Duration within) {
    std::sort(moments.begin(), moments.end());
    std::size_t most = 0;
    for (std::size_t from = 0, to = 0; to < moments.size(); ++to) {
        while (moments[from] <= moments[to] - within)
            ++from;
        most = std::max(most, to - from + 1);
    }
    return most;
}

Verdict judge(const Fuse& limits, Duration within, const Past& past, const std::vector<One>& wanted,
              bool at_once) {
    Verdict verdict;
    verdict.held_from = wanted.size();
    if (!limits.on || wanted.empty())
        return verdict;

    std::vector<Instant> moments;
    moments.reserve(past.recent.size() + wanted.size());
    for (const One& made : past.recent)
        moments.push_back(made.when);
    for (const One& one : wanted)
        moments.push_back(one.when);
    const std::size_t habit = most_within(past.habit, within);
    const auto posts = static_cast<std::size_t>(limits.posts);
    const std::size_t allowed = std::max(posts - 1, surprise_beyond(habit));
    if (moments.size() > allowed) {
        Window window{std::move(moments), within};
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const std::size_t count = window.count(wanted[i].when);
            if (count <= allowed)
                continue;
            verdict.held_from = at_once ? 0 : i;
            verdict.too_many = true;
            verdict.why = too_many_text(count, within, allowed + 1, habit);
            break;
        }
        if (verdict.held_from == 0)
            return verdict;
    }

    Repeats links{static_cast<std::size_t>(limits.same_link), within};
    Repeats texts{static_cast<std::size_t>(limits.same_text), within};
    for (const One& made : past.recent) {
        links.add(made.link, made.when);
        texts.add(made.text, made.when);
    }
    for (std::size_t i = 0; i < verdict.held_from; ++i) {
        const bool link = links.too_many(wanted[i].link, wanted[i].when);
        if (!texts.too_many(wanted[i].text, wanted[i].when) && !link)
            continue;
        verdict.held_from = i;
        verdict.too_many = false;
        verdict.why = link ? repeat_text("link", limits.same_link, within)
                           : repeat_text("text", limits.same_text, within);
        break;
    }
    return verdict;
}

} // namespace crier::fuse
