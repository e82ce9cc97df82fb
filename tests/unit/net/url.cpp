#include "net/url.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using net::parse_url;

BOOST_AUTO_TEST_SUITE(url)

BOOST_AUTO_TEST_CASE(an_address_is_taken_apart_and_put_together) {
    const struct {
        const char* text;
        const char* host;
        const char* port;
        const char* target;
        const char* whole;
    } table[] = {
        {"https://example.org", "example.org", "443", "/", "https://example.org/"},
        {"HTTPS://Example.ORG:443/A?b=C#d", "example.org", "443", "/A?b=C", "https://example.org/A?b=C"},
        {"http://example.org:8080?x", "example.org", "8080", "/?x", "http://example.org:8080/?x"},
        {"http://example.org:080/", "example.org", "80", "/", "http://example.org/"},
        {"https://example.org:/", "example.org", "443", "/", "https://example.org/"},
        {"https://example.org./", "example.org", "443", "/", "https://example.org/"},
        {"http://[::1]:3000/", "::1", "3000", "/", "http://[::1]:3000/"},
        {"http://[0:0::0:1]/", "::1", "80", "/", "http://[::1]/"},
        {"http://[::FFFF:127.0.0.1]/", "::ffff:127.0.0.1", "80", "/", "http://[::ffff:127.0.0.1]/"},
        {"http://127.0.0.1.example/", "127.0.0.1.example", "80", "/", "http://127.0.0.1.example/"},
        {"https://e.example//a/../b#c?d", "e.example", "443", "//a/../b", "https://e.example//a/../b"},
        {"https://my_host-1.example/", "my_host-1.example", "443", "/", "https://my_host-1.example/"},
        {"https://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example", "443", "/",
         "https://xn--mnchen-3ya.example/"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text) {
            const Result<net::Url> read = parse_url(row.text);
            BOOST_REQUIRE(read.has_value());
            BOOST_TEST(read->host == row.host);
            BOOST_TEST(read->port == row.port);
            BOOST_TEST(read->target == row.target);
            BOOST_TEST(read->text() == row.whole);
        }
}

BOOST_AUTO_TEST_CASE(what_people_write_is_escaped) {
    BOOST_TEST(parse_url(" https://e.example/ein Bild.jpg\n")->target == "/ein%20Bild.jpg");
    BOOST_TEST(parse_url("https://e.example/M\xc3\xbcnchen?q=\"a\"|b")->target ==
               "/M%C3%BCnchen?q=%22a%22%7Cb");
    BOOST_TEST(parse_url("https://e.example/100%")->target == "/100%25");
    BOOST_TEST(parse_url("https://e.example/a%2Fb%2")->target == "/a%2Fb%252");
}

BOOST_AUTO_TEST_CASE(other_spellings_of_an_address_are_that_address) {
    for (const char* text : {"http://2130706433/", "http://0x7f000001/", "http://017700000001/",
                             "http://127.1/", "http://0x7f.1/", "http://127.0.0.1./"})
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(parse_url(text)->host == "127.0.0.1");
        }
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_told_without_what_may_be_a_password) {
    const struct {
        const char* text;
        const char* words;
    } table[] = {
        {"", "does not read as an address"},
        {"http:example.org", "http:example.org does not read as an address"},
        {"https:///feed.xml", "names no host"},
        {"example.org", "example.org does not read as an address"},
        {"/feed.xml", "/feed.xml does not read as an address"},
        {"https://", "names no host"},
        {"ftp://example.org/", "ftp://example.org/ is no http or https address"},
        {"mailto:a@example.org", "is no http or https address"},
        {"https://user:s3cr3t@example.org/", "https://...@example.org/ has a user name or password"},
        {"https://s3cr3t@example.org/", "https://...@example.org/ has a user name or password"},
        {"https://user:s3/cr3t@example.org/", "https://...@example.org/ names no possible port"},
        {"https://user:s3cr3t@exa mple.org/", "has a user name or password"},
        {"https://user:s3cr3t@[::1/", "has a user name or password"},
        {"user:s3cr3t@example.org", "...@example.org is no http or https address"},
        {"http://[::1/", "names a host with other signs"},
        {"http://[127.0.0.1]/", "no IPv6 address in its brackets"},
        {"http://[fe80::1%25eth0]/", "no IPv6 address in its brackets"},
        {"http://[2001:db8::<]/", "no IPv6 address in its brackets"},
        {"http://[::1]x/", "names a host with other signs"},
        {"http://a:1:2/", "names no possible port"},
        {"http://a:+1/", "names no possible port"},
        {"https://example.org:99999/?key=s3cr3t", "https://example.org:99999/ names no possible port"},
        {"https://example.org:0/", "names no possible port"},
        {"https://example.org:http/@somebody?key=s3cr3t", "names no possible port"},
        {"https://e.example/\r\nX: y", "a control character"},
        {"https://e%0d%0aX:1/", "names a host with other signs"},
        {"https://e%0d%0aX/", "names a host with other signs"},
        {"https://example../", "nothing between two dots"},
        {"https://a..example/", "nothing between two dots"},
        {"https://.example/", "nothing between two dots"},
        {"https://e example/", "names a host with other signs"},
        {"https://m\xc3\xbcnchen.example/", "https://m%C3%BCnchen.example/ names a host with other signs"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.text) {
            const Result<net::Url> read = parse_url(row.text);
            BOOST_REQUIRE(read.has_error());
            const Failure failure = read.error();
            BOOST_TEST((failure.cause == Cause::config));
            BOOST_TEST_CONTEXT(failure.message) {
                BOOST_TEST(failure.message.find(row.words) != std::string::npos);
                BOOST_TEST(failure.message.find("s3") == std::string::npos);
            }
        }
    BOOST_TEST(parse_url("https://m\xc3\xbcnchen.example/").error().hint.find("xn--") != std::string::npos);
    BOOST_TEST(parse_url("/@somebody").error().message.find("/@somebody ") == 0U);
}

BOOST_AUTO_TEST_CASE(a_reference_leads_on_from_where_it_stands) {
    const net::Url base = *parse_url("https://example.org/a/b?c");
    const struct {
        const char* reference;
        const char* whole;
    } table[] = {
        {"/feed", "https://example.org/feed"},
        {"d", "https://example.org/a/d"},
        {"../d?e", "https://example.org/d?e"},
        {"./d/.", "https://example.org/a/d/"},
        {"../../../d", "https://example.org/d"},
        {"..", "https://example.org/"},
        {".", "https://example.org/a/"},
        {"/x/../y/./z/..?u/../v", "https://example.org/y/?u/../v"},
        {"d#/e?f", "https://example.org/a/d"},
        {"#f", "https://example.org/a/b?c"},
        {"d/e:f", "https://example.org/a/d/e:f"},
        {"//127.0.0.1.example/x", "https://127.0.0.1.example/x"},
        {"HTTP://other.example:80", "http://other.example/"},
        {"?e", "https://example.org/a/b?e"},
        {"//other.example/x", "https://other.example/x"},
        {"http://other.example", "http://other.example/"},
        {"/ein Weg", "https://example.org/ein%20Weg"},
        {"", "https://example.org/a/b?c"},
    };
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.reference) {
            const Result<net::Url> led = net::resolve_url(base, row.reference);
            BOOST_REQUIRE(led.has_value());
            BOOST_TEST(led->text() == row.whole);
        }
    for (const char* reference : {"ftp://e.example/", "https://user:s3cr3t@e.example/", "http://e:port/",
                                  "http:x", "d:e", "//", "\x01"})
        BOOST_TEST_CONTEXT(reference) {
            const Result<net::Url> led = net::resolve_url(base, reference);
            BOOST_REQUIRE(led.has_error());
            BOOST_TEST((led.error().cause == Cause::server));
            BOOST_TEST(led.error().message.find("s3cr3t") == std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(an_origin_is_scheme_host_and_port) {
    const auto same = [](const char* a, const char* b) { return parse_url(a)->same_origin(*parse_url(b)); };
    BOOST_TEST(same("https://e.example/a", "https://E.example:443/b"));
    BOOST_TEST(!same("https://e.example/", "http://e.example/"));
    BOOST_TEST(!same("https://e.example/", "https://e.example:444/"));
    BOOST_TEST(!same("https://e.example/", "https://www.e.example/"));
}

BOOST_AUTO_TEST_CASE(loopback_as_it_is_written) {
    for (const char* text : {"http://localhost/", "http://LocalHost./", "http://127.0.0.1/",
                             "http://127.9.8.7/", "http://[::1]/", "http://2130706433/"})
        BOOST_TEST(net::is_loopback_name(parse_url(text)->host), text);
    for (const char* text : {"http://localhost.example/", "http://128.0.0.1/", "http://[::2]/",
                             "http://127.0.0.1.example/", "http://[::ffff:127.0.0.1]/"})
        BOOST_TEST(!net::is_loopback_name(parse_url(text)->host), text);
}

BOOST_AUTO_TEST_CASE(what_is_shown_leaves_out_the_query) {
    BOOST_TEST(parse_url("https://e.example/feed?key=s3cr3t")->shown() == "https://e.example/feed");
}

BOOST_AUTO_TEST_SUITE_END()
