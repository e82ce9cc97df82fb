#pragma once

#include "core/digest.hpp"
#include "core/failure.hpp"
#include "core/secret.hpp"
#include "core/time.hpp"
#include "sys/token_file.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sys {

/// What `crier login` keeps beside a token's file, as JSON: what the server tells nobody afterwards, and what
/// a revocation needs. As secret as the token.
struct TokenRecord {
    std::string server;
    std::string client_id;
    Secret client_secret;
    std::vector<std::string> scopes; ///< the token's own, as granted
    std::optional<Instant> created;
    std::string account; ///< whose it is, where the server said so; else empty
    Digest token;        ///< of the token that it is about: a file may be overwritten by hand

    TokenRecord() = default;
    [[nodiscard]] bool is_about(const Secret& other) const { return token == digest_of(other.reveal()); }
};

/// "news.token.app" of "news.token".
[[nodiscard]] std::string record_path(const std::string& token_file);

[[nodiscard]] std::string to_text(const TokenRecord& record);

/// The record of the token that stands in this file. Failures: not_found (there is none, or it is about
/// another token), token (others may read it), corrupt.
[[nodiscard]] Result<TokenRecord> read_token_record(const std::string& token_file, const Secret& token,
                                                    Exposed exposed = Exposed::refused);

} // namespace crier::sys
