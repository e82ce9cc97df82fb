#pragma once

#include "net/deadline.hpp"

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;
using SSL_SESSION = struct ssl_session_st;

/// What servers gave us so that the next handshake with them is short (RFC 8446, 2.2): no certificate is sent
/// and none verified, for that was done when the session began. So sessions are taken up for the same host
/// and port only, under the same authorities, and within an hour of the handshake that was whole; one of
/// TLS 1.3 once, so that nobody on the way can tell two connections for one client's.
namespace crier::net {

using TlsSession = std::unique_ptr<SSL_SESSION, void (*)(SSL_SESSION*)>;

/// The latest of each server ("host port"), bounded in number; of too many servers, the one that was heard of
/// longest ago goes.
class TlsSessions {
public:
    /// `verified`: when the certificate was.
    void keep(const std::string& server, TlsSession session, Steady::time_point verified);

    struct Kept {
        TlsSession session;
        Steady::time_point verified;
    };
    /// `session` null: there is none that may be used.
    [[nodiscard]] Kept take(const std::string& server, Steady::time_point now);
    void forget(const std::string& server);

private:
    std::unordered_map<std::string, std::deque<Kept>> servers_; ///< the oldest first; none is empty
};

/// Connections of this context keep what they are given, in TlsSessions that go with it.
///
/// Thread: that of its connections.
void keep_sessions(SSL_CTX* context);

/// Before the handshake: takes up the latest session with this server, where there is one, and keeps what it
/// gives for the next.
void resume_session(SSL* ssl, const std::string& server);

/// After a handshake that failed: the next one is whole.
void forget_sessions(SSL* ssl);

} // namespace crier::net
