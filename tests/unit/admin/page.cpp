#include "admin/page.hpp"

#include "desk.hpp"

using namespace crier;
using namespace crier::test;

namespace {

std::string header_of_page(const LocalResponse& response, std::string_view name) {
    for (const auto& [known, value] : response.headers)
        if (known == name)
            return value;
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(admin_page)

BOOST_AUTO_TEST_CASE(style_and_script_are_put_in_and_allowed_by_their_digests) {
    const admin::Page page =
        admin::assemble({"<head>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head><body>\n<script "
                         "src=\"app.js\" defer></script>\n</body>",
                         "p { color: red }\n", "say('</p>');\n"});
    BOOST_TEST(page.html == "<head>\n<style>p { color: red }\n</style>\n</head><body>\n<script>say('</p>');\n"
                            "</script>\n</body>");
    // As `openssl dgst -sha256 -binary | base64` has them.
    BOOST_TEST(page.policy ==
               "default-src 'none'; script-src 'sha256-I2G+pZjoE1iM9K51GIAhEK3qLOvlvxQByNmPVdt1ZTI='; "
               "style-src 'sha256-Bobe6CYX5zxHHYfLPTOtWPQ5noNsHWzCunyLdPCF74I='; "
               "connect-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; "
               "form-action 'self'; base-uri 'none'");
    const admin::Page bare = admin::assemble({"<p>", "a", "b"});
    BOOST_TEST(bare.html == "<p>");
    BOOST_TEST(bare.policy.starts_with("default-src 'none'; script-src 'none'; style-src 'none';"));
    const admin::Page module = admin::assemble({"<script type=\"module\" src=\"app.js\"></script>", "", "x"});
    BOOST_TEST(module.html == "<script type=\"module\">x</script>");
}

BOOST_AUTO_TEST_CASE(the_page_that_is_shipped_is_whole_and_needs_nothing_else) {
    const admin::Page& page = admin::own_page();
    BOOST_TEST(page.html.find("<style>") != std::string::npos);
    BOOST_TEST(page.html.size() < 144U * 1024U);
    BOOST_TEST(page.gzipped.size() < 44U * 1024U);
    BOOST_TEST(page.html.find("style.css\"") == std::string::npos);
    BOOST_TEST(page.html.find("app.js\"") == std::string::npos);
    BOOST_TEST(page.policy.find("'none'; style-src") == std::string::npos, page.policy);
    BOOST_TEST(page.policy.find("unsafe") == std::string::npos);
    // A script that holds its own end tag would end there.
    const std::size_t end = page.html.find("</script");
    BOOST_REQUIRE(end != std::string::npos);
    BOOST_TEST(page.html.find("</script", end + 1) == std::string::npos);
    BOOST_TEST(page.html.find(" style=\"") == std::string::npos); // the policy would not let it through
    BOOST_TEST(page.html.find(" onclick=") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(it_is_compressed_for_those_who_take_that) {
    for (const std::string yes : {"gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "*", "GZIP"})
        BOOST_TEST(admin::takes_gzip(yes), yes);
    for (const std::string no : {"", "br", "identity", "gzip;q=0", "gzip; q=0.0, br", "xgzip"})
        BOOST_TEST(!admin::takes_gzip(no), no);
    const admin::Page& page = admin::own_page();
    LocalRequest request;
    const LocalResponse plain = admin::page_response(page, request);
    BOOST_TEST(plain.body == page.html);
    BOOST_TEST(plain.content_type == "text/html; charset=utf-8");
    BOOST_TEST(header_of_page(plain, "Content-Security-Policy") == page.policy);
    BOOST_TEST(header_of_page(plain, "Content-Encoding") == "");
    request.headers.emplace_back("accept-encoding", "gzip");
    const LocalResponse small = admin::page_response(page, request);
    BOOST_TEST(header_of_page(small, "Content-Encoding") == "gzip");
    BOOST_TEST(header_of_page(small, "Vary") == "Accept-Encoding");
    BOOST_TEST(small.body.starts_with("\x1f\x8b"));
    BOOST_TEST(small.body.size() < plain.body.size());
}

BOOST_AUTO_TEST_SUITE_END()
