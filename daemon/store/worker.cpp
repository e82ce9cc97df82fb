#include "store/worker.hpp"

#include <csignal>
#include <pthread.h>

namespace crier::store {

std::thread start_thread(const char* name, std::function<void()> run) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    // A thread begins with its maker's mask.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread{[name, run = std::move(run)] {
        pthread_setname_np(pthread_self(), name);
        run();
    }};
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace crier::store
