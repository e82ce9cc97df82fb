#include "core/sha256.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/sha.h>

#include <random>
#include <string>

using namespace crier;

namespace {

std::string hex(const std::array<std::uint8_t, 32>& digest) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

std::string hash(std::string_view text) {
    Sha256 sum;
    sum.update(text);
    return hex(sum.finish());
}

std::string by_openssl(const std::string& text) {
    std::array<std::uint8_t, 32> digest{};
    ::SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return hex(digest);
}

} // namespace

BOOST_AUTO_TEST_SUITE(sha256)

// NIST, "Examples with Intermediate Values", and FIPS 180-2, appendix B.3.
BOOST_AUTO_TEST_CASE(the_published_examples) {
    BOOST_TEST(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    BOOST_TEST(hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    Sha256 million;
    for (int i = 0; i < 1000; ++i)
        million.update(std::string(1000, 'a'));
    BOOST_TEST(hex(million.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

BOOST_AUTO_TEST_CASE(any_length_in_any_pieces_is_what_openssl_says) {
    std::mt19937 random{20261126};
    for (std::size_t length = 0; length < 400; ++length) {
        std::string text(length, '\0');
        for (char& c : text)
            c = static_cast<char>(random());
        Sha256 sum;
        for (std::size_t at = 0; at < length;) {
            const std::size_t piece = std::min<std::size_t>(length - at, random() % 130);
            sum.update(std::string_view{text}.substr(at, piece));
            at += piece;
        }
        BOOST_TEST_REQUIRE(hex(sum.finish()) == by_openssl(text), "length " << length);
    }
}

// Whichever of the two this machine uses, the other is used somewhere.
BOOST_AUTO_TEST_CASE(the_instructions_and_the_book_say_the_same) {
    if (!has_sha_instructions())
        return;
    std::mt19937 random{7};
    Sha256State one{};
    Sha256State other{};
    for (int i = 0; i < 1000; ++i) {
        std::array<std::uint8_t, 64> block{};
        for (std::uint8_t& byte : block)
            byte = static_cast<std::uint8_t>(random());
        compress_portable(one, block.data());
        compress_by_instructions(other, block.data());
        BOOST_TEST_REQUIRE((one == other), "block " << i);
    }
}

BOOST_AUTO_TEST_SUITE_END()
