#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace crier::store {

/// One thread that carries out jobs in the order in which they came, as many at a time as are waiting: so
/// writes that came together can share a commit. Started with the first job.
///
/// Thread: push() from any.
template <class Job>
class Worker {
public:
    using Run = std::function<void(std::vector<Job>)>;

    explicit Worker(Run run)
        : run_(std::move(run)) {}
    ~Worker() {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
        }
        wake_.notify_one();
        if (thread_.joinable())
            thread_.join(); // what was pushed is done first
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void push(Job job) {
        {
            const std::lock_guard lock{mutex_};
            jobs_.push_back(std::move(job));
            if (!thread_.joinable())
                thread_ = std::thread{[this] { loop(); }};
        }
        wake_.notify_one();
    }

private:
    void loop() {
        std::unique_lock lock{mutex_};
        for (;;) {
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (jobs_.empty())
                return;
            std::vector<Job> taken;
            taken.reserve(jobs_.size());
            for (Job& job : jobs_)
                taken.push_back(std::move(job));
            jobs_.clear();
            lock.unlock();
            run_(std::move(taken));
            lock.lock();
        }
    }

    Run run_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace crier::store
