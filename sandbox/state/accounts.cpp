#include "sandbox/state/accounts.hpp"

#include <algorithm>

namespace crier::sandbox {

Account& Accounts::account(std::string_view name, Time now) {
    for (Account& account : accounts_)
        if (account.name == name)
            return account;
    accounts_.push_back({std::to_string(109'000'000'000'000'001 + accounts_.size()), std::string{name}, now});
    return accounts_.back();
}

const Account* Accounts::find(std::string_view id) const {
    const auto found =
        std::find_if(accounts_.begin(), accounts_.end(), [&](const Account& a) { return a.id == id; });
    return found == accounts_.end() ? nullptr : &*found;
}

const Account* Accounts::find_name(std::string_view name) const {
    const auto found =
        std::find_if(accounts_.begin(), accounts_.end(), [&](const Account& a) { return a.name == name; });
    return found == accounts_.end() ? nullptr : &*found;
}

Token& Accounts::put_token(Token token) {
    std::string value = token.value;
    return tokens_.insert_or_assign(std::move(value), std::move(token)).first->second;
}

const Token* Accounts::token(std::string_view value) const {
    const auto found = tokens_.find(value);
    return found == tokens_.end() ? nullptr : &found->second;
}

const Token* Accounts::same_grant(const Token& like) const {
    for (const auto& [value, token] : tokens_)
        if (token.state == TokenState::good && token.account == like.account && token.app == like.app &&
            token.scopes == like.scopes)
            return &token;
    return nullptr;
}

bool Accounts::revoke(std::string_view value) {
    const auto found = tokens_.find(value);
    if (found == tokens_.end())
        return false;
    found->second.state = TokenState::revoked;
    return true;
}

bool Accounts::erase(std::string_view value) {
    const auto found = tokens_.find(value);
    if (found == tokens_.end())
        return false;
    tokens_.erase(found);
    return true;
}

std::string Accounts::hide_tokens(std::string text) const {
    for (const auto& [value, token] : tokens_) {
        if (value.empty())
            continue;
        const Account* const owner = find(token.account);
        const std::string instead = "[token of " + (owner != nullptr ? owner->name : token.app) + "]";
        for (std::size_t at = 0; (at = text.find(value, at)) != std::string::npos; at += instead.size())
            text.replace(at, value.size(), instead);
    }
    return text;
}

} // namespace crier::sandbox
