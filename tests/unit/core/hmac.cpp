#include "core/hmac.hpp"

#include "core/base64.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <random>
#include <string>

using namespace crier;

namespace {

std::string mac(std::string_view key, std::string_view message) {
    return to_hex(hmac_sha256(key, message));
}

std::string mac_by_openssl(const std::string& key, const std::string& message) {
    std::array<std::uint8_t, 32> bytes{};
    unsigned size = 0;
    ::HMAC(::EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(message.data()), message.size(), bytes.data(), &size);
    return to_hex(bytes);
}

} // namespace

BOOST_AUTO_TEST_SUITE(hmac)

// RFC 4231, section 4: keys shorter than a block, as long as the digest, and longer than a block.
BOOST_AUTO_TEST_CASE(the_published_examples) {
    BOOST_TEST(mac(std::string(20, '\x0b'), "Hi There") ==
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    BOOST_TEST(mac("Jefe", "what do ya want for nothing?") ==
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    BOOST_TEST(mac(std::string(20, '\xaa'), std::string(50, '\xdd')) ==
               "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    BOOST_TEST(mac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

BOOST_AUTO_TEST_CASE(it_agrees_with_openssl_around_the_block) {
    std::mt19937 random{7}; // NOLINT(cert-msc51-cpp): a test repeats
    for (std::size_t size = 1; size < 140; ++size) {
        std::string key(size, '\0');
        for (char& c : key)
            c = static_cast<char>(random());
        const std::string message(size * 3, static_cast<char>(random()));
        BOOST_TEST(mac(key, message) == mac_by_openssl(key, message));
    }
}

BOOST_AUTO_TEST_CASE(only_the_same_is_the_same) {
    BOOST_TEST(same_in_constant_time("", ""));
    BOOST_TEST(same_in_constant_time("abc", "abc"));
    BOOST_TEST(!same_in_constant_time("abc", "abd"));
    BOOST_TEST(!same_in_constant_time("bbc", "abc"));
    BOOST_TEST(!same_in_constant_time("abc", "ab"));
    BOOST_TEST(!same_in_constant_time("ab", "abc"));
    BOOST_TEST(!same_in_constant_time("\x80", std::string_view{"\0", 1}));
}

// RFC 4648, section 10.
BOOST_AUTO_TEST_CASE(base64_as_the_rfc_has_it) {
    const std::pair<std::string, std::string> table[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xff\xfe\xfb", "//77"},
    };
    for (const auto& [bytes, text] : table) {
        BOOST_TEST(to_base64(bytes) == text);
        BOOST_TEST(from_base64(text).value() == bytes);
    }
    BOOST_TEST(from_base64("Zg").value() == "f");
    for (const std::string text : {"Z", "Zg===", "Zm9*", "Zm 9v", "Zm9v\n", "-_-_"})
        BOOST_TEST(!from_base64(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
