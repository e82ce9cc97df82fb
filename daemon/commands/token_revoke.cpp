#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "commands/held_token.hpp"
#include "commands/run_coroutine.hpp"
#include "commands/token_words.hpp"
#include "commands/try_token.hpp"
#include "core/text/plain.hpp"
#include "engine/orders.hpp"
#include "mastodon/oauth.hpp"
#include "sys/process.hpp"
#include "sys/token_file.hpp"
#include "sys/token_record.hpp"

#include <boost/json/array.hpp>

#include <iostream>
#include <ostream>
#include <utility>
#include <vector>

namespace crier::commands {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

Failure no_record(const AccountSettings& account, const Failure& why) {
    return Failure{Cause::not_found,
                   "the token of " + account.name + " cannot be revoked from here: " + why.message,
                   "on the server delete its application under Preferences > Development, or revoke it under "
                   "Preferences > Account > Authorized apps: both end the token at once (" +
                       account.server + "/settings/applications)"};
}

/// The accounts that post with this token.
std::vector<std::string> accounts_with(const Composition& composition, const Settings& settings,
                                       const AccountSettings& chosen, const Secret& token) {
    std::vector<std::string> names;
    for (const auto& [name, account] : settings.accounts) {
        const Result<Secret> other = composition.token(account)->read();
        if (name == chosen.name || (other && other->same_as(token)))
            names.push_back(name);
    }
    return names;
}

Failure which_account(const Settings& settings) {
    std::vector<std::string> names;
    for (const auto& [name, account] : settings.accounts)
        names.push_back(name);
    return Failure{Cause::usage,
                   "whose token is to be revoked? The configuration has " + text::enumerate(names),
                   "crier token revoke " + names.front()};
}

bool agreed(const Invocation& call, const std::string& question) {
    call.err << question << " [y/N] " << std::flush;
    std::string line;
    (void)std::getline(std::cin, line);
    return line == "y" || line == "Y" || line == "yes";
}

/// "revoked", and how it was seen; the server's word alone where it cannot be asked.
std::string seen_dead(asio::io_context& context, Composition& composition, const AccountSettings& account,
                      TokenSource& token) {
    const Reply reply = try_token(context, composition, account, token);
    if (reply.verdict == Verdict::unauthorized)
        return "refused";
    return reply.verdict == Verdict::alive ? "accepted" : "unknown";
}

} // namespace

int token_revoke(const Invocation& call, const TokenOptions& options) {
    sys::protect_process();
    const std::optional<Settings> settings = load_settings(call);
    if (!settings)
        return exit_config;
    if (options.account.empty() && settings->accounts.size() > 1)
        return fail(call, which_account(*settings));
    const Result<const AccountSettings*> chosen = engine::account_of(*settings, options.account);
    if (!chosen)
        return fail(call, chosen.error());
    const AccountSettings& account = **chosen;
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, *settings, log};
    const bool in_file = account.token.kind == TokenRef::Kind::file;
    // One that others can read is the very one to end.
    const Result<Secret> token = in_file
                                     ? sys::read_token_file(account.token.name, account.token.name,
                                                            "`crier login` writes it", sys::Exposed::taken)
                                     : composition.token(account)->read();
    if (!token)
        return fail(call, token.error());
    if (!in_file)
        return fail(call,
                    no_record(account, Failure{Cause::not_found, "it comes from " + words_of(account.token) +
                                                                     ", and its application is not known"}));
    Result<sys::TokenRecord> record = sys::read_token_record(account.token.name, *token, sys::Exposed::taken);
    if (!record)
        return fail(call, no_record(account, record.error()));

    const std::vector<std::string> stop = accounts_with(composition, *settings, account, *token);
    const std::string what = text::enumerate(stop) + (stop.size() == 1 ? " stops" : " stop") +
                             " posting until there is another token; nothing that waits is lost";
    if (!options.yes) {
        if (!options.interactive)
            return fail(call,
                        Failure{Cause::usage, "this would revoke the token of " + account.name + ": " + what,
                                "--yes says that you mean it"});
        if (!agreed(call,
                    "Revoke the token of " + account.name + " on " + record->server + "? " + what + "."))
            return fail(call, Failure{Cause::cancelled, "nothing was revoked"});
    }
    mastodon::OAuth oauth{record->server, composition.http(), composition.clock()};
    Result<mastodon::OAuthEndpoints> endpoints = run_coroutine(context, oauth.discover());
    if (!endpoints)
        return fail(call, endpoints.error());
    mastodon::OAuthClient client;
    client.id = record->client_id;
    client.secret = std::move(record->client_secret);
    const Result<> revoked =
        run_coroutine(context, oauth.revoke(endpoints->revoke, std::move(client), token->clone()));
    if (!revoked)
        return fail(call, revoked.error());
    HeldToken held{*token};
    const std::string state = seen_dead(context, composition, account, held);
    if (state == "accepted")
        return fail(call, Failure{Cause::server,
                                  record->server + " says that it has revoked the token, and still takes it",
                                  "some servers remember for a while: `crier token check " + account.name +
                                      "` in a minute; or delete the application on the server"});
    if (call.json) {
        json::object object;
        object["account"] = account.name;
        object["server"] = record->server;
        object["revoked"] = true;
        object["state"] = state;
        json::array names;
        for (const std::string& name : stop)
            names.push_back(json::value(name));
        object["stopped"] = std::move(names);
        print(call, object);
        return exit_ok;
    }
    call.out << "The token of " << account.name << " is revoked"
             << (state == "refused" ? ": the server refuses it now.\n"
                                    : "; the server could not be asked whether it "
                                      "refuses it.\n")
             << what << ". A new one: crier login " << account.server << " --account " << account.name
             << '\n';
    return exit_ok;
}

} // namespace crier::commands
