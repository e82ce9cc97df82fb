#include "sys/token_record.hpp"

#include "core/scopes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace crier::sys {

namespace json = boost::json;

namespace {

std::string string_at(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

std::optional<TokenRecord> parse_record(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse({text.data(), text.size()}, error);
    if (error || !value.is_object())
        return std::nullopt;
    const json::object& object = value.get_object();
    TokenRecord record;
    record.server = string_at(object, "server");
    record.client_id = string_at(object, "client_id");
    record.client_secret = Secret{string_at(object, "client_secret")};
    record.created = from_rfc3339(string_at(object, "created"));
    record.account = string_at(object, "account");
    record.token = Digest::from_hex(string_at(object, "token_sha256"));
    if (const json::value* scopes = object.if_contains("scopes"); scopes != nullptr && scopes->is_array())
        for (const json::value& scope : scopes->get_array())
            if (scope.is_string())
                for (std::string& word : parse_scopes(scope.get_string()))
                    record.scopes.push_back(std::move(word));
    if (record.server.empty() || record.token == Digest{})
        return std::nullopt;
    return record;
}

} // namespace

std::string record_path(const std::string& token_file) {
    return token_file + ".app";
}

std::string to_text(const TokenRecord& record) {
    json::object object;
    object["server"] = record.server;
    object["client_id"] = record.client_id;
    const std::string_view secret = record.client_secret.reveal();
    object["client_secret"] = json::string{secret.data(), secret.size()};
    json::array scopes;
    for (const std::string& scope : record.scopes)
        scopes.push_back(json::value(scope));
    object["scopes"] = std::move(scopes);
    object["created"] = record.created ? json::value(to_rfc3339(*record.created)) : json::value(nullptr);
    object["account"] = record.account.empty() ? json::value(nullptr) : json::value(record.account);
    object["token_sha256"] = record.token.hex();
    return json::serialize(object) + "\n";
}

Result<TokenRecord> read_token_record(const std::string& token_file, const Secret& token, Exposed exposed) {
    const std::string path = record_path(token_file);
    const Result<Secret> text = read_private_file(path, path, "`crier login` writes it", exposed);
    if (!text)
        return text.error();
    std::optional<TokenRecord> record = parse_record(text->reveal());
    if (!record)
        return Failure{Cause::corrupt, path + " is not what `crier login` writes",
                       "remove it; `crier login` makes a new one"};
    if (!record->is_about(token))
        return Failure{Cause::not_found, path + " is about another token than the one in " + token_file};
    return std::move(*record);
}

} // namespace crier::sys
