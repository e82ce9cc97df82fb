#include "net/proxy.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;

namespace {

/// "host port" of the proxy, "direct", or "error".
std::string way(const std::string& url, const net::ProxySettings& settings) {
    const Result<std::optional<net::Proxy>> proxy = net::proxy_for(*net::parse_url(url), settings);
    if (!proxy)
        return "error";
    return *proxy ? (*proxy)->host + " " + (*proxy)->port : "direct";
}

net::ProxySettings settings(std::string https, std::string http = {}, std::string none = {}) {
    return net::ProxySettings{std::move(https), std::move(http), std::move(none)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(proxy)

BOOST_AUTO_TEST_CASE(each_scheme_has_its_own) {
    const auto both = settings("http://secure.proxy:3128", "plain.proxy:8080");
    BOOST_TEST(way("https://e.example/", both) == "secure.proxy 3128");
    BOOST_TEST(way("http://e.example/", both) == "plain.proxy 8080");
    BOOST_TEST(way("http://e.example/", settings("secure.proxy:3128")) == "direct");
    BOOST_TEST(way("https://e.example/", settings("[fd00::1]:3128")) == "fd00::1 3128");
}

BOOST_AUTO_TEST_CASE(loopback_is_never_asked_of_a_proxy) {
    const auto both = settings("p.proxy:1", "p.proxy:1");
    for (const char* url : {"http://localhost/", "https://127.0.0.1/", "http://[::1]:80/", "http://127.1/"})
        BOOST_TEST(way(url, both) == "direct", url);
}

BOOST_AUTO_TEST_CASE(no_proxy_names_what_is_reached_directly) {
    const struct {
        const char* none;
        const char* host;
        bool direct;
    } table[] = {
        {"*", "e.example", true},
        {"e.example", "e.example", true},
        {"E.Example", "e.example", true},
        {"e.example", "www.e.example", true},
        {".e.example", "www.e.example", true},
        {".e.example", "e.example", true},
        {"e.example", "fake-e.example", false},
        {"e.example", "e.example.org", false},
        {"www.e.example", "e.example", false},
        {"a.example, e.example", "e.example", true},
        {"a.example e.example", "e.example", true},
        {",, ,e.example,", "e.example", true},
        {"", "e.example", false},
        {",", "e.example", false},
        {".", "e.example", false},
        {"e.example:8443", "e.example:8443", true},
        {"e.example:8443", "e.example", false},
        {"e.example:443", "e.example", true},
        {"192.168.1.1", "192.168.1.1", true},
        {"1.1", "192.168.1.1", false},
        {"192.168.0.0/16", "192.168.1.1", true},
        {"192.168.3.7/16", "192.168.1.1", true},
        {"192.168.0.0/24", "192.168.1.1", false},
        {"192.168.0.0/99", "192.168.1.1", false},
        {"0.0.0.0/0", "192.168.1.1", true},
        {"192.168.0.0/16", "e.example", false},
        {"fd00::/8", "[fd12::1]", true},
        {"fd00::/8", "[fe80::1]", false},
        {"fd12::1", "[fd12:0::1]", true},
        {"[fd12::1]", "[fd12::1]", true},
        {"[fd12::1]:443", "[fd12::1]", true},
        {"[fd12::1]:444", "[fd12::1]", false},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.none << " and " << row.host) {
            const std::string found =
                way("https://" + std::string{row.host} + "/", settings("p.proxy:1", {}, row.none));
            BOOST_TEST(found == (row.direct ? "direct" : "p.proxy 1"));
        }
}

BOOST_AUTO_TEST_CASE(a_proxy_that_is_not_understood_is_told_without_its_address) {
    for (const char* address :
         {"https://p.proxy:3128", "socks5://p.proxy:1080", "http://user:s3cr3t@p.proxy:3128",
          "user:s3cr3t@p.proxy:3128", "p.proxy:nothing"})
        BOOST_TEST_CONTEXT(address) {
            const auto proxy = net::proxy_for(*net::parse_url("https://e.example/"), settings(address));
            BOOST_REQUIRE(proxy.has_error());
            const Failure failure = proxy.error();
            BOOST_TEST((failure.cause == Cause::config));
            BOOST_TEST(failure.message.find("HTTPS_PROXY") != std::string::npos);
            BOOST_TEST((failure.message + failure.hint).find("s3cr3t") == std::string::npos);
            BOOST_TEST(way("https://e.example/", settings(address, {}, "e.example")) == "direct");
        }
    BOOST_TEST(way("http://e.example/", settings("", "socks5://p.proxy")) == "error");
}

BOOST_AUTO_TEST_SUITE_END()
