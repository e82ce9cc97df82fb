#include "commands/composition.hpp"
#include "commands/held_token.hpp"
#include "commands/login_code.hpp"
#include "commands/login_place.hpp"
#include "commands/run_coroutine.hpp"
#include "commands/token_words.hpp"
#include "commands/try_token.hpp"
#include "core/ascii.hpp"
#include "core/text/plain.hpp"
#include "mastodon/oauth.hpp"
#include "sys/process.hpp"
#include "sys/random.hpp"

#include <ostream>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;

namespace {

constexpr const char* application_name = "crier";
constexpr std::size_t random_words = 4; ///< 256 bits

/// One login, step by step.
class Login {
public:
    Login(const Invocation& call, const LoginOptions& options, LoginPlan plan, Duration patience)
        : call_(call)
        , options_(options)
        , plan_(std::move(plan))
        , patience_(patience)
        , composition_(context_, call, no_settings_, no_log_)
        , random_(sys::make_system_random())
        , oauth_(plan_.server, composition_.http(), composition_.clock()) {}

    [[nodiscard]] int run();

private:
    [[nodiscard]] bool by_browser() const;
    [[nodiscard]] Result<> get_token();
    [[nodiscard]] Result<Secret> get_code(Redirect* redirect, const mastodon::Authorization& asked);
    [[nodiscard]] Result<> judge();
    [[nodiscard]] Result<> check_owner();
    [[nodiscard]] Result<> keep();
    [[nodiscard]] Result<> hand_out();
    void throw_away();
    [[nodiscard]] Result<> leave_old(const OldToken& old);
    void tell_lost(const OldToken& old) const;
    void tell_next() const;

    template <class T>
    T run_now(asio::awaitable<T> work) {
        return run_coroutine(context_, std::move(work));
    }

    const Invocation& call_;
    const LoginOptions& options_;
    LoginPlan plan_;
    Duration patience_;
    asio::io_context context_{1};
    Settings no_settings_;
    NoLog no_log_;
    Composition composition_;
    std::unique_ptr<Random> random_;
    mastodon::OAuth oauth_;
    mastodon::OAuthEndpoints endpoints_;
    mastodon::OAuthClient client_;
    mastodon::Grant grant_;
    std::string owner_; ///< empty: it may not ask
};

/// Whether the browser is on this machine; where nothing is said, as the session looks.
bool Login::by_browser() const {
    if (options_.browser || options_.no_browser || options_.code_from_stdin)
        return options_.browser;
    const auto has = [&](const char* name) { return call_.environment.get(name).has_value(); };
    return options_.interactive && (has("DISPLAY") || has("WAYLAND_DISPLAY")) && !has("SSH_CONNECTION");
}

Result<Secret> Login::get_code(Redirect* redirect, const mastodon::Authorization& asked) {
    const std::string who = plan_.handle.empty() ? "the account that is to post" : "@" + plan_.handle;
    call_.err << "Open this address in a browser" << (redirect != nullptr ? " on this machine" : "")
              << ", logged in as " << who << ", and allow it:\n\n  "
              << mastodon::authorization_address(endpoints_, asked) << "\n\n";
    if (redirect != nullptr) {
        call_.err << "Waiting for the browser, " << to_text(patience_)
                  << " at most (--no-browser: where it runs on another machine) ...\n";
        return run_now(redirect->code(plan_.server, asked.state, patience_));
    }
    call_.err << "The server then shows a code.\n";
    return typed_code(call_, !options_.code_from_stdin);
}

/// From nothing to a token in hand.
Result<> Login::get_token() {
    Result<mastodon::OAuthEndpoints> endpoints = run_now(oauth_.discover());
    if (!endpoints)
        return endpoints.error();
    endpoints_ = std::move(*endpoints);
    for (const std::string& note : endpoints_.notes)
        call_.err << "note: " << note << '\n';
    std::optional<Redirect> redirect;
    mastodon::Authorization asked;
    if (by_browser()) {
        redirect.emplace(context_.get_executor(), composition_.clock());
        if (Result<> listening = redirect->listen(static_cast<std::uint16_t>(options_.port)); !listening)
            return listening;
        asked.redirect_uri = redirect->address();
    }
    Result<mastodon::OAuthClient> client =
        run_now(oauth_.register_app(endpoints_.apps, application_name, asked.redirect_uri, plan_.asked));
    if (!client)
        return client.error();
    client_ = std::move(*client);
    const Secret verifier{endpoints_.pkce ? mastodon::random_text(*random_, random_words) : std::string{}};
    asked.client_id = client_.id;
    asked.scopes = plan_.asked;
    asked.state = mastodon::random_text(*random_, random_words);
    asked.force_login = options_.force_login;
    if (!verifier.empty())
        asked.challenge = mastodon::code_challenge(verifier.reveal());
    call_.err << "crier asks " << plan_.server << " for: " << join_scopes(plan_.asked) << '\n';
    Result<Secret> code = get_code(redirect ? &*redirect : nullptr, asked);
    if (!code)
        return code.error();
    mastodon::OAuth::Redeem what;
    what.redirect_uri = asked.redirect_uri;
    what.code = std::move(*code);
    what.verifier = verifier.clone();
    what.asked = plan_.asked;
    Result<mastodon::Grant> grant =
        run_now(oauth_.redeem(endpoints_.token, client_.clone(), std::move(what)));
    if (!grant)
        return grant.error();
    grant_ = std::move(*grant);
    if (!grant_.created)
        grant_.created = std::chrono::floor<std::chrono::seconds>(composition_.clock().now());
    return {};
}

/// Whether it is the account that the configuration means, where the token may ask that.
Result<> Login::check_owner() {
    if (!covers(grant_.scopes, scope_of_name) && !covers(grant_.scopes, "read:accounts"))
        return {};
    Result<std::string> owner = run_now(oauth_.owner(grant_.token.clone()));
    if (!owner) {
        call_.err << "note: whose token it is could not be asked: " << owner.error().message << '\n';
        return {};
    }
    owner_ = std::move(*owner);
    if (owner_.empty() || plan_.handle.empty() ||
        (owner_.size() == plan_.handle.size() && ascii::same(owner_, plan_.handle)))
        return {};
    return Failure{Cause::token,
                   "the token is @" + owner_ + "'s, and the configuration's account is @" + plan_.handle,
                   "log in as @" + plan_.handle + " in the browser first, or use --force-login"};
}

/// Is it the token that was meant, and does it work?
Result<> Login::judge() {
    const ScopeVerdict verdict = judge_scopes(grant_.scopes, plan_.asked);
    if (!verdict.admin.empty())
        return Failure{Cause::token,
                       plan_.server + " gave a token that may administer it: " + join_scopes(verdict.admin),
                       "log in as an account that administers nothing"};
    if (!verdict.missing.empty())
        return Failure{Cause::token,
                       plan_.server + " granted less than was asked: " + join_scopes(verdict.missing) +
                           " is missing; granted: " + join_scopes(grant_.scopes),
                       "allow all of it on the server's page; or ask for less: --scopes \"" +
                           join_scopes(grant_.scopes) + "\""};
    AccountSettings account;
    account.name = plan_.account;
    account.server = plan_.server;
    HeldToken held{grant_.token};
    const Reply reply = try_token(context_, composition_, account, held);
    if (reply.verdict == Verdict::unauthorized)
        return Failure{Cause::token,
                       plan_.server + " does not accept the token that it gave: " + words_of(reply),
                       "is something between that takes the Authorization header out?"};
    if (reply.verdict != Verdict::alive)
        call_.err << "note: " << token_untried(account, reply).message << '\n';
    return check_owner();
}

/// What is not used must not live on.
void Login::throw_away() {
    const Result<> revoked = run_now(oauth_.revoke(endpoints_.revoke, client_.clone(), grant_.token.clone()));
    call_.err << (revoked ? "The token was revoked again, and nothing was written.\n"
                          : "Nothing was written; the token could not be revoked: delete the application on "
                            "the server (Preferences > Account > Authorized apps).\n");
}

Result<> Login::leave_old(const OldToken& old) {
    tell_lost(old);
    if (old.token.empty())
        return {};
    if (old.token.same_as(grant_.token))
        return {}; // the server hands out the same one again
    if (options_.revoke_old && old.record) {
        mastodon::OAuthClient client;
        client.id = old.record->client_id;
        client.secret = old.record->client_secret.clone();
        mastodon::OAuth there{old.record->server, composition_.http(), composition_.clock()};
        Result<mastodon::OAuthEndpoints> endpoints = run_now(there.discover());
        if (!endpoints)
            return endpoints.error();
        Result<> revoked = run_now(there.revoke(endpoints->revoke, std::move(client), old.token.clone()));
        if (revoked)
            call_.out << "The old token is revoked.\n";
        return revoked;
    }
    call_.out << "The token that the file held before still works"
              << (old.exposed ? ", and others could read it" : "") << ". End it on the server: "
              << (old.record ? "Preferences > Account > Authorized apps, the older \"crier\""
                             : "Preferences > Development (made by hand) or Preferences > Account > "
                               "Authorized apps")
              << "; next time --revoke-old does it.\n";
    return {};
}

/// What is replaced and can be ended by nobody any more, is told.
void Login::tell_lost(const OldToken& old) const {
    if (!old.why_none.empty())
        call_.err << "note: no token was replaced: " << old.why_none << '\n';
    if (!old.why_no_record.empty())
        call_.err << "note: a record was replaced (" << old.why_no_record
                  << "); the token that it was about may still work: Preferences > Account > Authorized "
                     "apps, the older \"crier\"\n";
}

/// Whether anybody keeps it is not known; but where nobody took it, nobody has it.
Result<> Login::hand_out() {
    call_.out << grant_.token.reveal() << '\n' << std::flush;
    if (call_.out)
        return {};
    throw_away();
    return Failure{Cause::internal, "standard output did not take the token",
                   "a full disk, or a program behind the pipe that ended before it came? Log in again"};
}

/// To where it was meant to go.
Result<> Login::keep() {
    if (plan_.file.empty())
        return hand_out();
    const Result<std::optional<OldToken>> old = old_token(plan_.file);
    if (!old) {
        throw_away();
        return old.error();
    }
    sys::TokenRecord record;
    record.server = plan_.server;
    record.client_id = client_.id;
    record.client_secret = client_.secret.clone();
    record.scopes = grant_.scopes;
    record.created = grant_.created;
    record.account = owner_;
    record.token = digest_of(grant_.token.reveal());
    if (Result<> placed = place_token(plan_.file, grant_.token, record); !placed) {
        throw_away();
        return placed;
    }
    call_.out << "The token is in " << plan_.file << ", for " << join_scopes(grant_.scopes)
              << (owner_.empty() ? "" : ", of @" + owner_) << "; beside it " << sys::record_path(plan_.file)
              << ", with which crier can check and revoke it.\n";
    if (*old)
        return leave_old(**old);
    return {};
}

void Login::tell_next() const {
    std::ostream& out = plan_.file.empty() ? call_.err : call_.out;
    const ScopeVerdict verdict = judge_scopes(grant_.scopes, plan_.needed);
    if (!verdict.missing.empty())
        call_.err << "note: the configuration needs more: " << join_scopes(verdict.missing) << '\n';
    if (!verdict.surplus.empty())
        call_.err << "note: it may do more than crier needs: " << join_scopes(verdict.surplus) << '\n';
    if (plan_.file.empty())
        out << "No record is kept of a token that is printed: to end it, Preferences > Account > Authorized "
               "apps on the server.\n";
    else if (!plan_.account.empty())
        out << "A daemon that runs takes it up by itself. `crier token check " << plan_.account
            << "` looks at it.\n";
    else
        out << "In the configuration: token: {file: " << plan_.file << "}\n";
}

int Login::run() {
    if (Result<> got = get_token(); !got)
        return fail(call_, got.error());
    if (Result<> good = judge(); !good) {
        throw_away();
        return fail(call_, good.error());
    }
    if (Result<> kept = keep(); !kept)
        return fail(call_, kept.error());
    tell_next();
    return exit_ok;
}

/// Before anything is asked of the server: whether what is replaced can be read, and revoked.
Result<> check_old(const LoginPlan& plan, bool revoke) {
    const auto nothing = [](const std::string& why) {
        return Failure{Cause::usage, "--revoke-old: " + why,
                       "log in without it; a token that was made by hand is ended on the server: Preferences "
                       "> Development"};
    };
    if (plan.file.empty())
        return revoke ? Result<>{nothing("a token that is printed replaces none")} : Result<>{};
    const Result<std::optional<OldToken>> old = old_token(plan.file);
    if (!old)
        return old.error();
    if (!revoke)
        return {};
    if (!*old)
        return nothing("there is no token in " + plan.file);
    if (!(*old)->why_none.empty())
        return nothing((*old)->why_none);
    if (!(*old)->record)
        return nothing("the token in " + plan.file + " has no record" +
                       ((*old)->why_no_record.empty() ? "" : ": " + (*old)->why_no_record));
    return {};
}

} // namespace

int login(const Invocation& call, const LoginOptions& options) {
    if (options.print && !sys::has_standard_output())
        return fail(call, Failure{Cause::usage, "--print: standard output is closed",
                                  "let it lead to what is to keep the token, or use --out FILE"});
    sys::protect_process();
    sys::outlive_readers(); // with a token that is to be revoked again
    const auto patience = parse_duration(options.wait);
    if (!patience || *patience <= Duration::zero() || *patience > std::chrono::hours{1})
        return fail(call, Failure{Cause::usage, "--wait " + options.wait + " is no time up to an hour",
                                  "--wait 10m: a code is good for ten minutes"});
    Result<LoginPlan> plan = plan_login(call, options);
    if (!plan)
        return fail(call, plan.error());
    if (Result<> good = check_old(*plan, options.revoke_old); !good)
        return fail(call, good.error());
    Login login{call, options, std::move(*plan), *patience};
    return login.run();
}

} // namespace crier::commands
