#pragma once

#include <boost/json/value.hpp>

#include <stdexcept>
#include <string>
#include <vector>

/// The peers: what people use today, as programs of a few lines that are measured in the same run.
namespace crier::bench {

/// It is not there, or cannot do it; the words say which package would bring it.
class PeerMissing : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Runs bench/peers/`script` (by Debian's Python, or by node with what bench/peers/package-lock.json names)
/// to its end; the JSON that it prints. Throws PeerMissing where its libraries are not installed, and
/// std::runtime_error with its words where it fails.
[[nodiscard]] boost::json::value run_peer(const std::string& script, std::vector<std::string> arguments,
                                          const std::string& input = {});

} // namespace crier::bench
