#include "sandbox/state/oauth.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace crier::sandbox {

App& OAuth::add(App app) {
    if (apps_.size() >= most_apps)
        apps_.erase(apps_.begin());
    apps_.push_back(std::move(app));
    return apps_.back();
}

const App* OAuth::find(std::string_view client_id) const {
    const auto found =
        std::find_if(apps_.begin(), apps_.end(), [&](const App& app) { return app.client_id == client_id; });
    return found == apps_.end() ? nullptr : &*found;
}

void OAuth::add(Code code, Time now) {
    std::erase_if(codes_, [&](const auto& entry) { return now - entry.second.created >= code_lifetime; });
    std::string value = code.value;
    codes_.insert_or_assign(std::move(value), std::move(code));
}

OAuth::Redeemed OAuth::redeem(const std::string& value, std::string_view client_id,
                              std::string_view redirect_uri, std::string_view verifier, Time now) {
    auto node = codes_.extract(value);
    Redeemed redeemed;
    if (node.empty())
        return redeemed;
    redeemed.code = std::move(node.mapped());
    const Code& code = redeemed.code;
    redeemed.verdict = now - code.created >= code_lifetime ? CodeVerdict::expired
                       : code.client_id != client_id       ? CodeVerdict::wrong_client
                       : code.redirect_uri != redirect_uri ? CodeVerdict::wrong_redirect
                       : !code.challenge.empty() && s256(verifier) != code.challenge
                           ? CodeVerdict::wrong_verifier
                           : CodeVerdict::good;
    return redeemed;
}

void OAuth::clear() {
    apps_.clear();
    codes_.clear();
}

std::string s256(std::string_view verifier) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_Digest(verifier.data(), verifier.size(), digest, &size, EVP_sha256(), nullptr);
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string text;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (unsigned i = 0; i < size; ++i) {
        bits = (bits << 8U) | digest[i];
        for (count += 8; count >= 6; count -= 6)
            text += digits[(bits >> (count - 6)) & 63U];
    }
    if (count > 0)
        text += digits[(bits << (6 - count)) & 63U];
    return text;
}

} // namespace crier::sandbox
