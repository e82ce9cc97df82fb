#include "sandbox/api/access.hpp"

#include "sandbox/api/reply.hpp"

#include <algorithm>

namespace crier::sandbox {
namespace {

constexpr std::string_view needs_user = "This method requires an authenticated user";

Response dead_token(const Call& call) {
    const Facts& facts = call.world.settings.facts();
    switch (facts.errors) {
    case ErrorShape::mastodon:
        break;
    case ErrorShape::gotosocial:
        return error_reply(call, 401, "token not supplied");
    case ErrorShape::pleroma: // src: lib/pleroma/web/plugs/ensure_authenticated_plug.ex
        return error_reply(call, facts.dead_token, "Invalid credentials.");
    case ErrorShape::laravel:
        return error_reply(call, 401, "Unauthenticated.");
    case ErrorShape::misskey:
        return error_reply(call, 401, "Authentication failed. Please ensure your token is correct.");
    case ErrorShape::plain:
    case ErrorShape::friendica:
    case ErrorShape::nothing:
        return error_reply(call, 401, "This method requires an authenticated user");
    }
    const Token* const token = call.world.accounts.token(bearer_of(call.request, call.params));
    const bool revoked = token != nullptr && token->state == TokenState::revoked;
    return unauthorized(revoked ? words::token_revoked : words::token_invalid, call.language());
}

bool has_one_of(const Scopes& scopes, std::string_view wanted) {
    const Scopes alternatives = parse_scopes(wanted);
    return wanted.empty() || std::any_of(alternatives.begin(), alternatives.end(),
                                         [&](const std::string& scope) { return includes(scopes, scope); });
}

Response wrong_scope(const Call& call, std::string_view scopes) {
    switch (call.world.settings.facts().errors) {
    case ErrorShape::gotosocial:
        return error_reply(call, 403, "token has insufficient scope permission");
    case ErrorShape::pleroma: // src: lib/pleroma/web/plugs/o_auth_scopes_plug.ex
        return error_reply(call, 403, "Insufficient permissions: " + std::string{scopes} + ".");
    default:
        return error_reply(call, 403, "This action is outside the authorized scopes");
    }
}

} // namespace

std::string bearer_of(const Request& request, const Params& params) {
    const std::string_view header = request.header("Authorization");
    constexpr std::string_view scheme = "Bearer ";
    if (same_text(header.substr(0, scheme.size()), scheme))
        return std::string{header.substr(scheme.size())};
    if (auto parameter = params.text("access_token"))
        return *parameter;
    return params.text("bearer_token").value_or("");
}

void identify(Call& call) {
    const Token* const token = call.world.accounts.token(bearer_of(call.request, call.params));
    if (token == nullptr || token->state != TokenState::good)
        return;
    call.token = *token;
    call.account = call.world.accounts.find(token->account);
}

std::optional<Response> refuse_access(const Call& call, Access access, std::string_view scopes) {
    const bool sent = !bearer_of(call.request, call.params).empty();
    switch (access) {
    case Access::open:
        return std::nullopt;
    case Access::optional:
        if (!call.token && call.world.settings.limited_federation)
            return error_reply(call, 401, needs_user);
        if (!sent)
            return std::nullopt;
        break;
    case Access::any_token:
    case Access::user:
        if (!sent && call.world.settings.limited_federation)
            return error_reply(call, 401, needs_user);
        break;
    }
    if (!call.token)
        return dead_token(call);
    if (call.world.settings.facts().scopes != ScopeUse::nothing && !has_one_of(call.token->scopes, scopes))
        return wrong_scope(call, scopes);
    if (access == Access::user && call.account == nullptr)
        return error_reply(call, 422, needs_user);
    return std::nullopt;
}

} // namespace crier::sandbox
