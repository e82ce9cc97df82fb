#include "commands/commands.hpp"
#include "commands/composition.hpp"
#include "commands/run_coroutine.hpp"
#include "commands/second_token.hpp"
#include "commands/token_words.hpp"
#include "commands/try_token.hpp"
#include "core/ascii.hpp"
#include "core/text/plain.hpp"
#include "engine/orders.hpp"
#include "mastodon/oauth.hpp"
#include "sys/token_record.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <ostream>
#include <utility>
#include <vector>

namespace crier::commands {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// What could be found out of one account's token.
struct TokenFacts {
    const AccountSettings* account = nullptr;
    std::string state = "accepted"; ///< accepted, refused, missing, unusable, unknown
    bool made_here = false;         ///< `crier login` left a record of it
    bool own_scopes = false;        ///< the token's own, and not its application's
    Scopes scopes;                  ///< empty: not known
    Scopes needed;
    ScopeVerdict verdict;
    std::string application;
    std::optional<Instant> created;
    std::string owner; ///< empty: not known
    std::optional<SecondToken> second;
    std::vector<Failure> problems;
    std::vector<Failure> warnings;
    int code = exit_ok;

    TokenFacts() = default;
    void problem(Failure failure) {
        code = std::max(code, exit_code(failure.cause));
        problems.push_back(std::move(failure));
    }
    [[nodiscard]] bool has_token() const { return state != "missing" && state != "unusable"; }
};

void judge_facts(TokenFacts& facts) {
    if (facts.scopes.empty())
        return;
    const AccountSettings& account = *facts.account;
    facts.verdict = judge_scopes(facts.scopes, facts.needed);
    const std::string mend = make_another(account, facts.needed);
    const auto listed = [](const Scopes& scopes) { return text::enumerate(scopes); };
    if (!facts.verdict.admin.empty()) {
        Failure admin{Cause::token, "the token may administer the server: " + listed(facts.verdict.admin),
                      mend};
        if (account.allow_surplus_scopes) {
            facts.warnings.push_back(std::move(admin));
        } else {
            admin.hint += "; or, if you must, `allow_surplus_scopes: true` under the account";
            facts.problem(std::move(admin));
        }
    }
    if (!facts.verdict.missing.empty())
        facts.problem(Failure{Cause::token, "the token lacks " + listed(facts.verdict.missing), mend});
    if (!facts.verdict.surplus.empty() && !account.allow_surplus_scopes)
        facts.warnings.emplace_back(
            Cause::token, "the token may do more than crier needs: " + listed(facts.verdict.surplus), mend);
}

void ask_owner(asio::io_context& context, Composition& composition, const Secret& token, TokenFacts& facts) {
    const AccountSettings& account = *facts.account;
    const bool may_not = !facts.scopes.empty() && !covers(facts.scopes, scope_of_name) &&
                         !covers(facts.scopes, "read:accounts");
    if (may_not && facts.owner.empty())
        return;
    if (!may_not) {
        mastodon::OAuth oauth{account.server, composition.http(), composition.clock()};
        if (Result<std::string> owner = run_coroutine(context, oauth.owner(token.clone())))
            if (!owner->empty())
                facts.owner = std::move(*owner);
    }
    const bool same = facts.owner.size() == account.handle.size() && ascii::same(facts.owner, account.handle);
    if (!facts.owner.empty() && !account.handle.empty() && !same)
        facts.problem(Failure{Cause::token,
                              "the token is @" + facts.owner + "'s, and `handle` says @" + account.handle,
                              "log in as @" + account.handle + ", or correct `handle`"});
}

TokenFacts find_out(asio::io_context& context, Composition& composition, const Invocation& call,
                    const Settings& settings, const AccountSettings& account) {
    TokenFacts facts;
    facts.account = &account;
    facts.needed = needed_scopes(settings, account.name);
    const auto source = composition.token(account);
    const Result<Secret> token = source->read();
    if (!token) {
        facts.state = state_without_token(call, account.token);
        facts.problem(token.error());
        return facts;
    }
    if (account.token.kind == TokenRef::Kind::file)
        if (const Result<sys::TokenRecord> record = sys::read_token_record(account.token.name, *token)) {
            facts.made_here = true;
            facts.scopes = record->scopes;
            facts.own_scopes = !facts.scopes.empty();
            facts.created = record->created;
            facts.owner = record->account;
        }
    const Reply reply = try_token(context, composition, account, *source);
    facts.application = reply.application;
    if (reply.verdict == Verdict::alive) {
        if (!facts.own_scopes)
            facts.scopes = reply.scopes;
        ask_owner(context, composition, *token, facts);
    } else if (reply.verdict == Verdict::unauthorized) {
        facts.state = "refused";
        facts.problem(token_refused(account, reply, facts.made_here));
    } else {
        facts.state = "unknown";
        facts.problem(token_untried(account, reply));
    }
    judge_facts(facts);
    return facts;
}

void ask_second(asio::io_context& context, Composition& composition, const Invocation& call,
                TokenFacts& facts) {
    facts.second = judge_second(context, composition, call, *facts.account);
    if (!facts.second)
        return;
    for (const Failure& failure : facts.second->problems)
        facts.problem(failure);
    facts.warnings.insert(facts.warnings.end(), facts.second->warnings.begin(), facts.second->warnings.end());
}

json::array scope_list(const Scopes& scopes) {
    json::array list;
    for (const std::string& scope : scopes)
        list.push_back(json::value(scope));
    return list;
}

json::value or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value scopes_of(const Scopes& scopes, bool own) {
    return scopes.empty() ? json::value(nullptr) : json::value(own ? "token" : "application");
}

json::array failure_list(const std::vector<Failure>& failures) {
    json::array list;
    for (const Failure& failure : failures) {
        json::object one;
        one["message"] = failure.message;
        one["hint"] = failure.hint;
        list.push_back(std::move(one));
    }
    return list;
}

json::value second_json(const TokenFacts& facts) {
    if (!facts.second)
        return nullptr;
    json::object object;
    object["source"] = words_of(*facts.account->evidence);
    object["state"] = facts.second->state;
    object["scopes"] = scope_list(facts.second->scopes);
    object["scopes_of"] = scopes_of(facts.second->scopes, facts.second->own_scopes);
    object["admin"] = scope_list(facts.second->admin);
    return object;
}

json::object facts_json(const TokenFacts& facts) {
    json::object object;
    object["account"] = facts.account->name;
    object["server"] = facts.account->server;
    object["source"] = words_of(facts.account->token);
    object["state"] = facts.state;
    object["application"] = or_null(facts.application);
    object["scopes"] = scope_list(facts.scopes);
    object["scopes_of"] = scopes_of(facts.scopes, facts.own_scopes);
    object["needed"] = scope_list(facts.needed);
    object["missing"] = scope_list(facts.verdict.missing);
    object["surplus"] = scope_list(facts.verdict.surplus);
    object["admin"] = scope_list(facts.verdict.admin);
    object["created"] = facts.created ? json::value(to_rfc3339(*facts.created)) : json::value(nullptr);
    object["owner"] = or_null(facts.owner);
    object["handle"] = or_null(facts.account->handle);
    object["evidence"] = second_json(facts);
    object["ok"] = facts.code == exit_ok;
    object["problems"] = failure_list(facts.problems);
    object["warnings"] = failure_list(facts.warnings);
    return object;
}

std::string age_words(std::optional<Instant> created, Instant now) {
    if (!created)
        return "not known: the server does not tell, and no record of `crier login` is beside it";
    const auto days = std::chrono::duration_cast<std::chrono::hours>(now - *created).count() / 24;
    return "made " + show_time(created) + ", " +
           (days < 1 ? "less than a day ago"
                     : text::counted(static_cast<std::size_t>(days), "day", "days") + " ago");
}

std::string owner_words(const TokenFacts& facts) {
    if (!facts.owner.empty())
        return "@" + facts.owner;
    return "the server does not tell it to this token (that takes `profile`); " +
           (facts.account->handle.empty() ? std::string{"the configuration states no `handle`"}
                                          : "the configuration says @" + facts.account->handle);
}

const char* whose_words(const Scopes& scopes, bool own) {
    if (scopes.empty())
        return "";
    return own ? " (the token's own)" : " (its application's; the token's own may be less)";
}

void show_facts(const Invocation& call, const TokenFacts& facts) {
    std::ostream& out = call.out;
    const AccountSettings& account = *facts.account;
    const auto listed = [](const Scopes& scopes) {
        return scopes.empty() ? std::string{"the server does not say"} : join_scopes(scopes);
    };
    out << account.name << " on " << account.server << '\n'
        << "  token        " << facts.state << ", from " << words_of(account.token) << '\n';
    if (facts.has_token())
        out << "  application  " << (facts.application.empty() ? "not known" : facts.application) << '\n'
            << "  may          " << listed(facts.scopes) << whose_words(facts.scopes, facts.own_scopes)
            << '\n';
    out << "  needs        " << join_scopes(facts.needed) << '\n';
    if (facts.has_token())
        out << "  age          " << age_words(facts.created, wall_now()) << '\n'
            << "  account      " << owner_words(facts) << '\n';
    if (facts.second)
        out << "  second token " << facts.second->state << ", from " << words_of(*account.evidence) << '\n'
            << "    may        " << listed(facts.second->scopes)
            << whose_words(facts.second->scopes, facts.second->own_scopes) << '\n';
    const auto tell = [&](const Failure& failure, const char* kind) {
        call.err << "crier: " << account.name << ": " << kind << failure.message << '\n';
        if (!failure.hint.empty())
            call.err << "    hint: " << failure.hint << '\n';
    };
    for (const Failure& failure : facts.problems)
        tell(failure, "");
    for (const Failure& failure : facts.warnings)
        tell(failure, "warning: ");
}

} // namespace

int token_check(const Invocation& call, const TokenOptions& options) {
    const std::optional<Settings> settings = load_settings(call);
    if (!settings)
        return exit_config;
    std::vector<const AccountSettings*> accounts;
    if (!options.account.empty()) {
        const Result<const AccountSettings*> account = engine::account_of(*settings, options.account);
        if (!account)
            return fail(call, account.error());
        accounts.push_back(*account);
    } else {
        for (const auto& [name, account] : settings->accounts)
            accounts.push_back(&account);
    }
    asio::io_context context{1};
    NoLog log;
    Composition composition{context, call, *settings, log};
    int code = exit_ok;
    for (const AccountSettings* account : accounts) {
        TokenFacts facts = find_out(context, composition, call, *settings, *account);
        ask_second(context, composition, call, facts);
        code = std::max(code, facts.code);
        if (call.json)
            print(call, facts_json(facts));
        else
            show_facts(call, facts);
    }
    return code;
}

} // namespace crier::commands
