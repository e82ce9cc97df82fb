#include "sys/worker_pool.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <csignal>
#include <deque>
#include <exception>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <utility>
#include <vector>

namespace crier::sys {

namespace asio = boost::asio;

namespace {

class Threads final : public WorkerPool {
public:
    Threads(asio::any_io_executor engine, std::size_t most, std::string name)
        : engine_(std::move(engine))
        , most_(most)
        , name_(name.substr(0, 15)) {}

    ~Threads() override {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
        }
        wake_.notify_all();
        for (std::thread& thread : threads_)
            thread.join();
    }

    asio::awaitable<void> run(std::function<void()> work) override {
        std::exception_ptr error;
        std::function<void()> guarded = [&work, &error] {
            try {
                work();
            } catch (...) {
                error = std::current_exception();
            }
        };
        co_await hand_over(std::move(guarded));
        if (error)
            std::rethrow_exception(error);
    }

private:
    asio::awaitable<void> hand_over(std::function<void()> work) {
        return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
            [this](auto handler, std::function<void()> job) {
                auto guard = std::make_shared<asio::executor_work_guard<asio::any_io_executor>>(engine_);
                auto shared = std::make_shared<decltype(handler)>(std::move(handler));
                push([this, guard, shared, job = std::move(job)] {
                    job();
                    asio::post(engine_, [guard, shared] { (*shared)(); });
                });
            },
            asio::use_awaitable, std::move(work));
    }

    void push(std::function<void()> job) {
        {
            const std::lock_guard lock{mutex_};
            jobs_.push_back(std::move(job));
            // Those that are idle may have been woken for the jobs before this one and not run yet.
            if (idle_ < jobs_.size() && threads_.size() < most_)
                start();
        }
        wake_.notify_one();
    }

    /// Signals belong to the engine's thread: a new one takes none.
    void start() {
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        threads_.emplace_back([this] { loop(); });
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    void loop() {
        pthread_setname_np(pthread_self(), name_.c_str());
        std::unique_lock lock{mutex_};
        for (;;) {
            ++idle_;
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            --idle_;
            if (jobs_.empty())
                return;
            std::function<void()> job = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            job();
            job = nullptr; // what it holds goes here and not under the lock
            lock.lock();
        }
    }

    asio::any_io_executor engine_;
    std::size_t most_;
    std::string name_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> jobs_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

} // namespace

std::unique_ptr<WorkerPool> make_worker_pool(asio::any_io_executor engine, std::size_t threads,
                                             std::string name) {
    return std::make_unique<Threads>(std::move(engine), threads, std::move(name));
}

} // namespace crier::sys
