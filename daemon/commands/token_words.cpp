#include "commands/token_words.hpp"

#include "core/text/plain.hpp"

namespace crier::commands {

std::string words_of(const TokenRef& ref) {
    switch (ref.kind) {
    case TokenRef::Kind::file:
        return "the file " + ref.name;
    case TokenRef::Kind::credential:
        return "the credential " + ref.name;
    case TokenRef::Kind::env:
        break;
    }
    return "the environment variable " + ref.name;
}

std::string words_of(const Reply& reply) {
    return reply.text.empty() ? "it answered " + std::to_string(reply.http) : reply.text;
}

std::string make_another(const AccountSettings& account, const Scopes& needed) {
    return "`crier login " + account.server + "` makes one for " + text::enumerate(needed) +
           "; or by hand: a new application under Preferences > Development with only these ticked. Then end "
           "this one there";
}

Failure token_untried(const AccountSettings& account, const Reply& reply) {
    std::string why = reply.text;
    if (reply.http != 0)
        why = account.server + " answered " + std::to_string(reply.http) +
              (reply.text.empty() ? "" : ": " + reply.text);
    return Failure{Cause::server, "the token could not be tried: " + why,
                   reply.hint.empty() ? "try again later; is " + account.server + " there in a browser?"
                                      : reply.hint};
}

Failure token_refused(const AccountSettings& account, const Reply& reply, bool made_here) {
    std::string message = account.server + " does not accept the token: " + words_of(reply);
    const std::string login = "`crier login " + account.server + "` makes a new one";
    // Nobody pasted a wrong one; what stands before a server may refuse it all the same.
    if (made_here && reply.by_api)
        return Failure{Cause::token, std::move(message),
                       "it was revoked, or its application was deleted on the server; " + login};
    return Failure{Cause::token, std::move(message), reply.hint.empty() ? login : login + "; " + reply.hint};
}

} // namespace crier::commands
