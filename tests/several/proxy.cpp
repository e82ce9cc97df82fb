#include "proxy.hpp"

#include <array>
#include <atomic>
#include <cstring>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace crier::test {

namespace {

sockaddr_un address_in(const std::string& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = folder + "/.s.PGSQL.5432";
    if (path.size() >= sizeof address.sun_path)
        throw std::runtime_error{path + ": too long for a socket"};
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

/// Two ends; what comes from one goes to the other.
struct Pair {
    int client = -1;
    int server = -1;
};

/// False: one end is gone.
bool pass_on(int from, int to) {
    std::array<char, 65536> bytes; // NOLINT: filled before it is read
    const ssize_t got = ::recv(from, bytes.data(), bytes.size(), 0);
    if (got <= 0)
        return false;
    for (ssize_t sent = 0; sent < got;) {
        const ssize_t more =
            ::send(to, bytes.data() + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
        if (more <= 0)
            return false;
        sent += more;
    }
    return true;
}

} // namespace

struct CutProxy::State {
    int listener = -1;
    std::string server;
    std::atomic<bool> cut = false;
    std::atomic<bool> ending = false;
    std::vector<Pair> pairs;
    std::thread thread;

    void accept_one() {
        Pair pair;
        pair.client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (pair.client < 0)
            return;
        pair.server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_un to = address_in(server);
        if (::connect(pair.server, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
            ::close(pair.client);
            ::close(pair.server);
            return;
        }
        pairs.push_back(pair);
    }

    void run() {
        while (!ending) {
            std::vector<pollfd> ready{{listener, POLLIN, 0}};
            for (const Pair& pair : pairs) {
                ready.push_back({pair.client, POLLIN, 0});
                ready.push_back({pair.server, POLLIN, 0});
            }
            if (cut) { // whatever comes waits where it is
                ::usleep(20000);
                continue;
            }
            if (::poll(ready.data(), ready.size(), 50) <= 0)
                continue;
            std::vector<Pair> left;
            for (std::size_t i = 0; i < pairs.size(); ++i) {
                bool there = true;
                if (ready[1 + 2 * i].revents != 0)
                    there = pass_on(pairs[i].client, pairs[i].server);
                if (there && ready[2 + 2 * i].revents != 0)
                    there = pass_on(pairs[i].server, pairs[i].client);
                if (there) {
                    left.push_back(pairs[i]);
                    continue;
                }
                ::close(pairs[i].client);
                ::close(pairs[i].server);
            }
            pairs.swap(left);
            if (ready[0].revents != 0)
                accept_one();
        }
        for (const Pair& pair : pairs) {
            ::close(pair.client);
            ::close(pair.server);
        }
    }
};

CutProxy::CutProxy(const std::string& folder, const std::string& server)
    : state_(std::make_unique<State>()) {
    state_->server = server;
    state_->listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un at = address_in(folder);
    if (::bind(state_->listener, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 ||
        ::listen(state_->listener, 16) != 0)
        throw std::runtime_error{"the proxy cannot listen in " + folder};
    state_->thread = std::thread{[state = state_.get()] { state->run(); }};
}

CutProxy::~CutProxy() {
    state_->ending = true;
    state_->thread.join();
    ::close(state_->listener);
}

void CutProxy::cut(bool on) {
    state_->cut = on;
}

} // namespace crier::test
