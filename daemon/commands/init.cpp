#include "commands/checking.hpp"
#include "commands/commands.hpp"
#include "commands/new_file.hpp"
#include "commands/problem_text.hpp"
#include "commands/server_name.hpp"
#include "commands/table.hpp"
#include "config/address.hpp"
#include "core/ascii.hpp"

#include <climits>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string_view>
#include <sys/stat.h>

namespace crier::commands {

namespace {

/// Asks on standard output; whoever answers through a pipe is answered with line breaks of our own.
std::string ask(const Invocation& call, const InitOptions& options, const std::string& question) {
    call.out << question << ": " << std::flush;
    std::string answer;
    (void)std::getline(std::cin, answer);
    if (!options.interactive)
        call.out << '\n';
    const auto first = answer.find_first_not_of(" \t");
    const auto last = answer.find_last_not_of(" \t\r");
    return first == std::string::npos ? std::string{} : answer.substr(first, last - first + 1);
}

/// A handle in whatever form people have it: "@news", "news@mastodon.example",
/// "https://mastodon.example/@news".
struct Handle {
    std::string name;
    std::string host; ///< empty: not said
};

Handle split_handle(std::string text) {
    Handle handle;
    if (const auto page = text.rfind("/@"); page != std::string::npos) {
        const auto scheme = text.find("://");
        const auto host = scheme == std::string::npos ? 0 : scheme + 3;
        if (host < page)
            handle.host = text.substr(host, page - host);
        text.erase(0, page + 1);
    }
    if (!text.empty() && text.front() == '@')
        text.erase(0, 1);
    const auto at = text.find('@');
    handle.name = text.substr(0, at);
    if (at != std::string::npos)
        handle.host = text.substr(at + 1);
    return handle;
}

Result<> check_handle(const Handle& handle, const std::string& server) {
    const bool plain = std::all_of(handle.name.begin(), handle.name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '.' || c == '-';
    });
    if (handle.name.empty() || !plain)
        return Failure{Cause::usage, "\"" + one_line(handle.name, 40) + "\" is no account's name",
                       "letters, digits, _ . and - : crier init --handle news"};
    const std::string theirs = ascii::lower(handle.host);
    const auto host = server.substr(server.find("://") + 3);
    if (!theirs.empty() && theirs != host && theirs != host.substr(0, host.rfind(':')))
        return Failure{Cause::usage,
                       "the handle is of " + one_line(theirs, 80) + ", and the server is " + host,
                       "if both are right (the server answers under another name), leave the host out: "
                       "--handle " +
                           handle.name};
    return {};
}

/// The address of a feed, or the absolute path of a file with one.
Result<std::string> read_feed(const std::string& text) {
    if (text.empty())
        return text;
    const std::string scheme = ascii::lower(text.substr(0, 8));
    if (scheme.starts_with("https://") || scheme.starts_with("http://")) {
        if (const auto address = config::parse_address(text); !address)
            return Failure{Cause::usage, "--feed: " + address.error().message, address.error().hint};
        return text;
    }
    char resolved[PATH_MAX];
    struct stat info {};
    const std::string path = scheme.starts_with("file://") ? text.substr(7) : text;
    if (::realpath(path.c_str(), resolved) == nullptr || ::stat(resolved, &info) != 0 ||
        S_ISDIR(info.st_mode))
        return Failure{Cause::usage,
                       "a feed's address begins with https://, and there is no file " + one_line(text, 80),
                       "crier init --feed https://example.org/feed.xml"};
    return std::string{resolved};
}

/// The account's name in the configuration: of small letters, digits, _ and -.
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
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
            continue;
        }
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

/// The name of plain_name(), in quotes where YAML would read a number, a truth or nothing at all.
std::string as_scalar(const std::string& name) {
    constexpr std::string_view words[] = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    const bool plain = name.front() >= 'a' && name.front() <= 'z' &&
                       std::find(std::begin(words), std::end(words), name) == std::end(words);
    return plain ? name : quoted(name);
}

std::string configuration(const InitOptions& options, const std::string& directory) {
    const std::string name = as_scalar(plain_name(options.handle));
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

struct Places {
    std::string directory;
    std::string yaml;
    std::string env;
};

/// The folder, which is there, and the files in it, of which only crier.env may be there.
Result<Places> places_of(const Invocation& call, const InitOptions& options) {
    std::string directory = options.directory;
    std::string name = "crier.yaml";
    if (!call.config.empty()) {
        if (options.directory != ".")
            return Failure{Cause::usage, "--config and --directory both say where to write",
                           "--config FILE names the file, --directory the folder for crier.yaml"};
        const auto slash = call.config.rfind('/');
        name = slash == std::string::npos ? call.config : call.config.substr(slash + 1);
        if (slash != std::string::npos)
            directory = call.config.substr(0, slash + 1);
        if (name.empty())
            return Failure{Cause::usage, "--config names a folder: " + call.config,
                           "--directory is the option for that"};
    } else if (options.systemd && options.directory == ".") {
        directory = "/etc/crier";
    }
    char resolved[PATH_MAX];
    struct stat info {};
    if (::realpath(directory.c_str(), resolved) == nullptr || ::stat(resolved, &info) != 0)
        return Failure{Cause::not_found,
                       "the folder " + directory + " does not exist: mkdir -p " + directory};
    if (!S_ISDIR(info.st_mode))
        return Failure{Cause::usage, directory + " is no folder"};
    Places places;
    places.directory = resolved;
    const std::string below = places.directory == "/" ? "/" : places.directory + "/";
    places.yaml = below + name;
    places.env = below + "crier.env";
    if (::lstat(places.yaml.c_str(), &info) == 0) {
        if (S_ISDIR(info.st_mode))
            return Failure{Cause::usage, places.yaml + " is a folder"};
        if (!options.force)
            return Failure{Cause::usage, places.yaml + " is there already", "--force writes it anew"};
        // The file behind a link is written, and the link stays.
        if (::realpath(places.yaml.c_str(), resolved) != nullptr)
            places.yaml = resolved;
    }
    return places;
}

/// Both files or neither, and a configuration that passes its own check. True: crier.env was there and stays.
Result<bool> write_files(const Invocation& call, const InitOptions& options, const Places& places) {
    Result<NewFile> yaml =
        NewFile::write(places.yaml, configuration(options, places.directory),
                       options.systemd ? NewFile::Readers::service : NewFile::Readers::usual);
    if (!yaml)
        return yaml.error();
    config::Loaded loaded = load_config(yaml->beside());
    for (config::Problem& problem : loaded.problems) {
        if (problem.file == yaml->beside())
            problem.file = places.yaml;
        call.err << problem_text(problem) << '\n';
    }
    if (!loaded.settings)
        return Failure{Cause::config, "this would be no good configuration; nothing was written"};
    struct stat info {};
    const bool kept = ::lstat(places.env.c_str(), &info) == 0; // a token may stand in it
    if (!kept) {
        Result<NewFile> env = NewFile::write(places.env, environment_file(), NewFile::Readers::owner);
        if (!env)
            return env.error();
        if (const Result<> placed = env->place(); !placed)
            return placed.error();
    }
    if (const Result<> placed = yaml->place(); !placed)
        return placed.error();
    return kept;
}

void tell_next_steps(const Invocation& call, const InitOptions& options, const Places& places, bool kept) {
    const std::string run = options.systemd
                                ? "systemctl enable --now crier"
                                : "set -a; . " + places.env + "; set +a; crier run --config " + places.yaml;
    if (kept)
        call.out << "Wrote " << places.yaml << ".\n"
                 << "kept " << places.env << ", which was there, with the token that is in it\n\n";
    else
        call.out << "Wrote " << places.yaml << " and " << places.env << ".\n\n";
    call.out << "1. Make the token: open " << options.server << "/settings/applications/new in a browser\n"
             << "   (Preferences > Development > New application).\n"
             << "     Name:         crier\n"
             << "     Redirect URI: urn:ietf:wg:oauth:2.0:oob\n"
             << "     Scopes:       tick only write:statuses and write:media; untick everything else.\n"
             << "   Submit, open the application, and copy *Your access token*: the third line, not the\n"
             << "   client key and not the client secret.\n"
             << "   Or let crier ask the server for one: crier login " << options.server << " --print\n"
             << "2. Put it into " << places.env << " behind MASTODON_ACCESS_TOKEN=.\n"
             << "3. crier check --config " << places.yaml << "\n"
             << "   crier preview --config " << places.yaml << "\n"
             << "4. " << run << '\n';
}

} // namespace

int init(const Invocation& call, const InitOptions& given) {
    InitOptions options = given;
    Handle handle = split_handle(options.handle);
    if (options.server.empty())
        options.server = handle.host;
    if (options.interactive || options.server.empty() || handle.name.empty()) {
        if (options.server.empty())
            options.server = ask(call, options, "Server of the account (mastodon.example)");
        if (handle.name.empty())
            handle = split_handle(ask(call, options, "Handle of the account, without the server (news)"));
        if (options.feed.empty())
            options.feed = ask(call, options, "Address of a feed to cross-post (empty: none)");
    }
    if (options.server.empty() || handle.name.empty())
        return fail(call, Failure{Cause::usage, "init needs a server and a handle",
                                  "crier init --server mastodon.example --handle news [--feed ADDRESS]"});
    Result<std::string> server = read_server("--server", options.server);
    if (!server)
        return fail(call, server.error());
    options.server = std::move(*server);
    if (const Result<> good = check_handle(handle, options.server); !good)
        return fail(call, good.error());
    options.handle = handle.name;
    Result<std::string> feed = read_feed(options.feed);
    if (!feed)
        return fail(call, feed.error());
    options.feed = std::move(*feed);
    const Result<Places> places = places_of(call, options);
    if (!places)
        return fail(call, places.error());
    const Result<bool> kept = write_files(call, options, *places);
    if (!kept)
        return fail(call, kept.error());
    tell_next_steps(call, options, *places, *kept);
    return exit_ok;
}

} // namespace crier::commands
