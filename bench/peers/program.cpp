#include "bench/peers/program.hpp"

#include "programs/process.hpp"

#include <boost/json/parse.hpp>

#include <filesystem>

namespace crier::bench {
namespace {

std::vector<std::string> interpreter(const std::string& script) {
    if (!script.ends_with(".cjs"))
        return {"/usr/bin/python3"};
    if (!std::filesystem::exists(CRIER_BENCH_NODE_MODULES))
        throw PeerMissing("no node_modules for bench/peers: npm ci could not fetch them");
    return {"/usr/bin/env", "NODE_PATH=" CRIER_BENCH_NODE_MODULES, "node"};
}

/// What Python and node say of a library that is not there.
bool lacks_library(const std::string& words) {
    return words.find("ModuleNotFoundError") != std::string::npos ||
           words.find("MODULE_NOT_FOUND") != std::string::npos ||
           words.find("No such file or directory") != std::string::npos;
}

} // namespace

boost::json::value run_peer(const std::string& script, std::vector<std::string> arguments,
                            const std::string& input) {
    std::vector<std::string> command = interpreter(script);
    command.push_back(std::string{CRIER_BENCH_PEERS} + "/" + script);
    command.insert(command.end(), arguments.begin(), arguments.end());
    const test::TempDir directory;
    const test::Finished finished = test::run_command(command, {}, directory.path(), input);
    if (finished.code != 0 && lacks_library(finished.err))
        throw PeerMissing(script + ": " + finished.err.substr(0, 300));
    if (finished.code != 0)
        throw std::runtime_error(script + ": " + finished.err);
    return boost::json::parse(finished.out);
}

} // namespace crier::bench
