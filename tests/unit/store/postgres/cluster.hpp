#pragma once

#include "store/postgres.hpp"

#include <string>

/// A PostgreSQL of the test program's own: made with its first use, without TCP and without fsync, gone with
/// the program, however that ends.
namespace crier::test {

/// Where it listens: a folder with its socket.
[[nodiscard]] const std::string& cluster_folder();

/// The address of a schema named after `path`, where `folder` is where the server's socket is, or a proxy's.
[[nodiscard]] std::string url_of(const std::string& path, const std::string& folder = cluster_folder());

[[nodiscard]] store::PostgresOptions postgres_options(const std::string& path);

/// Opens the store of `path`; its schema is made first.
[[nodiscard]] Result<store::OpenedPostgres> open_in_cluster(boost::asio::any_io_executor engine,
                                                            store::PostgresOptions options);
void make_schema(const std::string& path);

/// A schema seen without the store's help. Fails the test where the server says no.
class RawPostgres {
public:
    explicit RawPostgres(const std::string& path);
    void run(const std::string& sql);
    /// The first column of the first row, as text.
    [[nodiscard]] std::string ask(const std::string& sql);

private:
    store::Postgres database_;
};

} // namespace crier::test
