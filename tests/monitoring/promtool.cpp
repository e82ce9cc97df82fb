#include "promtool.hpp"

namespace crier::test {

std::string source_file(const std::string& path) {
    return CRIER_SOURCE_DIR "/" + path;
}

std::string read_source(const std::string& path) {
    return read_file(source_file(path));
}

Finished promtool(std::vector<std::string> arguments, const std::string& input) {
    std::vector<std::string> command{source_file("scripts/promtool")};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const TempDir directory; // what it says is gathered there
    return run_command(command, {}, directory.path(), input);
}

} // namespace crier::test
