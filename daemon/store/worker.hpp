#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace crier::store {

/// A thread with a name for `ps -T`, which takes no signals: those belong to the engine's.
[[nodiscard]] std::thread start_thread(const char* name, std::function<void()> run);

/// Suspends the calling coroutine. `begin` is given a function that resumes it on `engine`, to be called once
/// and from any thread. Not cancellable: what has begun is finished, so the caller's frame stays.
template <class Begin>
boost::asio::awaitable<void> suspend(boost::asio::any_io_executor engine, Begin begin) {
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
        [engine = std::move(engine), begin = std::move(begin)](auto handler) {
            using Guard = boost::asio::executor_work_guard<boost::asio::any_io_executor>;
            auto work = std::make_shared<Guard>(engine);
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            begin([engine, work, shared] { boost::asio::post(engine, [work, shared] { (*shared)(); }); });
        },
        boost::asio::use_awaitable);
}

/// One thread that carries out jobs in the order in which they came, as many at a time as are waiting: so
/// writes that came together can share a commit. Started with the first job.
///
/// Thread: push() from any.
template <class Job>
class Worker {
public:
    using Run = std::function<void(std::vector<Job>)>;

    Worker(const char* name, Run run)
        : name_(name)
        , run_(std::move(run)) {}
    ~Worker() { finish(); }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void push(Job job) {
        {
            const std::lock_guard lock{mutex_};
            jobs_.push_back(std::move(job));
            if (!thread_.joinable())
                thread_ = start_thread(name_, [this] { loop(); });
        }
        wake_.notify_one();
    }

    /// Returns when all that was pushed is done; nothing may be pushed after it.
    void finish() {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
        }
        wake_.notify_one();
        if (thread_.joinable())
            thread_.join();
    }

private:
    void loop() {
        std::unique_lock lock{mutex_};
        for (;;) {
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (jobs_.empty())
                return;
            std::vector<Job> taken;
            taken.swap(jobs_);
            lock.unlock();
            run_(std::move(taken));
            lock.lock();
        }
    }

    const char* name_;
    Run run_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Job> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace crier::store
