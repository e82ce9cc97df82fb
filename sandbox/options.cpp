#include "sandbox/options.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/ip/address.hpp>

#include <charconv>
#include <iostream>
#include <vector>

namespace crier::sandbox {
namespace {

constexpr const char* default_scopes = "write:statuses write:media";

/// What was typed, as it was typed.
struct Typed {
    std::string listen = "127.0.0.1:8421";
    std::vector<std::string> accounts;
    std::string feed_grows;
    std::string kind = "mastodon-4.6";
    std::optional<std::size_t> characters;
    bool no_limits = false;
};

/// "127.0.0.1:8421", "[::1]:0", "localhost:8421". Empty: good; else what is wrong.
std::string read_listen(const std::string& text, Options& options) {
    std::string example = "--listen takes an address and a port, as 127.0.0.1:8421; not " + text;
    const auto colon = text.rfind(':');
    if (colon == std::string::npos)
        return example;
    std::string host = text.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    if (host == "localhost")
        host = "127.0.0.1";
    const char* const end = text.data() + text.size();
    const auto port = std::from_chars(text.data() + colon + 1, end, options.port);
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(host, error);
    if (error || port.ec != std::errc{} || port.ptr != end)
        return example;
    if (!address.is_loopback())
        return "it listens on loopback addresses only, for anybody who reaches it may do everything: use "
               "127.0.0.1 or [::1], and a tunnel (ssh -L) to look at it from elsewhere; not " +
               host;
    options.address = address.to_string();
    return {};
}

/// "bot:token" or "bot:token:scope+scope".
std::string read_account(const std::string& text, Start& start) {
    const auto first = text.find(':');
    if (first == std::string::npos || first == 0 || first + 1 == text.size())
        return "--account takes NAME:TOKEN or NAME:TOKEN:SCOPE+SCOPE; not " + text;
    const auto second = text.find(':', first + 1);
    Seat seat{text.substr(0, first), text.substr(first + 1, second - first - 1),
              parse_scopes(second == std::string::npos ? default_scopes : text.substr(second + 1))};
    const auto named = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    if (seat.name.find_first_not_of(named) != std::string::npos)
        return "an account's name is made of letters, digits and _; not " + seat.name;
    for (const std::string& scope : seat.scopes)
        if (!known_scope(scope))
            return "there is no scope " + scope + "; for example write:statuses+write:media";
    if (seat.token.empty() || seat.scopes.empty())
        return "--account takes NAME:TOKEN or NAME:TOKEN:SCOPE+SCOPE; not " + text;
    start.seats.push_back(std::move(seat));
    return {};
}

std::string read_typed(const Typed& typed, Options& options) {
    if (std::string wrong = read_listen(typed.listen, options); !wrong.empty())
        return wrong;
    for (const std::string& account : typed.accounts)
        if (std::string wrong = read_account(account, options.start); !wrong.empty())
            return wrong;
    if (typed.accounts.empty())
        options.start.seats.push_back({"bot", own_token, parse_scopes(default_scopes)});
    if (!typed.feed_grows.empty()) {
        options.start.feed_grows = parse_duration(typed.feed_grows);
        if (!options.start.feed_grows)
            return "--feed-grows takes a time as 20s, 5m or 1h; not " + typed.feed_grows;
    }
    const auto kind = kind_named(typed.kind);
    if (!kind) {
        std::string names;
        for (const std::string& name : kind_names())
            names += " " + name;
        return "--kind takes one of" + names + "; not " + typed.kind;
    }
    options.start.settings = settings_for(*kind);
    options.start.settings.characters = typed.characters.value_or(options.start.settings.characters);
    if (typed.no_limits)
        options.start.settings.lift_rate_limits();
    if (options.tls && options.ca_file.empty())
        options.ca_file = "crier-sandbox-ca.pem";
    if (!options.tls && !options.ca_file.empty())
        return "--ca-out goes with --tls";
    return {};
}

} // namespace

Parsed parse_options(int argc, char** argv) {
    Parsed parsed;
    Options& options = parsed.options;
    Typed typed;
    CLI::App app{
        "A local server that speaks the Mastodon API, to try a bot on. Nothing leaves this machine.\n"
        "Its control interface and its faults: sandbox/README.md",
        "crier-sandbox"};
    app.set_version_flag("--version", std::string{"crier-sandbox "} + CRIER_VERSION);
    app.add_option("--listen", typed.listen, "Address and port; port 0: any that is free")
        ->capture_default_str();
    app.add_option("--port-file", options.port_file, "File that gets the address once it listens");
    app.add_flag("--tls", options.tls, "Speak https, with a certificate made for this run");
    app.add_option("--ca-out", options.ca_file,
                   "File for the certificate of the CA (with --tls; default crier-sandbox-ca.pem)");
    app.add_option("--account", typed.accounts,
                   "NAME:TOKEN or NAME:TOKEN:SCOPE+SCOPE, more than once; default bot:sandbox-token")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_option("--feed-items", options.start.feed_items, "Items of its feed")
        ->capture_default_str()
        ->check(CLI::Range(0, 1000));
    app.add_option("--feed-grows", typed.feed_grows, "A new item each so often: 20s, 5m");
    app.add_option("--characters", typed.characters, "The most characters of a status")
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--kind", typed.kind,
                   "Whose manners it has: mastodon-4.6, -4.5, -4.2, -3.5, glitch, hometown, gotosocial, "
                   "pleroma, akkoma, pixelfed, friendica, snac, sharkey, iceshrimp")
        ->capture_default_str();
    app.add_flag("--no-rate-limits", typed.no_limits, "For trials that post a lot");
    app.add_flag("--quiet", options.quiet, "Say nothing at the start");
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        parsed.exit_code = app.exit(success);
        return parsed;
    } catch (const CLI::ParseError& error) {
        std::cerr << "crier-sandbox: " << error.what()
                  << "\n    hint: crier-sandbox --help lists what there is\n";
        parsed.exit_code = 2;
        return parsed;
    }
    if (const std::string wrong = read_typed(typed, options); !wrong.empty()) {
        std::cerr << "crier-sandbox: " << wrong << '\n';
        parsed.exit_code = 2;
    }
    return parsed;
}

} // namespace crier::sandbox
