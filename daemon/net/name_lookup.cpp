#include "net/name_lookup.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>

namespace crier::net {

Result<Addresses> ask_system(const std::string& host) {
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int error = ::getaddrinfo(host.c_str(), nullptr, &wanted, &list);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> end{list, [](addrinfo* first) {
                                                                 if (first != nullptr)
                                                                     ::freeaddrinfo(first);
                                                             }};
    if (error == EAI_AGAIN || error == EAI_FAIL)
        return Failure{Cause::network,
                       "the name service has no answer for " + host + " (" + ::gai_strerror(error) + ")",
                       "is this machine online, and its DNS working? `getent hosts " + host + "`"};
    if (error != 0)
        return Failure{Cause::network, "the name " + host + " is not known (" + ::gai_strerror(error) + ")",
                       "is it spelled right?"};
    Addresses found;
    for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0,
                          NI_NUMERICHOST) == 0)
            found.emplace_back(text.data());
    }
    return found;
}

Addresses by_turns(const Addresses& found) {
    const auto six = [](const std::string& address) { return address.find(':') != std::string::npos; };
    Addresses first;
    Addresses second;
    for (const std::string& address : found) {
        Addresses& family = six(address) == six(found.front()) ? first : second;
        if (std::find(family.begin(), family.end(), address) == family.end())
            family.push_back(address);
    }
    Addresses order;
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            order.push_back(first[i]);
        if (i < second.size())
            order.push_back(second[i]);
    }
    return order;
}

} // namespace crier::net
