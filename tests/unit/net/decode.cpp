#include "net/decode.hpp"

#include "compress.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier;
using net::decode_body;
using test::brotli;
using test::deflated;
using test::gzip;

namespace {

constexpr std::size_t enough = 1U << 20U;
constexpr int zlib = 15;
constexpr int bare = -15;

/// Compresses, and is longer than one piece of the decoder.
std::string sample() {
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += "line " + std::to_string(i) + "\n";
    return text;
}

void check_refused(const Result<std::string>& decoded, const std::string& words) {
    BOOST_REQUIRE(decoded.has_error());
    BOOST_TEST_CONTEXT(decoded.error().message) {
        BOOST_TEST((decoded.error().cause == Cause::server));
        BOOST_TEST(decoded.error().message.find(words) != std::string::npos);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(decode)

BOOST_AUTO_TEST_CASE(each_encoding_comes_out_as_it_went_in) {
    for (const std::string& text : {std::string{"a"}, sample()}) {
        BOOST_TEST((decode_body(text, "", enough).value() == text));
        BOOST_TEST((decode_body(text, "Identity", enough).value() == text));
        BOOST_TEST((decode_body(gzip(text), "gzip", enough).value() == text));
        BOOST_TEST((decode_body(gzip(text), " GZip ", enough).value() == text));
        BOOST_TEST((decode_body(gzip(text), "x-gzip", enough).value() == text));
        BOOST_TEST((decode_body(deflated(text, zlib), "deflate", enough).value() == text));
        BOOST_TEST((decode_body(deflated(text, bare), "deflate", enough).value() == text));
        BOOST_TEST((decode_body(brotli(text), "br", enough).value() == text));
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_nothing_in_every_encoding) {
    for (const char* encoding :
         {"", "gzip", "deflate", "br"}) // 304 and HEAD say so of a body that is not there
        BOOST_TEST(decode_body("", encoding, enough).value() == "");
    BOOST_TEST(decode_body(gzip(""), "gzip", enough).value() == "");
    BOOST_TEST(decode_body(brotli(""), "br", enough).value() == "");
}

BOOST_AUTO_TEST_CASE(several_gzip_members_are_one_body_and_padding_is_none) {
    BOOST_TEST(decode_body(gzip("a") + gzip("b"), "gzip", enough).value() == "ab");
    BOOST_TEST(decode_body(gzip("a") + std::string(3, '\0'), "gzip", enough).value() == "a");
}

BOOST_AUTO_TEST_CASE(the_limit_is_of_what_comes_out) {
    const std::string text(100'000, 'x');
    for (const auto& [body, encoding] :
         {std::pair{gzip(text), "gzip"}, std::pair{deflated(text, zlib), "deflate"},
          std::pair{brotli(text), "br"}}) {
        BOOST_TEST((decode_body(body, encoding, text.size()).value() == text));
        check_refused(decode_body(body, encoding, text.size() - 1), "unpacks to more than 99999 bytes");
    }
    // A bomb: 64 MiB in some kilobytes, and many small members that are one big body.
    const std::string bomb(64U << 20U, '\0');
    check_refused(decode_body(gzip(bomb), "gzip", enough), "unpacks to more than 1048576 bytes");
    check_refused(decode_body(brotli(bomb), "br", enough), "unpacks to more than 1048576 bytes");
    std::string members;
    for (int i = 0; i < 20; ++i)
        members += gzip(text);
    check_refused(decode_body(members, "gzip", enough), "unpacks to more than 1048576 bytes");
}

BOOST_AUTO_TEST_CASE(what_is_cut_off_or_broken_is_a_failure_at_every_length) {
    const std::string text = "The quick brown fox jumps over the lazy dog.";
    for (const auto& [body, encoding] :
         {std::pair{gzip(text), "gzip"}, std::pair{deflated(text, zlib), "deflate"},
          std::pair{deflated(text, bare), "deflate"}, std::pair{brotli(text), "br"}})
        for (std::size_t n = 1; n < body.size(); ++n)
            check_refused(decode_body(body.substr(0, n), encoding, enough), "compression is broken");
    std::string wrong = gzip(text);
    wrong[wrong.size() - 5] ^= 1; // its checksum
    check_refused(decode_body(wrong, "gzip", enough), "the body's gzip compression is broken");
    check_refused(decode_body("no gzip at all", "gzip", enough), "broken");
    check_refused(decode_body("<html>", "br", enough), "broken");
}

BOOST_AUTO_TEST_CASE(what_was_not_asked_for_is_a_failure) {
    check_refused(decode_body("x", "zstd", enough), "not asked for: zstd");
    check_refused(decode_body("x", "gzip, br", enough), "not asked for: gzip,br");
}

BOOST_AUTO_TEST_SUITE_END()
