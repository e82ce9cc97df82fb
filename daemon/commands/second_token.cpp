#include "commands/second_token.hpp"

#include "commands/token_words.hpp"
#include "commands/try_token.hpp"
#include "core/text/plain.hpp"

#include <filesystem>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;

namespace {

const Scopes& reading_scopes() {
    static const Scopes scopes{"read:accounts", "read:statuses"};
    return scopes;
}

std::string make_reading(const AccountSettings& account) {
    const bool in_file = account.evidence->kind == TokenRef::Kind::file;
    return "`crier login " + account.server + " --scopes \"" + join_scopes(reading_scopes()) + "\" " +
           (in_file ? "--out " + account.evidence->name : "--print") + "` makes one that may read";
}

void judge_reading(const AccountSettings& account, SecondToken& found) {
    const ScopeVerdict verdict = judge_scopes(found.scopes, reading_scopes());
    found.admin = verdict.admin;
    if (!verdict.admin.empty()) {
        Failure admin{Cause::token,
                      "the second token may administer the server: " + text::enumerate(verdict.admin),
                      make_reading(account) + ", and nothing else"};
        (account.allow_surplus_scopes ? found.warnings : found.problems).push_back(std::move(admin));
    }
    if (!found.scopes.empty() && !verdict.missing.empty())
        found.warnings.emplace_back(Cause::token,
                                    "the second token lacks " + text::enumerate(verdict.missing),
                                    "what became of a post may stay unknown: " + make_reading(account));
}

} // namespace

std::string state_without_token(const Invocation& call, const TokenRef& ref) {
    std::string path = ref.name;
    if (ref.kind == TokenRef::Kind::env)
        return call.environment.get(ref.name) ? "unusable" : "missing";
    if (ref.kind == TokenRef::Kind::credential) {
        const auto folder = call.environment.get("CREDENTIALS_DIRECTORY");
        if (!folder)
            return "missing";
        path = std::string{*folder} + "/" + ref.name;
    }
    std::error_code error;
    const std::filesystem::file_type type = std::filesystem::status(path, error).type();
    return type == std::filesystem::file_type::not_found ? "missing" : "unusable";
}

std::optional<SecondToken> judge_second(asio::io_context& context, Composition& composition,
                                        const Invocation& call, const AccountSettings& account) {
    const auto source = composition.evidence(account);
    if (!source)
        return std::nullopt;
    SecondToken found;
    if (const Result<Secret> token = source->read(); !token) {
        found.state = state_without_token(call, *account.evidence);
        found.problems.emplace_back(Cause::token, "the second token: " + token.error().message,
                                    token.error().hint);
        return found;
    }
    const Reply reply = try_token(context, composition, account, *source);
    found.scopes = source->scopes();
    found.own_scopes = !found.scopes.empty();
    if (reply.verdict == Verdict::unauthorized) {
        found.state = "refused";
        found.problems.emplace_back(
            Cause::token, "the second token: " + token_refused(account, reply, found.own_scopes).message,
            make_reading(account));
    } else if (reply.verdict != Verdict::alive) {
        const Failure untried = token_untried(account, reply);
        found.state = "unknown";
        found.problems.emplace_back(untried.cause, "the second token: " + untried.message, untried.hint);
    } else if (!found.own_scopes) {
        found.scopes = reply.scopes;
    }
    judge_reading(account, found);
    return found;
}

} // namespace crier::commands
