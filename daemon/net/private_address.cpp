#include "net/private_address.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace crier::net {

namespace ip = boost::asio::ip;

namespace {

struct Range4 {
    std::uint32_t network;
    unsigned bits;
};

constexpr Range4 closed_v4[] = {
    {0x00000000, 8},  // this network
    {0x0a000000, 8},  // private
    {0x64400000, 10}, // shared (carrier NAT); Alibaba's metadata
    {0x7f000000, 8},  // loopback
    {0xa83f8110, 32}, // Azure's metadata
    {0xa9fe0000, 16}, // link-local; the other clouds' metadata
    {0xac100000, 12}, // private
    {0xc0000000, 24}, // protocol assignments; Oracle's metadata
    {0xc0a80000, 16}, // private
    {0xc6120000, 15}, // benchmarks
    {0xe0000000, 3},  // multicast, reserved, broadcast
};

bool is_private_v4(std::uint32_t address) {
    return std::any_of(std::begin(closed_v4), std::end(closed_v4), [address](const Range4& range) {
        return ((address ^ range.network) >> (32 - range.bits)) == 0;
    });
}

struct Range6 {
    std::array<std::uint8_t, 12> network;
    std::size_t bits;
    /// Where the IPv4 address stands that is reached in the end; 0: nowhere, all of it is closed.
    std::size_t v4_at;
};

constexpr Range6 special_v6[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, 12}, // IPv4-mapped
    {{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0}, 96, 12}, // IPv4-translated
    {{0}, 96, 0},                                         // ::, ::1, IPv4-compatible
    {{0x00, 0x64, 0xff, 0x9b}, 96, 12},                   // NAT64
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, 0},        // NAT64 of this network
    {{0x01, 0x00}, 64, 0},                                // discarded
    {{0x20, 0x01, 0x00, 0x00}, 32, 0},                    // Teredo
    {{0x20, 0x02}, 16, 2},                                // 6to4
    {{0xfc}, 7, 0},                                       // unique-local
    {{0xfe, 0x80}, 9, 0},                                 // link-local, site-local
    {{0xff}, 8, 0},                                       // multicast
};

bool in_range(const ip::address_v6::bytes_type& address, const Range6& range) {
    for (std::size_t bit = 0; bit < range.bits; bit += 8) {
        const std::size_t left = range.bits - bit;
        const unsigned mask = left >= 8 ? 0xffU : 0xffU << (8 - left);
        if (((address[bit / 8] ^ range.network[bit / 8]) & mask & 0xffU) != 0)
            return false;
    }
    return true;
}

bool is_private_v6(const ip::address_v6::bytes_type& address) {
    return std::any_of(std::begin(special_v6), std::end(special_v6), [&address](const Range6& range) {
        if (!in_range(address, range))
            return false;
        if (range.v4_at == 0)
            return true;
        std::uint32_t inner = 0;
        for (std::size_t i = 0; i < 4; ++i)
            inner = inner << 8U | address[range.v4_at + i];
        return is_private_v4(inner);
    });
}

} // namespace

bool is_private_address(const std::string& address) {
    boost::system::error_code error;
    const ip::address parsed = ip::make_address(address, error);
    if (error)
        return true;
    return parsed.is_v4() ? is_private_v4(parsed.to_v4().to_uint())
                          : is_private_v6(parsed.to_v6().to_bytes());
}

} // namespace crier::net
