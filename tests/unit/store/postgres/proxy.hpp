#pragma once

#include "support/temporary.hpp"

#include <atomic>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <list>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace crier::test {

/// Stands between a store and its server, and cuts the connection where a test wants it.
class Proxy {
public:
    enum class Cut {
        before, ///< what the client sent does not arrive
        half,   ///< a part of it does
        after,  ///< it does, and the answer gets lost
    };

    explicit Proxy(const std::string& server)
        : server_(server)
        , listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
        , bell_(::eventfd(0, EFD_CLOEXEC)) {
        const sockaddr_un at = address(folder_.path());
        if (::bind(listener_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
            ::listen(listener_, 8) != 0)
            throw std::runtime_error{"proxy"};
        thread_ = std::thread{[this] { loop(); }};
    }
    ~Proxy() {
        const std::uint64_t one = 1;
        (void)!::write(bell_, &one, sizeof one);
        thread_.join();
        for (const Pair& pair : pairs_)
            close(pair);
        ::close(listener_);
        ::close(bell_);
    }
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;

    [[nodiscard]] const std::string& folder() const noexcept { return folder_.path(); }
    /// At what the client sends for the `nth` time from now on.
    void cut(int nth, Cut how) {
        how_ = how;
        left_ = nth;
    }
    void refuse(bool refuse) { refuse_ = refuse; }
    [[nodiscard]] bool has_cut() const { return left_ == 0; }

private:
    struct Pair {
        int client;
        int server;
    };

    static sockaddr_un address(const std::string& folder) {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        const std::string path = folder + "/.s.PGSQL.5432";
        std::memcpy(at.sun_path, path.data(), path.size());
        return at;
    }
    static void close(const Pair& pair) {
        ::close(pair.client);
        ::close(pair.server);
    }

    void loop() {
        for (;;) {
            std::vector<pollfd> wait{{bell_, POLLIN, 0}, {listener_, POLLIN, 0}};
            for (const Pair& pair : pairs_) {
                wait.push_back({pair.client, POLLIN, 0});
                wait.push_back({pair.server, POLLIN, 0});
            }
            (void)::poll(wait.data(), wait.size(), -1);
            if (wait[0].revents != 0)
                return;
            std::size_t at = 2;
            for (auto pair = pairs_.begin(); pair != pairs_.end(); at += 2) {
                const bool open = (wait[at].revents == 0 || from_client(*pair)) &&
                                  (wait[at + 1].revents == 0 || pass(pair->server, pair->client));
                if (!open)
                    close(*pair);
                pair = open ? std::next(pair) : pairs_.erase(pair);
            }
            if (wait[1].revents != 0)
                take();
        }
    }

    void take() {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_un at = address(server_);
        if (refuse_ || ::connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0)
            close({client, server});
        else
            pairs_.push_back({client, server});
    }

    bool from_client(const Pair& pair) {
        char data[65536];
        const ssize_t size = ::read(pair.client, data, sizeof data);
        if (size <= 0)
            return false;
        std::size_t send = static_cast<std::size_t>(size);
        const bool cut = left_ > 0 && --left_ == 0;
        if (cut && how_ != Cut::after)
            send = how_ == Cut::half ? send / 2 : 0;
        if (send > 0 && ::send(pair.server, data, send, MSG_NOSIGNAL) < 0)
            return false;
        if (cut && how_ == Cut::after) {
            // Done is what was asked when the answer is there; what was asked may come in several pieces.
            pollfd ends[] = {{pair.server, POLLIN, 0}, {pair.client, POLLIN, 0}};
            while (::poll(ends, 2, 5000) > 0 && ends[0].revents == 0)
                if (!pass(pair.client, pair.server))
                    break;
        }
        return !cut;
    }

    static bool pass(int from, int to) {
        char data[65536];
        const ssize_t size = ::read(from, data, sizeof data);
        return size > 0 && ::send(to, data, static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
    }

    TemporaryDirectory folder_{"/tmp"};
    std::string server_;
    int listener_;
    int bell_;
    std::atomic<int> left_{-1};
    std::atomic<Cut> how_{Cut::before};
    std::atomic<bool> refuse_{false};
    std::list<Pair> pairs_;
    std::thread thread_;
};

} // namespace crier::test
