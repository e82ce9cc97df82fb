#pragma once

#include <boost/asio/ssl/context.hpp>

#include <chrono>
#include <memory>
#include <string>

using EVP_PKEY = struct evp_pkey_st;
using X509 = struct x509_st;

namespace crier::test {

/// What a certificate says.
struct Claim {
    std::string names = "DNS:here.test,DNS:localhost,IP:127.0.0.1"; ///< as in openssl.cnf
    std::chrono::hours from{-24};                                   ///< from now
    std::chrono::hours until{24};
};

/// A certificate authority that exists for one test; its keys are made when it is.
class Authority {
public:
    Authority();
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    [[nodiscard]] std::string pem() const;
    /// For a server with a certificate of this authority.
    [[nodiscard]] std::shared_ptr<boost::asio::ssl::context> server(const Claim& claim = {}) const;
    /// For a server that vouches for itself.
    [[nodiscard]] static std::shared_ptr<boost::asio::ssl::context> self_signed();

private:
    using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
    using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
    static Key make_key();
    static Certificate make(const Claim& claim, EVP_PKEY& key, X509* issuer, EVP_PKEY& issuer_key);
    static std::shared_ptr<boost::asio::ssl::context> context(X509& certificate, EVP_PKEY& key);

    Key key_;
    Certificate certificate_;
};

} // namespace crier::test
