#include "core/digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace crier {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

EVP_MD_CTX* as_context(void* pointer) {
    return static_cast<EVP_MD_CTX*>(pointer);
}

void update(void* context, const void* data, std::size_t size) {
    if (EVP_DigestUpdate(as_context(context), data, size) != 1)
        throw std::runtime_error("SHA-256 is not available");
}

} // namespace

std::string Digest::hex() const {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += hex_digits[byte >> 4U];
        text += hex_digits[byte & 15U];
    }
    return text;
}

std::string_view Digest::view() const noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Digest Digest::from_bytes(std::string_view bytes) noexcept {
    Digest digest;
    if (bytes.size() == digest.bytes.size())
        std::transform(bytes.begin(), bytes.end(), digest.bytes.begin(),
                       [](char c) { return static_cast<std::uint8_t>(c); });
    return digest;
}

Digester::Digester()
    : context_(EVP_MD_CTX_new()) {
    if (context_ == nullptr)
        throw std::bad_alloc{};
    if (EVP_DigestInit_ex(as_context(context_), EVP_sha256(), nullptr) != 1) {
        EVP_MD_CTX_free(as_context(context_));
        throw std::runtime_error("SHA-256 is not available");
    }
}

Digester::~Digester() {
    EVP_MD_CTX_free(as_context(context_));
}

Digester& Digester::field(std::string_view text) {
    std::array<unsigned char, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i)
        length[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(text.size()) >> (8 * i));
    update(context_, length.data(), length.size());
    update(context_, text.data(), text.size());
    return *this;
}

Digester& Digester::field(std::int64_t number) {
    std::array<char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * i));
    return field(std::string_view{bytes.data(), bytes.size()});
}

Digest Digester::finish() {
    Digest digest;
    if (EVP_DigestFinal_ex(as_context(context_), digest.bytes.data(), nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available");
    return digest;
}

Digest digest_of(std::string_view text) {
    return Digester{}.field(text).finish();
}

} // namespace crier
