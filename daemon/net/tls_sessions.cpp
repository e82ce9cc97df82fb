#include "net/tls_sessions.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <utility>

namespace crier::net {
namespace {

constexpr std::size_t most_servers = 256;
constexpr std::size_t most_sessions_each = 4; ///< a server gives two for a connection
constexpr Duration usable_for = std::chrono::hours{1};

/// OpenSSL takes a connection's own session for spoilt when that ends without a goodbye, which none of ours
/// waits for: so what is kept is never a connection's own.
TlsSession copy_of(SSL_SESSION* session) {
    return {SSL_SESSION_dup(session), SSL_SESSION_free};
}

} // namespace

void TlsSessions::keep(const std::string& server, TlsSession session, Steady::time_point verified) {
    std::deque<Kept>& list = servers_[server];
    list.push_back(Kept{std::move(session), verified});
    if (list.size() > most_sessions_each)
        list.pop_front();
    if (servers_.size() <= most_servers)
        return;
    const auto oldest = std::min_element(servers_.begin(), servers_.end(), [](const auto& a, const auto& b) {
        return a.second.back().verified < b.second.back().verified;
    });
    servers_.erase(oldest);
}

TlsSessions::Kept TlsSessions::take(const std::string& server, Steady::time_point now) {
    Kept none{TlsSession{nullptr, SSL_SESSION_free}, now};
    const auto known = servers_.find(server);
    if (known == servers_.end())
        return none;
    Kept& last = known->second.back();
    if (now - last.verified >= usable_for) {
        servers_.erase(known);
        return none;
    }
    if (SSL_SESSION_get_protocol_version(last.session.get()) != TLS1_3_VERSION)
        return {copy_of(last.session.get()), last.verified};
    Kept taken = std::move(last);
    known->second.pop_back();
    if (known->second.empty())
        servers_.erase(known);
    return taken;
}

void TlsSessions::forget(const std::string& server) {
    servers_.erase(server);
}

namespace {

/// Which server a connection is with, and when the session that it was offered had been verified.
struct Peer {
    std::string server;
    Steady::time_point verified;
};

template <class Value>
void free_value(void*, void* value, CRYPTO_EX_DATA*, int, long, void*) {
    delete static_cast<Value*>(value);
}

/// Where a context has its TlsSessions, and a connection its Peer.
int sessions_place() {
    static const int index = CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, nullptr, nullptr, nullptr,
                                                     free_value<TlsSessions>);
    return index;
}
int peer_place() {
    static const int index =
        CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL, 0, nullptr, nullptr, nullptr, free_value<Peer>);
    return index;
}

TlsSessions* sessions_of(const SSL* ssl) {
    return static_cast<TlsSessions*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), sessions_place()));
}
const Peer* peer_of(const SSL* ssl) {
    return static_cast<const Peer*>(SSL_get_ex_data(ssl, peer_place()));
}

/// What a short handshake gives is verified no later than what it took up: else a certificate would never be
/// looked at again.
int on_new_session(SSL* ssl, SSL_SESSION* session) {
    TlsSessions* const sessions = sessions_of(ssl);
    const Peer* const peer = peer_of(ssl);
    if (sessions != nullptr && peer != nullptr)
        if (TlsSession copy = copy_of(session))
            sessions->keep(peer->server, std::move(copy),
                           SSL_session_reused(ssl) == 1 ? peer->verified : Steady::now());
    return 0; // the reference stays OpenSSL's
}

} // namespace

void keep_sessions(SSL_CTX* context) {
    SSL_CTX_set_ex_data(context, sessions_place(), std::make_unique<TlsSessions>().release());
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, on_new_session);
}

void resume_session(SSL* ssl, const std::string& server) {
    TlsSessions* const sessions = sessions_of(ssl);
    if (sessions == nullptr)
        return;
    const TlsSessions::Kept kept = sessions->take(server, Steady::now());
    auto peer = std::make_unique<Peer>(Peer{server, kept.verified});
    SSL_set_ex_data(ssl, peer_place(), peer.release());
    if (kept.session)
        SSL_set_session(ssl, kept.session.get());
}

void forget_sessions(SSL* ssl) {
    TlsSessions* const sessions = sessions_of(ssl);
    const Peer* const peer = peer_of(ssl);
    if (sessions != nullptr && peer != nullptr)
        sessions->forget(peer->server);
}

} // namespace crier::net
