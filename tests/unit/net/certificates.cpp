#include "certificates.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <stdexcept>

namespace crier::test {

namespace ssl = boost::asio::ssl;

namespace {

void must(bool good, const char* what) {
    if (!good)
        throw std::runtime_error(what);
}

void add_extension(X509& certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, &certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension{
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), X509_EXTENSION_free};
    must(extension && X509_add_ext(&certificate, extension.get(), -1) == 1, "an extension");
}

} // namespace

Authority::Key Authority::make_key() {
    Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free};
    must(key != nullptr, "a key");
    return key;
}

Authority::Certificate Authority::make(const Claim& claim, EVP_PKEY& key, X509* issuer,
                                       EVP_PKEY& issuer_key) {
    static long serial = 0;
    Certificate made{X509_new(), X509_free};
    X509& certificate = *made;
    const bool authority = issuer == nullptr && claim.names.empty();
    must(X509_set_version(&certificate, 2) == 1, "a version");
    ASN1_INTEGER_set(X509_get_serialNumber(&certificate), ++serial);
    std::time_t now = std::time(nullptr);
    const auto seconds = [](std::chrono::hours hours) {
        return std::chrono::duration_cast<std::chrono::seconds>(hours).count();
    };
    X509_time_adj_ex(X509_getm_notBefore(&certificate), 0, seconds(claim.from), &now);
    X509_time_adj_ex(X509_getm_notAfter(&certificate), 0, seconds(claim.until), &now);
    const std::string name = (authority ? "Authority " : "Server ") + std::to_string(serial);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(&certificate), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509* const signer = issuer == nullptr ? &certificate : issuer;
    X509_set_issuer_name(&certificate, X509_get_subject_name(signer));
    X509_set_pubkey(&certificate, &key);
    add_extension(certificate, signer, NID_basic_constraints, authority ? "critical,CA:TRUE" : "CA:FALSE");
    if (!claim.names.empty())
        add_extension(certificate, signer, NID_subject_alt_name, claim.names);
    must(X509_sign(&certificate, &issuer_key, EVP_sha256()) != 0, "a signature");
    return made;
}

std::shared_ptr<ssl::context> Authority::context(X509& certificate, EVP_PKEY& key) {
    auto made = std::make_shared<ssl::context>(ssl::context::tls_server);
    must(SSL_CTX_use_certificate(made->native_handle(), &certificate) == 1, "a certificate");
    must(SSL_CTX_use_PrivateKey(made->native_handle(), &key) == 1, "a private key");
    return made;
}

Authority::Authority()
    : key_(make_key())
    , certificate_(nullptr, X509_free) {
    Claim claim;
    claim.names.clear();
    certificate_ = make(claim, *key_, nullptr, *key_);
}

Authority::~Authority() = default;

std::string Authority::pem() const {
    const std::unique_ptr<BIO, void (*)(BIO*)> out{BIO_new(BIO_s_mem()), BIO_free_all};
    must(PEM_write_bio_X509(out.get(), certificate_.get()) == 1, "PEM");
    std::string text(4096, '\0');
    const int n = BIO_read(out.get(), text.data(), static_cast<int>(text.size()));
    must(n > 0, "PEM");
    text.resize(static_cast<std::size_t>(n));
    return text;
}

std::shared_ptr<ssl::context> Authority::server(const Claim& claim) const {
    const Key key = make_key();
    const Certificate certificate = make(claim, *key, certificate_.get(), *key_);
    return context(*certificate, *key);
}

std::shared_ptr<ssl::context> Authority::self_signed() {
    const Key key = make_key();
    const Certificate certificate = make(Claim{}, *key, nullptr, *key);
    return context(*certificate, *key);
}

} // namespace crier::test
