#pragma once

#include "sandbox/state/scopes.hpp"
#include "sandbox/state/time.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crier::sandbox {

struct Account {
    std::string id;
    std::string name; ///< without "@"
    Time created;
};

enum class TokenState { good, revoked };

struct Token {
    std::string value;
    std::string account; ///< id; empty: of an application only (client_credentials)
    std::string app;     ///< client_id
    Scopes scopes;
    Time created;
    TokenState state = TokenState::good;
};

/// Who may do what.
class Accounts {
public:
    /// Makes the account when there is none of that name.
    Account& account(std::string_view name, Time now);
    [[nodiscard]] const Account* find(std::string_view id) const;
    [[nodiscard]] const Account* find_name(std::string_view name) const;
    [[nodiscard]] const std::vector<Account>& all() const noexcept { return accounts_; }

    /// Adds a token, or gives an old one its new owner and scopes, good again.
    Token& put_token(Token token);
    [[nodiscard]] const Token* token(std::string_view value) const;
    /// The good one of the same application, account and scopes, if there is one.
    [[nodiscard]] const Token* same_grant(const Token& like) const;
    /// False: there is no such token.
    bool revoke(std::string_view value);
    bool erase(std::string_view value);

    /// Every token in a text replaced by the name of its owner: "[token of bot]".
    [[nodiscard]] std::string hide_tokens(std::string text) const;

private:
    std::vector<Account> accounts_;
    std::map<std::string, Token, std::less<>> tokens_;
};

} // namespace crier::sandbox
