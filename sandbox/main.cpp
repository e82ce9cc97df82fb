#include "sandbox/api/server.hpp"
#include "sandbox/http/certificate.hpp"
#include "sandbox/http/listener.hpp"
#include "sandbox/options.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <optional>

using namespace crier::sandbox;
namespace asio = boost::asio;

namespace {

/// Beside and renamed: whoever waits for the file sees it whole.
void write_file(const std::string& path, const std::string& text) {
    const std::string beside = path + ".new";
    std::ofstream file{beside, std::ios::binary};
    file << text;
    file.close();
    if (!file || std::rename(beside.c_str(), path.c_str()) != 0)
        throw std::runtime_error(path + " cannot be written: does its folder exist, and is it writable?");
}

std::string base_url(const Options& options, const asio::ip::tcp::endpoint& where) {
    const std::string address = where.address().to_string();
    return std::string{options.tls ? "https://" : "http://"} +
           (where.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(where.port());
}

void greet(const World& world, const Options& options) {
    std::cout << "crier-sandbox speaks the Mastodon API (as " << name_of(world.settings.kind) << " does) at "
              << world.base_url << "\n  timeline  " << world.base_url
              << "/   (open it in a browser)\n  feed      " << world.base_url << "/feed.xml\n";
    // The sandbox's own token opens nothing else. One that was given may be somebody's: it is not repeated.
    for (const Seat& seat : options.start.seats)
        std::cout << "  account   @" << seat.name << ", token "
                  << (seat.token == own_token ? seat.token : "as it was given") << " ("
                  << join_scopes(seat.scopes) << ")\n";
    if (options.tls)
        std::cout << "  CA        " << options.ca_file << "   (CRIER_CA_FILE=" << options.ca_file << ")\n";
    std::cout << "  control   " << world.base_url
              << "/sandbox/log, /statuses, /faults ...: see sandbox/README.md\n"
              << "Ctrl-C ends it; it keeps nothing." << std::endl;
}

int run(const Options& options) {
    // The connections live in the context and use all three: it goes first.
    std::optional<World> world;
    std::optional<Server> server;
    std::optional<Identity> identity;
    asio::io_context context{1};
    Listener listener{context.get_executor()};
    const asio::ip::tcp::endpoint wanted{asio::ip::make_address(options.address), options.port};
    if (const auto error = listener.listen(wanted)) {
        std::cerr
            << "crier-sandbox: cannot listen on " << options.address << " port " << options.port << ": "
            << error.message()
            << "\n    hint: another sandbox may run there; stop it, or use --listen 127.0.0.1:0 for any "
               "port that is free\n";
        return 1;
    }
    world.emplace(options.start, base_url(options, listener.where()), system_now());
    server.emplace(*world, system_now);
    if (options.tls) {
        identity = make_identity(options.address);
        write_file(options.ca_file, identity->ca_pem);
    }
    // Those who end it end the whole process; connections need no goodbye.
    std::signal(SIGPIPE, SIG_IGN);
    asio::signal_set signals{context, SIGINT, SIGTERM};
    signals.async_wait([&](boost::system::error_code, int) { context.stop(); });
    asio::co_spawn(context, listener.run(&*server, identity ? identity->context.get() : nullptr),
                   asio::detached);
    if (!options.port_file.empty())
        write_file(options.port_file, world->base_url + "\n");
    if (!options.quiet)
        greet(*world, options);
    context.run();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        const Parsed parsed = parse_options(argc, argv);
        return parsed.exit_code ? *parsed.exit_code : run(parsed.options);
    } catch (const std::exception& error) {
        std::cerr << "crier-sandbox: " << error.what() << '\n';
        return 1;
    }
}
