// Two addresses: one, and in the second line where it leads.

#include "fuzzing.hpp"
#include "net/url.hpp"

using namespace crier;

namespace {

void check(const net::Url& url) {
    fuzz::must(!url.host.empty() && !url.port.empty() && url.target.starts_with('/'),
               "an address has its parts");
    fuzz::must((url.host + url.port + url.target).find_first_of(std::string_view("\r\n \t\0", 5)) ==
                   std::string::npos,
               "nothing in an address ends a line of HTTP");
    const auto again = net::parse_url(url.text());
    fuzz::must(again.has_value(), "an address can be read back");
    fuzz::must(again->text() == url.text(), "and is the same then");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const auto base = net::parse_url(in.line());
    if (!base)
        return 0;
    check(*base);
    if (const auto target = net::resolve_url(*base, in.rest()))
        check(*target);
    return 0;
}
