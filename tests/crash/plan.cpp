#include "crash/plan.hpp"

#include <algorithm>
#include <ctime>
#include <iterator>
#include <random>

namespace crier::crash {
namespace {

/// A Mastodon takes 30 pictures in half an hour from each; a third of the posts has one, and what a death has
/// cut off is uploaded anew.
constexpr std::size_t posts_of_an_account = 60;

/// What a life takes about, with its start.
constexpr std::chrono::milliseconds life_length{900};

class Dice {
public:
    explicit Dice(std::uint64_t seed)
        : engine_(seed) {}
    /// From 0 to most - 1. By hand, so that a seed is the same plan with every library.
    std::size_t below(std::size_t most) { return static_cast<std::size_t>(engine_() % most); }
    bool chance(std::size_t percent) { return below(100) < percent; }
    Milliseconds upto(std::size_t most) { return Milliseconds{below(most + 1)}; }
    template <class T, std::size_t n>
    const T& one_of(const T (&list)[n]) {
        return list[below(n)];
    }

private:
    std::mt19937_64 engine_;
};

constexpr Place places[] = {Place::anywhere,   Place::anywhere,   Place::anywhere,   Place::anywhere,
                            Place::publishing, Place::publishing, Place::publishing, Place::publishing,
                            Place::uploading,  Place::uploading,  Place::starting,   Place::disk};

/// As the reply gets lost, or an error hides what was done.
constexpr const char* faults[] = {"500", "502", "504", "cut", "reset", "empty_200", "cut_body"};

Life make_life(Dice& dice, const Options& options) {
    Life life;
    life.place = dice.one_of(places);
    if (life.place == Place::disk && !options.disk)
        life.place = Place::anywhere;
    life.stall.what = dice.chance(70) ? "slow" : "hang";
    life.stall.after = dice.chance(50);
    life.stall.wait = Milliseconds{100} + dice.upto(300);
    life.sync_fails = dice.chance(30);
    if (dice.chance(25))
        life.fault = dice.one_of(faults);
    switch (life.place) {
    case Place::anywhere:
        life.delay = dice.upto(1200);
        break;
    case Place::publishing:
    case Place::uploading:
        life.delay = dice.upto(static_cast<std::size_t>(life.stall.wait.count()) * 8 / 10);
        break;
    case Place::starting:
        life.delay = dice.upto(12); // a start takes about that long
        break;
    case Place::disk:
        life.delay = Milliseconds{200} + dice.upto(1000);
        break;
    }
    return life;
}

} // namespace

Plan make_plan(const Options& options, Second now) {
    Dice dice{options.seed};
    Plan plan;
    for (int i = 0; i < options.kills; ++i)
        plan.lives.push_back(make_life(dice, options));

    // A fifth by the schedule, a fifth by the feed, the others by command.
    const auto posts = static_cast<std::size_t>(options.posts);
    const std::size_t scheduled = posts / 5;
    const std::size_t accounts = std::max<std::size_t>(3, posts / posts_of_an_account);
    for (std::size_t i = 1; i <= accounts; ++i)
        plan.accounts.push_back("account" + std::to_string(i));
    const std::size_t items = posts / 5 / accounts;
    const std::size_t commands = posts - scheduled - items * accounts;
    for (std::size_t i = 0; i < items + commands; ++i) {
        Job job;
        job.item = i < items;
        job.picture = dice.chance(30);
        job.account = plan.accounts[dice.below(plan.accounts.size())];
        plan.jobs.push_back(std::move(job));
    }
    for (std::size_t i = plan.jobs.size(); i > 1; --i)
        std::swap(plan.jobs[i - 1], plan.jobs[dice.below(i)]);
    for (std::size_t i = 0; i < plan.jobs.size(); ++i)
        plan.jobs[i].text = (plan.jobs[i].item ? "item " : "post ") + std::to_string(i + 1);

    for (std::size_t i = 0; i < plan.lives.size(); ++i) {
        plan.lives[i].jobs = plan.jobs.size() * (i + 1) / plan.lives.size();
        const std::size_t first = i == 0 ? 0 : plan.lives[i - 1].jobs;
        if (plan.lives[i].place == Place::uploading && first < plan.lives[i].jobs)
            plan.jobs[first].picture = true;
    }

    const auto length = std::chrono::ceil<std::chrono::seconds>(life_length * (options.kills + 1));
    const std::size_t each = (scheduled + accounts - 1) / accounts;
    const auto most = std::max(static_cast<std::size_t>(length.count()), each);
    for (std::size_t account = 0; account < accounts; ++account) {
        std::vector<Second> list;
        for (std::size_t i = 0; i < each; ++i)
            list.push_back(now + std::chrono::seconds{static_cast<std::int64_t>(3 + i * most / each)});
        plan.moments.push_back(std::move(list));
    }
    return plan;
}

std::string to_text(Second at) {
    const std::time_t time = std::chrono::system_clock::to_time_t(at);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    char text[32];
    const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text, size};
}

bool from_text(const std::string& text, Second& at) {
    std::tm parts{};
    const char* const end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end == nullptr || *end != '\0')
        return false;
    at = Second{std::chrono::seconds{::timegm(&parts)}};
    return true;
}

std::string moment_text(Second at) {
    return "moment " + to_text(at);
}

} // namespace crier::crash
