#include "captured_file.hpp"
#include "sys/log.hpp"
#include "sys/redactor.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <ostream>
#include <string>
#include <vector>

using namespace crier;

namespace {

const std::string token = "ZA-Yj3/aBD+8U=Cm7l";

std::string clean(std::string_view text) {
    sys::Redactor redactor;
    redactor.keep_out(Secret{token});
    return redactor.clean(text);
}

struct Case {
    std::string text;
    std::string cleaned;
};
std::ostream& operator<<(std::ostream& out, const Case& c) {
    return out << c.text;
}

const Case cases[] = {
    {"nothing here", "nothing here"},
    {"", ""},
    {token, "[redacted]"},
    {"x" + token + "y" + token, "x[redacted]y[redacted]"},
    {"GET /?t=ZA-Yj3%2FaBD%2B8U%3DCm7l HTTP/1.1", "GET /?t=[redacted] HTTP/1.1"},
    {"GET /?t=ZA-Yj3%2faBD%2b8U%3dCm7l", "GET /?t=[redacted]"},
    {"GET /?t=ZA%2DYj3/aBD%2B8U=Cm7l", "GET /?t=[redacted]"},
    {"GET /?t=%5A%41%2D%59%6A%33%2F%61%42%44%2B%38%55%3D%43%6D%37%6C", "GET /?t=[redacted]"},
    {R"({"t":"ZA-Yj3\/aBD+8U=Cm7l"})", R"({"t":"[redacted]"})"},
    {R"({"t":"ZA-Yj3\/aBD\u002b8U\u003DCm7l"})", R"({"t":"[redacted]"})"},
    {"ZA-Yj3/aBD+8U=Cm7", "ZA-Yj3/aBD+8U=Cm7"}, // not the whole of it
    {"Authorization: Bearer somebody-elses", "Authorization: Bearer [redacted]"},
    {"authorization: bearer  abc, next", "authorization: bearer  [redacted], next"},
    {"Bearer%20abc", "Bearer%20[redacted]"},
    {"Bearer " + token + ")", "Bearer [redacted])"},
    {"Bearer [redacted]", "Bearer [redacted]"},
    {"the word \"Bearer\" stays", "the word \"Bearer\" stays"},
    {"a bearer", "a bearer"},
    {"https://x/?access_token=abc&y=1", "https://x/?access_token=[redacted]&y=1"},
    {R"({"access_token": "abc", "scope":"write"})", R"({"access_token": "[redacted]", "scope":"write"})"},
    {"client_secret=abc", "client_secret=[redacted]"},
    {"access_token is missing", "access_token is missing"},
    {"access_token=", "access_token="},
    {"100% of 5%", "100% of 5%"},
};

/// Everything that one log would have written, in all formats.
std::string all_outputs(const std::string& event, const std::string& message, const std::string& value) {
    std::string all;
    for (const auto format :
         {sys::LogFormat::plain, sys::LogFormat::color, sys::LogFormat::json, sys::LogFormat::journald}) {
        const test::CapturedFile file;
        sys::LogOutput output;
        output.format = format;
        output.file = file.get();
        output.now = [] { return Instant{}; };
        output.journal = [&](const std::vector<std::string>& fields) {
            for (const std::string& field : fields)
                all += field + "\n";
            return true;
        };
        {
            sys::LogSink log{"debug", output};
            log.keep_out(Secret{token});
            for (int i = 0; i < 15; ++i) // so that the repetitions are told of as well
                log.error(event, message, {{"detail", value}, {message, "named"}});
        }
        all += file.text();
    }
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(log_secrets)

/// However many there are, each is found, and the longest of those that begin alike.
BOOST_AUTO_TEST_CASE(ten_thousand_secrets_are_kept_out) {
    sys::Redactor redactor;
    const auto secret = [](int number) { return "tok%en-" + std::to_string(number) + "-of-many"; };
    for (int i = 0; i < 10'000; ++i)
        redactor.keep_out(Secret{secret(i)});
    redactor.keep_out(Secret{"tok%"});
    for (const int i : {0, 17, 9999}) {
        BOOST_TEST(redactor.clean("a " + secret(i) + " b") == "a [redacted] b");
        BOOST_TEST(redactor.clean("%74ok%25en%2D" + std::to_string(i) + "-of-many") == "[redacted]");
    }
    BOOST_TEST(redactor.clean(secret(10'000)) == "[redacted]en-10000-of-many");
}

BOOST_DATA_TEST_CASE(secrets_are_taken_out, cases) {
    BOOST_TEST(clean(sample.text) == sample.cleaned);
}

BOOST_AUTO_TEST_CASE(cleaning_twice_changes_nothing_more) {
    for (const Case& c : cases)
        BOOST_TEST(clean(clean(c.text)) == c.cleaned);
}

BOOST_AUTO_TEST_CASE(of_two_secrets_the_longer_goes_whole) {
    sys::Redactor redactor;
    redactor.keep_out(Secret{"abcdef"});
    redactor.keep_out(Secret{"abcdefghij"});
    redactor.keep_out(Secret{"abcdef"});
    BOOST_TEST(redactor.clean("abcdefghij abcdef abcde") == "[redacted] [redacted] abcde");
}

BOOST_AUTO_TEST_CASE(a_known_secret_behind_bearer_goes_whole_whatever_it_holds) {
    sys::Redactor redactor;
    redactor.keep_out(Secret{"ab)cd;ef"});
    BOOST_TEST(redactor.clean("Bearer ab)cd;ef, then") == "Bearer [redacted], then");
}

BOOST_AUTO_TEST_CASE(an_old_token_stays_out_after_a_rotation) {
    sys::Redactor redactor;
    redactor.keep_out(Secret{"old-token"});
    redactor.keep_out(Secret{"new-token"});
    BOOST_TEST(redactor.clean("old-token new-token") == "[redacted] [redacted]");
}

BOOST_AUTO_TEST_CASE(what_is_too_short_for_a_secret_does_not_tear_words_apart) {
    sys::Redactor redactor;
    redactor.keep_out(Secret{});
    redactor.keep_out(Secret{"an"});
    BOOST_TEST(redactor.clean("and another") == "and another");
}

BOOST_AUTO_TEST_CASE(no_output_of_any_format_ever_holds_the_token) {
    const std::string encoded = "ZA-Yj3%2FaBD%2B8U%3DCm7l";
    const std::string all = all_outputs("e." + token, "sent " + token + " and " + encoded + "\x1b[0m",
                                        "{\"token\":\"" + token + "\"} Bearer " + token);
    BOOST_TEST(all.find("[redacted]") != std::string::npos);
    BOOST_TEST(all.find("repeated 5 more times") != std::string::npos);
    for (const std::string& trace : {token, encoded, std::string{"Cm7l"}, std::string{"ZA-Yj3"},
                                     std::string{"\x1b[0m"
                                                 "\x1b"}})
        BOOST_TEST(all.find(trace) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
