#include "commands/checking.hpp"
#include "commands/commands.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <sys/stat.h>
#include <unistd.h>

namespace crier::commands {

namespace {

std::string ask(const Invocation& call, const std::string& question, const std::string& fallback) {
    call.out << question << (fallback.empty() ? "" : " [" + fallback + "]") << ": " << std::flush;
    std::string answer;
    if (!std::getline(std::cin, answer))
        return fallback;
    while (!answer.empty() && (answer.back() == ' ' || answer.back() == '\r'))
        answer.pop_back();
    return answer.empty() ? fallback : answer;
}

/// "https://mastodon.example" of whatever people type for a server.
std::string server_address(std::string server) {
    while (!server.empty() && server.back() == '/')
        server.pop_back();
    if (server.find("://") == std::string::npos)
        server = "https://" + server;
    return server;
}

/// "news" of "@news", "news@mastodon.example" or "https://mastodon.example/@news".
std::string bare_handle(std::string handle) {
    const auto page = handle.rfind("/@");
    if (page != std::string::npos)
        handle = handle.substr(page + 2);
    if (!handle.empty() && handle.front() == '@')
        handle.erase(0, 1);
    return handle.substr(0, handle.find('@'));
}

/// A name that may stand in YAML without quotes.
std::string plain_name(const std::string& handle) {
    std::string name;
    for (const char c : handle)
        name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
                    ? c
                    : (c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : '_');
    return name.empty() ? "bot" : name;
}

/// A double-quoted YAML scalar.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

std::string configuration(const InitOptions& options, const std::string& directory) {
    const std::string name = plain_name(options.handle);
    std::string yaml =
        "# crier.yaml: what to post, where and when. `crier check` says what is wrong with it,\n"
        "# `crier preview` shows what it would post. Every key: docs/CONFIG.md.\n"
        "version: 1\n"
        "accounts:\n"
        "  " +
        name +
        ":\n"
        "    server: " +
        quoted(options.server) +
        "\n"
        "    handle: " +
        quoted(options.handle) +
        "\n"
        "    # The token stands in crier.env (beside this file), never here.\n"
        "    token: {env: MASTODON_ACCESS_TOKEN}\n"
        "    mode: live          # hold: approve each post first; dry: say what would be posted\n"
        "    defaults: {visibility: public, language: en}\n"
        "schedule:\n"
        "  - name: hello\n"
        "    account: " +
        name +
        "\n"
        "    cron: \"0 9 * * MON\"       # minute hour day month weekday\n"
        "    timezone: UTC\n"
        "    post:\n"
        "      status: \"Good morning, it is {{ now | date('%A, %-d %B') }}.\"\n";
    if (!options.feed.empty())
        yaml += "sources:\n"
                "  blog:\n"
                "    plugin: feed\n"
                "    url: " +
                quoted(options.feed) +
                "\n"
                "    poll: 15m\n"
                "    accounts: [" +
                name +
                "]\n"
                "    # What the feed holds today is noted and not posted; what comes after is.\n"
                "    first_run: {publish: 0}\n"
                "    post:\n"
                "      status: \"{{ title }}\\n\\n{{ link }}\"\n";
    if (!options.systemd)
        yaml += "store: " + quoted(directory + "/crier.db") +
                "\n"
                "admin: {socket: " +
                quoted(directory + "/crier.sock") + "}\n";
    return yaml;
}

std::string environment_file() {
    return "# The access token of the application that you made on your server (Preferences > Development).\n"
           "# Only this file holds it: keep it 0600, out of every repository. A leaked token is revoked by\n"
           "# deleting the application there.\n"
           "MASTODON_ACCESS_TOKEN=\n";
}

enum class Readers {
    owner,   ///< a token will stand in it
    usual,   ///< as the umask has it
    service, ///< also the service's own user, whatever root's umask is
};

Result<> write_new(const std::string& path, const std::string& text, bool overwrite, Readers readers) {
    const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (overwrite ? O_TRUNC : O_EXCL);
    const int fd = ::open(path.c_str(), flags, readers == Readers::owner ? 0600 : 0644);
    if (fd < 0) {
        if (errno == EEXIST)
            return Failure{Cause::usage, path + " is there already", "--force writes it anew"};
        return Failure{Cause::permission, path + ": " + std::strerror(errno)};
    }
    if (readers == Readers::service)
        (void)::fchmod(fd, 0644);
    const bool whole = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (::close(fd) != 0 || !whole)
        return Failure{Cause::temporary, path + " could not be written whole: " + std::strerror(errno)};
    return {};
}

std::string absolute(const std::string& directory) {
    char resolved[4096];
    return ::realpath(directory.c_str(), resolved) == nullptr ? directory : std::string{resolved};
}

void tell_next_steps(const Invocation& call, const InitOptions& options, const std::string& directory) {
    const std::string run = options.systemd
                                ? "systemctl enable --now crier"
                                : "set -a; . " + directory + "/crier.env; set +a; crier run --config " +
                                      directory + "/crier.yaml";
    call.out << "Wrote " << directory << "/crier.yaml and " << directory << "/crier.env.\n\n"
             << "1. Make the token: open " << options.server << "/settings/applications/new in a browser\n"
             << "   (Preferences > Development > New application).\n"
             << "     Name:         crier\n"
             << "     Redirect URI: urn:ietf:wg:oauth:2.0:oob\n"
             << "     Scopes:       tick only write:statuses and write:media; untick everything else.\n"
             << "   Submit, open the application, and copy *Your access token*: the third line, not the\n"
             << "   client key and not the client secret.\n"
             << "2. Put it into " << directory << "/crier.env behind MASTODON_ACCESS_TOKEN=.\n"
             << "3. crier check --config " << directory << "/crier.yaml\n"
             << "   crier preview --config " << directory << "/crier.yaml\n"
             << "4. " << run << '\n';
}

} // namespace

int init(const Invocation& call, const InitOptions& given) {
    InitOptions options = given;
    if (options.interactive) {
        if (options.server.empty())
            options.server = ask(call, "Server of the account (mastodon.example)", "");
        if (options.handle.empty())
            options.handle = ask(call, "Handle of the account, without the server (news)", "");
        if (options.feed.empty())
            options.feed = ask(call, "Address of a feed to cross-post (empty: none)", "");
    }
    if (options.server.empty() || options.handle.empty())
        return fail(call, Failure{Cause::usage, "init needs a server and a handle",
                                  "crier init --server mastodon.example --handle news [--feed ADDRESS]"});
    options.server = server_address(options.server);
    options.handle = bare_handle(options.handle);
    if (options.systemd && given.directory == ".")
        options.directory = "/etc/crier";
    const std::string directory = absolute(options.directory);
    if (const Result<> written =
            write_new(directory + "/crier.yaml", configuration(options, directory), options.force,
                      options.systemd ? Readers::service : Readers::usual);
        !written)
        return fail(call, written.error());
    if (const Result<> written =
            write_new(directory + "/crier.env", environment_file(), false, Readers::owner);
        !written && !options.force)
        return fail(call, written.error());
    // What init wrote must pass its own check: an odd server or feed address is told now.
    const config::Loaded loaded = load_config(directory + "/crier.yaml");
    for (const config::Problem& problem : loaded.problems)
        call.err << config::format(problem) << '\n';
    if (!loaded.settings)
        return exit_config;
    tell_next_steps(call, options, directory);
    return exit_ok;
}

} // namespace crier::commands
