#include "crash/feeder.hpp"

#include <chrono>
#include <exception>
#include <stdexcept>

namespace crier::crash {

namespace {

/// Longer than any life, any full disk and the daemon's patience with it.
constexpr std::chrono::seconds post_within{60};

} // namespace

Feeder::Feeder(Bed& bed, const Plan& plan)
    : bed_(bed)
    , accounts_(plan.accounts)
    , jobs_(plan.jobs)
    , thread_([this] { work(); }) {}

Feeder::~Feeder() {
    stop_ = true;
    thread_.join();
}

std::string Feeder::trouble() const {
    const std::lock_guard lock{mutex_};
    return trouble_;
}

std::vector<Wanted> Feeder::accepted() const {
    const std::lock_guard lock{mutex_};
    return accepted_;
}

void Feeder::work() {
    try {
        while (!stop_ && done_ < jobs_.size()) {
            if (done_ < allowed_) {
                hand_in(jobs_[done_]);
                ++done_;
            } else {
                test::pause_briefly();
            }
        }
    } catch (const std::exception& error) {
        const std::lock_guard lock{mutex_};
        trouble_ = error.what();
    }
}

void Feeder::hand_in(const Job& job) {
    if (job.item)
        add_item(job);
    else
        post(job);
    const std::string alt = job.picture ? "picture of " + job.text : std::string{};
    const std::lock_guard lock{mutex_};
    if (!job.item) {
        accepted_.push_back({job.account, job.text, alt});
        return;
    }
    for (const std::string& account : accounts_)
        accepted_.push_back({account, job.text, alt});
}

void Feeder::post(const Job& job) {
    std::vector<std::string> command{"post",      job.text,   "--key", "key of " + job.text,
                                     "--account", job.account};
    if (job.picture)
        command.insert(command.end(), {"--media", bed_.picture(), "--alt", "picture of " + job.text});
    test::Finished finished;
    const bool accepted = test::eventually(
        [&] {
            finished = bed_.crier(command);
            repeats_ += finished.code != 0 ? 1U : 0U;
            return finished.code == 0 || stop_;
        },
        post_within);
    if (!accepted)
        throw std::runtime_error("crier post \"" + job.text + "\" was not accepted within a minute: " +
                                 std::to_string(finished.code) + ", " + finished.err);
}

void Feeder::add_item(const Job& job) {
    boost::json::object item;
    item["title"] = job.text;
    if (job.picture) {
        item["picture"] = 1;
        item["picture_alt"] = "picture of " + job.text;
    }
    (void)bed_.sandbox().control("POST", "/sandbox/feed", item);
}

} // namespace crier::crash
