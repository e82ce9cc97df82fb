#include "bench/daemon.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <csignal>
#include <stdexcept>

namespace crier::bench {
namespace {

std::vector<std::string> command(const test::TempDir& directory, const std::string& config) {
    test::write_file(directory.file("crier.yaml"), config);
    return {CRIER, "run", "--config", directory.file("crier.yaml")};
}

/// The file is there before somebody listens at it.
bool listens(const std::string& path) {
    boost::asio::io_context context;
    boost::asio::local::stream_protocol::socket socket{context};
    boost::system::error_code error;
    socket.connect(boost::asio::local::stream_protocol::endpoint{path}, error);
    return !error;
}

} // namespace

Daemon::Daemon(const test::TempDir& directory, const std::string& config)
    : socket_(directory.file("crier.sock"))
    , process_(command(directory, config), {{"MASTODON_ACCESS_TOKEN", token}}, directory.file("out")) {
    const auto ready = [&] { return listens(socket_) || !process_.running(); };
    if (!test::eventually(ready, std::chrono::minutes{1}) || !process_.running())
        throw std::runtime_error("the daemon did not start:\n" + process_.output());
}

void Daemon::stop() {
    process_.signal(SIGTERM);
    if (const int code = process_.wait(); code != 0)
        throw std::runtime_error("the daemon ended with " + std::to_string(code) + ":\n" + process_.output());
}

} // namespace crier::bench
