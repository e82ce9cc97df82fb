#include "sandbox/http/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <stdexcept>

namespace crier::sandbox {
namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* thing) const {
        Free(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

void check(bool good, const char* what) {
    if (!good)
        throw std::runtime_error(std::string{"no certificate could be made: "} + what);
}

Key make_key() {
    Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")};
    check(key != nullptr, "the key");
    return key;
}

void add_extension(X509* certificate, X509* issuer, int id, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension{
        X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str())};
    check(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

void set_common_name(X509_NAME* name, const std::string& text) {
    const std::basic_string<unsigned char> bytes(text.begin(), text.end());
    check(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, bytes.data(),
                                     static_cast<int>(bytes.size()), -1, 0) == 1,
          "the name");
}

/// All but extensions and signature. Begins an hour ago: clocks differ.
Certificate blank(EVP_PKEY* key, const std::string& name) {
    Certificate certificate{X509_new()};
    check(certificate != nullptr, "the certificate");
    std::uint64_t serial = 0;
    unsigned char random[8];
    check(RAND_bytes(random, sizeof random) == 1, "random numbers");
    for (const unsigned char byte : random)
        serial = (serial << 8U) | byte;
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1U);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600L);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 365L * 86400L);
    X509_set_pubkey(certificate.get(), key);
    set_common_name(X509_get_subject_name(certificate.get()), name);
    return certificate;
}

std::string to_pem(X509* certificate) {
    const std::unique_ptr<BIO, Freed<BIO_free>> memory{BIO_new(BIO_s_mem())};
    check(memory != nullptr && PEM_write_bio_X509(memory.get(), certificate) == 1, "PEM");
    std::string text;
    char piece[4096];
    for (int n = 0; (n = BIO_read(memory.get(), piece, sizeof piece)) > 0;)
        text.append(piece, static_cast<std::size_t>(n));
    return text;
}

} // namespace

Identity make_identity(const std::string& address) {
    const Key ca_key = make_key();
    const Certificate ca = blank(ca_key.get(), "crier-sandbox CA of this run");
    X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get()));
    add_extension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(ca.get(), ca.get(), NID_subject_key_identifier, "hash");
    check(X509_sign(ca.get(), ca_key.get(), EVP_sha256()) > 0, "signing");

    const Key key = make_key();
    const Certificate server = blank(key.get(), "crier-sandbox");
    X509_set_issuer_name(server.get(), X509_get_subject_name(ca.get()));
    add_extension(server.get(), ca.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(server.get(), ca.get(), NID_key_usage, "critical,digitalSignature");
    add_extension(server.get(), ca.get(), NID_ext_key_usage, "serverAuth");
    add_extension(server.get(), ca.get(), NID_authority_key_identifier, "keyid");
    add_extension(server.get(), ca.get(), NID_subject_alt_name,
                  "DNS:localhost,IP:127.0.0.1,IP:::1,IP:" + address);
    check(X509_sign(server.get(), ca_key.get(), EVP_sha256()) > 0, "signing");

    Identity identity;
    identity.ca_pem = to_pem(ca.get());
    identity.context = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    SSL_CTX* const native = identity.context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    check(SSL_CTX_use_certificate(native, server.get()) == 1, "its use");
    check(SSL_CTX_use_PrivateKey(native, key.get()) == 1, "its key's use");
    return identity;
}

} // namespace crier::sandbox
