#include "commands/server_name.hpp"

#include "config/address.hpp"

#include <utility>

namespace crier::commands {

Result<std::string> read_server(const std::string& what, std::string text) {
    if (text.find("://") == std::string::npos)
        text = "https://" + text;
    const auto host = text.find("://") + 3;
    while (text.size() > host && text.back() == '/')
        text.pop_back();
    Result<std::string> server = config::server_address(text);
    if (!server)
        return Failure{Cause::usage, what + ": " + server.error().message, server.error().hint};
    return server;
}

} // namespace crier::commands
