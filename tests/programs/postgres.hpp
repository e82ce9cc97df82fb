#pragma once

#include "programs/process.hpp"

#include <memory>
#include <string>

namespace crier::test {

/// A PostgreSQL of a test's own: on a Unix socket in a folder, without fsync (the machine does not fail),
/// gone with the object. As root it runs as the user that Debian's package makes.
class PostgresServer {
public:
    explicit PostgresServer(const TempDir& directory);
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    void start();
    /// All connections break; what was committed stays.
    void stop();
    [[nodiscard]] const std::string& folder() const noexcept { return folder_; }
    /// As `store:` takes it; `folder`: where the socket is, or a proxy's.
    [[nodiscard]] static std::string url(const std::string& folder);
    /// The first column of the first row.
    [[nodiscard]] std::string ask(const std::string& sql) const;

private:
    [[nodiscard]] std::vector<std::string> as_server(std::vector<std::string> command) const;

    std::string programs_;
    std::string folder_;
    std::unique_ptr<Process> process_;
};

} // namespace crier::test
