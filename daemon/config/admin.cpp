#include "config/admin.hpp"

#include "config/accounts.hpp"
#include "config/address.hpp"
#include "config/listen_address.hpp"
#include "config/words.hpp"

#include <string>
#include <utility>

namespace crier::config {
namespace {

constexpr std::string_view example_token =
    "token: {file: secrets/admin.token}, or {env: ...}, {credential: ...}";

/// Whoever reaches it can post in the accounts' names, and what he sends is not encrypted: so nobody but this
/// machine may.
std::optional<ListenAddress> read_listen(Scope& scope, const GivenText& given, const Path& path) {
    Result<ListenAddress> address = listen_address(given.value, "8420");
    if (!address) {
        scope.problems().error(path, given.at, address.error().message, address.error().hint);
        return std::nullopt;
    }
    if (!is_this_machine(*address)) {
        scope.problems().error(path, given.at,
                               to_text(*address) +
                                   " is more than this machine, and crier has no TLS here: the "
                                   "token would be read on its way",
                               "listen at 127.0.0.1:" + std::to_string(address->port) +
                                   " and put a web server with TLS before it (docs/ADMIN.md), or use an SSH "
                                   "tunnel");
        return std::nullopt;
    }
    return std::move(*address);
}

/// As browsers say it of themselves: "https://bot.example.org".
std::string read_origin(Scope& scope, const GivenText& given, const Path& path) {
    Result<std::string> origin = server_address(given.value);
    if (!origin) {
        scope.problems().error(path, given.at, origin.error().message, origin.error().hint);
        return {};
    }
    return std::move(*origin);
}

} // namespace

std::optional<AdminWeb> read_admin_web(Scope& scope, const Given<AdminDraft>& given) {
    const AdminDraft& said = given.value;
    const Path path{nullptr, "admin"};
    const Path at_token{&path, "token"};
    AdminWeb web;
    if (said.token)
        web.token = read_token(scope, said.token, at_token);
    if (!said.listen) {
        for (const auto& [key, at] : {std::pair{"token", said.token.at}, std::pair{"url", said.url.at}})
            if (at)
                scope.problems().warning(Path{&path, key}, at,
                                         "without `listen` there is nothing that it would be for",
                                         "listen: \"127.0.0.1:8420\"");
        return std::nullopt;
    }
    std::optional<ListenAddress> listen = read_listen(scope, said.listen, Path{&path, "listen"});
    if (said.url)
        web.origin = read_origin(scope, said.url, Path{&path, "url"});
    if (!said.token)
        scope.problems().error(Path{&path, "listen"}, said.listen.at,
                               "without a token, everybody on this machine could post",
                               std::string{example_token});
    if (!listen || !said.token)
        return std::nullopt;
    web.listen = std::move(*listen);
    if (scope.inbound)
        for (const ListenAddress& other : scope.inbound->listen)
            if (other.host == web.listen.host && other.port == web.listen.port)
                scope.problems().error(Path{&path, "listen"}, said.listen.at, "`inbound` listens there, too",
                                       "another port: 127.0.0.1:8420");
    return web;
}

} // namespace crier::config
