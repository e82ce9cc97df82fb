#include "inbound/hub_signature.hpp"

#include "core/ascii.hpp"
#include "core/hmac.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace crier::inbound {

namespace {

const EVP_MD* method_named(std::string_view name) {
    if (name == "sha1")
        return EVP_sha1();
    if (name == "sha256")
        return EVP_sha256();
    if (name == "sha384")
        return EVP_sha384();
    if (name == "sha512")
        return EVP_sha512();
    return nullptr;
}

} // namespace

HubProof check_hub_signature(std::string_view header, std::string_view body, std::string_view secret) {
    if (header.empty())
        return HubProof::none;
    const std::size_t sign = header.find('=');
    const EVP_MD* const method = method_named(ascii::lower(header.substr(0, sign)));
    if (method == nullptr || sign == std::string_view::npos)
        return HubProof::unknown;
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    if (::HMAC(method, secret.data(), static_cast<int>(secret.size()),
               reinterpret_cast<const unsigned char*>(body.data()), body.size(), code.data(),
               &size) == nullptr)
        return HubProof::wrong;
    const bool same =
        same_in_constant_time(ascii::lower(header.substr(sign + 1)), to_hex({code.data(), size}));
    return same ? HubProof::good : HubProof::wrong;
}

} // namespace crier::inbound
