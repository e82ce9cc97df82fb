#include "bench/null_server.hpp"

#include <stdexcept>
#include <string>

namespace crier::bench {

NullServer::NullServer() {
    const std::string port_file = directory_.file("port");
    process_.emplace(std::vector<std::string>{CRIER_BENCH_SERVER, port_file}, test::Process::Environment{},
                     directory_.file("server.out"));
    if (!test::eventually([&] { return !test::read_file(port_file).empty() || !process_->running(); }) ||
        !process_->running())
        throw std::runtime_error("the server did not start:\n" + process_->output());
    port_ = static_cast<std::uint16_t>(std::stoi(test::read_file(port_file)));
}

} // namespace crier::bench
