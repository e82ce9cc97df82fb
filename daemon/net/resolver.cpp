#include "net/resolver.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace crier::net {

namespace asio = boost::asio;

namespace {

/// Shared with the lookup, which goes on in a thread of Asio's after nobody waits for it any more.
struct Lookup {
    explicit Lookup(const asio::any_io_executor& executor)
        : resolver(executor)
        , done(executor) {}
    asio::ip::tcp::resolver resolver;
    asio::steady_timer done; ///< cancelled when the answer is there
    bool answered = false;
    boost::system::error_code error;
    std::vector<std::string> addresses;
};

/// An IPv6 address first, then by turns: when one family is broken, the other is the next to be tried.
std::vector<std::string> by_turns(const std::vector<std::string>& found) {
    std::vector<std::string> sixes;
    std::vector<std::string> fours;
    for (const std::string& address : found)
        (address.find(':') != std::string::npos ? sixes : fours).push_back(address);
    std::vector<std::string> order;
    for (std::size_t i = 0; i < std::max(sixes.size(), fours.size()); ++i) {
        if (i < sixes.size())
            order.push_back(sixes[i]);
        if (i < fours.size())
            order.push_back(fours[i]);
    }
    return order;
}

class SystemResolver final : public Resolver {
public:
    explicit SystemResolver(asio::any_io_executor executor)
        : executor_(std::move(executor)) {}

    asio::awaitable<Result<std::vector<std::string>>> resolve(std::string host, Duration timeout) override {
        boost::system::error_code numeric;
        (void)asio::ip::make_address(host, numeric);
        if (!numeric) {
            std::vector<std::string> itself{host};
            co_return itself;
        }
        auto lookup = std::make_shared<Lookup>(executor_);
        lookup->done.expires_after(timeout);
        lookup->resolver.async_resolve(
            host, "",
            [lookup](boost::system::error_code error, const asio::ip::tcp::resolver::results_type& results) {
                lookup->answered = true;
                lookup->error = error;
                for (const auto& entry : results)
                    lookup->addresses.push_back(entry.endpoint().address().to_string());
                lookup->done.cancel();
            });
        boost::system::error_code ignored;
        co_await lookup->done.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        if (!lookup->answered) {
            lookup->resolver.cancel();
            co_return Failure{Cause::network, "no answer from the name service for " + host,
                              "is the machine's DNS working? `resolvectl query " + host + "`"};
        }
        if (lookup->error || lookup->addresses.empty())
            co_return Failure{Cause::network,
                              "the name " + host + " is not known (" + lookup->error.message() + ")",
                              "is it spelled right, and is the machine's DNS working?"};
        std::sort(lookup->addresses.begin(), lookup->addresses.end());
        lookup->addresses.erase(std::unique(lookup->addresses.begin(), lookup->addresses.end()),
                                lookup->addresses.end());
        co_return by_turns(lookup->addresses);
    }

private:
    asio::any_io_executor executor_;
};

struct Range {
    std::uint32_t network;
    int bits;
};

constexpr Range closed_v4[] = {
    {0x00000000, 8},  // this network
    {0x0a000000, 8},  // private
    {0x64400000, 10}, // shared (carrier NAT)
    {0x7f000000, 8},  // loopback
    {0xa9fe0000, 16}, // link-local, with the clouds' metadata service
    {0xac100000, 12}, // private
    {0xc0000000, 24}, // protocol assignments
    {0xc0a80000, 16}, // private
    {0xc6120000, 15}, // benchmarks
    {0xe0000000, 3},  // multicast, reserved, broadcast
};

bool is_private_v4(const asio::ip::address_v4& address) {
    const std::uint32_t value = address.to_uint();
    return std::any_of(std::begin(closed_v4), std::end(closed_v4), [value](const Range& range) {
        const std::uint32_t mask = ~std::uint32_t{0} << static_cast<unsigned>(32 - range.bits);
        return (value & mask) == range.network;
    });
}

bool is_private_v6(const asio::ip::address_v6& address) {
    const auto bytes = address.to_bytes();
    if (address.is_v4_mapped())
        return is_private_v4(asio::ip::make_address_v4(asio::ip::v4_mapped, address));
    // 64:ff9b::/96 and 2002::/16 carry an IPv4 address that a translator would reach.
    if (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b)
        return is_private_v4(asio::ip::address_v4{{bytes[12], bytes[13], bytes[14], bytes[15]}});
    if (bytes[0] == 0x20 && bytes[1] == 0x02)
        return is_private_v4(asio::ip::address_v4{{bytes[2], bytes[3], bytes[4], bytes[5]}});
    const bool unique_local = (bytes[0] & 0xfe) == 0xfc;
    const bool link_or_site_local = bytes[0] == 0xfe && (bytes[1] & 0x80) == 0x80;
    return address.is_loopback() || address.is_unspecified() || address.is_multicast() || unique_local ||
           link_or_site_local ||
           std::all_of(bytes.begin(), bytes.begin() + 12, [](unsigned char b) { return b == 0; });
}

} // namespace

std::unique_ptr<Resolver> make_system_resolver(asio::any_io_executor executor) {
    return std::make_unique<SystemResolver>(std::move(executor));
}

bool is_private_address(const std::string& address) {
    boost::system::error_code error;
    const asio::ip::address parsed = asio::ip::make_address(address, error);
    if (error)
        return true;
    return parsed.is_v4() ? is_private_v4(parsed.to_v4()) : is_private_v6(parsed.to_v6());
}

} // namespace crier::net
