#include "net/tls.hpp"

#include "net/tls_sessions.hpp"

#include <boost/asio/ip/address.hpp>
#include <openssl/ssl.h>
#include <openssl/tls1.h>
#include <openssl/x509_vfy.h>

#include <utility>

namespace crier::net {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

Result<std::unique_ptr<ssl::context>> make_tls_context(const std::string& ca_file) {
    auto context = std::make_unique<ssl::context>(ssl::context::tls_client);
    context->set_verify_mode(ssl::verify_peer);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    keep_sessions(context->native_handle());
    error_code error;
    context->set_default_verify_paths(error);
    if (error)
        return Failure{Cause::config, "the system's CA certificates cannot be read: " + error.message(),
                       "install ca-certificates"};
    if (!ca_file.empty())
        context->load_verify_file(ca_file, error);
    if (error)
        return Failure{Cause::config,
                       "the CA certificates in " + ca_file + " cannot be read: " + error.message(),
                       "CRIER_CA_FILE must name a readable file with certificates in PEM"};
    return context;
}

void expect_name(SSL* ssl, const std::string& host) {
    error_code no_address;
    (void)boost::asio::ip::make_address(host, no_address);
    if (!no_address) { // no name to indicate (RFC 6066, 3)
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
        return;
    }
    // The macro of the same name casts as C does.
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    SSL_set1_host(ssl, host.c_str());
}

Failure explain_tls(const SSL* ssl, const std::string& host, const error_code& error) {
    const long verdict = SSL_get_verify_result(ssl);
    const std::string who = "the certificate of " + host + " ";
    switch (verdict) {
    case X509_V_OK:
        return Failure{Cause::network, "no TLS connection with " + host + ": " + error.message(),
                       "does it speak https at this port, with TLS 1.2 or newer?"};
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return Failure{Cause::network, who + "has expired",
                       "its operator must renew it; is this machine's clock right?"};
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return Failure{Cause::network, who + "is not valid yet", "is this machine's clock right?"};
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return Failure{Cause::network, who + "is for another name", "is the address right?"};
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return Failure{Cause::network, who + "is self-signed",
                       "for a server of your own, name the file with its CA certificate in CRIER_CA_FILE"};
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return Failure{
            Cause::network, who + "is signed by somebody whom this machine does not know",
            "install ca-certificates; for a server of your own, name its CA's file in CRIER_CA_FILE"};
    default:
        return Failure{Cause::network, who + "is refused: " + X509_verify_cert_error_string(verdict)};
    }
}

} // namespace crier::net
