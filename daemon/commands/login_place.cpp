#include "commands/login_place.hpp"

#include "commands/new_file.hpp"
#include "commands/server_name.hpp"
#include "core/text/plain.hpp"
#include "engine/orders.hpp"
#include "sys/shell_word.hpp"
#include "sys/token_file.hpp"
#include "sys/token_source.hpp"

#include <climits>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace crier::commands {

namespace {

Failure nowhere(const std::string& why) {
    return Failure{
        Cause::usage, "where is the token to go? " + why,
        "--out FILE writes it, readable for nobody else; --print prints it, in bash: set -o pipefail; "
        "crier login ... --print | systemd-creds encrypt --name=news_token - /etc/crier/news_token.new "
        "&& mv /etc/crier/news_token.new /etc/crier/news_token.cred"};
}

/// What the account's `token` says of a file.
Result<std::string> file_of(const AccountSettings& account) {
    switch (account.token.kind) {
    case TokenRef::Kind::file:
        return account.token.name;
    case TokenRef::Kind::credential:
        return nowhere("`token` of " + account.name + " is the credential " + account.token.name +
                       ", which systemd reads");
    case TokenRef::Kind::env:
        break;
    }
    return nowhere("`token` of " + account.name + " is the environment variable " + account.token.name +
                   "; put it there yourself, or write `token: {file: ...}`");
}

/// The accounts on that server, or the one that is named. Null: none of the configuration is meant.
Result<const AccountSettings*> account_for(const Settings& settings, const std::string& server,
                                           const LoginOptions& options) {
    if (!options.account.empty() || server.empty()) {
        Result<const AccountSettings*> account = engine::account_of(settings, options.account);
        if (account && !server.empty() && (*account)->server != server)
            return Failure{Cause::usage,
                           "the account " + (*account)->name + " is on " + (*account)->server +
                               ", and not on " + server,
                           "leave the server out, or name the account that is meant"};
        return account;
    }
    std::vector<std::string> names;
    const AccountSettings* found = nullptr;
    for (const auto& [name, account] : settings.accounts)
        if (account.server == server) {
            names.push_back(name);
            found = &account;
        }
    if (names.size() > 1)
        return Failure{Cause::usage,
                       text::enumerate(names) + " are on " + server + ": whose token is it to be?",
                       "--account " + names.front()};
    return found;
}

Result<Scopes> read_wanted(const std::string& given, const Scopes& needed) {
    if (given.empty())
        return needed;
    const bool plain = std::all_of(given.begin(), given.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == ':' || c == '_' || c == ' ' || c == ',' || c == '+';
    });
    if (!plain)
        return Failure{Cause::usage, "--scopes: a scope has small letters and colons",
                       "--scopes \"write:statuses write:media\""};
    Scopes scopes = parse_scopes(given);
    for (const std::string& scope : scopes)
        if (is_admin_scope(scope))
            return Failure{Cause::usage, "--scopes: " + scope + " may administer the server",
                           "no bot needs that, and crier refuses such a token"};
    if (scopes.empty())
        return Failure{Cause::usage, "--scopes names no scope", "--scopes \"write:statuses write:media\""};
    return scopes;
}

bool is_there(const std::string& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

bool others_may_read(const std::string& file) {
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 && (info.st_mode & S_IROTH) != 0;
}

/// Nobody could end a token that was lost unread.
Failure unread_token(const std::string& file, const Failure& why) {
    return Failure{why.cause, "the token that is in " + file + " now cannot be read: " + why.message,
                   why.hint + (why.hint.empty() ? "" : "; ") + "or move it away, with " +
                       sys::record_path(file) + ": until it is ended on the server, it works"};
}

/// The path by which it can be replaced: absolute, in a folder that is there and in which only its owner
/// makes files, and what stands there is a file of ours.
Result<std::string> usable_file(std::string path) {
    char resolved[PATH_MAX];
    struct stat info {};
    // The file behind a link is written, and the link stays.
    if (::lstat(path.c_str(), &info) == 0 && ::realpath(path.c_str(), resolved) != nullptr)
        path = resolved;
    const auto slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (name.empty() || name == "." || name == "..")
        return Failure{Cause::usage, path + " is no name for a file", "--out FILE"};
    if (::realpath(folder.c_str(), resolved) == nullptr || ::stat(resolved, &info) != 0)
        return Failure{Cause::not_found, "the folder of " + path + " does not exist",
                       "mkdir -p -m 700 " + folder};
    if (!S_ISDIR(info.st_mode))
        return Failure{Cause::usage, folder + " is no folder"};
    const std::string below = std::string{resolved} == "/" ? "/" : std::string{resolved} + "/";
    if ((info.st_mode & S_IWOTH) != 0 && (info.st_mode & S_ISVTX) == 0)
        return Failure{Cause::permission,
                       "in " + below + " everybody may replace files: no place for a token",
                       "chmod o-w " + sys::shell_word(below) + ", or another folder"};
    if (::access(resolved, W_OK | X_OK) != 0)
        return Failure{Cause::permission, "no file can be made in " + below,
                       "run it as the user whose folder that is, or as root"};
    path = below + name;
    if (::lstat(path.c_str(), &info) != 0)
        return path;
    if (!S_ISREG(info.st_mode))
        return Failure{Cause::usage, path + " is there and no file"};
    if (::geteuid() != 0 && info.st_uid != ::geteuid())
        return Failure{Cause::permission, path + " belongs to another user",
                       "run it as that user (sudo -u), or as root: then it stays his"};
    return path;
}

} // namespace

Result<LoginPlan> plan_login(const Invocation& call, const LoginOptions& options) {
    LoginPlan plan;
    if (!options.server.empty()) {
        Result<std::string> server = read_server("the server", options.server);
        if (!server)
            return server.error();
        plan.server = std::move(*server);
    }
    std::optional<Settings> settings;
    const AccountSettings* account = nullptr;
    if (has_config(call)) {
        settings = load_settings(call);
        if (!settings)
            return Failure{Cause::config, "the configuration is wrong, and says what the token must do",
                           "mend it first: `crier check`"};
        const Result<const AccountSettings*> found = account_for(*settings, plan.server, options);
        if (!found)
            return found.error();
        account = *found;
    } else if (!options.account.empty() || plan.server.empty()) {
        return Failure{Cause::usage, "there is no configuration that says which server is meant",
                       "crier login mastodon.example --out news.token, or --config FILE"};
    }
    plan.needed = usual_scopes();
    std::string file = options.out;
    if (account != nullptr) {
        plan.server = account->server;
        plan.account = account->name;
        plan.handle = account->handle;
        plan.needed = needed_scopes(*settings, account->name);
        if (file.empty() && !options.print) {
            Result<std::string> said = file_of(*account);
            if (!said)
                return said.error();
            file = std::move(*said);
        }
    }
    Result<Scopes> asked = read_wanted(options.scopes, plan.needed);
    if (!asked)
        return asked.error();
    plan.asked = std::move(*asked);
    if (options.print)
        return plan;
    if (file.empty())
        return nowhere(settings ? "no account of the configuration is on " + plan.server
                                : "there is no configuration that says it");
    Result<std::string> usable = usable_file(std::move(file));
    if (!usable)
        return usable.error();
    plan.file = std::move(*usable);
    return plan;
}

Result<std::optional<OldToken>> old_token(const std::string& file) {
    const std::string beside = sys::record_path(file);
    const bool has_record = is_there(beside);
    const Result<Secret> text = sys::read_private_file(file, file, {}, sys::Exposed::taken);
    if (!text && text.error().cause != Cause::not_found)
        return unread_token(file, text.error());
    if (!text && !has_record)
        return std::optional<OldToken>{};
    Result<Secret> token = text ? sys::parse_token(text->reveal(), file) : Result<Secret>{text.error()};
    OldToken old;
    if (!token) { // nothing that could be revoked
        old.why_none = token.error().message;
        if (has_record)
            old.why_no_record = beside + " is about another token";
        return std::optional<OldToken>{std::move(old)};
    }
    old.token = std::move(*token);
    old.exposed = others_may_read(file);
    Result<sys::TokenRecord> record = sys::read_token_record(file, old.token, sys::Exposed::taken);
    if (record)
        old.record = std::move(*record);
    else if (record.error().cause == Cause::token)
        return unread_token(file, record.error());
    else if (has_record)
        old.why_no_record = record.error().message;
    return std::optional<OldToken>{std::move(old)};
}

Result<> place_token(const std::string& file, const Secret& token, const sys::TokenRecord& record) {
    Result<NewFile> written =
        NewFile::write(file, std::string{token.reveal()} + "\n", NewFile::Readers::secret);
    if (!written)
        return written.error();
    Result<NewFile> beside = NewFile::write(sys::record_path(file), sys::to_text(record),
                                            NewFile::Readers::secret, written->beside());
    if (!beside)
        return beside.error();
    if (Result<> placed = beside->place(); !placed)
        return placed;
    return written->place();
}

} // namespace crier::commands
