#include "kit/address.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using crier::kit::absolute_address;

namespace {

struct Address {
    std::string reference;
    std::string base;
    std::string result;
};
std::ostream& operator<<(std::ostream& out, const Address& address) {
    return out << address.reference << " from " << address.base;
}

const std::string page = "https://example.org/a/b/c?q=1#f";

const Address addresses[] = {
    {"https://other.example/x", page, "https://other.example/x"},
    {"HTTP://other.example/x", page, "HTTP://other.example/x"},
    {"  https://other.example/x \n", page, "https://other.example/x"},
    {"//other.example/x", page, "https://other.example/x"},
    {"/x", page, "https://example.org/x"},
    {"x", page, "https://example.org/a/b/x"},
    {"./x", page, "https://example.org/a/b/x"},
    {"../x", page, "https://example.org/a/x"},
    {"../../x", page, "https://example.org/x"},
    {"../../../x", page, "https://example.org/x"},
    {".", page, "https://example.org/a/b/"},
    {"..", page, "https://example.org/a/"},
    {"x/../y/./z", page, "https://example.org/a/b/y/z"},
    {"x//y", page, "https://example.org/a/b/x//y"},
    {"x?a=../b", page, "https://example.org/a/b/x?a=../b"},
    {"?x=2", page, "https://example.org/a/b/c?x=2"},
    {"#top", page, "https://example.org/a/b/c?q=1#top"},
    {"x", "https://example.org", "https://example.org/x"},
    {"?x", "https://example.org", "https://example.org/?x"},
    {"/", "https://example.org?q", "https://example.org/"},
    {"https://example.org/a b", page, "https://example.org/a%20b"},
    {"https://example.org/a\n    b", page, "https://example.org/a%20%20%20%20b"},
    {"https://example.org/?a=1&amp;b=2", page, "https://example.org/?a=1&b=2"},
    {"https://example.org/?a=1&copy=2", page, "https://example.org/?a=1&copy=2"},
    {"/straße", page, "https://example.org/straße"},
    // what nobody can follow
    {"", page, ""},
    {"   ", page, ""},
    {"mailto:jo@example.org", page, ""},
    {"javascript:alert(1)", page, ""},
    {"data:image/png;base64,AAAA", page, ""},
    {"ftp://example.org/x", page, ""},
    {"https://", page, ""},
    {"https:///x", page, ""},
    {"///x", page, ""},
    {"x", "", ""},
    {"x", "ftp://example.org/", ""},
    {"x", "about:blank", ""},
    {"https://example.org/" + std::string(9000, 'x'), page, ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(addresses_of_links)

BOOST_DATA_TEST_CASE(lead_from_a_base, addresses) {
    BOOST_TEST(absolute_address(sample.reference, sample.base) == sample.result);
}

BOOST_AUTO_TEST_SUITE_END()
