#include "net/redirects.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;

namespace {

HttpResponse leads(int status, const std::string& to) {
    HttpResponse response;
    response.status = status;
    response.headers.emplace_back("location", to);
    return response;
}

const net::Url start = *net::parse_url("https://e.example/feed?key=s3cr3t");

} // namespace

BOOST_AUTO_TEST_SUITE(redirects)

BOOST_AUTO_TEST_CASE(which_responses_lead_on) {
    for (const int status : {301, 302, 303, 307, 308})
        BOOST_TEST(net::is_redirect(leads(status, "/x")), status);
    for (const int status : {200, 201, 300, 304, 305, 306, 400, 404})
        BOOST_TEST(!net::is_redirect(leads(status, "/x")), status);
    HttpResponse nowhere;
    nowhere.status = 302;
    BOOST_TEST(!net::is_redirect(nowhere));
}

BOOST_AUTO_TEST_CASE(five_are_followed_and_the_sixth_not) {
    net::Redirects redirects{start, false};
    net::Url at = start;
    for (int i = 1; i <= 5; ++i) {
        const Result<net::Url> next = redirects.follow(at, leads(302, "/" + std::to_string(i)));
        BOOST_REQUIRE(next.has_value());
        at = *next;
    }
    BOOST_TEST(at.text() == "https://e.example/5");
    const Result<net::Url> sixth = redirects.follow(at, leads(302, "/6"));
    BOOST_REQUIRE(sixth.has_error());
    BOOST_TEST((sixth.error().cause == Cause::server));
    BOOST_TEST(sixth.error().message ==
               "https://e.example/feed leads from one address to the next, more than 5 times");
}

BOOST_AUTO_TEST_CASE(only_what_is_for_good_from_the_first_on_is_a_new_address) {
    const struct {
        std::vector<int> statuses;
        const char* moved_to;
    } table[] = {
        {{301}, "https://e.example/1"},
        {{308}, "https://e.example/1"},
        {{301, 308}, "https://e.example/2"},
        {{301, 302}, "https://e.example/1"},
        {{301, 302, 301}, "https://e.example/1"},
        {{302}, ""},
        {{303}, ""},
        {{307}, ""},
        {{302, 301}, ""},
    };
    for (const auto& row : table) {
        net::Redirects redirects{start, false};
        int n = 0;
        for (const int status : row.statuses)
            BOOST_REQUIRE(redirects.follow(start, leads(status, "/" + std::to_string(++n))).has_value());
        BOOST_TEST(redirects.moved_to() == row.moved_to);
    }
}

BOOST_AUTO_TEST_CASE(what_leads_from_https_to_http_is_no_new_address) {
    net::Redirects redirects{start, false};
    const Result<net::Url> plain = redirects.follow(start, leads(301, "http://e.example/1"));
    BOOST_REQUIRE(plain.has_value()); // followed all the same
    BOOST_TEST(redirects.moved_to() == "");
    BOOST_TEST(redirects.follow(*plain, leads(301, "https://e.example/2")).has_value());
    BOOST_TEST(redirects.moved_to() == "");
    net::Redirects later{start, false};
    BOOST_TEST(later.follow(start, leads(308, "/1")).has_value());
    BOOST_TEST(later.follow(start, leads(308, "http://e.example/2")).has_value());
    BOOST_TEST(later.moved_to() == "https://e.example/1");
    net::Redirects up{*plain, false};
    BOOST_TEST(up.follow(*plain, leads(301, "https://e.example/1")).has_value());
    BOOST_TEST(up.moved_to() == "https://e.example/1");
}

BOOST_AUTO_TEST_CASE(a_secret_does_not_go_on_in_the_clear) {
    net::Redirects secret{start, true};
    const Result<net::Url> refused = secret.follow(start, leads(302, "http://e.example/feed?key=s3cr3t"));
    BOOST_REQUIRE(refused.has_error());
    BOOST_TEST(refused.error().message ==
               "https://e.example/feed leads from https to plain http://e.example/feed");
    BOOST_TEST(secret.follow(start, leads(302, "https://other.example/")).has_value());
    net::Redirects open{start, false};
    BOOST_TEST(open.follow(start, leads(302, "http://e.example/feed")).has_value());
}

BOOST_AUTO_TEST_CASE(where_no_request_can_go_is_told) {
    for (const char* to : {"ftp://e.example/", "javascript:alert(1)", "https://user:s3cr3t@e.example/",
                           "http://e.example:0/"}) {
        net::Redirects redirects{start, false};
        const Result<net::Url> next = redirects.follow(start, leads(301, to));
        BOOST_REQUIRE(next.has_error());
        BOOST_TEST_CONTEXT(next.error().message) {
            BOOST_TEST((next.error().cause == Cause::server));
            BOOST_TEST(next.error().message.find("https://e.example/feed leads to no usable address: ") ==
                       0U);
            BOOST_TEST(next.error().message.find("s3cr3t") == std::string::npos);
            BOOST_TEST(redirects.moved_to().empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
