#include "config/accounts.hpp"

#include "config/address.hpp"
#include "config/approval.hpp"
#include "config/posts.hpp"
#include "config/quiet.hpp"
#include "config/words.hpp"

#include <algorithm>
#include <utility>

namespace crier::config {
namespace {

/// `path`: the key that names the place.
std::string where_tokens_go(const Path& path) {
    const std::string hint =
        "put it into an environment variable, a systemd credential or a file of mode 0600, and name that: ";
    return hint +
           (path.key == "secret" ? "secret: {env: HOOK_SECRET}" : "token: {env: MASTODON_ACCESS_TOKEN}");
}

std::string what_it_is(const Path& path) {
    return path.key == "secret" ? "the secret" : "the token";
}

bool is_variable(std::string_view name) {
    return !(name.front() >= '0' && name.front() <= '9') && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void token_problem(Scope& scope, Ref at, const Path& path) {
    scope.problems().error(path, at, what_it_is(path) + " itself must not stand in this file",
                           where_tokens_go(path));
}

std::optional<int> if_given(const Given<int>& number) {
    return number ? std::optional{number.value} : std::nullopt;
}

Limits read_limits(Scope& scope, const LimitsDraft& said, const Path& path) {
    Limits limits;
    limits.min_gap = said.min_gap.value;
    limits.per_hour = if_given(said.per_hour);
    limits.per_day = if_given(said.per_day);
    limits.quiet = read_quiet(scope, said.quiet, said.blackout, scope.timezone, path);
    return limits;
}

DeliveryTuning read_tuning(const DeliveryDraft& said) {
    DeliveryTuning tuning;
    tuning.timeout = said.timeout.value;
    tuning.quiet = said.quiet.value;
    tuning.key_window = said.key_window.value;
    tuning.look = said.look.value;
    tuning.retry_first = said.retry_first.value;
    tuning.retry_most = said.retry_most.value;
    tuning.probe = said.probe.value;
    return tuning;
}

/// What each duration may be alone is in the table; here is what they are to each other.
void check_tuning(Scope& scope, const DeliveryDraft& said, const AccountSettings& account, Ref at,
                  const Path& path) {
    // A server answers a repeat by the request that it remembers.
    constexpr std::chrono::minutes remembered{60};
    constexpr std::chrono::seconds shortest_quiet{10};
    constexpr std::chrono::seconds caches_keep{60};
    const DeliveryTuning& tuning = account.delivery;
    Problems& problems = scope.problems();
    if (tuning.retry_first > tuning.retry_most)
        problems.error(path, at, "retry_first is longer than retry_most");
    if (tuning.quiet >= tuning.key_window)
        problems.error(path, at, "quiet is not shorter than key_window: no repeat would be safe");
    if (tuning.key_window + tuning.timeout > remembered)
        problems.error(path, at,
                       "key_window and timeout are together longer than 60m: the repeat of a request may "
                       "publish twice",
                       "with this timeout, key_window: " + to_text(remembered - tuning.timeout) + " at most");
    const auto server = parse_address(account.server);
    if (account.server.empty() || !server || is_private(server->host))
        return;
    if (tuning.quiet < shortest_quiet)
        problems.error(Path{&path, "quiet"}, said.quiet.at,
                       "expected at least " + to_text(shortest_quiet) + ", found " +
                           quoted(said.quiet.at.text()),
                       "the first request may still be running on the server, and would publish as well");
    if (tuning.look < caches_keep)
        problems.error(Path{&path, "look"}, said.look.at,
                       "expected at least " + to_text(caches_keep) + ", found " + quoted(said.look.at.text()),
                       "a cache may show an old page for so long, and what is there would be sent again");
}

std::string read_handle(Scope& scope, const GivenText& given, const Path& path) {
    std::string_view handle = given.value;
    if (!handle.empty() && handle.front() == '@')
        handle.remove_prefix(1);
    if (handle.find_first_of("@/: ") != std::string_view::npos)
        scope.problems().error(path, given.at, quoted(given.value) + " is no account's name alone",
                               "without the server: handle: news");
    return std::string{handle};
}

} // namespace

TokenRef read_token(Scope& scope, const GivenNode& given, const Path& path) {
    TokenRef token;
    if (!given)
        return token;
    if (given.at.is(Kind::scalar)) {
        token_problem(scope, given.at, path);
        return token;
    }
    if (!given.value)
        return token;
    TokenDraft said;
    const std::size_t before = scope.problems().list().size();
    scope.reader.fill(token_section(), &said, given.value, path);
    const int stated = (said.env ? 1 : 0) + (said.credential ? 1 : 0) + (said.file ? 1 : 0);
    if (stated != 1) {
        if (before == scope.problems().list().size())
            scope.problems().error(path, given.at,
                                   stated == 0 ? "nothing says where " + what_it_is(path) + " comes from"
                                               : what_it_is(path) + " comes from one place only",
                                   "exactly one of env, credential and file");
        return token;
    }
    const bool env = static_cast<bool>(said.env);
    const bool file = static_cast<bool>(said.file);
    const GivenText& chosen = env ? said.env : file ? said.file : said.credential;
    const Path below{&path, env ? "env" : file ? "file" : "credential"};
    token.kind = env ? TokenRef::Kind::env : file ? TokenRef::Kind::file : TokenRef::Kind::credential;
    if (chosen.value.empty())
        return token;
    if (looks_like_secret(chosen.value)) {
        scope.problems().error(below, chosen.at, "this looks like " + what_it_is(path) + " itself",
                               where_tokens_go(path));
        return token;
    }
    token.name = file ? scope.files.absolute(chosen.at, chosen.value) : std::string{chosen.value};
    if (env && !is_variable(chosen.value))
        scope.problems().error(below, chosen.at, "this is no name of an environment variable",
                               "letters, digits and '_', for example MASTODON_ACCESS_TOKEN");
    if (!env && !file && chosen.value.find('/') != std::string_view::npos)
        scope.problems().error(below, chosen.at, "a credential's name has no '/'",
                               "the name that LoadCredential= gives it");
    return token;
}

AccountSettings read_account(Scope& scope, const std::string& name, Ref at, const Path& path) {
    AccountDraft said = preset<AccountDraft>(account_section());
    scope.reader.fill(account_section(), &said, at, path);
    AccountSettings account;
    account.name = name;
    account.place = place_of(at, at.key_position());
    if (said.server && !said.server.value.empty()) {
        if (auto server = server_address(said.server.value))
            account.server = std::move(*server);
        else
            scope.problems().error(Path{&path, "server"}, said.server.at, server.error().message,
                                   server.error().hint);
    }
    account.handle = read_handle(scope, said.handle, Path{&path, "handle"});
    account.mode = said.mode.value;
    account.token = read_token(scope, said.token, Path{&path, "token"});
    account.limits = read_limits(scope, said.limits.value, Path{&path, "limits"});
    account.on_doubt = said.on_doubt.value;
    account.approval = read_approval(said.approval, said.approve_within);
    account.receipt = said.receipt.value;
    if (said.evidence) {
        const Path below{&path, "evidence"};
        const std::size_t before = scope.problems().list().size();
        if (const GivenNode& given = said.evidence.value.token) {
            TokenRef token = read_token(scope, given, Path{&below, "token"});
            if (scope.problems().list().size() == before) // else it is the default, and so nobody's
                account.evidence = std::move(token);
        }
    }
    account.allow_surplus_scopes = said.allow_surplus_scopes.value;
    account.delivery = read_tuning(said.delivery.value);
    if (said.delivery)
        check_tuning(scope, said.delivery.value, account, said.delivery.at, Path{&path, "delivery"});

    Layer layer = scope.defaults;
    if (said.defaults && said.defaults.value) {
        const Path below{&path, "defaults"};
        PostDraft own;
        scope.reader.fill(account_defaults_section(), &own, said.defaults.value, below);
        overlay(layer, read_layer(scope, own, common_material(), below));
    }
    account.defaults = make_defaults(layer);
    scope.accounts.emplace(name, std::move(layer));
    scope.servers.emplace(name, account.server);
    return account;
}

namespace {

/// What reads the page must not be what posts: a leak of the one would be a leak of the other.
void check_evidence(Scope& scope, const Settings& settings,
                    const std::map<std::string, Ref, std::less<>>& accounts) {
    std::multimap<std::pair<TokenRef::Kind, std::string_view>, std::string_view> posting;
    for (const auto& [name, account] : settings.accounts)
        posting.emplace(std::pair{account.token.kind, std::string_view{account.token.name}}, name);
    for (const auto& [name, account] : settings.accounts) {
        if (!account.evidence)
            continue;
        const auto [begin, end] =
            posting.equal_range({account.evidence->kind, std::string_view{account.evidence->name}});
        for (auto one = begin; one != end; ++one) {
            const Ref at = accounts.find(name)->second;
            const Path above{nullptr, "accounts"};
            const Path path{&above, name};
            scope.problems().error_at(Path{&path, "evidence"}, at, at.key_position(),
                                      "its token is the one that posts as " + quoted(one->second),
                                      "make a second one that may read and nothing else: read:statuses "
                                      "read:accounts");
        }
    }
}

} // namespace

void check_tokens(Scope& scope, const Settings& settings,
                  const std::map<std::string, Ref, std::less<>>& accounts) {
    check_evidence(scope, settings, accounts);
    struct Users {
        const AccountSettings* first = nullptr;
        std::vector<std::string> others; ///< on the same server
    };
    std::map<std::pair<TokenRef::Kind, std::string>, Users> tokens;
    const Path above{nullptr, "accounts"};
    for (const auto& [name, account] : settings.accounts) {
        if (account.server.empty())
            continue;
        Users& users = tokens[{account.token.kind, account.token.name}];
        if (users.first == nullptr) {
            users.first = &account;
        } else if (users.first->server == account.server) {
            users.others.push_back(name);
        } else {
            const Ref at = accounts.find(name)->second;
            scope.problems().error_at(Path{&above, name}, at, at.key_position(),
                                      "its token comes from the same place as that of " +
                                          quoted(users.first->name) + ", on another server",
                                      "a token belongs to one server: give each account a token of its own");
        }
    }
    // Once for each token: a thousand lines would hide all others.
    for (const auto& [token, users] : tokens) {
        if (users.others.empty())
            continue;
        const std::string& name = users.others.front();
        const Ref at = accounts.find(name)->second;
        const std::size_t more = users.others.size() - 1;
        scope.problems().warning_at(
            Path{&above, name}, at, at.key_position(),
            "its token comes from the same place as that of " + quoted(users.first->name) +
                (more == 0 ? "" : "; so does that of " + std::to_string(more) + " more"),
            "they post as the same account, and share its limits");
    }
}

} // namespace crier::config
