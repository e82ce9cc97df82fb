#pragma once

#include "sandbox/state/world.hpp"

#include <optional>
#include <string>

namespace crier::sandbox {

/// The token of the account that is there when none is asked for.
inline constexpr const char* own_token = "sandbox-token";

struct Options {
    std::string address = "127.0.0.1";
    unsigned short port = 8421; ///< 0: any that is free
    std::string port_file;      ///< gets the base URL once it listens
    bool tls = false;
    std::string ca_file; ///< gets the CA's certificate
    bool quiet = false;
    Start start;
};

/// What the command line asks for; or, in `exit_code`, that there is nothing to run: it was told why, or
/// help.
struct Parsed {
    Options options;
    std::optional<int> exit_code;
};
[[nodiscard]] Parsed parse_options(int argc, char** argv);

} // namespace crier::sandbox
