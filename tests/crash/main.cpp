// crier-crash: kills the real daemon while it posts to the real sandbox, and judges by what the sandbox has.
// scripts/crash says how to call it.

#include "crash/bed.hpp"
#include "crash/feeder.hpp"
#include "crash/judge.hpp"
#include "crash/life.hpp"
#include "crash/plan.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <unistd.h>

using namespace crier::crash;
namespace test = crier::test;
namespace json = boost::json;

namespace {

using Steady = std::chrono::steady_clock;

/// After the last kill nothing stands in the way; what is in doubt waits a second.
constexpr std::chrono::seconds drained_within{120};

void say(const std::string& text) {
    std::fprintf(stderr, "crash: %s\n", text.c_str());
}

[[noreturn]] void usage(const std::string& wrong) {
    say(wrong);
    say("usage: crier-crash [--kills N] [--posts N] [--seed S] [--server mastodon-4.6|mastodon-4.5] "
        "[--no-disk]");
    std::exit(2);
}

template <class Number>
void read_number(const std::string& name, const std::string& text, Number least, Number& into) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), into);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || into < least)
        usage(name + " takes a whole number from " + std::to_string(least) + " on, not \"" + text + '"');
}

Options read_options(int argc, char** argv) {
    Options options;
    options.seed = std::random_device{}();
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--no-disk") {
            options.disk = false;
            continue;
        }
        if (i + 1 == argc)
            usage(name + " is unknown, or lacks its value");
        const std::string value = argv[++i];
        if (name == "--kills")
            read_number(name, value, 1, options.kills);
        else if (name == "--posts")
            read_number(name, value, 1, options.posts);
        else if (name == "--seed")
            read_number(name, value, std::uint64_t{0}, options.seed);
        else if (name == "--server" && (value == "mastodon-4.6" || value == "mastodon-4.5"))
            options.server = value;
        else
            usage("there is no " + name + ' ' + value);
    }
    return options;
}

class Progress {
public:
    void show(const Tally& tally, int kills, std::size_t jobs) {
        const auto now = Steady::now();
        if (now - last_ < (terminal_ ? std::chrono::seconds{1} : std::chrono::seconds{30}))
            return;
        last_ = now;
        say(std::to_string(tally.kills) + " of " + std::to_string(kills) + " kills, " + std::to_string(jobs) +
            " jobs handed in");
    }

private:
    bool terminal_ = ::isatty(2) != 0;
    Steady::time_point last_ = Steady::now();
};

/// All lives, each of which ends with a kill.
Tally kill_often(Bed& bed, Feeder& feeder, const Plan& plan) {
    Executioner executioner{bed};
    Progress progress;
    for (const Life& life : plan.lives) {
        feeder.allow(life.jobs);
        const int before = executioner.tally().kills;
        for (int tries = 0; executioner.tally().kills == before; ++tries) {
            if (tries == 100)
                throw std::runtime_error("the daemon does not start any more:\n" + bed.output());
            executioner.live(life);
        }
        if (const std::string trouble = feeder.trouble(); !trouble.empty())
            throw std::runtime_error(trouble);
        progress.show(executioner.tally(), static_cast<int>(plan.lives.size()), feeder.done());
    }
    executioner.resurrect();
    return executioner.tally();
}

bool past(const Plan& plan) {
    for (const auto& list : plan.moments)
        if (!list.empty() && list.back() + std::chrono::seconds{1} > std::chrono::system_clock::now())
            return false;
    return true;
}

/// How many posts of these accounts are published, as the daemon says.
std::size_t published(const Bed& bed, const std::vector<std::string>& accounts) {
    std::size_t count = 0;
    for (const std::string& account : accounts) {
        const std::string list = bed.crier({"outbox", "list", "--json", "--state", "published", "--account",
                                            account, "--limit", "100000"})
                                     .out;
        count += static_cast<std::size_t>(std::count(list.begin(), list.end(), '\n'));
    }
    return count;
}

/// Nothing is on its way any more, and so many are out, without those that tick: the last item of the feed
/// may not have been seen yet.
bool at_rest(const Bed& bed, const Plan& plan, std::size_t least) {
    for (const auto& [state, number] : bed.counts())
        if (number.as_int64() > 0 && (state == "waiting" || state == "ready" || state == "uploading" ||
                                      state == "sending" || state == "retrying" || state == "doubt"))
            return false;
    return published(bed, plan.accounts) >= least;
}

/// Lets all that was accepted go out. What does not in time is found by the judge.
std::vector<Wanted> drain(Bed& bed, const Feeder& feeder, const Plan& plan) {
    (void)test::eventually(
        [&] { return (feeder.done() == plan.jobs.size() && past(plan)) || !feeder.trouble().empty(); },
        drained_within);
    if (!feeder.trouble().empty())
        throw std::runtime_error(feeder.trouble());
    std::vector<Wanted> wanted = feeder.accepted();
    for (std::size_t i = 0; i < plan.moments.size(); ++i)
        for (const Second at : plan.moments[i])
            wanted.push_back({plan.accounts[i], moment_text(at), {}});
    // Or there would always be one on its way.
    if (const test::Finished paused = bed.crier({"pause", "entry:ticks"}); paused.code != 0)
        throw std::runtime_error("crier pause entry:ticks: " + paused.err);
    if (!test::eventually([&] { return at_rest(bed, plan, wanted.size()); }, drained_within))
        say("after " + std::to_string(drained_within.count()) + " s not all is published");
    return wanted;
}

void show(const std::string& what, const std::vector<std::string>& lines) {
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < std::min(lines.size(), most); ++i)
        say(what + ": " + lines[i]);
    if (lines.size() > most)
        say(what + ": and " + std::to_string(lines.size() - most) + " more");
}

void show(const Verdict& verdict) {
    show("LOST", verdict.lost);
    show("DOUBLED", verdict.doubled);
    show("WRONG", verdict.wrong);
}

void tell(const Tally& tally, std::uint32_t refused, std::size_t repeats) {
    const auto n = [](auto number) { return std::to_string(number); };
    say("of " + n(tally.kills) + " kills fell: " + n(tally.publishing) +
        " between a request's first byte and its outcome, " + n(tally.uploading) + " in an upload, " +
        n(tally.starting) + " in a start, " + n(tally.elsewhere) + " between requests or idle");
    say(n(tally.found_sending) + " posts were found in `sending` by the next start; " + n(tally.disk) +
        " kills met a bad disk, which refused " + n(refused) + " writes; " + n(tally.refused_starts) +
        " starts were refused; " + n(repeats) + " calls of `crier post` were repeated with their key");
}

/// Whether each post is where it belongs, once.
bool carry_out(Bed& bed, const Options& options, const Plan& plan) {
    Feeder feeder{bed, plan};
    const Tally tally = kill_often(bed, feeder, plan);
    const std::vector<Wanted> wanted = drain(bed, feeder, plan);
    const std::vector<json::object> outbox = bed.outbox();
    const int code = bed.stop();
    const json::array statuses = bed.sandbox().statuses();
    tell(tally, bed.disk().refused(), feeder.repeats());
    const Verdict by_server = judge(wanted, statuses);
    const Verdict by_outbox = judge_outbox(outbox, statuses);
    show(by_server);
    show(by_outbox);
    if (code != 0)
        say("the daemon ended with " + std::to_string(code));
    if (code != 0 || !by_server.good() || !by_outbox.good() || tally.kills < options.kills)
        return false;
    std::size_t pictures = 0;
    for (const json::value& status : statuses)
        pictures += status.at("media").as_array().empty() ? 0U : 1U;
    say("good: " + std::to_string(statuses.size()) + " posts, " + std::to_string(pictures) +
        " with a picture, each on its account exactly once; 0 lost, 0 doubled");
    return true;
}

int run(const Options& options) {
    const auto begun = Steady::now();
    const std::string seed = std::to_string(options.seed);
    const Plan plan =
        make_plan(options, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    say("seed " + seed + ": " + std::to_string(options.kills) + " kills, " + std::to_string(options.posts) +
        " posts, " + options.server);
    Bed bed{options, plan};
    bool fine = false;
    try {
        fine = carry_out(bed, options, plan);
    } catch (const std::exception& error) {
        say(error.what());
    }
    const auto took = std::chrono::duration_cast<std::chrono::seconds>(Steady::now() - begun);
    say("after " + std::to_string(took.count()) + " s");
    if (fine)
        return 0;
    const std::filesystem::path kept = std::filesystem::temp_directory_path() / ("crier-crash-" + seed);
    std::error_code ignored;
    std::filesystem::remove_all(kept, ignored);
    std::filesystem::copy(bed.directory().path(), kept, std::filesystem::copy_options::recursive, ignored);
    say("FAILED: the store, the configuration and what each life said are in " + kept.string() +
        "; the same plan again: --seed " + seed);
    return 1;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(read_options(argc, argv));
    } catch (const std::exception& error) {
        say(error.what());
        return 1;
    }
}
