#include "inbound/signature.hpp"

#include "core/ascii.hpp"
#include "core/base64.hpp"
#include "core/hmac.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace crier::inbound {
namespace {

/// standardwebhooks.com leaves it to the receiver; its libraries have five minutes.
constexpr Duration tolerance = std::chrono::minutes{5};

constexpr std::string_view standard = "webhook-signature";
constexpr std::string_view github = "x-hub-signature-256";
constexpr std::string_view forgejo = "x-forgejo-signature";
constexpr std::string_view gitea = "x-gitea-signature";
constexpr std::string_view gitlab = "x-gitlab-token";
constexpr std::string_view old_github = "x-hub-signature";

std::optional<std::string_view> find(const Headers& headers, std::string_view name) {
    for (const auto& [known, value] : headers)
        if (known == name)
            return std::string_view{value};
    return std::nullopt;
}

SignatureVerdict good() {
    SignatureVerdict verdict;
    verdict.good = true;
    return verdict;
}

SignatureVerdict bad(std::string why, std::string hint) {
    SignatureVerdict verdict;
    verdict.why = std::move(why);
    verdict.hint = std::move(hint);
    return verdict;
}

SignatureVerdict judged(bool fits, std::string_view header) {
    if (fits)
        return good();
    return bad(
        std::string{header} + " does not fit the body and the secret",
        "the sender must have the same secret as the source, without blanks around it, and nothing between "
        "the two may change the body");
}

SignatureVerdict check_hex(std::string_view given, std::string_view header, std::string_view body,
                           std::string_view secret) {
    constexpr std::string_view prefix = "sha256=";
    if (header == github) {
        if (!given.starts_with(prefix))
            return judged(false, header);
        given.remove_prefix(prefix.size());
    }
    return judged(same_in_constant_time(ascii::lower(given), to_hex(hmac_sha256(secret, body))), header);
}

/// The key of "whsec_BASE64"; any other secret as it stands.
std::string standard_key(std::string_view secret) {
    constexpr std::string_view prefix = "whsec_";
    if (secret.starts_with(prefix))
        if (auto key = from_base64(secret.substr(prefix.size())))
            return std::move(*key);
    return std::string{secret};
}

/// Seconds since 1970.
bool is_of_now(std::string_view timestamp, Instant now) {
    std::int64_t seconds = 0;
    const char* const end = timestamp.data() + timestamp.size();
    const auto [at, error] = std::from_chars(timestamp.data(), end, seconds);
    constexpr std::int64_t latest = 253'402'300'799; // the year 9999: no overflow below
    if (error != std::errc{} || at != end || seconds < 0 || seconds > latest)
        return false;
    const Duration off = now - Instant{std::chrono::seconds{seconds}};
    return off <= tolerance && off >= -tolerance;
}

SignatureVerdict check_standard(const Headers& headers, std::string_view given, std::string_view body,
                                std::string_view secret, Instant now) {
    const auto id = find(headers, "webhook-id");
    const auto timestamp = find(headers, "webhook-timestamp");
    if (!id || !timestamp)
        return bad("webhook-signature needs webhook-id and webhook-timestamp beside it",
                   "send all three, as standardwebhooks.com has them");
    std::string message{*id};
    message.append(".").append(*timestamp).append(".").append(body);
    const auto mac = hmac_sha256(standard_key(secret), message);
    const std::string right = to_base64({reinterpret_cast<const char*>(mac.data()), mac.size()});
    bool fits = false; // all of them are looked at: a secret that is being changed signs twice
    while (!given.empty()) {
        std::string_view one = given.substr(0, given.find(' '));
        given.remove_prefix(std::min(one.size() + 1, given.size()));
        if (one.starts_with("v1,"))
            fits = same_in_constant_time(one.substr(3), right) || fits;
    }
    if (!fits)
        return judged(false, standard);
    if (!is_of_now(*timestamp, now))
        return bad("webhook-timestamp is more than five minutes off",
                   "are the clocks of both sides right? A request that is sent again needs a new timestamp");
    return good();
}

} // namespace

bool is_proof(std::string_view header) noexcept {
    constexpr std::array proofs{standard,
                                github,
                                forgejo,
                                gitea,
                                gitlab,
                                old_github,
                                std::string_view{"x-gogs-signature"},
                                std::string_view{"authorization"},
                                std::string_view{"proxy-authorization"},
                                std::string_view{"cookie"}};
    return std::find(proofs.begin(), proofs.end(), header) != proofs.end();
}

SignatureVerdict look_for_signature(const Headers& headers) {
    for (const std::string_view name : {standard, github, forgejo, gitea, gitlab})
        if (find(headers, name))
            return good();
    if (find(headers, old_github))
        return bad("X-Hub-Signature is SHA-1, and that is no proof any more",
                   "the sender must send X-Hub-Signature-256, as GitHub does since 2020");
    return bad("the request has no signature",
               "give the sender the source's secret: it must send X-Hub-Signature-256, X-Gitea-Signature, "
               "X-Gitlab-Token or webhook-signature");
}

SignatureVerdict check_signature(const Headers& headers, std::string_view body, std::string_view secret,
                                 Instant now) {
    if (secret.empty()) // nobody knows that: or everybody does
        return bad("the source has no secret", "put one where its `secret` says");
    if (const auto given = find(headers, standard))
        return check_standard(headers, *given, body, secret, now);
    for (const std::string_view name : {github, forgejo, gitea})
        if (const auto given = find(headers, name))
            return check_hex(*given, name, body, secret);
    if (const auto given = find(headers, gitlab)) {
        // Of digests, so that not even the length shows.
        const std::string is = to_hex(hmac_sha256("gitlab", *given));
        const std::string should = to_hex(hmac_sha256("gitlab", secret));
        return judged(same_in_constant_time(is, should), gitlab);
    }
    return look_for_signature(headers);
}

} // namespace crier::inbound
