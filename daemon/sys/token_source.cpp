#include "sys/token_source.hpp"

#include "sys/token_file.hpp"
#include "sys/token_record.hpp"

#include <optional>
#include <string>
#include <utility>

namespace crier::sys {
namespace {

class VariableToken final : public TokenSource {
public:
    VariableToken(std::string name, const Environment& environment)
        : name_(std::move(name)) {
        if (const auto value = environment.get(name_))
            value_.emplace(std::string{*value});
    }

    Result<Secret> read() override {
        if (!value_)
            return Failure{
                Cause::token, "the environment variable " + name_ + " is not set",
                // No `NAME=`: what follows that is taken for a secret wherever it is logged.
                "under systemd: give " + name_ +
                    " its value in /etc/crier/crier.env (mode 0600) and restart; in a shell: export it"};
        return parse_token(value_->reveal(), "the environment variable " + name_);
    }

private:
    std::string name_;
    std::optional<Secret> value_;
};

class CredentialToken final : public TokenSource {
public:
    CredentialToken(std::string name, const Environment& environment)
        : name_(std::move(name))
        , directory_(environment.get("CREDENTIALS_DIRECTORY").value_or("")) {}

    Result<Secret> read() override {
        const std::string what = "the credential " + name_;
        const std::string hint = "add LoadCredential=" + name_ + ":/etc/crier/" + name_ +
                                 " to the unit (systemctl edit crier) and restart";
        if (name_.empty() || name_ == "." || name_ == ".." || name_.find('/') != std::string::npos)
            return Failure{Cause::token, "\"" + name_ + "\" cannot be the name of a credential",
                           "name it as in LoadCredential=NAME:/path, without a path"};
        if (directory_.empty())
            return Failure{Cause::token, what + " is not there: systemd has given none", hint};
        return read_token_file(directory_ + "/" + name_, what, hint);
    }

private:
    std::string name_;
    std::string directory_;
};

class FileToken final : public TokenSource {
public:
    explicit FileToken(std::string path)
        : path_(std::move(path)) {}

    Result<Secret> read() override {
        return read_token_file(path_, path_,
                               "`crier login` writes it; or make it with mode 0600 and the token in it");
    }

    std::vector<std::string> scopes() override {
        const Result<Secret> token = read();
        if (!token)
            return {};
        Result<TokenRecord> record = read_token_record(path_, *token);
        return record ? std::move(record->scopes) : std::vector<std::string>{};
    }

private:
    std::string path_;
};

class WatchedToken final : public TokenSource {
public:
    WatchedToken(std::unique_ptr<TokenSource> source, TokenSeen seen)
        : source_(std::move(source))
        , seen_(std::move(seen)) {}

    Result<Secret> read() override {
        Result<Secret> token = source_->read();
        if (token && !token->same_as(last_)) {
            last_ = token->clone();
            seen_(last_);
        }
        return token;
    }

    std::vector<std::string> scopes() override { return source_->scopes(); }

private:
    std::unique_ptr<TokenSource> source_;
    TokenSeen seen_;
    Secret last_;
};

std::unique_ptr<TokenSource> make_plain(const TokenRef& ref, const Environment& environment) {
    switch (ref.kind) {
    case TokenRef::Kind::credential:
        return std::make_unique<CredentialToken>(ref.name, environment);
    case TokenRef::Kind::file:
        return std::make_unique<FileToken>(ref.name);
    case TokenRef::Kind::env:
        break;
    }
    return std::make_unique<VariableToken>(ref.name, environment);
}

} // namespace

std::unique_ptr<TokenSource> make_token_source(const TokenRef& ref, const Environment& environment,
                                               TokenSeen seen) {
    auto source = make_plain(ref, environment);
    if (seen)
        source = std::make_unique<WatchedToken>(std::move(source), std::move(seen));
    return source;
}

} // namespace crier::sys
